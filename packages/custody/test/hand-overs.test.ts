import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { HandOver, HandOverMessage } from '@buergerdraht/contract'
import { closeConversation, readZipDirectory, unpack } from '@buergerdraht/inbox'
import { transaction, type Viewer } from '@buergerdraht/office'
import { bytesInMemory, parseNoteKey, verifyPackage } from '@buergerdraht/records'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { elementFaults } from '../../../testing/xdomea-4-elements.ts'
import { hasSchema, schemaFaults, xdomeaSchemas } from '../../../testing/xdomea-schema.ts'
import { refusalOf } from '../../inbox/test/desk/desk.ts'
import type { ChatRecord } from '../src/archive/chat-record.ts'
import { packagePath } from '../src/archive-packages/package-folder.ts'
import { putInto } from '../src/hand-overs/webdav.ts'
import {
  answerBoxes,
  askForCatalogue,
  catalogueRequestMessage,
  confirmHandOver,
  deliverCatalogueRequests,
  deliverHandOvers,
  downloadHandOver,
  type HandOverPlace,
  listCatalogueRequests,
  listFormatsOf,
  listHandOvers,
  offerMessage,
  prepareHandOver,
  readArchiveOffer,
  readHandOver,
  settleHandOvers,
  takeHandOverAnswer,
  watchAnswers,
  withdrawHandOver,
} from '../src/index.ts'
import { decideByLaw } from '../src/runs/decide-by-law.ts'
import { idWithin } from '../src/xdomea/id-within.ts'
import { readXml } from '../src/xdomea/read-xml.ts'
import { minutesAfter, noon, openArchive, reference, type TestArchive } from './open-archive.ts'
import { answerOf, archived, catalogueOf, filed, takenOver, takenOver4 } from './xdomea-answers.ts'

const day = 24 * 60
const never = new AbortController().signal
const pdf = Buffer.from('%PDF-1.7 ein Gespräch')

let it: TestArchive
let records: Viewer
let auditor: Viewer
let place: HandOverPlace
let people = 0

beforeAll(async () => {
  it = await openArchive()
  Object.assign(it.archive, { render: async () => pdf })
  records = await it.desk.viewer('records', [])
  auditor = await it.desk.viewer('auditor', [])
})
afterAll(() => it.end())
beforeEach(async () => {
  it.desk.test.setNow(minutesAfter(noon, 2))
  // What another test has prepared and not sent is not sent here.
  await it.rows(`update hand_over set state = 'withdrawn', ended_at = now() where state = 'prepared'`)
  const dropFolder = join(it.archive.archiveDir, '..', `drop-${randomUUID()}`)
  await mkdir(dropFolder)
  place = {
    archiveDir: it.archive.archiveDir,
    authority: 'Stadt Musterstadt',
    recordsSystem: 'E-Akte',
    publicArchive: 'Stadtarchiv',
    version: '3.1.0',
    archiveVersion: '3.1.0',
    dropFolder,
    webdav: null,
    sftp: null,
  }
})

type Sealed = { readonly matter: string; readonly id: string }

/** A matter of somebody's own that is sealed. */
async function sealed(): Promise<Sealed> {
  people += 1
  const matter = await it.filed('Bitte legen Sie das zu meiner Akte.', `49171392${10000 + people}`)
  await it.seal()
  const [row] = await it.rows<{ id: string }>('select id from archive_package where conversation_id = $1', [
    matter,
  ])
  if (row === undefined) throw new Error('It is sealed')
  return { matter, id: row.id }
}

function prepare(packageId: string, more: { message?: HandOverMessage; way?: HandOver['way'] } = {}) {
  return prepareHandOver(it.inbox, records, place, { packageId, message: '0605', way: 'folder', ...more })
}
/** Sent by the drop folder. */
async function sent(message: HandOverMessage = '0605'): Promise<Sealed & { readonly process: string }> {
  const one = await sealed()
  const { id: process } = await prepare(one.id, { message })
  await deliverHandOvers(it.inbox, place, never)
  return { ...one, process }
}
async function stateOf(process: string): Promise<string> {
  return (await readHandOver(it.inbox, records, process)).state
}
function out(): string {
  return join(place.dropFolder ?? '', 'out')
}
function answers(): string {
  return join(place.dropFolder ?? '', 'in')
}
/** Lies there as an answer, for longer than a moment. */
async function lay(name: string, bytes: Buffer, seconds = 120): Promise<void> {
  await mkdir(answers(), { recursive: true })
  await writeFile(join(answers(), name), bytes)
  const then = new Date(Date.now() - seconds * 1000)
  await utimes(join(answers(), name), then, then)
}
async function watch(): Promise<number> {
  const [box] = answerBoxes(place)
  if (box === undefined) throw new Error('The drop folder is a box')
  return watchAnswers(it.inbox, box, never)
}
async function verdictOf(bytes: Buffer): Promise<string> {
  const { verdict, sentence } = await takeHandOverAnswer(it.inbox, records, bytes)
  expect(sentence.de).not.toBe('')
  return verdict
}
async function filesIn(zip: Buffer): Promise<Map<string, Buffer>> {
  const access = {
    sizeBytes: zip.length,
    read: async (start: number, length: number) => zip.subarray(start, start + length),
  }
  const entries = (await readZipDirectory(access)) ?? []
  return new Map(
    await Promise.all(
      entries.map(
        async (entry) => [entry.name, (await unpack(access, entry, 1e8)) ?? Buffer.alloc(0)] as const,
      ),
    ),
  )
}
async function rowOf(matter: string) {
  const [row] = await it.rows<{
    cluster: string
    filing: string
    due_at: Date | null
    handed_over_at: Date | null
  }>('select cluster, filing, due_at, handed_over_at from conversation where id = $1', [matter])
  return row
}

