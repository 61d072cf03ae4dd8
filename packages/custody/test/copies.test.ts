import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AccessCopy, PortableCopy } from '@buergerdraht/contract'
import {
  answerElsewhere,
  listCorrections,
  markCorrection,
  saveDraft,
  sendNotices,
  sendQueuedReplies,
  sendReply,
  storeUpload,
  withdrawCorrection,
} from '@buergerdraht/inbox'
import type { Viewer } from '@buergerdraht/office'
import { test as anyTest, beforeEach, describe, expect } from 'vitest'
import { webhook, wireTime } from '../../../testing/webhook-payload.ts'
import { minutesAfter, noon, refusalOf } from '../../inbox/test/desk/desk.ts'
import { sample } from '../../inbox/test/media/sample.ts'
import { approveNotice } from '../../inbox/test/privacy-notice/notice.ts'
import {
  type CopyFormat,
  confirmIdentity,
  decideRedactions,
  decideRequest,
  listCopyParts,
  listRequests,
  makeCopy,
  openRequest,
  setHold,
} from '../src/index.ts'
import { openTown, type Town } from './open-town.ts'

/** What reads a document as its receiver would: Debian's programs, without which these tests are skipped. */
const test = anyTest.skipIf(!['/usr/bin/pdftotext', '/usr/bin/unzip'].every((path) => existsSync(path)))

let town: Town
let lead: Viewer
let folder: string
beforeEach(async () => {
  town = await openTown()
  lead = await town.desk.viewer('team-lead', town.desk.yilmaz.teamIds)
  folder = await mkdtemp(join(tmpdir(), 'copy-'))
  return async () => {
    await rm(folder, { recursive: true })
    await town.close()
  }
})

const from = '491713950001'

async function granted(matter: string, kind: 'access' | 'portability' = 'access'): Promise<string> {
  const { id } = await openRequest(town.inbox, town.desk.yilmaz, matter, { kind })
  await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'IN_PERSON')
  await decideRequest(town.inbox, lead, id, { outcome: 'GRANTED' })
  return id
}

async function parts(id: string, viewer = town.desk.yilmaz, only: 'open' | 'all' = 'all') {
  return listCopyParts(town.inbox, viewer, id, { only, from: 0 })
}

type Seen = Awaited<ReturnType<typeof parts>>['items'][number]

/** Decides of everything that was found as it is told. */
async function decideFound(id: string, blacked: boolean): Promise<void> {
  const { items } = await parts(id, town.desk.yilmaz, 'open')
  const all = items.flatMap(({ part, found }) =>
    found.map(({ begins, ends }) => ({ part, begins, ends, blacked, seen: null })),
  )
  if (all.length > 0) await decideRedactions(town.inbox, town.desk.yilmaz, id, all)
}

function passage({ part, text }: Seen, words: string, blacked = true, seen: boolean | null = null) {
  const begins = text.indexOf(words)
  return { part, begins, ends: begins + words.length, blacked, seen }
}

