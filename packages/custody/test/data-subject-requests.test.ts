import { randomUUID } from 'node:crypto'
import { acknowledgeRequests, listMessages, readConversation, sendQueuedReplies } from '@buergerdraht/inbox'
import { approveProposal, type ProposalKinds, transaction, type Viewer } from '@buergerdraht/office'
import { beforeEach, describe, expect, test } from 'vitest'
import { minutesAfter, noon, refusalOf } from '../../inbox/test/desk/desk.ts'
import { uploadedFile } from '../../inbox/test/desk/files.ts'
import {
  approvingOfRuns,
  choosePart,
  closeRequest,
  confirmIdentity,
  decideRequest,
  erasureLetter,
  extendRequest,
  liftingOfHolds,
  listArchiveOffers,
  listErasable,
  listRequests,
  openRequest,
  planDeletionRun,
  planErasure,
  previewErasure,
  proposeLifting,
  restrictOnRequest,
  sendErasureLetter,
  setHold,
  watchRequests,
} from '../src/index.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { condemn, type Decide } from '../src/runs/condemn.ts'
import { decideAgain, decideByLaw } from '../src/runs/decide-by-law.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
let lead: Viewer
let dpo: Viewer
beforeEach(async () => {
  town = await openTown()
  const { desk, inbox } = town
  lead = await desk.viewer('team-lead', desk.yilmaz.teamIds)
  dpo = await desk.viewer('dpo', [])
  const waiver = {
    basis: 'GV-2026-01',
    category: 'DA01',
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: null,
  }
  await inbox.pool.query('insert into archive_agreement values ($1, $2)', [
    noon,
    {
      land: 'HE',
      answerWithinMonths: 6,
      silence: 'RELEASES_NOTHING',
      mode: { kind: 'GENERAL_WAIVER', waivers: [waiver, { ...waiver, category: 'DA18' }] },
    },
  ])
  await inbox.pool.query('update deletion_rule set approved_at = $1, proposed_by = $2, approved_by = $3', [
    noon,
    randomUUID(),
    randomUUID(),
  ])
  return () => town.close()
})

const lawsuit = {
  kind: 'hold',
  reason: 'LITIGATION',
  basis: 'ART17_3E',
  reviewOn: '2027-01-04',
  expiresOn: '2027-06-30',
} as const

/** Closed on that day, and no record; it is due a month later. */
async function closedMatter(from: string, closedAt = new Date('2026-09-01T08:00:00Z')): Promise<string> {
  const id = await town.desk.citizenWrites({ from })
  await town.inbox.pool.query(
    `update conversation set state = 'closed', closed_at = $2, due_at = $3, waits_for = null, filing = 'NOT_FILE_RELEVANT', waiting_since = null
     where id = $1`,
    [id, closedAt, minutesAfter(closedAt, 31 * 24 * 60)],
  )
  return id
}

const lawful: Decide = (client, _run, items) => decideByLaw(client, items, town.inbox.now(), 'as-planned-now')

/** Null: a run has condemned it. */
async function whyStays(id: string): Promise<string | null> {
  const items = [{ kind: 'conversation' as const, id }]
  const run = await town.approved(items)
  await transaction(town.inbox.pool, (changing) => condemn(changing, run, items, lawful))
  return one('select reason as value from deletion_run_item where run_id = $1', [run])
}

async function one<T>(sql: string, values: readonly unknown[] = []): Promise<T> {
  const { rows } = await town.inbox.pool.query<{ value: T }>(sql, [...values])
  const [row] = rows
  return row === undefined ? expect.fail('nothing') : row.value
}

function contactOf(conversationId: string): Promise<string> {
  return one('select contact_id as value from conversation where id = $1', [conversationId])
}

async function granted(conversationId: string, ground: 'ART17_1B' | 'ART17_1D') {
  const { id } = await openRequest(town.inbox, town.desk.yilmaz, conversationId, { kind: 'erasure' })
  await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'IN_PERSON')
  return decideRequest(town.inbox, lead, id, { outcome: 'GRANTED', ground })
}

describe('a run', () => {
  test.each(['access', 'portability'] as const)(
    'leaves what an open request of kind %s is about, until it is answered',
    async (kind) => {
      const [asked, other] = [await closedMatter('491713940001'), await closedMatter('491713940002')]
      const { id } = await openRequest(town.inbox, town.desk.yilmaz, asked, { kind })
      expect(await whyStays(asked)).toBe('ACCESS_REQUEST_PENDING')
      expect(await whyStays(other)).toBeNull()
      await decideRequest(town.inbox, dpo, id, { outcome: 'REFUSED', exception: 'ART12_2' })
      expect(await whyStays(asked)).toBe('ACCESS_REQUEST_PENDING')
      await closeRequest(town.inbox, dpo, id, true)
      expect(await whyStays(asked)).toBeNull()
    },
  )

  test('takes before its time what an erasure was granted for, and names the ground', async () => {
    const closedAt = minutesAfter(noon, -60)
    const [asked, other] = [
      await closedMatter('491713940003', closedAt),
      await closedMatter('491713940004', closedAt),
    ]
    await granted(asked, 'ART17_1B')
    expect(await whyStays(other)).toBe('NOT_DUE')
    expect(await whyStays(asked)).toBeNull()
    expect(
      await one(`select facts ->> 'ground' as value from deletion_run_item where object_id = $1`, [asked]),
    ).toBe('ART17_1B')
  })

  test.each(['rectification', 'restriction', 'erasure'] as const)(
    'is not changed by an open request of kind %s',
    async (kind) => {
      const asked = await closedMatter('491713940005')
      await openRequest(town.inbox, town.desk.yilmaz, asked, { kind })
      expect(await whyStays(asked)).toBeNull()
    },
  )

  test('leaves what is held, also when its erasure was granted', async () => {
    const asked = await closedMatter('491713940006')
    await granted(asked, 'ART17_1D')
    await setHold(town.inbox, dpo, { kind: 'CONVERSATION', id: asked }, lawsuit)
    expect(await whyStays(asked)).toBe('LEGAL_HOLD')
    // The request is as open as before, and goes on being shown.
    expect(await listRequests(town.inbox, dpo)).toMatchObject([{ kind: 'erasure', closedAt: null }])
  })
})

