import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipStream } from '@buergerdraht/records'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasSchema, schemaFaults, xdomeaSchemas } from '../../../testing/xdomea-schema.ts'
import { type Simulator, startSimulator } from '../src/simulator.ts'

const process = '0d6c5b6e-3c0f-4a60-9a2b-6f2b9a0f7d11'
const matter = '7b0e6a52-7d0c-4b0e-8f5a-0c3a3a0f2a01'
const file = '11111111-1111-4111-8111-111111111111.pdf'

let folder: string
let simulator: Simulator
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'records-system-'))
  simulator = await startSimulator({ recordsFolder: folder })
})
afterEach(async () => {
  await simulator.close()
  await rm(folder, { recursive: true })
})

/** A message of the office lies there, with or without its file. */
async function deliver(root: string, withFile = true): Promise<void> {
  const message = `<xdomea:${root} xmlns:xdomea="urn:xoev-de:xdomea:schema:3.1.0"><xdomea:ProzessID>${process}</xdomea:ProzessID><xdomea:Vorgang><xdomea:Identifikation><xdomea:ID>${matter}</xdomea:ID></xdomea:Identifikation><xdomea:Dateiname>${file}</xdomea:Dateiname></xdomea:Vorgang></xdomea:${root}>`
  const files = [
    { name: `${process}_${root}.xml`, content: [Buffer.from(message)] },
    ...(withFile ? [{ name: file, content: [Buffer.from('pdf')] }] : []),
  ]
  const zip = Buffer.concat(await zipStream(files).toArray())
  await mkdir(join(folder, 'out'), { recursive: true })
  await writeFile(join(folder, 'out', `${process}_${root}.zip`), zip)
}

/** Answers in the order in which they were given, once there are so many; what is still being written is none. */
async function answers(count: number): Promise<string[]> {
  const at = join(folder, 'in')
  async function names(): Promise<string[]> {
    return (await readdir(at).catch(() => [])).filter((name) => name.endsWith('.xml')).toSorted()
  }
  await expect.poll(async () => (await names()).length).toBe(count)
  return Promise.all((await names()).map((name) => readFile(join(at, name), 'utf8')))
}

