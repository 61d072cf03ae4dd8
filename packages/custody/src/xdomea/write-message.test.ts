import { readZipDirectory, unpack } from '@buergerdraht/inbox'
import type { LocalDate } from '@buergerdraht/records'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemaFaults, xdomeaSchemas } from '../../../../testing/xdomea-schema.ts'
import { messageZip } from './message-zip.ts'
import { readXml, type XmlElement } from './read-xml.ts'
import {
  fileNameOf,
  type MessageFile,
  type MessageHead,
  type MessageMatter,
  type Written,
  type WrittenCode,
  writeMessage,
} from './write-message.ts'

const head: MessageHead = {
  version: '3.1.0',
  processId: '0d6c5b6e-3c0f-4a60-9a2b-6f2b9a0f7d11',
  at: new Date('2026-11-30T08:15:00Z'),
  from: { institution: 'Stadt Musterstadt', unit: 'Bürgerbüro' },
  to: { institution: 'Stadtarchiv', unit: null },
  product: 'Bürgerdraht',
}

function file(id: string, title: string, extension = 'pdf'): MessageFile {
  return { id, title, extension, format: { name: 'PDF/A', version: '3a' }, madeAt: head.at }
}

const matter: MessageMatter = {
  id: '7b0e6a52-7d0c-4b0e-8f5a-0c3a3a0f2a01',
  subject: 'Chat mit dem Bürgerbüro',
  fileReference: '32-14/2026-0815',
  unit: 'Bürgerbüro',
  from: '2026-01-05' as LocalDate,
  to: '2026-02-01' as LocalDate,
  keptForYears: 10,
  valuation: 'B',
  proposal: 'A',
  record: {
    document: file('11111111-1111-4111-8111-111111111111', 'Chat.pdf'),
    originals: [
      file('22222222-2222-4222-8222-222222222222', 'Foto "Straße" <1> & mehr.jpg', 'jpg'),
      file('33333333-3333-4333-8333-333333333333', '../../etc/passwd\u0000.pdf'),
    ],
    proofs: [file('44444444-4444-4444-8444-444444444444', 'manifest.json', 'json')],
    documentId: '55555555-5555-4555-8555-555555555555',
    proofsId: '66666666-6666-4666-8666-666666666666',
  },
}

function written(
  of: WrittenCode,
  changes: Partial<MessageMatter> = {},
  about: Partial<MessageHead> = {},
): Written {
  const result = writeMessage(of, { ...head, ...about }, [{ ...matter, ...changes }])
  if (result === 'unsupported-version') throw new Error('The version is written')
  return result
}

/** What stands in elements of this name, anywhere. */
function texts(root: XmlElement | undefined, name: string): string[] {
  if (root === undefined) return []
  return [...(root.name === name ? [root.text] : []), ...root.children.flatMap((child) => texts(child, name))]
}

const codes = ['0401', '0501', '0503', '0605'] as const
const versions = ['3.0.0', '3.1.0'] as const

test.each(codes)('%s carries process, matter and the names of its files', async (of) => {
  const { content, fileName } = written(of)
  const root = await readXml(content)
  expect(root?.namespace).toBe('urn:xoev-de:xdomea:schema:3.1.0')
  expect(`${head.processId}_${root?.name}.xml`).toBe(fileName)
  expect(root?.name.endsWith(`.${of}`)).toBe(true)
  expect(texts(root, 'ProzessID')).toEqual([head.processId])
  expect(texts(root, 'code')[0]).toBe(of)
  expect(texts(root, 'Kennzeichen')).toEqual([matter.fileReference])
  expect(texts(root, 'Dateiname')).toEqual([
    '11111111-1111-4111-8111-111111111111.pdf',
    '22222222-2222-4222-8222-222222222222.jpg',
    '33333333-3333-4333-8333-333333333333.pdf',
    '44444444-4444-4444-8444-444444444444.json',
  ])
  expect(texts(root, 'DateinameOriginal')).toEqual([
    'Chat.pdf',
    'Foto "Straße" <1> & mehr.jpg',
    '../../etc/passwd\uFFFD.pdf',
    'manifest.json',
  ])
})

test('an offer names and hands nothing over', async () => {
  const root = await readXml(written('0501', { record: null }).content)
  expect(texts(root, 'Dateiname')).toEqual([])
  expect(texts(root, 'ID')).toEqual([matter.id])
})