describe('an erasure', () => {
  test('is previewed before it is granted: what would go, what would stay and why; nothing is changed by it', async () => {
    const closedAt = minutesAfter(noon, -60)
    const [goes, held] = [
      await closedMatter('491713940007', closedAt),
      await closedMatter('491713940007', closedAt),
    ]
    await setHold(town.inbox, dpo, { kind: 'CONVERSATION', id: held }, lawsuit)
    // Somebody wrote since: that matter is open, and nobody has decided about it.
    await town.desk.citizenWrites({ from: '491713940007' })
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, goes, { kind: 'erasure' })
    for (const viewer of [lead, dpo])
      expect(await previewErasure(town.inbox, viewer, id)).toMatchObject({
        goes: 1,
        stays: expect.arrayContaining([
          expect.objectContaining({ reason: 'LEGAL_HOLD', count: 1 }),
          expect.objectContaining({ reason: 'FILING_UNDECIDED', count: 1 }),
        ]),
      })
    expect(await whyStays(goes)).toBe('NOT_DUE')
  })

  test('is planned once it is granted, as a run that a second person approves', async () => {
    const asked = await closedMatter('491713940008', minutesAfter(noon, -60))
    const kinds = { 'deletion-run': approvingOfRuns(town.inbox) } as unknown as ProposalKinds
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, asked, { kind: 'erasure' })
    await expect(planErasure(town.inbox, kinds, dpo, id)).rejects.toMatchObject({ code: 'request-undecided' })
    await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'IN_PERSON')
    await decideRequest(town.inbox, lead, id, { outcome: 'GRANTED', ground: 'ART17_1C' })
    expect(await previewErasure(town.inbox, lead, id)).toMatchObject({ goes: 1, planned: 0 })
    const run = await planErasure(town.inbox, kinds, dpo, id)
    expect(await previewErasure(town.inbox, lead, id)).toMatchObject({ goes: 1, planned: 1 })
    expect(
      await town.count(`deletion_run where id = $1 and kind = 'erasure' and state = 'planned'`, [run]),
    ).toBe(1)
    const item = `deletion_run_item where run_id = $1 and object_id = $2 and state = 'planned' and facts ->> 'ground' = 'ART17_1C'`
    expect(await town.count(item, [run, asked])).toBe(1)
    expect(
      await town.count(`proposal where kind = 'deletion-run' and object_id = $1 and state = 'open'`, [run]),
    ).toBe(1)
  })

  test('of somebody of whom nothing is left has nothing to plan', async () => {
    const asked = await closedMatter('491713940009')
    const kinds = { 'deletion-run': approvingOfRuns(town.inbox) } as unknown as ProposalKinds
    const { id } = await granted(asked, 'ART17_1B')
    expect(await whyStays(asked)).toBeNull()
    expect(await previewErasure(town.inbox, dpo, id)).toEqual({ goes: 0, planned: 0, gone: 0, stays: [] })
    await expect(planErasure(town.inbox, kinds, dpo, id)).rejects.toMatchObject({ code: 'nothing-to-delete' })
  })
})