describe('what leaves', () => {
  test('a message with the document, originals and proofs, by which somebody else can check everything', async () => {
    const { id, process } = await sent()
    const [name] = await readdir(out())
    expect(name).toBe(`${process}_FVDaten.SGOAblegen.0605.zip`)
    const files = await filesIn(await readFile(join(out(), name ?? '')))
    const message = files.get(`${process}_FVDaten.SGOAblegen.0605.xml`)?.toString() ?? ''
    expect(message).toContain(`<xdomea:Kennzeichen>${reference}</xdomea:Kennzeichen>`)
    const named = [...message.matchAll(/<xdomea:Dateiname>([^<]+)</g)].map(([, file]) => file)
    expect(named.toSorted()).toEqual([...files.keys()].filter((file) => !file.endsWith('.xml')).toSorted())
    function titled(title: string): Buffer {
      const file = message.match(
        new RegExp(`<xdomea:Dateiname>([^<]+)</xdomea:Dateiname><xdomea:DateinameOriginal>${title}<`),
      )?.[1]
      return files.get(file ?? '') ?? Buffer.alloc(0)
    }
    expect(titled('Chat.pdf')).toEqual(pdf)
    expect(titled('package.zip')).toEqual(await readFile(packagePath(place.archiveDir, id)))
    const keys = Object.entries(JSON.parse(titled('item-keys.json').toString()) as Record<string, string>)
    const { findings } = await verifyPackage(bytesInMemory(titled('package.zip')), {
      trust: { keys: [parseNoteKey(titled('log-key.txt').toString().trim())] },
      itemKeys: new Map(keys.map(([item, key]) => [item, Buffer.from(key, 'base64')])),
    })
    expect(findings.filter(({ severity }) => severity !== 'notice')).toEqual([])
    if (xdomeaSchemas !== undefined) expect(schemaFaults('3.1.0', Buffer.from(message))).toBe('')
  })

  test('in 4.0.0 what is known of it, by its names; and its answer counts', async () => {
    place = { ...place, version: '4.0.0', archiveVersion: '4.0.0' }
    const { messages } = await listHandOvers(it.inbox, records, place, { of: 'all', packageId: null })
    expect(messages).toEqual(['0401', '0503'])
    const { id, matter, process } = await sent('0401')
    const [name] = await readdir(out())
    expect(name).toBe(`${process}_0401_1.zip`)
    const files = await filesIn(await readFile(join(out(), name ?? '')))
    const message = files.get(`${process}_0401_1.xml`) ?? Buffer.alloc(0)
    const root = await readXml(message)
    expect(root && elementFaults(root)).toEqual([])
    if (hasSchema('4.0.0')) expect(schemaFaults('4.0.0', message)).toBe('')
    const named = [...message.toString().matchAll(/<xdomea:Dateiname>([^<]+)</g)].map(([, file]) => file)
    expect(named.toSorted()).toEqual([...files.keys()].filter((file) => !file.endsWith('.xml')).toSorted())
    // What 4.0.0 calls 0605, 0501 and 0511 no source says.
    expect(await refusalOf(prepare(id))).toBe('not-in-version')
    expect(await refusalOf(offerMessage(it.inbox, records, place, randomUUID()))).toBe('not-in-version')
    expect(await refusalOf(askForCatalogue(it.inbox, records, place, 'download'))).toBe(
      'no-catalogue-in-version',
    )
    expect(await verdictOf(takenOver4(process, randomUUID()))).toBe('foreign-object')
    expect(await stateOf(process)).toBe('sent')
    await lay('answer.xml', takenOver4(process, id))
    expect(await watch()).toBe(1)
    expect(await stateOf(process)).toBe('confirmed')
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA02' })
    expect(await verdictOf(takenOver4(process, id, false))).toBe('contradiction')
  })

  test('the archive alone may have 4.0.0', async () => {
    place = { ...place, archiveVersion: '4.0.0' }
    const { messages } = await listHandOvers(it.inbox, records, place, { of: 'all', packageId: null })
    expect(messages).toEqual(['0605', '0401', '0503'])
    expect(listFormatsOf(place)).toEqual(['csv', 'pdf'])
    expect(listFormatsOf({ ...place, version: '4.0.0', archiveVersion: '3.0.0' })).toContain('xdomea')
    const { process } = await sent()
    expect(await readdir(out())).toEqual([`${process}_FVDaten.SGOAblegen.0605.zip`])
    expect(await refusalOf(offerMessage(it.inbox, records, place, randomUUID()))).toBe('not-in-version')
  })

  test('another office gets 0401', async () => {
    const { process } = await sent('0401')
    const [name] = await readdir(out())
    expect(name).toBe(`${process}_Abgabe.Abgabe.0401.zip`)
    expect((await stat(join(out(), name ?? ''))).mode & 0o700).toBe(0o600)
  })

  test('what could not be drawn leaves as machines read it', async () => {
    Object.assign(it.archive, { render: null })
    const { id } = await sealed().finally(() => Object.assign(it.archive, { render: async () => pdf }))
    const { id: process } = await prepare(id)
    await deliverHandOvers(it.inbox, place, never)
    const files = await filesIn(await readFile(join(out(), `${process}_FVDaten.SGOAblegen.0605.zip`)))
    const message = files.get(`${process}_FVDaten.SGOAblegen.0605.xml`)?.toString() ?? ''
    expect(message).toContain('<xdomea:DateinameOriginal>Chat.json</xdomea:DateinameOriginal>')
    const texts = [...files.values()].map(String)
    expect(texts.some((text) => text.includes('Bitte legen Sie das zu meiner Akte.'))).toBe(true)
  })

  // The first item is read to name files, the last but one is the document, read while it is sent.
  test.each(['first', 'document'])(
    'of a package whose %s is damaged nothing is left in the drop folder, and it is tried again',
    async (which) => {
      const { id } = await sealed()
      const { id: process } = await prepare(id)
      const path = packagePath(place.archiveDir, id)
      const bytes = await readFile(path)
      const broken = Buffer.from(bytes)
      const [row] = await it.rows<{ id: string }>(
        `select id from archive_item where package_id = $1 and (position = 0 or kind = 'RENDERING') order by position ${which === 'first' ? 'asc' : 'desc'} limit 1`,
        [id],
      )
      const at = broken.indexOf(`items/${row?.id}.bin`) + 46 + 50
      broken[at] = (broken[at] ?? 0) ^ 1
      await writeFile(path, broken)
      expect(await deliverHandOvers(it.inbox, place, never)).toBe(0)
      expect(await readHandOver(it.inbox, records, process)).toMatchObject({
        state: 'prepared',
        attempts: 1,
        failure: 'package-missing',
      })
      expect(await readdir(out()).catch(() => [])).toEqual([])
      await writeFile(path, bytes)
      expect(await deliverHandOvers(it.inbox, place, never)).toBe(0)
      it.desk.test.setNow(minutesAfter(noon, 4))
      expect(await deliverHandOvers(it.inbox, place, never)).toBe(1)
      expect(await readHandOver(it.inbox, records, process)).toMatchObject({ state: 'sent', failure: null })
    },
  )

  test('a package is on one way at a time', async () => {
    const { id } = await sealed()
    const { id: process } = await prepare(id)
    expect(await refusalOf(prepare(id, { way: 'download' }))).toBe('handed-over-already')
    expect(await refusalOf(prepare(id, { way: 'webdav' }))).toBe('way-not-set-up')
    expect(await refusalOf(prepare(id, { message: '0503' }))).toBe('archive-does-not-want-it')
    expect(
      await refusalOf(
        prepareHandOver(it.inbox, auditor, place, { packageId: id, message: '0605', way: 'folder' }),
      ),
    ).toBe('not-allowed')
    await withdrawHandOver(it.inbox, records, process)
    expect((await prepare(id)).id).not.toBe(process)
  })
})