test.each([
  ['3.0.0', 'urn:xoev-de:xdomea:schema:3.0.0'],
  ['3.1.0', 'urn:xoev-de:xdomea:schema:3.1.0'],
] as const)('a message of %s is in its namespace', async (version, namespace) => {
  expect((await readXml(written('0605', {}, { version }).content))?.namespace).toBe(namespace)
})

test('nothing is written in a version whose schema is not known', () => {
  for (const of of codes)
    expect(writeMessage(of, { ...head, version: '4.0.0' }, [matter])).toBe('unsupported-version')
})

test('whatever a file reference is, it stays text', async () => {
  const allowed = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
      const root = await readXml(written('0605', { fileReference: text, subject: text }).content)
      expect(texts(root, 'Kennzeichen')).toEqual([text.replace(allowed, '\uFFFD')])
    }),
  )
})

test.each([
  ['slashes', 'AZ 12/34\\56'],
  ['quotes', `"Müller's" Akte`],
  ['a NUL', 'AZ\u0000 12'],
  ['markup', '</xdomea:Kennzeichen><!-- ]]> &amp; &bomb;'],
  ['half a letter', 'AZ \uD83D'],
  ['line ends', 'AZ\r\n12\r3'],
])('a file reference with %s stays text', async (_, text) => {
  const root = await readXml(written('0401', { fileReference: text }).content)
  expect(texts(root, 'Kennzeichen')).toEqual([text.replace('\0', '\uFFFD').replace('\uD83D', '\uFFFD')])
})

test('the file is a ZIP by the name of the standard, with the message and what it names, without folders', async () => {
  const message = written('0605')
  const name = fileNameOf(file('11111111-1111-4111-8111-111111111111', 'Chat.pdf'))
  const zip = messageZip(message, [{ name, sizeBytes: 3, content: [Buffer.from('pdf')] }])
  if (zip === 'too-large') throw new Error('It is small')
  expect(zip.fileName).toBe(`${head.processId}_FVDaten.SGOAblegen.0605.zip`)
  const bytes = Buffer.concat(await zip.content.toArray())
  const access = {
    sizeBytes: bytes.length,
    read: async (start: number, length: number) => bytes.subarray(start, start + length),
  }
  const entries = (await readZipDirectory(access)) ?? []
  expect(entries.map((entry) => entry.name)).toEqual([message.fileName, name])
  const [first, second] = await Promise.all(entries.map((entry) => unpack(access, entry, 1e6)))
  expect(first).toEqual(message.content)
  expect(second?.toString()).toBe('pdf')
})

test('what the format of the standard cannot hold is not begun', () => {
  const tooMuch = { name: 'a.bin', sizeBytes: 0xffff_ffff, content: [] }
  expect(messageZip(written('0605'), [tooMuch])).toBe('too-large')
  const tooMany = Array.from({ length: 0xffff }, (_, at) => ({ ...tooMuch, name: `${at}`, sizeBytes: 0 }))
  expect(messageZip(written('0605'), tooMany)).toBe('too-large')
  expect(messageZip(written('0605'), [{ ...tooMuch, sizeBytes: 0xfff_ffff }])).not.toBe('too-large')
})

if (xdomeaSchemas !== undefined) {
  test.each(codes.flatMap((of) => versions.map((version) => [of, version] as const)))(
    'xmllint accepts %s of %s under the official schema',
    (of, version) => {
      expect(schemaFaults(version, written(of, {}, { version }).content)).toBe('')
      const bare = {
        record: null,
        keptForYears: null,
        valuation: null,
        proposal: null,
        fileReference: null,
        unit: null,
      }
      expect(schemaFaults(version, written(of, bare, { version }).content)).toBe('')
      const hostile = {
        fileReference: '</xdomea:Kopf>\u0000\uD800&x;',
        subject: '',
        keptForYears: 'permanent',
      } as const
      expect(schemaFaults(version, written(of, hostile, { version }).content)).toBe('')
    },
  )

  test('xmllint refuses what the schema does not allow', () => {
    const broken = written('0605', { id: 'no-uuid' }).content
    expect(schemaFaults('3.1.0', broken)).toContain("'no-uuid' is not accepted")
  })
}
