import { randomUUID } from 'node:crypto'
import type { Protection } from '@buergerdraht/contract'
import { alone, change, logKeyOf, type Viewer } from '@buergerdraht/office'
import { openLedgerFolder, parseNoteKey, verdictOf, verifyLedger } from '@buergerdraht/records'
import { beforeEach, describe, expect, test } from 'vitest'
import { noon } from '../../inbox/test/desk/desk.ts'
import {
  agreeingWithArchive,
  changingOfFilingPlan,
  changingOfRules,
  closeRequest,
  confirmIdentity,
  decideOffer,
  decideRequest,
  extendRequest,
  judgeLedger,
  Ledger,
  liftingOfHolds,
  mayLetIn,
  offerToArchive,
  openRequest,
  recognisedBy,
  type Step,
  setHold,
  signingOfCatalogue,
  withdrawingOfOffers,
} from '../src/index.ts'
import { enterActs } from '../src/ledger/acts.ts'
import { readApplied } from '../src/ledger/judge-ledger.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
let records: Viewer
beforeEach(async () => {
  town = await openTown()
  records = await town.desk.viewer('records', [])
  return () => town.close()
})

const lawsuit: Protection = {
  kind: 'hold',
  reason: 'LITIGATION',
  basis: 'ART17_3E',
  reference: '3 K 1234/26',
  reviewOn: '2027-01-04',
  expiresOn: '2027-06-30',
}
const contested: Protection = { kind: 'restriction', reason: 'ART18_1A', reviewOn: '2027-01-04' }

class Killed extends Error {}

/** The worker that leads, for one round. */
async function enters(reached?: (step: Step) => void): Promise<number | null> {
  const { inbox, folder } = town
  return alone(inbox.pool, 'destroying', async (client) => {
    const ledger = await Ledger.open(
      folder,
      await logKeyOf(inbox.keys, 'deletion-ledger'),
      await readApplied(client),
    )
    try {
      return await enterActs({ inbox, ledger, client, ...(reached && { reached }) })
    } finally {
      await ledger.close()
    }
  })
}
async function entries() {
  const all = []
  for await (const { entry } of readEntries(town.folder, 0)) all.push(entry ?? expect.fail('no entry'))
  return all
}
async function marksOf(entry: Awaited<ReturnType<typeof entries>>[number] | undefined, id: string) {
  if (entry === undefined || !('marks' in entry) || entry.marks === undefined) return null
  return (await recognisedBy(town.folder, 'marks', entry.marks))?.recognises(id)
}
async function auditors(): Promise<number> {
  const opened = await openLedgerFolder(town.folder)
  const { verifierKey } = await logKeyOf(town.inbox.keys, 'deletion-ledger')
  const { findings } = await verifyLedger(opened, { keys: [parseNoteKey(verifierKey)] })
  await opened.close()
  return verdictOf(findings)
}
async function contactOf(id: string): Promise<string> {
  const { rows } = await town.inbox.pool.query<{ contact_id: string }>(
    'select contact_id from conversation where id = $1',
    [id],
  )
  return rows[0]?.contact_id ?? expect.fail('no contact')
}
function approved<Payload>(payload: Payload) {
  const { yilmaz, brandt } = town.desk
  return {
    payload,
    secret: null,
    at: town.inbox.now(),
    proposedBy: yilmaz.accountId,
    approvedBy: brandt.accountId,
    approverRole: 'dpo',
  } as const
}