describe('what is answered', () => {
  test('with the confirmation our copy begins to run out, and not before', async () => {
    const { matter, process } = await sent()
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03', filing: 'FILED', handed_over_at: null })
    await lay('a.xml', answerOf('0629', process))
    expect(await watch()).toBe(1)
    expect(await stateOf(process)).toBe('received')
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03' })
    it.desk.test.setNow(minutesAfter(noon, 3 * day))
    await lay('b.xml', filed(process))
    expect(await watch()).toBe(1)
    expect(await readdir(answers())).toEqual([])
    expect(await stateOf(process)).toBe('confirmed')
    expect(await settleHandOvers(it.inbox, never)).toBe(1)
    expect(await settleHandOvers(it.inbox, never)).toBe(0)
    const row = await rowOf(matter)
    expect(row).toMatchObject({
      cluster: 'DA02',
      filing: 'FILED',
      handed_over_at: minutesAfter(noon, 3 * day),
    })
    // Seven days from the confirmation, however long ago it was closed.
    expect(row?.due_at?.getTime()).toBeGreaterThan(minutesAfter(noon, 10 * day - 1).getTime())
    expect(row?.due_at?.getTime()).toBeLessThan(minutesAfter(noon, 11 * day + 1).getTime())
  })

  test('a matter is our copy only when all that is sealed of it is confirmed, and nothing waits to be sealed', async () => {
    const { matter, id, process } = await sent()
    await it.rows(
      `insert into archive_package select gen_random_uuid(), conversation_id, team_id, 2, cluster, manifest,
         1000000 + leaf_index, sealed_at, opened_at, closed_at, messages, files, metadata_item, label_sealed, system_lines from archive_package where id = $1`,
      [id],
    )
    expect(await verdictOf(filed(process))).toBe('taken')
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03' })
    const further = '00000000-0000-4000-8000-0000000000ff'
    await it.rows(
      `insert into hand_over (id, package_id, message, version, way, state, prepared_at, prepared_by, prepared_role, sent_at, ended_at)
       select $2, id, '0605', '3.1.0', 'folder', 'confirmed', $3, $4, 'records', $3, $3 from archive_package where conversation_id = $1 and number = 2`,
      [matter, further, it.inbox.now(), records.accountId],
    )
    await it.rows('insert into archive_task (conversation_id, wanted_at) values ($1, now())', [matter])
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03' })
    await it.rows('delete from archive_task where conversation_id = $1', [matter])
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA02' })
  })

  test('what happens to it afterwards is handed over too, and until then it is more than a copy', async () => {
    const { matter, process } = await sent()
    expect(await verdictOf(filed(process))).toBe('taken')
    await settleHandOvers(it.inbox, never)
    const copy = await rowOf(matter)
    expect(copy).toMatchObject({ cluster: 'DA02' })
    // The citizen takes something back, or edits it.
    await it.rows(`update message set revoked_at = $2 where conversation_id = $1 and kind = 'text'`, [
      matter,
      it.inbox.now(),
    ])
    // A run that comes now passes it over, whatever is due.
    const items = [{ kind: 'conversation', id: matter }] as const
    const fates = await transaction(it.inbox.pool, ({ client }) =>
      decideByLaw(client, items, minutesAfter(noon, 400 * day), 'as-planned-now'),
    )
    expect(fates).toMatchObject([{ fallenOut: 'BEING_SEALED' }])
    expect(await settleHandOvers(it.inbox, never)).toBe(1)
    const again = await rowOf(matter)
    expect(again).toMatchObject({ cluster: 'DA03', filing: 'FILED', handed_over_at: null })
    expect(again?.due_at).not.toEqual(copy?.due_at)
    await it.seal()
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03' })
    const [further] = await it.rows<{ id: string }>(
      'select id from archive_package where conversation_id = $1 and number = 2',
      [matter],
    )
    const { id: second } = await prepare(further?.id ?? '')
    await deliverHandOvers(it.inbox, place, never)
    it.desk.test.setNow(minutesAfter(noon, 40))
    expect(await verdictOf(filed(second))).toBe('taken')
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA02', handed_over_at: minutesAfter(noon, 40) })
  })

  test('what was filed elsewhere from the beginning is not sealed when something happens to it', async () => {
    people += 1
    const matter = await it.desk.citizenWrites({
      text: 'Liegt schon in der Akte.',
      from: `49171392${10000 + people}`,
    })
    await closeConversation(it.inbox, it.desk.yilmaz, matter, {
      filing: { relevance: 'already-filed', fileReference: reference },
    })
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA02', filing: 'FILED' })
    await it.rows(`update message set revoked_at = now() where conversation_id = $1 and kind = 'text'`, [
      matter,
    ])
    expect(await it.rows('select from archive_task where conversation_id = $1', [matter])).toEqual([])
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA02' })
  })

  test('what is rejected stays, with the other side’s words for whoever may read them', async () => {
    const { matter, id, process } = await sent()
    expect(await verdictOf(filed(process, 'Akte Mustermann ist geschlossen.'))).toBe('rejected')
    expect(await readHandOver(it.inbox, records, process)).toMatchObject({
      state: 'rejected',
      reasons: ['Akte Mustermann ist geschlossen.'],
    })
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03', handed_over_at: null })
    const stored = await it.rows<{ all: string }>(
      `select row_to_json(h)::text || coalesce((select string_agg(row_to_json(a)::text, '') from hand_over_answer a where a.hand_over_id = h.id), '') as all
       from hand_over h where id = $1`,
      [process],
    )
    expect(stored[0]?.all).not.toContain('Mustermann')
    expect((await prepare(id)).state).toBe('prepared')
  })

  test('after seven days without a confirmation it shows as failed, and stays', async () => {
    const { matter, process } = await sent()
    function shown() {
      return readHandOver(it.inbox, records, process)
    }
    it.desk.test.setNow(minutesAfter(noon, 7 * day + 1))
    expect(await shown()).toMatchObject({ late: false })
    it.desk.test.setNow(minutesAfter(noon, 7 * day + 3))
    expect(await shown()).toMatchObject({ state: 'sent', late: true })
    const list = await listHandOvers(it.inbox, auditor, place, { of: 'late', packageId: null })
    expect(list.items.map(({ id }) => id)).toContain(process)
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03' })
    expect(await verdictOf(filed(process))).toBe('taken')
    expect(await shown()).toMatchObject({ state: 'confirmed', late: false })
  })

  test('who answers twice with the same words is passed over, with others refused and shown', async () => {
    const { process } = await sent()
    expect(await verdictOf(filed(process))).toBe('taken')
    expect(await verdictOf(filed(process))).toBe('duplicate')
    expect(await verdictOf(filed(process, 'Doch nicht.'))).toBe('contradiction')
    const { state, answers: heard } = await readHandOver(it.inbox, records, process)
    expect(state).toBe('confirmed')
    expect(heard.map(({ verdict, accepted }) => [verdict, accepted])).toEqual([
      ['taken', true],
      ['duplicate', false],
      ['contradiction', false],
    ])
  })

  test('what a restored office knows from the ledger alone is a duplicate when it is said again, and an answer to a lost process id is known by the package', async () => {
    const told = [await sent(), await sent()]
    for (const [one, state] of [
      [told[0]?.process, 'confirmed'],
      [told[1]?.process, 'rejected'],
    ])
      await it.rows('update hand_over set state = $2, ended_at = $3 where id = $1', [one, state, noon])
    expect(await verdictOf(filed(told[0]?.process ?? ''))).toBe('duplicate')
    expect(await verdictOf(filed(told[0]?.process ?? '', 'Doch nicht.'))).toBe('contradiction')
    expect(await verdictOf(filed(told[1]?.process ?? '', 'Nein.'))).toBe('duplicate')
    expect(await verdictOf(filed(told[1]?.process ?? ''))).toBe('contradiction')

    const [again, usual] = [await sealed(), await sent('0401')]
    const made = randomUUID()
    await it.rows(
      `insert into hand_over (id, package_id, message, version, way, state, prepared_at, prepared_by, prepared_role, sent_at, ledger_entry)
       values ($1, $2, '0401', '3.1.0', 'folder', 'sent', $3, $4, 'records', $3, 7)`,
      [made, again.id, noon, records.accountId],
    )
    const lost = randomUUID()
    // Only what was made again is known by its package.
    expect(await verdictOf(takenOver(lost, usual.id))).toBe('foreign-process')
    expect(await verdictOf(takenOver(lost, again.id))).toBe('taken')
    expect(await stateOf(made)).toBe('confirmed')
    expect(await verdictOf(takenOver(lost, again.id))).toBe('duplicate')
    // An answer that names nothing leads nowhere.
    expect(await verdictOf(filed(lost))).toBe('foreign-process')
  })

  test('an answer to nothing, to something else, and to what has ended changes nothing', async () => {
    const { id, process } = await sent('0401')
    const stranger = '0d6c5b6e-3c0f-4a60-9a2b-6f2b9a0f7d11'
    expect(await verdictOf(filed(stranger))).toBe('foreign-process')
    expect(await verdictOf(filed(process))).toBe('wrong-answer')
    expect(await verdictOf(takenOver(process, stranger))).toBe('foreign-object')
    expect(await verdictOf(Buffer.from('Guten Tag'))).toBe('not-xml')
    expect(await stateOf(process)).toBe('sent')
    await withdrawHandOver(it.inbox, records, process)
    expect(await verdictOf(takenOver(process, id))).toBe('finished-process')
    const { id: again } = await prepare(id, { message: '0401' })
    expect(await verdictOf(takenOver(again, id))).toBe('not-sent')
    await deliverHandOvers(it.inbox, place, never)
    expect(await verdictOf(takenOver(again, id.toUpperCase()))).toBe('taken')
    const { refused } = await listHandOvers(it.inbox, auditor, place, { of: 'all', packageId: null })
    expect(refused.map(({ verdict }) => verdict)).toEqual(
      expect.arrayContaining([
        'foreign-process',
        'wrong-answer',
        'foreign-object',
        'not-xml',
        'finished-process',
        'not-sent',
      ]),
    )
    // Whoever is to clear it up is led to the package, where there is one.
    const [ofThis, ofNone] = [process, null].map((one) =>
      refused.filter(({ handOverId }) => handOverId === one),
    )
    expect([...new Set(ofThis?.map(({ packageId }) => packageId))]).toEqual([id])
    expect([...new Set(ofNone?.map(({ packageId }) => packageId))]).toEqual([null])
  })

  test('in the drop folder the refused is put aside, and what is still being written is left', async () => {
    const { process } = await sent()
    await lay('1-bomb.xml', Buffer.from('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'))
    await lay('2-cut.xml', filed(process).subarray(0, -20), 0)
    await lay('.hidden', filed(process))
    await lay('3.xml.part', filed(process))
    expect(await watch()).toBe(1)
    expect((await readdir(answers())).toSorted()).toEqual(['.hidden', '2-cut.xml', '3.xml.part'])
    const aside = await readdir(join(place.dropFolder ?? '', 'refused'))
    expect(aside).toEqual([expect.stringMatching(/^[0-9a-f-]{36}-1-bomb\.xml$/)])
    await lay('2-cut.xml', filed(process))
    expect(await watch()).toBe(1)
    expect(await stateOf(process)).toBe('confirmed')
  })

  test('a killed worker finds the answer again as a duplicate', async () => {
    const { process } = await sent()
    await lay('a.xml', filed(process))
    const bytes = await readFile(join(answers(), 'a.xml'))
    expect(await watch()).toBe(1)
    await lay('a.xml', bytes)
    expect(await watch()).toBe(1)
    expect(await readdir(answers())).toEqual([])
    expect(await stateOf(process)).toBe('confirmed')
  })
})