function setAnswer(answer: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${simulator.url}/faults`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ records: { answer } }),
  })
}

test.each([
  ['FVDaten.SGOAblegen.0605', '0629', '0630', '<code>0000000</code>'],
  ['Abgabe.Abgabe.0401', '0403', '0402', '<x:Erfolgreich>true</x:Erfolgreich>'],
  ['Aussonderung.Aussonderung.0503', '0507', '0506', '<x:Archivkennung>'],
])('%s is answered with %s and %s', async (root, receipt, taken, word) => {
  await deliver(root)
  const [first = '', second = ''] = await answers(2)
  expect(first).toContain(`<code>${receipt}</code>`)
  expect(second).toContain(`<code>${taken}</code>`)
  expect(second).toContain(word)
  for (const answer of [first, second]) expect(answer).toContain(`<x:ProzessID>${process}</x:ProzessID>`)
  if (xdomeaSchemas !== undefined)
    for (const answer of [first, second]) expect(schemaFaults('3.1.0', Buffer.from(answer))).toBe('')
  async function room(): Promise<unknown> {
    return (await fetch(`${simulator.url}/records-system`)).json()
  }
  await expect.poll(room).toEqual({
    received: [
      { process, message: root.slice(-4), matter, files: [file], missing: [], answers: [receipt, taken] },
    ],
  })
  expect(await readdir(join(folder, 'out'))).toEqual([])
})

test.each([
  ['Abgabe.Abgabe.0401', '0403', '0402', true],
  ['Abgabe.Abgabe.0401', '0403', '0402', false],
  ['Aussonderung.Aussonderung.0503', '0507', '0506', true],
])('%s of 4.0.0 is answered with %s and %s in that version', async (root, receipt, taken, accepts) => {
  if (!accepts) await setAnswer('reject')
  const message = `<xdomea:${root} xmlns:xdomea="urn:xoev-de:xdomea:schema:4.0.0" produkt="B" version="4.0.0"><xdomea:ProzessID>${process}</xdomea:ProzessID><xdomea:Vorgang><xdomea:Identifikation><xdomea:xdomeaUUID>${matter}</xdomea:xdomeaUUID></xdomea:Identifikation><xdomea:Dateiname>${file}</xdomea:Dateiname></xdomea:Vorgang></xdomea:${root}>`
  const files = [
    { name: `${process}_${root.slice(-4)}_1.xml`, content: [Buffer.from(message)] },
    { name: file, content: [Buffer.from('pdf')] },
  ]
  await mkdir(join(folder, 'out'), { recursive: true })
  const zip = Buffer.concat(await zipStream(files).toArray())
  await writeFile(join(folder, 'out', `${process}_${root.slice(-4)}_1.zip`), zip)
  const [first = '', second = ''] = await answers(2)
  expect(first).toContain(`<nachrichtentyp><code>${receipt}</code></nachrichtentyp>`)
  expect(second).toContain(`<nachrichtentyp><code>${taken}</code></nachrichtentyp>`)
  expect(second).toContain(`<x:xdomeaUUID>${matter}</x:xdomeaUUID>`)
  expect(second).toContain(`<x:Erfolgreich>${accepts}</x:Erfolgreich>`)
  for (const answer of [first, second]) {
    expect(answer).toContain('xmlns:x="urn:xoev-de:xdomea:schema:4.0.0"')
    expect(answer).toContain(`<x:ProzessID>${process}</x:ProzessID>`)
    expect(answer).not.toContain('<x:Kopf>')
    if (hasSchema('4.0.0')) expect(schemaFaults('4.0.0', Buffer.from(answer))).toBe('')
  }
})

test('0511 is answered with a catalogue of what it names; told to, with another one', async () => {
  const units = [
    ['DA01', '22222222-2222-4222-8222-222222222222'],
    ['DA03', '33333333-3333-4333-8333-333333333333'],
  ]
  const root = 'Aussonderung.AktenplanZurBewertung.0511'
  const body = units
    .map(
      ([code, id]) =>
        `<xdomea:Einheit><xdomea:Kennzeichen>${code}</xdomea:Kennzeichen><xdomea:Inhaltsangabe>x</xdomea:Inhaltsangabe><xdomea:ID>${id}</xdomea:ID></xdomea:Einheit>`,
    )
    .join('')
  const message = `<xdomea:${root} xmlns:xdomea="urn:xoev-de:xdomea:schema:3.1.0"><xdomea:ProzessID>${process}</xdomea:ProzessID><xdomea:Aktenplan><xdomea:ID>${matter}</xdomea:ID>${body}</xdomea:Aktenplan></xdomea:${root}>`
  const files = [{ name: `${process}_${root}.xml`, content: [Buffer.from(message)] }]
  async function lay(): Promise<void> {
    await mkdir(join(folder, 'out'), { recursive: true })
    const zip = Buffer.concat(await zipStream(files).toArray())
    await writeFile(join(folder, 'out', `${process}_${root}.zip`), zip)
  }
  function valued(text: string): string[] {
    return [...text.matchAll(/<x:ID>([^<]+)<\/x:ID>.*?<code>([ABV])</g)].map(
      ([, id, value]) => `${id} ${value}`,
    )
  }
  await lay()
  const [first = ''] = await answers(1)
  expect(valued(first)).toEqual([`${units[0]?.[1]} V`, `${units[1]?.[1]} B`])
  if (xdomeaSchemas !== undefined) expect(schemaFaults('3.1.0', Buffer.from(first))).toBe('')
  await setAnswer('contradict')
  await lay()
  expect(valued((await answers(3)).at(-1) ?? '')).toEqual([`${units[0]?.[1]} A`, `${units[1]?.[1]} A`])
})

test('without its files nothing is taken in', async () => {
  await deliver('FVDaten.SGOAblegen.0605', false)
  const [, second] = await answers(2)
  expect(second).toContain('<x:SonstigeFehlermeldung>Datei fehlt.</x:SonstigeFehlermeldung>')
})

test.each([
  ['reject', 2, 'Die Akte ist geschlossen.'],
  ['twice', 3, '0000000'],
  ['contradict', 3, 'Die Akte ist geschlossen.'],
  ['bomb', 1, '<!ENTITY'],
])('told to, it answers with %s', async (answer, count, word) => {
  await setAnswer(answer)
  await deliver('FVDaten.SGOAblegen.0605')
  expect((await answers(count)).at(-1)).toContain(word)
})

test('told to, it breaks off in the middle of its answer', async () => {
  await setAnswer('broken')
  await deliver('FVDaten.SGOAblegen.0605')
  const [only = ''] = await answers(1)
  expect(only).toContain('<x:Kopf>')
  expect(only).not.toContain('</x:FVDaten.ImportBestaetigen.0630>')
})

test('silent at first, it answers on demand; of another process when it is told to', async () => {
  await setAnswer('silence')
  await deliver('FVDaten.SGOAblegen.0605')
  const headers = { 'content-type': 'application/json' }
  async function demand(of: string, answer: string): Promise<number> {
    const address = `${simulator.url}/records-system/${of}/answers`
    return (await fetch(address, { method: 'POST', headers, body: JSON.stringify({ answer }) })).status
  }
  await expect.poll(() => demand(process, 'foreign')).toBe(204)
  const [first] = await answers(2)
  expect(first).not.toContain(process)
  expect(await demand(matter, 'accept')).toBe(404)
  // It has said once that the message arrived, and says it to nobody again.
  expect(await demand(process, 'accept')).toBe(204)
  expect((await answers(3)).filter((one) => one.includes('<code>0629</code>'))).toHaveLength(1)
})