describe('what is decided', () => {
  test('stands in the ledger by codes, its objects by marks; a hold, a restriction, and their ends', async () => {
    const { desk, inbox } = town
    const id = await desk.citizenWrites({ from: '491713920031' })
    const contact = await contactOf(id)
    await setHold(inbox, records, { kind: 'CONVERSATION', id }, lawsuit)
    const everything = await setHold(inbox, records, { kind: 'EVERYTHING' }, lawsuit)
    await setHold(inbox, records, { kind: 'CLUSTER', code: 'DA04' }, lawsuit)
    const restriction = await setHold(inbox, records, { kind: 'CONTACT', id: contact }, contested)
    const informedAt = inbox.now().toISOString()
    for (const [holdId, kind] of [
      [everything, 'hold'],
      [restriction, 'restriction'],
    ] as const)
      await change(inbox, (changing) =>
        liftingOfHolds(inbox).apply(changing, approved({ holdId, kind, informedAt })),
      )
    expect(await town.count('ledger_act')).toBe(6)
    expect(await enters()).toBe(6)
    expect(await enters()).toBe(0)
    expect(await town.count('ledger_act')).toBe(0)

    const all = await entries()
    const hold = {
      approvals: ['SCHRIFTGUT'],
      reason: 'LITIGATION',
      basis: 'ART17_3E',
      expiresOn: '2027-06-30',
    }
    expect(all).toMatchObject([
      { type: 'HOLD_SET', ...hold, objects: { conversations: 1 } },
      { type: 'HOLD_SET', ...hold, covers: 'EVERYTHING' },
      { type: 'HOLD_SET', ...hold, covers: 'DA04' },
      {
        type: 'RESTRICT',
        objects: { contacts: 1 },
        approvals: ['SCHRIFTGUT'],
        ground: 'ART18_1A',
        reviewOn: '2027-01-04',
      },
      { type: 'HOLD_RELEASE', covers: 'EVERYTHING', approvals: ['SACHBEARBEITUNG', 'DATENSCHUTZ'] },
      { type: 'UNRESTRICT', objects: { contacts: 1 }, approvals: ['SACHBEARBEITUNG', 'DATENSCHUTZ'] },
    ])
    expect(await Promise.all([0, 3, 5].map((n) => marksOf(all[n], n === 0 ? id : contact)))).toEqual([
      true,
      true,
      true,
    ])
    expect(await marksOf(all[0], contact)).toBe(false)
    expect(JSON.stringify(all)).not.toMatch(/1234|[0-9a-f]{8}-/)
    expect(await judgeLedger(inbox, town.folder)).toEqual({ state: 'equal', size: 6 })
    expect(await auditors()).toBe(0)
  })

  test('of a rule, with what it moves; of an offer to the archive and its answers, each kind of data for itself', async () => {
    const { desk, inbox } = town
    const { pool } = inbox
    const ids: string[] = []
    for (const from of ['491713920041', '491713920042', '491713920043'])
      ids.push(await desk.citizenWrites({ from }))
    await pool.query(
      `update conversation set state = 'closed', closed_at = '2026-09-01T08:00:00Z', due_at = '2026-10-02T22:00:00Z', waits_for = null,
         filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
    )
    await pool.query('update deletion_rule set approved_at = $1, proposed_by = $2, approved_by = $3', [
      noon,
      randomUUID(),
      randomUUID(),
    ])
    const agreement = {
      land: 'HE',
      answerWithinMonths: 6,
      silence: 'RELEASES_NOTHING',
      mode: { kind: 'OFFER_EACH' },
    }
    await pool.query('insert into archive_agreement values ($1, $2)', [noon, agreement])
    const offer = await offerToArchive(inbox, records, {})
    await decideOffer(inbox, records, offer.id, [
      { numbers: [1], valuation: 'A', basis: 'EE-2026-01' },
      { numbers: 'undecided', valuation: 'V', basis: 'EE-2026-02' },
    ])
    const periods = [{ variant: null, period: '90d', endOfYear: false }]
    await change(inbox, (changing) =>
      changingOfRules(inbox).apply(changing, approved({ cluster: 'DA01', version: 2, periods })),
    )
    await enters()
    const all = await entries()
    expect(all).toMatchObject([
      {
        type: 'ARCHIVE_OFFER',
        cluster: 'DA01',
        land: 'HE',
        objects: { conversations: 3 },
        answerUntil: '2027-05-16',
        firstNumber: 1,
        proposal: 'V',
      },
      { type: 'ARCHIVE_DECISION', decision: 'A', basis: 'EE-2026-01', objects: { conversations: 1 } },
      { type: 'ARCHIVE_DECISION', decision: 'V', basis: 'EE-2026-02', objects: { conversations: 2 } },
      {
        type: 'RULE_CHANGE',
        rule: 'LR-DA01@2',
        classes: ['CASE_CLOSED/90d'],
        affected: { dueEarlier: 0, dueLater: 3, unchanged: 0 },
        approvals: ['SACHBEARBEITUNG', 'DATENSCHUTZ'],
      },
    ])
    for (const id of ids) expect(await marksOf(all[0], id)).toBe(true)
    expect(await auditors()).toBe(0)
  })

  test('of an offer that is withdrawn, for each kind of data what the archive had said nothing of', async () => {
    const { desk, inbox } = town
    const ids = [
      await desk.citizenWrites({ from: '491713920091' }),
      await desk.citizenWrites({ from: '491713920092' }),
      await desk.citizenWrites({ from: '491713920093' }),
    ]
    const offerId = randomUUID()
    await inbox.pool.query(
      `insert into archive_offer (id, offered_at, offered_by, offered_role, offered) values ($1, $2, $3, 'records', 3)`,
      [offerId, noon, records.accountId],
    )
    await inbox.pool.query(
      `insert into archive_offer_item (conversation_id, offer_id, number, proposal) select n.id, $1, n.at, 'V' from unnest($2::uuid[]) with ordinality as n(id, at)`,
      [offerId, ids],
    )
    await inbox.pool.query(
      `update archive_offer_item set valuation = 'V', basis = 'EE-2026-01', decided_by = $2, decided_at = $3 where conversation_id = $1`,
      [ids[1], records.accountId, noon],
    )
    const payload = { offerId, reason: 'STILL_NEEDED', matters: 2 } as const
    const kind = withdrawingOfOffers()
    expect(await change(inbox, (changing) => kind.basis(changing, payload))).toBe('2 from 1 to 3')
    await change(inbox, (changing) => kind.apply(changing, approved(payload)))
    await expect(change(inbox, (changing) => kind.basis(changing, payload))).rejects.toThrow(
      'nothing-to-withdraw',
    )
    await enters()
    const [withdrawn, ...more] = await entries()
    expect(more).toEqual([])
    expect(withdrawn).toMatchObject({
      type: 'ARCHIVE_WITHDRAWAL',
      cluster: 'DA01',
      reason: 'STILL_NEEDED',
      objects: { conversations: 2 },
      approvals: ['SACHBEARBEITUNG', 'DATENSCHUTZ'],
    })
    expect(await Promise.all(ids.map((id) => marksOf(withdrawn, id)))).toEqual([true, false, true])
    expect(await auditors()).toBe(0)
  })

  test('of the signing of the rules, and of a rule with variants, whose class is whose', async () => {
    const { inbox } = town
    const { rows } = await inbox.pool.query<{ rule: string }>(
      `select 'LR-' || cluster || '@' || version as rule from deletion_rule order by cluster`,
    )
    const signed = rows.map(({ rule }) => rule)
    await change(inbox, (changing) => signingOfCatalogue().apply(changing, approved({ signed })))
    const periods = ['1Y', '2Y', '5Y', '10Y', '30Y'].map((years) => ({
      variant: `FILE_PLAN_${years}`,
      period: years === '1Y' ? '2y' : years.toLowerCase(),
      endOfYear: true,
    }))
    await change(inbox, (changing) =>
      changingOfRules(inbox).apply(changing, approved({ cluster: 'DA03', version: 2, periods })),
    )
    await enters()
    const two = ['SACHBEARBEITUNG', 'DATENSCHUTZ']
    const [signing, changed] = await entries()
    expect(signing).toMatchObject({ type: 'RULES_SIGNED', rules: signed, approvals: two })
    expect(signed).toHaveLength(20)
    if (changed?.type !== 'RULE_CHANGE') expect.fail('no change')
    expect(
      Object.fromEntries(changed.classes.map((code, at) => [changed.variants?.[at] ?? '', code])),
    ).toMatchObject({
      FILE_PLAN_1Y: 'CASE_CLOSED+END_OF_YEAR/2y',
      FILE_PLAN_30Y: 'CASE_CLOSED+END_OF_YEAR/30y',
    })
    expect(await auditors()).toBe(0)
  })

  test('of what is agreed with the archive, filed by a new plan, asked by persons and handed over, however it changed', async () => {
    const { desk, inbox } = town
    const waivers = [
      { basis: 'GV-2026-01', category: 'DA01', validFrom: '1996-05-01', validUntil: '2199-12-31' },
      { basis: 'GV-2026-02', category: 'DA03', validFrom: '1990-01-01', validUntil: '1999-12-30' },
    ]
    const agreement = {
      land: 'SH',
      answerWithinMonths: 6,
      silence: 'RELEASES',
      mode: { kind: 'GENERAL_WAIVER', waivers },
    }
    await change(inbox, (changing) => agreeingWithArchive().apply(changing, approved(agreement as never)))
    const plan = { entries: 3, added: 1, removed: 0, shorter: 2, longer: 0 }
    await change(inbox, (changing) => changingOfFilingPlan().apply(changing, approved({ plan: 7, ...plan })))

    const matter = await desk.citizenWrites({ from: '491713920081' })
    const { id } = await openRequest(inbox, desk.yilmaz, matter, { kind: 'access', receivedOn: '2026-11-10' })
    await confirmIdentity(inbox, desk.yilmaz, id, 'IN_PERSON')
    await extendRequest(inbox, records, id, { reason: 'NUMBER', personInformed: true })
    await decideRequest(inbox, records, id, { outcome: 'REFUSED', exception: 'ART12_5' })
    await inbox.pool.query(
      'insert into request_part select $1, team_id, $2, $3 from conversation where id = $4',
      [id, noon, desk.yilmaz.accountId, matter],
    )
    await closeRequest(inbox, desk.yilmaz, id, true)

    const [packageId, handOver] = [randomUUID(), randomUUID()]
    await inbox.pool.query(
      `insert into archive_package (id, conversation_id, team_id, number, cluster, manifest, leaf_index, sealed_at, opened_at, closed_at, messages, files,
         metadata_item, label_sealed)
       select $2, id, team_id, 1, 'DA03', 'm', 900001, $3, $3, $3, 1, 0, gen_random_uuid(), 'l' from conversation where id = $1`,
      [matter, packageId, noon],
    )
    await inbox.pool.query(
      `insert into hand_over (id, package_id, message, version, way, prepared_at, prepared_by, prepared_role) values ($1, $2, '0605', '3.1.0', 'sftp', $3, $4, 'records')`,
      [handOver, packageId, noon, records.accountId],
    )
    for (const state of ['sent', 'received', 'rejected'])
      await inbox.pool.query(
        `update hand_over set state = $2, sent_at = coalesce(sent_at, $3), ended_at = case when $2 = 'rejected' then $3::timestamptz end where id = $1`,
        [handOver, state, noon],
      )
    expect(await enters()).toBe(11)
    const all = await entries()
    const two = ['SACHBEARBEITUNG', 'DATENSCHUTZ']
    const request = { type: 'REQUEST', kind: 'ACCESS', receivedOn: '2026-11-10' }
    const sent = { type: 'HAND_OVER', message: '0605', version: '3.1.0', way: 'sftp' }
    const known = { identity: 'IN_PERSON', extended: 'NUMBER', outcome: 'REFUSED', exception: 'ART12_5' }
    expect(all).toMatchObject([
      {
        type: 'ARCHIVE_AGREEMENT',
        land: 'SH',
        answerWithin: 6,
        silence: 'RELEASES',
        mode: 'GENERAL_WAIVER',
        // The ledger has the days of this century alone.
        decisions: [{ category: 'DA01', basis: 'GV-2026-01', validFrom: '2000-01-01' }],
        approvals: two,
      },
      { type: 'FILING_PLAN', ...plan, approvals: two },
      { ...request, state: 'OPEN' },
      { ...request, state: 'OPEN', identity: 'IN_PERSON' },
      { ...request, state: 'OPEN', identity: 'IN_PERSON', extended: 'NUMBER' },
      { ...request, state: 'OPEN', ...known },
      { ...request, state: 'OPEN', ...known, copy: 'MADE' },
      { ...request, state: 'ANSWERED', ...known, copy: 'MADE' },
      { ...sent, state: 'SENT' },
      { ...sent, state: 'RECEIVED' },
      { ...sent, state: 'REJECTED' },
    ])
    const contact = await contactOf(matter)
    for (const marked of [id, contact, matter]) expect(await marksOf(all[7], marked)).toBe(true)
    for (const marked of [handOver, packageId]) expect(await marksOf(all[10], marked)).toBe(true)
    // Nobody can read who it was.
    expect(JSON.stringify(all)).not.toMatch(new RegExp(`${id}|${contact}|${matter}|${handOver}|${packageId}`))
    expect(await auditors()).toBe(0)
  })

  test('is entered once when the worker is killed between entry and note', async () => {
    const { desk, inbox, folder } = town
    const [one, other] = [
      await desk.citizenWrites({ from: '491713920051' }),
      await desk.citizenWrites({ from: '491713920052' }),
    ]
    for (const id of [one, other]) await setHold(inbox, records, { kind: 'CONVERSATION', id }, lawsuit)
    await expect(
      enters((step) => {
        if (step === 'act-entered') throw new Killed()
      }),
    ).rejects.toThrow(Killed)
    expect(await town.count('ledger_act')).toBe(2)
    expect(await mayLetIn(inbox, { folder }, 'worker')).toBe(true)
    expect(await town.count('ledger_act')).toBe(0)
    expect(await entries()).toHaveLength(2)
    expect(await judgeLedger(inbox, folder)).toEqual({ state: 'equal', size: 2 })
  })

  test('keeps its marks when the ledger is opened again and goes on', async () => {
    const { desk, inbox } = town
    const [one, other] = [
      await desk.citizenWrites({ from: '491713920071' }),
      await desk.citizenWrites({ from: '491713920072' }),
    ]
    for (const id of [one, other]) {
      await setHold(inbox, records, { kind: 'CONVERSATION', id }, lawsuit)
      await enters()
    }
    const all = await entries()
    expect(await Promise.all([marksOf(all[0], one), marksOf(all[1], other), marksOf(all[1], one)])).toEqual([
      true,
      true,
      false,
    ])
  })

  test('is known to a database by the very object: one that has placed it of another is older', async () => {
    const { desk, inbox, folder } = town
    const [one, other] = [
      await desk.citizenWrites({ from: '491713920061' }),
      await desk.citizenWrites({ from: '491713920062' }),
    ]
    await setHold(inbox, records, { kind: 'CONVERSATION', id: one }, lawsuit)
    await expect(
      enters((step) => {
        if (step === 'act-entered') throw new Killed()
      }),
    ).rejects.toThrow(Killed)
    await inbox.pool.query('update ledger_act set object_ids = $1', [[other]])
    expect(await mayLetIn(inbox, { folder }, 'worker')).toBe(false)
    expect(await town.count('ledger_act')).toBe(1)
    expect(await town.count('restore')).toBe(1)
  })
})