describe('by hand', () => {
  test('with a reason and a confirmation, which lie under the key of the package', async () => {
    const { id, matter } = await sealed()
    const { id: process } = await prepare(id, { way: 'download' })
    await deliverHandOvers(it.inbox, place, never)
    expect(await readHandOver(it.inbox, records, process)).toMatchObject({ state: 'prepared', attempts: 0 })
    expect(await refusalOf(confirmHandOver(it.inbox, records, process, 'steht in der Akte'))).toBe(
      'hand-over-not-sent',
    )
    const { fileName, content } = await downloadHandOver(it.inbox, records, place, process, 'Datenträger')
    expect(fileName).toBe(`${process}_FVDaten.SGOAblegen.0605.zip`)
    expect((await filesIn(Buffer.concat(await content.toArray()))).size).toBe(5)
    expect(await confirmHandOver(it.inbox, records, process, 'steht in der Akte')).toMatchObject({
      state: 'confirmed',
    })
    expect(await readHandOver(it.inbox, records, process)).toMatchObject({
      downloadReason: 'Datenträger',
      confirmation: 'steht in der Akte',
    })
    expect(await refusalOf(readHandOver(it.inbox, auditor, process))).toBe('not-allowed')
    expect(await refusalOf(downloadHandOver(it.inbox, records, place, process, 'noch einmal'))).toBe(
      'hand-over-ended',
    )
    // A message that says the same later is no news; one that says otherwise is shown.
    expect(await verdictOf(filed(process))).toBe('duplicate')
    expect(await verdictOf(filed(process, 'Nicht angekommen.'))).toBe('contradiction')
    await settleHandOvers(it.inbox, never)
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA02' })
    const acts = await it.rows<{ act: string }>(
      `select act from audit_entry where object_kind = 'hand-over' and object_id = $1 order by id`,
      [process],
    )
    expect(acts.map(({ act }) => act)).toEqual([
      'hand-over-prepared',
      'hand-over-downloaded',
      'hand-over-confirmed',
      'hand-over-answered',
      'hand-over-answered',
    ])
  })

  test('what goes another way is neither downloaded nor confirmed by a person', async () => {
    const { process } = await sent()
    expect(await refusalOf(downloadHandOver(it.inbox, records, place, process, 'Datenträger'))).toBe(
      'way-not-set-up',
    )
    expect(await refusalOf(confirmHandOver(it.inbox, records, process, 'steht da'))).toBe('way-not-set-up')
  })
})