async function bytesOf(
  id: string,
  format: CopyFormat,
  viewer = town.desk.yilmaz,
  matter: string | null = null,
) {
  const made = await makeCopy(town.inbox, viewer, id, format, matter)
  if (made instanceof Uint8Array) return Buffer.from(made)
  const pieces: Uint8Array[] = []
  for await (const piece of made) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function access(id: string, viewer = town.desk.yilmaz): Promise<AccessCopy> {
  return AccessCopy.parse(JSON.parse((await bytesOf(id, 'json', viewer)).toString('utf8')))
}

async function pdfText(id: string): Promise<string> {
  const path = join(folder, 'copy.pdf')
  await writeFile(path, await bytesOf(id, 'pdf'))
  // What a reader sees, without where lines end.
  return execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ')
}

/** What is in a zip, by name. */
async function unzipped(id: string): Promise<{ names: string[]; read: (name: string) => Promise<Buffer> }> {
  const path = join(folder, 'copy.zip')
  await writeFile(path, await bytesOf(id, 'zip'))
  execFileSync('unzip', ['-q', '-o', path, '-d', folder])
  const names = execFileSync('unzip', ['-Z1', path], { encoding: 'utf8' }).trim().split('\n')
  return { names, read: (name) => readFile(join(folder, name)) }
}

async function sendPicture(matter: string, fileName: string): Promise<Buffer> {
  const bytes = sample('letter.pdf')
  const { id } = await storeUpload(town.inbox, town.desk.yilmaz, {
    conversationId: matter,
    fileName,
    mediaType: 'application/pdf',
    body: (async function* () {
      yield bytes
    })(),
    asDocument: true,
  })
  await sendReply(town.inbox, town.desk.yilmaz, matter, {
    clientId: randomUUID(),
    text: 'Hier der Plan.',
    attachments: [id],
  })
  return bytes
}

function edited(id: string, text: string, at: Date) {
  return webhook({
    contacts: [{ wa_id: from, profile: { name: 'Erika Mustermann' } }],
    messages: [
      {
        from,
        id: `wamid.${randomUUID()}`,
        timestamp: wireTime(at),
        type: 'edit',
        edit: { original_message_id: id, message: { type: 'text', text: { body: text } } },
      },
    ],
  })
}

describe('a copy', () => {
  test('says which notice they were sent and what became of it, and asks nobody about the numbers in it', async () => {
    await approveNotice(town.inbox, { text: 'Zum Datenschutz: Rufen Sie 030 90180 123 an.' })
    const matter = await town.desk.citizenWrites({ from, text: 'Hallo' })
    await sendNotices(town.inbox, new AbortController().signal)
    await sendQueuedReplies(town.inbox, matter)
    await town.inbox.pool.query('update message set delivered_at = $1 where notice_version is not null', [
      noon,
    ])
    const id = await granted(matter)
    const copy = await access(id)
    expect(copy.notices).toEqual([
      {
        version: 1,
        variant: 'plain',
        sentAt: town.inbox.now().toISOString(),
        status: 'delivered',
        deliveredAt: noon.toISOString(),
        readAt: null,
        rule: expect.objectContaining({ cluster: 'DA20', waitsFor: 'RELATION_ENDED' }),
      },
    ])
    expect(copy.matters[0]?.messages.map(({ from: who, wordings }) => [who, wordings[0]?.text])).toEqual([
      ['person', 'Hallo'],
      ['office', 'Zum Datenschutz: Rufen Sie 030 90180 123 an.'],
    ])
    expect(await pdfText(id)).toContain(
      'Fassung 1, gesendet 16.11.2026 13:01, zugestellt 16.11.2026 13:00. DA20',
    )
  })

  test('says in which way an answer went that did not go through WhatsApp', async () => {
    const matter = await town.desk.citizenWrites({ from, text: 'Wann haben Sie offen?' })
    await answerElsewhere(town.inbox, town.desk.yilmaz, matter, {
      clientId: randomUUID(),
      way: 'phone',
      text: 'Bis 18 Uhr.',
    })
    await answerElsewhere(town.inbox, town.desk.yilmaz, matter, { clientId: randomUUID(), way: 'letter' })
    const id = await granted(matter)
    const answers = (await access(id)).matters[0]?.messages.filter(({ kind }) => kind === 'elsewhere')
    expect(answers).toMatchObject([
      { from: 'office', way: 'phone', wordings: [{ text: 'Bis 18 Uhr.' }], deliveredAt: null },
      { from: 'office', way: 'letter', wordings: [] },
    ])
    const text = await pdfText(id)
    expect(text).toContain('telefonisch beantwortet, nicht über WhatsApp gesendet')
    expect(text).toContain('per Brief beantwortet, nicht über WhatsApp gesendet')
  })

  test('says everything of a person: words and earlier ones, files, notes, marks, who got it, how long it is kept and who looked', async () => {
    const wamid = `wamid.${randomUUID()}`
    const matter = await town.desk.citizenWrites({ from, id: wamid, text: 'Mein Zaun ist zu hoch' })
    await town.desk.test.deliver(
      town.desk.channelId,
      edited(wamid, 'Mein Zaun ist zwei Meter hoch', minutesAfter(noon, 1)),
    )
    const picture = await sendPicture(matter, 'Plan.pdf')
    await saveDraft(town.inbox, town.desk.brandt, matter, {
      text: 'Wir prüfen noch',
      replyTo: null,
      attachments: [],
      unsent: [],
    })
    const id = await granted(matter)
    await markCorrection(town.inbox, town.desk.yilmaz, matter, {
      contested: 'zwei Meter',
      correct: 'anderthalb Meter',
    })
    await markCorrection(town.inbox, town.desk.yilmaz, matter, { contested: 'zu hoch', correct: 'zu lang' })
    const marks = await listCorrections(town.inbox, town.desk.yilmaz, matter)
    const wrong = marks.find(({ correct }) => correct === 'zu lang')?.id ?? expect.fail('no mark')
    await withdrawCorrection(
      town.inbox,
      town.desk.yilmaz,
      { conversationId: matter, correctionId: wrong },
      { reason: 'Verwechselt mit 0171 5550144' },
    )
    await decideFound(id, false)
    const copy = await access(id)
    expect(copy.person).toMatchObject({
      profileName: 'Erika Mustermann',
      identities: [{ kind: 'phone', value: expect.stringContaining(from), until: null }],
    })
    const [only] = copy.matters
    expect(only?.messages.map(({ from: who, wordings }) => [who, wordings.map(({ text }) => text)])).toEqual([
      ['person', ['Mein Zaun ist zu hoch', 'Mein Zaun ist zwei Meter hoch']],
      ['office', ['claimed']],
      ['office', ['Hier der Plan.']],
    ])
    expect(only?.messages.flatMap(({ files }) => files)).toMatchObject([
      { path: 'dateien/0001-Plan.pdf', withheld: null, cluster: 'DA04' },
    ])
    expect(only).toMatchObject({
      readable: true,
      rule: { cluster: 'DA01', dueAt: null, waitsFor: 'CASE_CLOSED' },
      notes: [{ text: 'Wir prüfen noch' }],
    })
    // Both were marked in one moment.
    expect(
      only?.corrections.map(({ contested, withdrawn }) => [contested, withdrawn?.reason]).toSorted(),
    ).toEqual([
      ['zu hoch', 'Verwechselt mit 0171 5550144'],
      ['zwei Meter', undefined],
    ])
    expect(copy.personRule).toMatchObject({ cluster: 'DA06', waitsFor: 'RELATION_ENDED' })
    expect(copy.information.map(({ letter }) => letter)).toEqual([...'abcdefgh', '2'])
    expect(copy.recipients.map(({ who }) => who)).toEqual([
      expect.stringContaining('Meta Platforms'),
      expect.stringContaining('WhatsApp'),
    ])
    expect(copy.accesses).toContainEqual(expect.objectContaining({ act: 'correction-marked', role: 'clerk' }))
    // By role, never by name or pseudonym.
    const words = JSON.stringify(copy)
    for (const one of [town.desk.yilmaz, town.desk.brandt, lead]) {
      expect(words).not.toContain(one.accountId)
      expect(words).not.toContain(one.displayName)
    }
    const zip = await unzipped(id)
    expect(zip.names).toEqual(['daten.json', 'daten.schema.json', 'auskunft.pdf', 'dateien/0001-Plan.pdf'])
    expect((await zip.read('dateien/0001-Plan.pdf')).equals(picture)).toBe(true)
    const schema = JSON.parse((await zip.read('daten.schema.json')).toString('utf8'))
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
    const text = await pdfText(id)
    for (const said of [
      'Mein Zaun ist zu hoch',
      'anderthalb Meter',
      'Grund: Verwechselt mit 0171 5550144',
      'Plan.pdf',
      'Wir prüfen noch',
      'Art. 77',
      'Sachbearbeitung',
    ])
      expect(text).toContain(said)
  })

  test('holds nothing of what was blacked out, and is not made while something is undecided', async () => {
    const wamid = `wamid.${randomUUID()}`
    const matter = await town.desk.citizenWrites({
      from,
      id: wamid,
      text: 'Meine Nachbarin Inge Kranz, 0171 5550123, hat es gesehen. Ich bin unter 0171 3950001 da.',
    })
    await town.desk.test.deliver(
      town.desk.channelId,
      edited(wamid, 'Rufen Sie Inge Kranz an: 0171 5550123', minutesAfter(noon, 1)),
    )
    await sendPicture(matter, 'Inge-Kranz.pdf')
    const id = await granted(matter)
    expect(await refusalOf(bytesOf(id, 'json'))).toBe('redaction-open')
    const { items, open } = await parts(id)
    // The person's own number is nobody else's.
    expect(
      items.flatMap(({ text, found }) => found.map(({ begins, ends }) => text.slice(begins, ends))),
    ).toEqual(['0171 5550123', '0171 5550123', ''])
    expect(open).toBe(3)
    const [earlier, now] = items.filter(
      ({ text }) => text.includes('Inge Kranz,') || text.includes('Inge Kranz an'),
    )
    if (earlier === undefined || now === undefined) return expect.fail('not shown')
    await decideFound(id, true)
    // No program knows a name: somebody marks it.
    await decideRedactions(town.inbox, town.desk.yilmaz, id, [
      passage(earlier, 'Inge Kranz'),
      passage(now, 'Inge Kranz'),
    ])
    const json = (await bytesOf(id, 'json')).toString('utf8')
    const text = await pdfText(id)
    const { names } = await unzipped(id)
    for (const hidden of ['Inge', 'Kranz', '5550123'])
      for (const said of [json, text, names.join()]) expect(said).not.toContain(hidden)
    expect(json).toContain(
      'Meine Nachbarin [geschwärzt], [geschwärzt], hat es gesehen. Ich bin unter 0171 3950001 da.',
    )
    expect(text).toContain('[geschwärzt]')
    expect(AccessCopy.parse(JSON.parse(json))).toMatchObject({ blackedOut: 5 })
    expect(names.filter((name) => name.startsWith('dateien/'))).toEqual([])
  })

  test('of what is edited after it was decided about is decided about again', async () => {
    const wamid = `wamid.${randomUUID()}`
    const matter = await town.desk.citizenWrites({ from, id: wamid, text: 'Herr Groß: 0171 5550124' })
    const id = await granted(matter)
    await decideFound(id, false)
    expect((await parts(id)).open).toBe(0)
    await town.desk.test.deliver(
      town.desk.channelId,
      edited(wamid, 'Herr Groß: 0171 5550125', minutesAfter(noon, 1)),
    )
    expect(await refusalOf(bytesOf(id, 'json'))).toBe('redaction-open')
    expect((await parts(id)).open).toBe(1)
  })

  test('is handed out to nobody of whom it is not sure, or whose request is refused, undecided or answered', async () => {
    const matter = await town.desk.citizenWrites({ from })
    const { id } = await openRequest(town.inbox, town.desk.yilmaz, matter, { kind: 'access' })
    expect(await refusalOf(parts(id))).toBe('identity-unconfirmed')
    expect(await refusalOf(bytesOf(id, 'json'))).toBe('identity-unconfirmed')
    await confirmIdentity(town.inbox, town.desk.yilmaz, id, 'IN_PERSON')
    expect(await refusalOf(bytesOf(id, 'json'))).toBe('request-not-granted')
    await decideRequest(town.inbox, lead, id, { outcome: 'REFUSED', exception: 'ART12_5' })
    expect(await refusalOf(bytesOf(id, 'json'))).toBe('request-not-granted')
    const dpo = await town.desk.viewer('dpo', [])
    for (const nobody of [dpo, town.desk.admin]) {
      expect(await refusalOf(parts(id, nobody))).toBe('not-allowed')
      expect(await refusalOf(bytesOf(id, 'json', nobody))).toBe('not-allowed')
    }
    expect(await refusalOf(bytesOf(id, 'json', town.desk.okafor))).toBe('not-found')
  })

  test('is made team by team, and says where the rest is', async () => {
    const matter = await town.desk.citizenWrites({ from, text: 'Bürgeramt' })
    await town.inbox.pool.query(
      `update conversation set state = 'closed', closed_at = $2, waiting_since = null where id = $1`,
      [matter, noon],
    )
    const other = await town.desk.citizenWrites({ from, text: 'Bauhof', at: minutesAfter(noon, 30) })
    await town.inbox.pool.query('update conversation set team_id = $2 where id = $1', [
      other,
      town.desk.otherTeamId,
    ])
    const id = await granted(matter)
    const own = await access(id)
    expect(own.matters.map((one) => one.id)).toEqual([matter])
    expect(own.elsewhere).toEqual([{ team: 'Bauhof', matters: 1 }])
    expect(JSON.stringify(own)).not.toContain(other)
    const { okafor } = town.desk
    const [seen] = await listRequests(town.inbox, okafor)
    expect(seen).toMatchObject({
      id,
      teams: [{ team: 'Bauhof', madeAt: null }, { madeAt: expect.any(String) }],
    })
    const theirs = await access(id, okafor)
    expect(theirs.matters.map((one) => one.id)).toEqual([other])
    expect((await listRequests(town.inbox, okafor))[0]?.teams.map(({ madeAt }) => madeAt !== null)).toEqual([
      true,
      true,
    ])
  })

  test('of what is restricted is made by whoever answers for the team; a colleague is told that it is missing', async () => {
    const matter = await town.desk.citizenWrites({ from })
    await town.inbox.pool.query(
      `update conversation set state = 'closed', closed_at = $2, waiting_since = null where id = $1`,
      [matter, noon],
    )
    const open = await town.desk.citizenWrites({ from, at: minutesAfter(noon, 30) })
    const id = await granted(open)
    const dpo = await town.desk.viewer('dpo', [])
    await setHold(
      town.inbox,
      dpo,
      { kind: 'CONVERSATION', id: matter },
      { kind: 'restriction', reason: 'ART18_1A', reviewOn: '2027-01-04' },
    )
    const clerks = await access(id)
    expect(clerks.matters.map((one) => one.id)).toEqual([open])
    expect(clerks.elsewhere).toMatchObject([{ matters: 1 }])
    expect((await access(id, lead)).matters.map((one) => one.id)).toEqual([matter, open])
  })

  test('of portability holds what the person has provided, and nothing of the office', async () => {
    const matter = await town.desk.citizenWrites({ from, text: 'Mein Anliegen' })
    await sendPicture(matter, 'Plan.pdf')
    const id = await granted(matter, 'portability')
    await decideFound(id, true)
    const json = JSON.parse((await bytesOf(id, 'json')).toString('utf8'))
    const copy = PortableCopy.parse(json)
    expect(copy.matters[0]?.messages.map(({ from: who, wordings }) => [who, wordings[0]?.text])).toEqual([
      ['person', 'Mein Anliegen'],
    ])
    for (const not of ['accesses', 'information', 'recipients', 'notes', 'Plan.pdf', 'Hier der Plan'])
      expect(JSON.stringify(json)).not.toContain(not)
    expect((await unzipped(id)).names).toEqual(['daten.json', 'daten.schema.json', 'auskunft.pdf'])
  })

  test('leaves out a file whose key is gone, and says of a matter whose key is gone that nobody can read it', async () => {
    const matter = await town.desk.citizenWrites({ from })
    await sendPicture(matter, 'Plan.pdf')
    const id = await granted(matter)
    const { rows } = await town.inbox.pool.query<{ id: string }>('select id from attachment')
    await town.inbox.pool.query('delete from data_key where id = $1', [rows[0]?.id])
    town.inbox.keys.forget(rows[0]?.id ?? '')
    const copy = await access(id)
    expect(copy.matters[0]?.messages.flatMap(({ files }) => files)).toMatchObject([
      { path: null, withheld: 'unavailable', name: null },
    ])
    const { rows: keys } = await town.inbox.pool.query<{ key_id: string }>('select key_id from conversation')
    await town.inbox.pool.query('delete from data_key where id = $1', [keys[0]?.key_id])
    town.inbox.keys.forget(keys[0]?.key_id ?? '')
    expect((await access(id)).matters).toMatchObject([{ readable: false, messages: [], notes: [] }])
    expect(await pdfText(id)).toContain('Der Schlüssel ist vernichtet')
  })

  test('shows words that are markup to somebody as words, and signs that no font has as boxes', async () => {
    const text = '#panic("x") *fett* $x$ <label> \u{e123} مرحبا 😀'
    const matter = await town.desk.citizenWrites({ from, text })
    const id = await granted(matter)
    expect(await pdfText(id)).toContain('#panic("x") *fett* $x$ <label>')
  })

  test('of more messages than fit says so, and is made of one matter', async () => {
    const matter = await town.desk.citizenWrites({ from })
    const id = await granted(matter)
    const many = `insert into message (id, conversation_id, channel_id, direction, kind, sent_at, received_at)
      select gen_random_uuid(), id, channel_id, 'inbound', 'unsupported', opened_at, opened_at from conversation, generate_series(1, $1) where id = $2`
    await town.inbox.pool.query(many, [10_000, matter])
    const copy = await access(id)
    expect(copy.matters[0]?.messages.length).toBe(10_001)
    expect((await bytesOf(id, 'pdf')).length).toBeGreaterThan(100_000)
    const other = await town.desk.citizenWrites({ from, at: minutesAfter(noon, 30 * 24 * 60) })
    expect(other).toBe(matter)
    await town.inbox.pool.query(many, [10_000, matter])
    expect(await refusalOf(bytesOf(id, 'json'))).toBe('copy-too-large')
    await town.inbox.pool.query(
      `update conversation set state = 'closed', closed_at = now(), waiting_since = null`,
    )
    const next = await town.desk.citizenWrites({ from, text: 'Danke', at: minutesAfter(noon, 31 * 24 * 60) })
    expect(await refusalOf(bytesOf(id, 'json'))).toBe('copy-too-large')
    const one = JSON.parse((await bytesOf(id, 'json', town.desk.yilmaz, next)).toString('utf8'))
    expect(AccessCopy.parse(one).matters.map((matterOf) => matterOf.id)).toEqual([next])
  })
})

describe('of two who decide at once', () => {
  test('the second does not undo what the first has blacked out without having seen it', async () => {
    const matter = await town.desk.citizenWrites({ from, text: 'Herr Groß: 0171 5550124' })
    const id = await granted(matter)
    const { yilmaz, brandt } = town.desk
    const [seen] = (await parts(id)).items
    if (seen === undefined) return expect.fail('nothing')
    await decideRedactions(town.inbox, yilmaz, id, [passage(seen, '0171 5550124', true)])
    const stale = [passage(seen, '0171 5550124', false)]
    expect(await refusalOf(decideRedactions(town.inbox, brandt, id, stale))).toBe('changed-meanwhile')
    // Whoever wants the same has it.
    await decideRedactions(town.inbox, brandt, id, [passage(seen, '0171 5550124', true)])
    await decideRedactions(town.inbox, brandt, id, [passage(seen, '0171 5550124', false, true)])
    expect(JSON.stringify(await access(id))).toContain('0171 5550124')
  })

  test('all of what is decided together is, or nothing', async () => {
    const matter = await town.desk.citizenWrites({ from, text: 'Herr Groß: 0171 5550124' })
    const id = await granted(matter)
    const [seen] = (await parts(id)).items
    if (seen === undefined) return expect.fail('nothing')
    for (const wrong of [
      { ...passage(seen, 'Groß'), part: 'ab'.repeat(32) },
      { ...passage(seen, 'Groß'), ends: 999 },
      { ...passage(seen, 'Groß'), begins: 3, ends: 3 },
    ])
      expect(
        await refusalOf(
          decideRedactions(town.inbox, town.desk.yilmaz, id, [passage(seen, '0171 5550124'), wrong]),
        ),
      ).toMatch(/changed-meanwhile|invalid-input/)
    expect(await town.count('redaction')).toBe(0)
  })
})
