import type * as contract from '@buergerdraht/contract'
import type { ErrorBody, HandOver } from '@buergerdraht/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { schemaFaults, xdomeaSchemas } from '../../../testing/xdomea-schema.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

type List = z.output<typeof contract.listHandOvers.reply>
type Read = z.output<typeof contract.readHandOver.reply>
type Answer = z.output<typeof contract.takeHandOverAnswer.reply>

let office: StoryOffice
let records: Visitor
let clerk: Visitor
let people = 0
beforeAll(async () => {
  office = await startOffice()
  records = await office.signIn('records')
  clerk = await office.signIn('clerk')
})
afterAll(() => office.close())
beforeEach(() => setAnswer('accept'))

async function setAnswer(answer: string): Promise<void> {
  await fetch(`${office.simulator.url}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ records: { answer } }),
  })
}

/** A matter that a clerk closes to the file, once it is sealed. */
async function sealed(): Promise<{ matter: string; packageId: string }> {
  people += 1
  const { pool } = office.database
  const written = await office.citizenWrites(
    `4917139870${String(people).padStart(2, '0')}`,
    'Bitte legen Sie das zu meiner Akte.',
  )
  await office.settled()
  const matter = await office.conversationOf(written)
  const filing = { relevance: 'to-file', fileReference: 'AZ 12/34 "Müller"' }
  expect((await clerk.post(`/conversations/${matter}/close`, { filing })).status).toBe(200)
  const sql = 'select id from archive_package where conversation_id = $1'
  await expect.poll(async () => (await pool.query(sql, [matter])).rowCount).toBe(1)
  const { rows: packages } = await pool.query<{ id: string }>(sql, [matter])
  return { matter, packageId: packages[0]?.id ?? '' }
}

function prepare(packageId: string, way = 'folder', message = '0605') {
  return records.post<HandOver & ErrorBody>('/archive/hand-overs', { packageId, message, way })
}
async function read(id: string): Promise<Read> {
  return (await records.get<Read>(`/archive/hand-overs/${id}`)).body
}
async function clusterOf(matter: string): Promise<string | undefined> {
  const { rows } = await office.database.pool.query<{ cluster: string }>(
    'select cluster from conversation where id = $1',
    [matter],
  )
  return rows[0]?.cluster
}

describe('the records system of the demo', () => {
  test('takes in what is handed over, confirms it, and our copy begins to run out', async () => {
    const { matter, packageId } = await sealed()
    const { status, body } = await prepare(packageId)
    expect(status).toBe(201)
    expect(body).toMatchObject({ state: 'prepared', late: false, message: '0605', way: 'folder' })
    await expect.poll(async () => (await read(body.id)).state).toBe('confirmed')
    expect((await read(body.id)).answers.map(({ message, verdict }) => [message, verdict])).toEqual([
      ['0629', 'received'],
      ['0630', 'taken'],
    ])
    await expect.poll(() => clusterOf(matter)).toBe('DA02')
    const room = (await (await fetch(`${office.simulator.url}/records-system`)).json()) as {
      received: { process: string; files: string[]; missing: string[] }[]
    }
    const received = room.received.find(({ process }) => process === body.id)
    expect(received?.missing).toEqual([])
    expect(received?.files.length).toBeGreaterThanOrEqual(4)
  })

  test('refuses, and nothing of ours changes', async () => {
    await setAnswer('reject')
    const { matter, packageId } = await sealed()
    const { body } = await prepare(packageId, 'folder', '0401')
    await expect.poll(async () => (await read(body.id)).state).toBe('rejected')
    expect((await read(body.id)).reasons).toEqual(['Die Akte ist geschlossen.'])
    expect(await clusterOf(matter)).toBe('DA03')
  })

  test.each([
    ['contradict', 'contradiction', 'confirmed'],
    ['twice', 'duplicate', 'confirmed'],
    ['foreign', 'foreign-process', 'sent'],
    ['bomb', 'not-xml', 'sent'],
  ])('answers with %s: it is refused as %s and shown', async (answer, verdict, state) => {
    await setAnswer(answer)
    const before = (await records.get<List>('/archive/hand-overs')).body.refused.length
    const { packageId } = await sealed()
    const { body } = await prepare(packageId)
    async function refused() {
      const { refused: all } = (await records.get<List>('/archive/hand-overs')).body
      return all.slice(0, all.length - before).map((one) => one.verdict)
    }
    await expect.poll(refused).toContain(verdict)
    await expect.poll(async () => (await read(body.id)).state).toBe(state)
  })
})

describe('by hand', () => {
  test('with a reason, and a word of whoever has carried it', async () => {
    const { matter, packageId } = await sealed()
    const { body } = await prepare(packageId, 'download')
    const address = `/archive/hand-overs/${body.id}`
    expect((await records.post(`${address}/file`, {})).status).toBe(400)
    const answer = await fetch(`${office.baseUrl}/api/v1${address}/file`, {
      method: 'POST',
      headers: { ...records.headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Datenträger für die E-Akte' }),
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain(`${body.id}_FVDaten.SGOAblegen.0605.zip`)
    const zip = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    const message = Buffer.from(
      zip.slice(zip.indexOf('<?xml'), zip.indexOf('</xdomea:FVDaten.SGOAblegen.0605>') + 34),
      'latin1',
    )
    expect(message.toString()).toContain('<xdomea:Kennzeichen>AZ 12/34 "Müller"</xdomea:Kennzeichen>')
    if (xdomeaSchemas !== undefined) expect(schemaFaults('3.1.0', message)).toBe('')
    const confirmed = await records.post<HandOver>(`${address}/confirmation`, {
      reason: 'In der Akte nachgesehen',
    })
    expect(confirmed.body).toMatchObject({ state: 'confirmed' })
    expect(await read(body.id)).toMatchObject({
      downloadReason: 'Datenträger für die E-Akte',
      confirmation: 'In der Akte nachgesehen',
    })
    await expect.poll(() => clusterOf(matter)).toBe('DA02')
    expect((await records.post(`${address}/withdrawal`)).status).toBe(409)
  })

  test('an answer is taken in from a file, and a wrong one refused with a sentence', async () => {
    const file = Buffer.from('<html>Wartung</html>').toString('base64')
    const { status, body } = await records.post<Answer>('/archive/hand-overs/answers', { file })
    expect(status).toBe(200)
    expect(body).toMatchObject({ accepted: false, verdict: 'not-xdomea', handOverId: null })
    expect(body.sentence.de).toBe('Die Datei ist keine Nachricht im Format xdomea.')
  })
})

test('records management alone hands over; the auditor sees states, and nobody else anything', async () => {
  const { packageId } = await sealed()
  const { body } = await prepare(packageId, 'download')
  for (const role of ['clerk', 'team-lead', 'dpo', 'admin'] as const) {
    const visitor = await office.signIn(role)
    expect((await visitor.get('/archive/hand-overs')).status).toBe(403)
  }
  const auditor = await office.signIn('auditor')
  const list = await auditor.get<List>(`/archive/hand-overs?package=${packageId}`)
  expect(list.body.items.map(({ id }) => id)).toEqual([body.id])
  expect(list.body.ways).toEqual(['folder', 'download'])
  expect((await auditor.get(`/archive/hand-overs/${body.id}`)).status).toBe(403)
  expect(
    (await auditor.post('/archive/hand-overs', { packageId, message: '0605', way: 'folder' })).status,
  ).toBe(403)
  expect((await prepare(packageId)).body.code).toBe('handed-over-already')
  expect((await prepare(packageId, 'webdav')).body.code).toBe('way-not-set-up')
  expect((await prepare(packageId, 'folder', '0503')).body.code).toBe('archive-does-not-want-it')
  expect((await records.post(`/archive/hand-overs/${body.id}/withdrawal`)).status).toBe(200)
})