describe('by WebDAV', () => {
  type Put = { readonly path: string; readonly authorization: string | undefined; readonly bytes: Buffer }
  type Answered = { status: number; location?: string }
  async function collection(answer: (request: IncomingMessage) => Answered | Promise<Answered>) {
    const puts: Put[] = []
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', async () => {
        const { status, location } = await answer(request)
        puts.push({
          path: request.url ?? '',
          authorization: request.headers.authorization,
          bytes: Buffer.concat(chunks),
        })
        response.writeHead(status, location === undefined ? {} : { location }).end()
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    return {
      puts,
      at: {
        ...place,
        webdav: { url: `http://127.0.0.1:${port}/akte`, answersUrl: null, authorization: 'Basic eDp5' },
      },
      close: () => new Promise((done) => server.close(done)),
    }
  }

  test('it is put into the collection, once the server takes it', async () => {
    let status = 503
    const dav = await collection(() => ({ status }))
    place = dav.at
    const { id } = await sealed()
    const { id: process } = await prepare(id, { way: 'webdav' })
    try {
      for (const [code, failure] of [
        [503, 'unreachable'],
        [403, 'refused'],
        [401, 'login-refused'],
        [507, 'disk-full'],
      ] as const) {
        status = code
        await deliverHandOvers(it.inbox, place, never)
        expect(await readHandOver(it.inbox, records, process)).toMatchObject({ state: 'prepared', failure })
        it.desk.test.setNow(new Date(it.inbox.now().getTime() + day * 60_000))
      }
      status = 201
      expect(await deliverHandOvers(it.inbox, place, never)).toBe(1)
      const put = dav.puts.at(-1)
      expect(put).toMatchObject({
        path: `/akte/${process}_FVDaten.SGOAblegen.0605.zip`,
        authorization: 'Basic eDp5',
      })
      expect((await filesIn(put?.bytes ?? Buffer.alloc(0))).size).toBe(5)
      expect(await stateOf(process)).toBe('sent')
    } finally {
      await dav.close()
    }
  })

  test('nothing of a damaged package is stored there', async () => {
    const dav = await collection(() => ({ status: 201 }))
    place = dav.at
    const { id } = await sealed()
    const { id: process } = await prepare(id, { way: 'webdav' })
    const path = packagePath(place.archiveDir, id)
    const bytes = await readFile(path)
    const [row] = await it.rows<{ id: string }>(
      `select id from archive_item where package_id = $1 and kind = 'RENDERING'`,
      [id],
    )
    const at = bytes.indexOf(`items/${row?.id}.bin`) + 96
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(path, bytes)
    try {
      expect(await deliverHandOvers(it.inbox, place, never)).toBe(0)
      expect(await readHandOver(it.inbox, records, process)).toMatchObject({
        state: 'prepared',
        failure: 'package-missing',
      })
      expect(dav.puts).toEqual([])
    } finally {
      await dav.close()
    }
  })

  test.each([201, 503])('what is given up while it is being sent stays given up (%i)', async (status) => {
    let process = ''
    let given = 0
    const dav = await collection(async () => {
      given += 1
      await withdrawHandOver(it.inbox, records, process)
      return { status }
    })
    place = dav.at
    const { id } = await sealed()
    process = (await prepare(id, { way: 'webdav' })).id
    try {
      await deliverHandOvers(it.inbox, place, never)
      expect(await readHandOver(it.inbox, records, process)).toMatchObject({ state: 'withdrawn' })
      await deliverHandOvers(it.inbox, place, never)
      expect(given).toBe(1)
    } finally {
      await dav.close()
    }
  })

  test('a file that cannot be read from its beginning is not stored as an empty one', async () => {
    const dav = await collection(() => ({ status: 201 }))
    const content = new Readable({ read: () => {} })
    content.on('error', () => {})
    content.destroy(new Error('gone'))
    await new Promise((done) => setImmediate(done))
    try {
      expect(await putInto(dav.at.webdav, 'a.zip', content, never)).toBe('package-missing')
      expect(dav.puts).toEqual([])
    } finally {
      await dav.close()
    }
  })

  test('nothing follows a redirection to another host, and nobody there is no failure of ours', async () => {
    const elsewhere = await collection(() => ({ status: 201 }))
    // 303 is followed by a GET, which any server answers.
    const dav = await collection(() => ({ status: 303, location: elsewhere.at.webdav.url }))
    place = dav.at
    const { id } = await sealed()
    const { id: process } = await prepare(id, { way: 'webdav' })
    await deliverHandOvers(it.inbox, place, never)
    expect(elsewhere.puts).toEqual([])
    expect(await readHandOver(it.inbox, records, process)).toMatchObject({ failure: 'unreachable' })
    await Promise.all([dav.close(), elsewhere.close()])
    it.desk.test.setNow(new Date(it.inbox.now().getTime() + day * 60_000))
    await deliverHandOvers(it.inbox, place, never)
    expect(await readHandOver(it.inbox, records, process)).toMatchObject({
      failure: 'unreachable',
      attempts: 2,
    })
  })
})