describe('a request', () => {
  test('has a month, and two more when the person has been told why', async () => {
    const asked = await closedMatter('491713940011')
    const request = await openRequest(town.inbox, town.desk.yilmaz, asked, { kind: 'access' })
    // 16 November, in winter.
    expect(request).toMatchObject({ dueAt: '2026-12-16T23:00:00.000Z', clock: 'running', recognised: false })
    const { id } = request
    const extension = { reason: 'COMPLEXITY', personInformed: true } as const
    await expect(
      extendRequest(town.inbox, lead, id, { ...extension, personInformed: false }),
    ).rejects.toMatchObject({ code: 'person-not-told' })
    expect(await extendRequest(town.inbox, lead, id, extension)).toMatchObject({
      dueAt: '2027-02-16T23:00:00.000Z',
      extended: { reason: 'COMPLEXITY' },
    })
    await expect(extendRequest(town.inbox, lead, id, extension)).rejects.toMatchObject({
      code: 'request-extended',
    })
  })

  test('is not extended when its month is over', async () => {
    const asked = await closedMatter('491713940012')
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, asked, {
      kind: 'access',
      receivedOn: '2026-10-01',
    })
    await expect(
      extendRequest(town.inbox, lead, id, { reason: 'NUMBER', personInformed: true }),
    ).rejects.toMatchObject({ code: 'extension-too-late' })
    expect(await listRequests(town.inbox, dpo)).toMatchObject([{ id, clock: 'overdue' }])
  })

  test.each(['2026-11-17', '2024-01-01'])('was not received on %s', async (receivedOn) => {
    const asked = await closedMatter('491713940013')
    await expect(
      openRequest(town.inbox, town.desk.yilmaz, asked, { kind: 'access', receivedOn }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('is open once of a kind for a person', async () => {
    const asked = await closedMatter('491713940014')
    await openRequest(town.inbox, town.desk.yilmaz, asked, { kind: 'access' })
    await expect(openRequest(town.inbox, town.desk.brandt, asked, { kind: 'access' })).rejects.toMatchObject({
      code: 'request-open',
    })
    await openRequest(town.inbox, town.desk.brandt, asked, { kind: 'rectification' })
  })

  test('is granted to nobody of whom it is not sure who they are', async () => {
    const asked = await town.desk.citizenWrites({ from: '491713940015' })
    town.desk.test.setNow(minutesAfter(noon, 10))
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, asked, { kind: 'access' })
    await expect(decideRequest(town.inbox, lead, id, { outcome: 'GRANTED' })).rejects.toMatchObject({
      code: 'identity-unconfirmed',
    })
    // What came before the request says nothing about who makes it.
    await expect(confirmIdentity(town.inbox, town.desk.yilmaz, id, 'SAME_CHAT')).rejects.toMatchObject({
      code: 'person-has-not-answered',
    })
    town.desk.test.setNow(minutesAfter(noon, 20))
    await town.desk.citizenWrites({
      from: '491713940015',
      at: minutesAfter(noon, 20),
      text: 'Ja, ich bin es',
    })
    await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'SAME_CHAT')
    await expect(closeRequest(town.inbox, lead, id, true)).rejects.toMatchObject({
      code: 'request-undecided',
    })
    await decideRequest(town.inbox, lead, id, { outcome: 'GRANTED' })
    await expect(decideRequest(town.inbox, dpo, id, { outcome: 'GRANTED' })).rejects.toMatchObject({
      code: 'request-decided',
    })
    await expect(closeRequest(town.inbox, lead, id, false)).rejects.toMatchObject({ code: 'person-not-told' })
    expect(await closeRequest(town.inbox, lead, id, true)).toMatchObject({
      clock: null,
      decision: { outcome: 'GRANTED' },
    })
    await expect(closeRequest(town.inbox, lead, id, true)).rejects.toMatchObject({ code: 'request-closed' })
  })

  test('of erasure is granted on a ground, others without', async () => {
    const asked = await closedMatter('491713940016')
    for (const kind of ['erasure', 'access'] as const) {
      const { id } = await openRequest(town.inbox, town.desk.yilmaz, asked, { kind })
      await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'IN_PERSON')
      const ground = kind === 'access' ? { ground: 'ART17_1A' as const } : {}
      await expect(
        decideRequest(town.inbox, lead, id, { outcome: 'GRANTED', ...ground }),
      ).rejects.toMatchObject({ code: 'invalid-input' })
    }
  })

  test('is not rewritten, whoever asks', async () => {
    const asked = await closedMatter('491713940017')
    await granted(asked, 'ART17_1B')
    for (const change of [`kind = 'ACCESS'`, `received_at = now()`, `due_at = now()`, `ground = 'ART17_1D'`])
      await expect(town.inbox.pool.query(`update data_subject_request set ${change}`)).rejects.toThrow(
        'stays as it was',
      )
  })

  test('of another team is nobody else’s, data protection sees it', async () => {
    const asked = await closedMatter('491713940018')
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, asked, { kind: 'erasure' })
    const elsewhere = await town.desk.viewer('team-lead', town.desk.okafor.teamIds)
    expect(await listRequests(town.inbox, town.desk.okafor)).toEqual([])
    await expect(decideRequest(town.inbox, elsewhere, id, { outcome: 'NOT_MEANT' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(openRequest(town.inbox, town.desk.okafor, asked, { kind: 'access' })).rejects.toMatchObject({
      code: 'not-found',
    })
    for (const viewer of [town.desk.brandt, lead, dpo])
      expect(await listRequests(town.inbox, viewer)).toMatchObject([{ id, kind: 'erasure' }])
    expect(await listRequests(town.inbox, lead, { conversation: asked })).toMatchObject([{ id }])
  })

  test('is told of to the officer, once each: received, ending, ended', async () => {
    const asked = await closedMatter('491713940019')
    await openRequest(town.inbox, town.desk.yilmaz, asked, { kind: 'access' })
    for (const day of ['2026-11-17', '2026-11-18', '2026-12-09', '2026-12-11', '2026-12-17', '2026-12-18']) {
      town.desk.test.setNow(new Date(`${day}T12:00:00Z`))
      await watchRequests(town.inbox)
    }
    const { rows } = await town.inbox.pool.query<{ due: string }>(
      `select facts ->> 'period' as due from dpo_notice where kind = 'data-subject-request' order by at`,
    )
    expect(rows.map(({ due }) => due)).toEqual(['received', 'ends-soon', 'overdue'])
  })
})

describe('a restriction', () => {
  const asked = { ground: 'ART18_1A', reviewOn: '2027-01-04' } as const

  async function requested(matter: string, outcome: 'GRANTED' | null = 'GRANTED'): Promise<string> {
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, matter, { kind: 'restriction' })
    await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'IN_PERSON')
    if (outcome !== null) await decideRequest(town.inbox, lead, id, { outcome })
    return id
  }

  test('is set once by a request that is granted, of everything of the person, and the request shows it until it is lifted', async () => {
    const [matter, other] = [await closedMatter('491713940051'), await closedMatter('491713940051')]
    const id = await requested(matter, null)
    await expect(restrictOnRequest(town.inbox, dpo, id, asked)).rejects.toMatchObject({
      code: 'request-not-granted',
    })
    await decideRequest(town.inbox, lead, id, { outcome: 'GRANTED' })
    const { restriction } = await restrictOnRequest(town.inbox, dpo, id, asked)
    expect(restriction).toMatchObject({ endedAt: null })
    await expect(restrictOnRequest(town.inbox, lead, id, asked)).rejects.toMatchObject({
      code: 'request-restricted',
    })
    expect(await town.count('legal_hold')).toBe(1)
    for (const hidden of [matter, other]) {
      expect(await whyStays(hidden)).toBe('RESTRICTED')
      await expect(readConversation(town.inbox, town.desk.yilmaz, hidden)).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    const kinds = { 'lift-hold': liftingOfHolds(town.inbox) } as unknown as ProposalKinds
    const records = await town.desk.viewer('records', [])
    await expect(
      proposeLifting(town.inbox, kinds, records, restriction?.id ?? '', false),
    ).rejects.toMatchObject({
      code: 'person-not-informed',
    })
    const proposal = await proposeLifting(town.inbox, kinds, records, restriction?.id ?? '', true)
    await approveProposal(town.inbox, kinds, dpo, proposal.id)
    expect(await listRequests(town.inbox, dpo)).toMatchObject([
      { id, restriction: { endedAt: expect.any(String) } },
    ])
    expect(await readConversation(town.inbox, town.desk.yilmaz, matter)).toMatchObject({ id: matter })
  })

  test('comes of no other request, of nobody who is not sure, and of two at once it is set once', async () => {
    const matter = await closedMatter('491713940052')
    const { id: other } = await openRequest(town.inbox, town.desk.yilmaz, matter, { kind: 'access' })
    await expect(restrictOnRequest(town.inbox, dpo, other, asked)).rejects.toMatchObject({
      code: 'not-found',
    })
    const { id: unsure } = await openRequest(town.inbox, town.desk.yilmaz, matter, { kind: 'restriction' })
    await expect(restrictOnRequest(town.inbox, dpo, unsure, asked)).rejects.toMatchObject({
      code: 'identity-unconfirmed',
    })
    await confirmIdentity(town.inbox, town.desk.yilmaz, unsure, 'IN_PERSON')
    await decideRequest(town.inbox, lead, unsure, { outcome: 'GRANTED' })
    const both = await Promise.allSettled(
      [lead, dpo].map((one) => restrictOnRequest(town.inbox, one, unsure, asked)),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await town.count('legal_hold')).toBe(1)
  })
})

describe('a letter', () => {
  function kinds(): ProposalKinds {
    return { 'deletion-run': approvingOfRuns(town.inbox) } as unknown as ProposalKinds
  }

  async function erased(request: string): Promise<void> {
    const run = await planErasure(town.inbox, kinds(), dpo, request)
    await town.inbox.pool.query(
      `update deletion_run set state = 'approved', approved_by = $2, approved_role = 'records', approved_at = $3 where id = $1`,
      [run, (await town.desk.viewer('records', [])).accountId, town.inbox.now()],
    )
    await town.work(run, undefined, (client, id, items) => decideAgain(client, id, items, town.inbox.now()))
  }

  test('says of an erasure what went, what stays and why, and until when a rest lies somewhere', async () => {
    const closedAt = minutesAfter(noon, -60)
    const [goes, held] = [
      await closedMatter('491713940061', closedAt),
      await closedMatter('491713940061', closedAt),
    ]
    await setHold(town.inbox, dpo, { kind: 'CONVERSATION', id: held }, lawsuit)
    const { id } = await granted(goes, 'ART17_1B')
    const { folder } = town
    await expect(erasureLetter(town.inbox, folder, lead, id, 'text')).rejects.toMatchObject({
      code: 'nothing-erased-yet',
    })
    // What others' runs destroyed before and after is not in it.
    const [before, after] = [
      await granted(await closedMatter('491713940067', closedAt), 'ART17_1B'),
      await granted(await closedMatter('491713940068', closedAt), 'ART17_1B'),
    ]
    for (const request of [before.id, id, after.id]) await erased(request)
    const requests = await listRequests(town.inbox, dpo)
    expect(requests.find((one) => one.id === id)).toMatchObject({ erased: true })
    // Whoever is not shown the request any more is told by those who are.
    const text = String(await erasureLetter(town.inbox, folder, dpo, id, 'text'))
    expect(text).toContain('Antrag auf Löschung vom 16.11.2026')
    expect(text).toContain('DA01 Nachrichtentext ohne Aktenrelevanz: Vorgänge: 1')
    expect(text).toContain('DA01 Nachrichtentext ohne Aktenrelevanz: Nachrichten: 1')
    expect(text).toContain('– ein Vorgang: ')
    // 35 days after 16 November.
    expect(text).toContain('bis zum 21.12.2026')
    expect(text).not.toContain(goes)
    const pdf = await erasureLetter(town.inbox, folder, dpo, id, 'pdf')
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    // The matter that is left is closed: nobody can be answered in it.
    await expect(
      sendErasureLetter(town.inbox, folder, town.desk.yilmaz, id, randomUUID()),
    ).rejects.toMatchObject({ code: 'no-open-matter' })
    await town.desk.citizenWrites({ from: '491713940061', text: 'Und jetzt?', at: minutesAfter(noon, 1) })
    const clientId = randomUUID()
    for (const _ of [1, 2]) await sendErasureLetter(town.inbox, folder, town.desk.yilmaz, id, clientId)
    expect(await town.count(`message where direction = 'outbound' and kind = 'text'`)).toBe(1)
  })

  test('of somebody who was two people until they were merged goes over all their matters', async () => {
    const [from, userId] = ['491713940062', 'DE.9137100000940062']
    const closedAt = minutesAfter(noon, -60)
    const known = await closedMatter(from, closedAt)
    const other = await town.desk.citizenWrites({ from: undefined, userId, text: 'Guten Tag' })
    const { id } = await granted(other, 'ART17_1B')
    // Number and id in one message: it has been one person all the time.
    await town.desk.citizenWrites({ from, userId, text: 'Ich bin beides', at: minutesAfter(noon, 5) })
    await town.inbox.pool.query(
      `update conversation set state = 'closed', closed_at = $1, due_at = now(), waits_for = null, filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
      [closedAt],
    )
    expect(await previewErasure(town.inbox, dpo, id)).toMatchObject({
      goes: await town.count('conversation'),
      stays: [],
    })
    await erased(id)
    expect(await town.count('conversation where id = any($1::uuid[])', [[known, other]])).toBe(0)
    const text = String(await erasureLetter(town.inbox, town.folder, dpo, id, 'text'))
    expect(text).toContain('kein Vorgang mehr gespeichert')
  })
})

describe('an erasure of a part', () => {
  const closedAt = minutesAfter(noon, -60)
  const waits = { messageIds: [], fileIds: [], everything: false, seen: null } as const

  function kinds(): ProposalKinds {
    return { 'deletion-run': approvingOfRuns(town.inbox) } as unknown as ProposalKinds
  }

  /** Three messages, the first of them with a file that is sealed under its own key. */
  async function matterWithFile(from: string) {
    const matter = await town.desk.citizenWrites({ from, text: 'Anbei der Ausweis' })
    await town.desk.citizenWrites({ from, text: 'Und eine Zeile' })
    await town.desk.citizenWrites({ from, text: 'Die bleibt' })
    const { rows } = await town.inbox.pool.query<{ id: string }>(
      'select id from message where conversation_id = $1 order by id',
      [matter],
    )
    const [withFile, alone, stays] = rows.map(({ id }) => id)
    if (withFile === undefined || alone === undefined || stays === undefined) expect.fail('three messages')
    const file = await uploadedFile(town.desk, matter, 'image')
    await town.inbox.pool.query(`update message set kind = 'image' where id = $1`, [withFile])
    await town.inbox.pool.query(`update attachment set message_id = $2, sealed_with = 'own' where id = $1`, [
      file,
      withFile,
    ])
    await town.inbox.pool.query(
      `update conversation set state = 'closed', closed_at = $2, due_at = $3, waits_for = null, filing = 'NOT_FILE_RELEVANT', waiting_since = null where id = $1`,
      [matter, closedAt, minutesAfter(closedAt, 31 * 24 * 60)],
    )
    return { matter, withFile, alone, stays, file }
  }

  async function opened(matter: string): Promise<string> {
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, matter, { kind: 'erasure' })
    await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'IN_PERSON')
    return id
  }

  async function carriedOut(run: string): Promise<void> {
    await town.inbox.pool.query(
      `update deletion_run set state = 'approved', approved_by = $2, approved_role = 'records', approved_at = $3 where id = $1`,
      [run, (await town.desk.viewer('records', [])).accountId, town.inbox.now()],
    )
    await town.work(run, undefined, (client, id, items) => decideAgain(client, id, items, town.inbox.now()))
  }

  test('takes what was chosen before its time and nothing else, a file without its message; what stays says so, and so does the letter', async () => {
    const { matter, withFile, alone, stays, file } = await matterWithFile('491713940081')
    const id = await opened(matter)
    const chosen = { ...waits, messageIds: [alone], fileIds: [file] }
    const { part } = await choosePart(town.inbox, town.desk.yilmaz, id, chosen)
    expect(part).toMatchObject({ messages: 1, files: 1 })
    const listed = await listErasable(town.inbox, town.desk.yilmaz, id, { from: 0 })
    expect(listed).toMatchObject({ total: 3, chosen: { messageIds: [alone], fileIds: [file] } })
    expect(listed.items.map(({ text }) => text)).toContain('Anbei der Ausweis')
    // Without content for whoever is shown none.
    const blind = await listErasable(town.inbox, dpo, id, { from: 0 })
    expect(blind).toMatchObject({ total: 3, chosen: listed.chosen })
    expect(blind.items.map(({ text }) => text)).toEqual([null, null, null])
    expect(blind.items.flatMap(({ files }) => files)).toMatchObject([{ id: file, kind: 'image', name: null }])

    expect(await previewErasure(town.inbox, dpo, id)).toEqual({ goes: 2, planned: 0, gone: 0, stays: [] })
    // As it was seen: nobody grants everything that was a part meanwhile.
    const grant = { outcome: 'GRANTED', ground: 'ART17_1A' } as const
    await expect(decideRequest(town.inbox, lead, id, grant)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    await decideRequest(town.inbox, lead, id, { ...grant, chosenAt: part?.chosenAt ?? null })
    await expect(
      choosePart(town.inbox, town.desk.yilmaz, id, { ...chosen, seen: part?.chosenAt ?? null }),
    ).rejects.toMatchObject({ code: 'request-decided' })
    await expect(
      town.inbox.pool.query(
        `update data_subject_request set chosen_at = null, chosen_messages = '{}', chosen_files = '{}'`,
      ),
    ).rejects.toThrow('stays as it was')
    // The matter as a whole is as far from its time as before.
    expect(await whyStays(matter)).toBe('NOT_DUE')

    const keyBefore = await one<string>('select key_id as value from conversation where id = $1', [matter])
    const run = await planErasure(town.inbox, kinds(), dpo, id)
    expect(await previewErasure(town.inbox, dpo, id)).toMatchObject({ goes: 2, planned: 2 })
    // What a run has, no other is planned over.
    await expect(planErasure(town.inbox, kinds(), lead, id)).rejects.toMatchObject({
      code: 'nothing-to-delete',
    })
    expect(await one('select payload as value from proposal where object_id = $1', [run])).toMatchObject({
      conversations: 0,
      messages: 1,
      files: 1,
      emergency: false,
    })
    await carriedOut(run)

    expect(await town.count('message where conversation_id = $1', [matter])).toBe(2)
    expect(await town.count('attachment')).toBe(0)
    expect(await town.count('data_key where id = any($1::uuid[])', [[file, keyBefore]])).toBe(0)
    const shown = (await listMessages(town.inbox, town.desk.yilmaz, matter, { limit: 10 })).items
    expect(shown.map(({ id: of, erasedFiles }) => [of, erasedFiles.length])).toEqual([
      [stays, 0],
      [withFile, 1],
    ])
    expect(
      await one('select rule || ground || files as value from erased_file where message_id = $1', [withFile]),
    ).toBe('LR-DA01@1ART17_1A1')
    const deletions: unknown[] = []
    for await (const { entry } of readEntries(town.folder, 0))
      if (entry?.type === 'DELETE') deletions.push(entry)
    expect(deletions).toMatchObject([{ ground: 'ART17_1A', objects: { messages: 1, attachments: 1 } }])
    expect(await previewErasure(town.inbox, dpo, id)).toMatchObject({ goes: 0, gone: 2, stays: [] })
    const letter = String(await erasureLetter(town.inbox, town.folder, dpo, id, 'text'))
    expect(letter).toContain(
      'Ihr Antrag betraf eine Nachricht und eine Datei. Was er nicht betraf, bleibt gespeichert.',
    )
    expect(letter).toContain('Davon ist hier nichts mehr gespeichert.')
    expect(letter).toMatch(/Dateien: 1\n.*Nachrichten: 1/)
  })

  test('is chosen of what is the person’s, is there and is shown, and what another team has chosen stays', async () => {
    const { matter, withFile, alone, file } = await matterWithFile('491713940082')
    const foreign = await matterWithFile('491713940083')
    const elsewhere = await matterWithFile('491713940082')
    await town.inbox.pool.query('update conversation set team_id = $2 where id = $1', [
      elsewhere.matter,
      town.desk.otherTeamId,
    ])
    const { yilmaz, okafor } = town.desk
    const id = await opened(matter)
    function refusal(viewer: Viewer, asked: Partial<Parameters<typeof choosePart>[3]>) {
      return refusalOf(choosePart(town.inbox, viewer, id, { ...waits, ...asked }))
    }
    expect(await refusal(yilmaz, {})).toBe('nothing-chosen')
    for (const messageIds of [[foreign.alone], [elsewhere.alone], [randomUUID()], [alone, file]])
      expect(await refusal(yilmaz, { messageIds })).toBe('chosen-not-there')
    for (const fileIds of [[foreign.file], [elsewhere.file], [alone]])
      expect(await refusal(yilmaz, { fileIds })).toBe('chosen-not-there')
    // A file goes with its message.
    const first = await choosePart(town.inbox, yilmaz, id, {
      ...waits,
      messageIds: [withFile],
      fileIds: [file],
    })
    expect(first.part).toMatchObject({ messages: 1, files: 0 })
    expect(await refusal(okafor, { messageIds: [elsewhere.alone] })).toBe('changed-meanwhile')
    const seen = first.part?.chosenAt ?? null
    const second = await choosePart(town.inbox, okafor, id, { ...waits, fileIds: [elsewhere.file], seen })
    expect(second.part).toMatchObject({ messages: 1, files: 1 })
    expect((await listErasable(town.inbox, okafor, id, { from: 0 })).chosen).toEqual({
      messageIds: [],
      fileIds: [elsewhere.file],
    })
    const whole = await choosePart(town.inbox, dpo, id, {
      ...waits,
      everything: true,
      seen: second.part?.chosenAt ?? null,
    })
    expect(whole.part).toBeNull()
    const { id: access } = await openRequest(town.inbox, yilmaz, matter, { kind: 'access' })
    expect(await refusalOf(choosePart(town.inbox, yilmaz, access, { ...waits, messageIds: [alone] }))).toBe(
      'not-found',
    )
  })

  test.each(['file', 'message', 'matter', 'kind', 'person'] as const)(
    'leaves a file whose %s is held',
    async (what) => {
      const { matter, withFile, file } = await matterWithFile('491713940084')
      const id = await opened(matter)
      const { part } = await choosePart(town.inbox, lead, id, { ...waits, fileIds: [file] })
      await decideRequest(town.inbox, lead, id, {
        outcome: 'GRANTED',
        ground: 'ART17_1D',
        chosenAt: part?.chosenAt ?? null,
      })
      expect(await previewErasure(town.inbox, dpo, id)).toMatchObject({ goes: 1, stays: [] })
      const scopes = {
        file: { kind: 'OBJECT', id: file },
        message: { kind: 'OBJECT', id: withFile },
        matter: { kind: 'OBJECT', id: matter },
        kind: { kind: 'CLUSTER', code: 'DA04' },
        person: { kind: 'CONTACT', id: await contactOf(matter) },
      } as const
      await setHold(town.inbox, dpo, scopes[what], lawsuit)
      expect(await previewErasure(town.inbox, dpo, id)).toMatchObject({
        goes: 0,
        stays: [{ reason: 'LEGAL_HOLD', count: 1 }],
      })
      await expect(planErasure(town.inbox, kinds(), dpo, id)).rejects.toMatchObject({
        code: 'nothing-to-delete',
      })
    },
  )

  test('waits for the filing of an open matter, unless it was unlawfully processed, and for an offer that its matter needs', async () => {
    const { matter, alone } = await matterWithFile('491713940085')
    const id = await opened(matter)
    await choosePart(town.inbox, lead, id, { ...waits, messageIds: [alone] })
    await town.inbox.pool.query(`update conversation set filing = 'UNDECIDED' where id = $1`, [matter])
    expect(await previewErasure(town.inbox, dpo, id)).toMatchObject({
      stays: [{ reason: 'FILING_UNDECIDED' }],
    })
    await town.inbox.pool.query(`update conversation set filing = 'NOT_FILE_RELEVANT' where id = $1`, [
      matter,
    ])
    await town.inbox.pool.query('delete from archive_agreement')
    const { part } = (await listRequests(town.inbox, lead))[0] ?? expect.fail('a request')
    await decideRequest(town.inbox, lead, id, {
      outcome: 'GRANTED',
      ground: 'ART17_1A',
      chosenAt: part?.chosenAt ?? null,
    })
    expect(await previewErasure(town.inbox, dpo, id)).toMatchObject({ stays: [{ reason: 'NOT_OFFERED' }] })
    const records = await town.desk.viewer('records', [])
    const { toOffer } = await listArchiveOffers(town.inbox, records)
    expect(toOffer).toMatchObject([{ matters: 1 }])
  })
})

describe('an answered request', () => {
  test('goes by a planned run three years after it was answered, and says so in the ledger', async () => {
    const [old, young] = [await closedMatter('491713940071'), await closedMatter('491713940072')]
    const ids: string[] = []
    for (const matter of [old, young]) {
      const { id } = await openRequest(town.inbox, town.desk.yilmaz, matter, { kind: 'rectification' })
      await decideRequest(town.inbox, lead, id, { outcome: 'NOT_MEANT' })
      ids.push(id)
    }
    const [gone, kept] = ids
    // In the winter of three years later, the day that the period ends.
    town.desk.test.setNow(new Date('2029-11-15T12:00:00Z'))
    await town.inbox.pool.query(`delete from conversation`)
    const kinds = { 'deletion-run': approvingOfRuns(town.inbox) } as unknown as ProposalKinds
    const planned = { kind: 'planned', conversationIds: [], messageIds: [] } as const
    await expect(planDeletionRun(town.inbox, kinds, dpo, planned)).rejects.toMatchObject({
      code: 'nothing-to-delete',
    })
    town.desk.test.setNow(new Date('2029-11-18T12:00:00Z'))
    // Somebody asks what is known of them, and nobody has answered: it is part of the answer.
    await town.inbox.pool.query(
      `insert into data_subject_request (id, kind, contact_id, conversation_id, opened_by, opened_role, received_at, due_at)
       select gen_random_uuid(), 'ACCESS', contact_id, conversation_id, opened_by, opened_role, $2, $2::timestamptz + interval '1 month'
       from data_subject_request where id = $1`,
      [kept, town.inbox.now()],
    )
    const run = await planDeletionRun(town.inbox, kinds, dpo, planned)
    const items = `deletion_run_item where run_id = $1 and kind = 'request'`
    expect(await town.count(`${items} and state = 'planned' and object_id = $2`, [run, gone])).toBe(1)
    expect(
      await town.count(`${items} and reason = 'ACCESS_REQUEST_PENDING' and object_id = $2`, [run, kept]),
    ).toBe(1)
    await expect(
      town.inbox.pool.query('delete from data_subject_request where id = $1', [gone]),
    ).rejects.toThrow('goes by a run')
    await town.inbox.pool.query(
      `update deletion_run set state = 'approved', approved_by = $2, approved_role = 'records', approved_at = $3 where id = $1`,
      [run, (await town.desk.viewer('records', [])).accountId, town.inbox.now()],
    )
    await town.work(run, undefined, (client, id, all) => decideAgain(client, id, all, town.inbox.now()))
    expect(await town.count('data_subject_request where id = $1', [gone])).toBe(0)
    expect(await town.count('data_subject_request where id = $1', [kept])).toBe(1)
    const entries: unknown[] = []
    for await (const { entry } of readEntries(town.folder, 0)) entries.push(entry)
    expect(entries).toContainEqual(
      expect.objectContaining({
        type: 'DELETE',
        cluster: 'DA18',
        rule: 'LR-DA18@1',
        objects: { requests: 1 },
      }),
    )
  })
})

describe('what a citizen writes', () => {
  async function requests() {
    return (await listRequests(town.inbox, dpo)).map(({ kind, recognised }) => ({ kind, recognised }))
  }

  test('is recognised as a request, once while it is open, and keeps what is asked about', async () => {
    const due = await closedMatter('491713940021')
    await town.desk.citizenWrites({ from: '491713940021', text: 'AUSKUNFT' })
    await town.desk.citizenWrites({ from: '491713940021', text: 'Auskunft bitte!' })
    expect(await requests()).toEqual([{ kind: 'access', recognised: true }])
    expect(await whyStays(due)).toBe('ACCESS_REQUEST_PENDING')
    const [request] = await listRequests(town.inbox, lead)
    await decideRequest(town.inbox, lead, request?.id ?? '', { outcome: 'NOT_MEANT' })
    expect(await whyStays(due)).toBeNull()
  })

  test('is deleted by nobody because it says so', async () => {
    const id = await town.desk.citizenWrites({ from: '491713940022', text: 'LÖSCHEN' })
    expect(await requests()).toEqual([{ kind: 'erasure', recognised: true }])
    expect(await town.count('conversation where id = $1 and waiting_since is not null', [id])).toBe(1)
    expect(await town.count('deletion_run')).toBe(0)
  })

  test('is none in an ordinary sentence', async () => {
    await town.desk.citizenWrites({ from: '491713940023', text: 'Können Sie den Termin am Montag löschen?' })
    expect(await requests()).toEqual([])
  })

  test('follows whoever turns out to be somebody known', async () => {
    const [from, userId] = ['491713940025', 'DE.9137100000940025']
    const known = await closedMatter(from)
    const asked = await town.desk.citizenWrites({ from: undefined, userId, text: 'Auskunft' })
    // Number and id in one message: it has been one person all the time.
    await town.desk.citizenWrites({ from, userId, text: 'Ich bin beides', at: minutesAfter(noon, 5) })
    const person = await contactOf(known)
    expect(await contactOf(asked)).toBe(person)
    expect(await town.count('data_subject_request where contact_id = $1', [person])).toBe(1)
    expect(await whyStays(known)).toBe('ACCESS_REQUEST_PENDING')
  })

  test('is acknowledged once with the text of the office, and the person goes on waiting', async () => {
    await town.inbox.pool.query(`update office_setting set request_acknowledgement = 'Wir melden uns.'`)
    const id = await town.desk.citizenWrites({ from: '491713940026', text: 'LÖSCHEN' })
    expect(await acknowledgeRequests(town.inbox)).toBe(1)
    await town.desk.citizenWrites({ from: '491713940026', text: 'Löschen' })
    expect(await acknowledgeRequests(town.inbox)).toBe(0)
    await sendQueuedReplies(town.inbox, id, new AbortController().signal)
    const sent = `message where conversation_id = '${id}' and direction = 'outbound'`
    expect(await town.count(`${sent} and send_state = 'accepted'`)).toBe(1)
    expect(await town.count(sent)).toBe(1)
    expect(await town.count('conversation where id = $1 and waiting_since is not null', [id])).toBe(1)
  })

  test.each([
    ['no text is set', null, null],
    ['the window is shut', 'Wir melden uns.', `update conversation set window_shut_at = opened_at`],
    [
      'the matter is closed',
      'Wir melden uns.',
      `update conversation set state = 'closed', closed_at = now(), waiting_since = null`,
    ],
  ])('is not acknowledged where %s, later neither', async (_, text, before) => {
    await town.inbox.pool.query('update office_setting set request_acknowledgement = $1', [text])
    await town.desk.citizenWrites({ from: '491713940027', text: 'LÖSCHEN' })
    if (before !== null) await town.inbox.pool.query(before)
    await acknowledgeRequests(town.inbox)
    await town.inbox.pool.query(`update office_setting set request_acknowledgement = 'Wir melden uns.'`)
    await acknowledgeRequests(town.inbox)
    expect(await town.count(`message where direction = 'outbound'`)).toBe(0)
  })
})