test('what the archive wants is handed over to it, and counts as taken over with its confirmation alone', async () => {
  const { id, matter } = await sealed()
  const offer = '00000000-0000-4000-8000-00000000000a'
  await it.rows(
    'insert into archive_offer (id, offered_at, offered_by, offered_role, offered) values ($1, $2, $3, $4, 1)',
    [offer, noon, records.accountId, 'records'],
  )
  await it.rows(
    `insert into archive_offer_item (conversation_id, offer_id, number, proposal, valuation, basis, decided_by, decided_at, transfer)
     values ($1, $2, 1, 'B', 'A', 'EE-2026-01', $3, $4, 'OPEN')`,
    [matter, offer, records.accountId, noon],
  )
  async function transfer(): Promise<string | undefined> {
    await settleHandOvers(it.inbox, never)
    const [row] = await it.rows<{ transfer: string }>(
      'select transfer from archive_offer_item where conversation_id = $1',
      [matter],
    )
    return row?.transfer
  }
  // The archive has 4.0.0 at first.
  place = { ...place, archiveVersion: '4.0.0' }
  const { id: first } = await prepare(id, { message: '0503' })
  place = { ...place, archiveVersion: '3.1.0' }
  expect(await transfer()).toBe('OPEN')
  await deliverHandOvers(it.inbox, place, never)
  const [zip] = await readdir(out())
  expect(zip).toBe(`${first}_0503_1.zip`)
  const inIt = await filesIn(await readFile(join(out(), zip ?? '')))
  const forArchive = await readXml(inIt.get(`${first}_0503_1.xml`) ?? Buffer.alloc(0))
  expect(forArchive && elementFaults(forArchive)).toEqual([])
  expect(await transfer()).toBe('SENT')
  const refusal = archived(first, id).toString().replace('true', 'false')
  expect(await verdictOf(Buffer.from(refusal))).toBe('rejected')
  expect(await transfer()).toBe('FAILED')
  const { id: second } = await prepare(id, { message: '0503' })
  await deliverHandOvers(it.inbox, place, never)
  const name = (await readdir(out())).find((one) => one !== zip)
  expect(name).toBe(`${second}_Aussonderung.Aussonderung.0503.zip`)
  if (xdomeaSchemas !== undefined) {
    const files = await filesIn(await readFile(join(out(), name ?? '')))
    expect(schemaFaults('3.1.0', files.get((name ?? '').replace('.zip', '.xml')) ?? Buffer.alloc(0))).toBe('')
  }
  expect(await verdictOf(archived(second, id))).toBe('taken')
  expect(await readHandOver(it.inbox, records, second)).toMatchObject({ archiveReference: 'Best. 7 Nr. 1' })
  expect(await transfer()).toBe('CONFIRMED')
  // In the archive, and in the electronic file of the office still.
  expect(await rowOf(matter)).toMatchObject({ cluster: 'DA03' })
})

describe('what the archive wants and no file has', () => {
  beforeAll(async () => {
    await it.rows('update deletion_rule set approved_at = $1, proposed_by = $2, approved_by = $3', [
      noon,
      randomUUID(),
      randomUUID(),
    ])
  })

  /** A matter that was closed as no record, and offered. */
  async function offered(): Promise<{ matter: string; offer: string }> {
    people += 1
    const matter = await it.desk.citizenWrites({ text: 'Danke!', from: `49171392${10000 + people}` })
    await closeConversation(it.inbox, it.desk.yilmaz, matter, { filing: { relevance: 'none' } })
    const offer = randomUUID()
    await it.rows(
      'insert into archive_offer (id, offered_at, offered_by, offered_role, offered) values ($1, $2, $3, $4, 1)',
      [offer, noon, records.accountId, 'records'],
    )
    await it.rows(
      `insert into archive_offer_item (conversation_id, offer_id, number, proposal) values ($1, $2, 1, 'V')`,
      [matter, offer],
    )
    return { matter, offer }
  }
  async function wanted(offer: string, valuation = 'A'): Promise<void> {
    await it.rows(
      `update archive_offer_item set valuation = $2, basis = 'EE-2026-03', decided_by = $3, decided_at = $4,
         transfer = case when $2 = 'A' then 'OPEN' end where offer_id = $1`,
      [offer, valuation, records.accountId, noon],
    )
  }
  async function shown(offer: string) {
    const { items } = await readArchiveOffer(it.inbox, records, offer)
    return { transfer: items[0]?.transfer, packageId: items[0]?.packageId }
  }
  async function packagesOf(matter: string) {
    return it.rows<{ id: string; cluster: string; number: number }>(
      'select id, cluster, number from archive_package where conversation_id = $1 order by number',
      [matter],
    )
  }
  async function tasksOf(matter: string): Promise<number> {
    return (await it.rows('select from archive_task where conversation_id = $1', [matter])).length
  }
  /** What the law says of it long after its period. */
  async function fallsOutFor(matter: string): Promise<string | null> {
    const [fate] = await transaction(it.inbox.pool, ({ client }) =>
      decideByLaw(
        client,
        [{ kind: 'conversation', id: matter }],
        minutesAfter(noon, 400 * day),
        'as-planned-now',
      ),
    )
    return fate !== undefined && 'fallenOut' in fate ? fate.fallenOut : null
  }

  test('waits to be sealed from the decision on, goes out by 0503, and nothing deletes it before the confirmation', async () => {
    const { matter, offer } = await offered()
    expect(await tasksOf(matter)).toBe(0)
    await wanted(offer)
    expect(await shown(offer)).toEqual({ transfer: 'UNSEALED', packageId: null })
    expect(await fallsOutFor(matter)).toBe('ARCHIVE_WANTS_IT')
    await it.seal()
    const [{ id, cluster } = { id: '', cluster: '' }] = await packagesOf(matter)
    expect(cluster).toBe('DA01')
    expect(await shown(offer)).toEqual({ transfer: 'OPEN', packageId: id })

    const { id: process } = await prepare(id, { message: '0503' })
    await deliverHandOvers(it.inbox, place, never)
    const name = `${process}_Aussonderung.Aussonderung.0503`
    const files = await filesIn(await readFile(join(out(), `${name}.zip`)))
    const message = files.get(`${name}.xml`) ?? Buffer.alloc(0)
    expect(message.toString()).not.toContain('<xdomea:Kennzeichen>')
    if (xdomeaSchemas !== undefined) expect(schemaFaults('3.1.0', message)).toBe('')
    await settleHandOvers(it.inbox, never)
    expect(await shown(offer)).toMatchObject({ transfer: 'SENT' })
    expect(await fallsOutFor(matter)).toBe('TRANSFER_UNCONFIRMED')
    expect(await verdictOf(archived(process, id))).toBe('taken')
    await settleHandOvers(it.inbox, never)
    expect(await shown(offer)).toMatchObject({ transfer: 'CONFIRMED' })
    // It is due and nobody has to wait for anything but the run that two agree to.
    expect(await fallsOutFor(matter)).toBeNull()
    expect(await rowOf(matter)).toMatchObject({ cluster: 'DA01', filing: 'NOT_FILE_RELEVANT' })
  })

  test('is sealed with what it was closed as, and with the decision of the archive', async () => {
    const { matter, offer } = await offered()
    await wanted(offer)
    const drawn: ChatRecord[] = []
    await it.seal(undefined, {
      render: async (record) => {
        drawn.push(record)
        return pdf
      },
    })
    expect(drawn.find(({ conversation }) => conversation === matter)?.filing).toMatchObject({
      relevance: 'none',
      cluster: 'DA01',
      class: 'CASE_CLOSED/30d',
      archiveBasis: 'EE-2026-03',
    })
  })

  test('is not sealed while it is undecided, destroyed or restricted at the wish of the person', async () => {
    const { matter, offer } = await offered()
    await it.rows(`insert into archive_task (conversation_id, wanted_at) values ($1, now())`, [matter])
    await it.seal()
    expect(await packagesOf(matter)).toEqual([])
    await it.rows('delete from archive_task where conversation_id = $1', [matter])
    await wanted(offer, 'V')
    expect(await tasksOf(matter)).toBe(0)
    await wanted(offer)
    expect(await tasksOf(matter)).toBe(1)
    const restriction = randomUUID()
    await it.rows(
      `insert into legal_hold (id, kind, scope, object_id, reason, set_by, set_role, set_at, review_at)
       values ($1, 'restriction', 'CONVERSATION', $2, 'ACCURACY_CONTESTED', $3, 'dpo', $4, $5)`,
      [restriction, matter, it.desk.brandt.accountId, noon, minutesAfter(noon, 30 * day)],
    )
    await it.seal()
    expect(await packagesOf(matter)).toEqual([])
    expect(await shown(offer)).toMatchObject({ transfer: 'UNSEALED' })
    await it.rows(
      'update legal_hold set ended_at = now(), informed_at = now(), release_proposed_by = $2, released_by = $3 where id = $1',
      [restriction, it.desk.brandt.accountId, it.desk.yilmaz.accountId],
    )
    await it.rows('update archive_task set next_try_at = null where conversation_id = $1', [matter])
    await it.seal()
    expect(await packagesOf(matter)).toHaveLength(1)
  })

  test('is sealed anew with what happens before the archive has confirmed, and that goes out too', async () => {
    const { matter, offer } = await offered()
    await wanted(offer)
    await it.seal()
    await it.rows(`update message set revoked_at = now() where conversation_id = $1 and kind = 'text'`, [
      matter,
    ])
    expect(await tasksOf(matter)).toBe(1)
    expect(await shown(offer)).toMatchObject({ transfer: 'UNSEALED', packageId: expect.any(String) })
    await it.seal()
    expect(await packagesOf(matter)).toMatchObject([{ number: 1 }, { number: 2 }])
    expect(await shown(offer)).toMatchObject({ transfer: 'OPEN' })
  })
})

describe('a valuation catalogue', () => {
  /** Asked by the drop folder. @returns what the message names, by its kind of data */
  async function asked(): Promise<{ readonly id: string; readonly units: Readonly<Record<string, string>> }> {
    const { id } = await askForCatalogue(it.inbox, records, place, 'folder')
    expect(await deliverCatalogueRequests(it.inbox, place, never)).toBe(1)
    const name = `${id}_Aussonderung.AktenplanZurBewertung.0511`
    const files = await filesIn(await readFile(join(out(), `${name}.zip`)))
    expect([...files.keys()]).toEqual([`${name}.xml`])
    const message = files.get(`${name}.xml`) ?? Buffer.alloc(0)
    if (xdomeaSchemas !== undefined) expect(schemaFaults('3.1.0', message)).toBe('')
    const units = [
      ...message.toString().matchAll(/<xdomea:Einheit><xdomea:Kennzeichen>(\w+)<.*?<xdomea:ID>([^<]+)</g),
    ].map(([, code = '', unit = '']) => [code, unit] as const)
    return { id, units: Object.fromEntries(units) }
  }
  async function shownOf(id: string) {
    const { items } = await listCatalogueRequests(it.inbox, records, place)
    return items.find((one) => one.id === id)
  }

  test('is asked for with every kind of data that is offered from here, and its answer is put down and holds nothing', async () => {
    const { id, units } = await asked()
    expect(Object.keys(units)).toEqual(expect.arrayContaining(['DA01', 'DA03']))
    expect(Object.keys(units)).not.toContain('DA02')
    expect(await shownOf(id)).toMatchObject({ sentAt: expect.any(String), answeredAt: null, answer: null })
    const agreements = await it.rows('select agreed_at from archive_agreement')
    await lay('catalogue.xml', catalogueOf(id, { [units['DA01'] ?? '']: 'V', [units['DA03'] ?? '']: 'B' }))
    expect(await watch()).toBe(1)
    expect(await readdir(answers())).toEqual([])
    expect(await shownOf(id)).toMatchObject({
      answeredAt: expect.any(String),
      answer: [
        { category: 'DA01', valuation: 'V' },
        { category: 'DA03', valuation: 'B' },
      ],
    })
    expect(await it.rows('select agreed_at from archive_agreement')).toEqual(agreements)
  })

  test('is taken once, of what was asked, and the first word is the last', async () => {
    const { id, units } = await asked()
    const { DA01 = '', DA03 = '' } = units
    const other = await asked()
    expect(await verdictOf(catalogueOf(randomUUID(), { [DA01]: 'V' }))).toBe('foreign-process')
    expect(await verdictOf(catalogueOf(id, { [other.units['DA01'] ?? '']: 'V' }))).toBe('foreign-object')
    expect(await verdictOf(answerOf('0506', id, ''))).toBe('invalid-message')
    expect(await verdictOf(archived(id, DA01))).toBe('wrong-answer')
    expect(await verdictOf(answerOf('0513', id, ''))).toBe('invalid-message')
    expect(await shownOf(id)).toMatchObject({ answer: null })
    expect(await verdictOf(catalogueOf(id, { [DA01]: 'V', [DA03]: 'A' }))).toBe('valued')
    expect(await verdictOf(catalogueOf(id, { [DA03]: 'A', [DA01]: 'V' }))).toBe('duplicate')
    expect(await verdictOf(catalogueOf(id, { [DA01]: 'A', [DA03]: 'A' }))).toBe('contradiction')
    expect(await shownOf(id)).toMatchObject({
      answer: [
        { category: 'DA01', valuation: 'V' },
        { category: 'DA03', valuation: 'A' },
      ],
    })
    await expect(
      it.rows('update catalogue_request set answer = null, answered_at = null where id = $1', [id]),
    ).rejects.toThrow(/answered stays/)
    // What answers a hand-over answers no request, and the other way round.
    const { process } = await sent()
    expect(await verdictOf(catalogueOf(process, { [DA01]: 'V' }))).toBe('wrong-answer')
  })

  test('cannot be answered before it is sent, and what could not be sent is tried again', async () => {
    const folder = place.dropFolder ?? ''
    const { id } = await askForCatalogue(it.inbox, records, place, 'folder')
    expect(await shownOf(id)).toMatchObject({ sentAt: null })
    await writeFile(join(folder, 'out'), 'no folder')
    expect(await deliverCatalogueRequests(it.inbox, place, never)).toBe(0)
    expect(await shownOf(id)).toMatchObject({ sentAt: null, failure: 'not-writable' })
    expect(await verdictOf(catalogueOf(id, { [idWithin(id, 'DA01')]: 'V' }))).toBe('not-sent')
    await rm(join(folder, 'out'))
    expect(await deliverCatalogueRequests(it.inbox, place, never)).toBe(0)
    it.desk.test.setNow(minutesAfter(noon, 4))
    expect(await deliverCatalogueRequests(it.inbox, place, never)).toBe(1)
    expect(await shownOf(id)).toMatchObject({ sentAt: expect.any(String), failure: null })
  })

  test('is carried by hand with the same message each time, and asked for by records management alone', async () => {
    const { id } = await askForCatalogue(it.inbox, records, place, 'download')
    expect(await shownOf(id)).toMatchObject({ sentAt: expect.any(String) })
    async function bytes(): Promise<Buffer> {
      const { content } = await catalogueRequestMessage(it.inbox, records, place, id)
      return Buffer.concat(await content.toArray())
    }
    expect(await bytes()).toEqual(await bytes())
    expect(await refusalOf(askForCatalogue(it.inbox, auditor, place, 'download'))).toBe('not-allowed')
    expect(await refusalOf(catalogueRequestMessage(it.inbox, auditor, place, id))).toBe('not-allowed')
    expect(await refusalOf(catalogueRequestMessage(it.inbox, records, place, randomUUID()))).toBe('not-found')
    expect(await refusalOf(askForCatalogue(it.inbox, records, place, 'webdav'))).toBe('way-not-set-up')
    const old = { ...place, archiveVersion: '3.0.0' } as const
    expect(await refusalOf(askForCatalogue(it.inbox, records, old, 'download'))).toBe(
      'no-catalogue-in-version',
    )
    const { id: byFolder } = await askForCatalogue(it.inbox, records, place, 'folder')
    expect(await refusalOf(catalogueRequestMessage(it.inbox, records, place, byFolder))).toBe(
      'way-not-set-up',
    )
    await deliverCatalogueRequests(it.inbox, place, never)
  })
})
