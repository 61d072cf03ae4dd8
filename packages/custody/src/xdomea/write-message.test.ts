import { createHash } from 'node:crypto'
import { readZipDirectory, unpack } from '@buergerdraht/inbox'
import type { LocalDate } from '@buergerdraht/records'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elementFaults } from '../../../../testing/xdomea-4-elements.ts'
import { hasSchema, schemaFaults, xdomeaSchemas } from '../../../../testing/xdomea-schema.ts'
import { messageZip } from './message-zip.ts'
import { readXml, type XmlElement } from './read-xml.ts'
import type { MessageHead, Written } from './write-head.ts'
import { fileNameOf, type MessageFile, type MessageMatter, writeMessage } from './write-message.ts'

type WrittenCode = Parameters<typeof writeMessage>[0]

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

test('what is not known of a version is not written in it', () => {
  for (const of of ['0501', '0605'] as const)
    expect(writeMessage(of, { ...head, version: '4.0.0' }, [matter])).toBe('unsupported-version')
})

const bare = {
  record: null,
  keptForYears: null,
  valuation: null,
  proposal: null,
  fileReference: null,
  unit: null,
}
const hostile = {
  fileReference: '</xdomea:Kopf>\u0000\uD800&x;',
  subject: '',
  keptForYears: 'permanent',
} as const

describe('4.0.0', () => {
  const codes4 = ['0401', '0503'] as const
  const about = { version: '4.0.0' } as const

  test.each(codes4.flatMap((of) => [{}, bare, hostile].map((changes) => [of, changes] as const)))(
    '%s has the elements of the standard in their order',
    async (of, changes) => {
      const root = await readXml(written(of, changes, about).content)
      expect(root && elementFaults(root)).toEqual([])
    },
  )

  test.each(codes4)('%s is named, and says what it is, as that version wants', async (of) => {
    const { fileName, content } = written(of, {}, about)
    expect(fileName).toBe(`${head.processId}_${of}_1.xml`)
    const root = await readXml(content)
    expect(root?.name.endsWith(`.${of}`)).toBe(true)
    expect(content.toString()).toContain(
      ' xmlns:xdomea="urn:xoev-de:xdomea:schema:4.0.0" produkt="Bürgerdraht" produkthersteller="Bürgerdraht" standard="xdomea" version="4.0.0">',
    )
    expect(texts(root, 'ProzessID')).toEqual([head.processId])
    expect(texts(root, 'code')[0]).toBe(of)
    expect(texts(root, 'xdomeaUUID')).toEqual([
      matter.id,
      '55555555-5555-4555-8555-555555555555',
      '22222222-2222-4222-8222-222222222222',
      '33333333-3333-4333-8333-333333333333',
      '66666666-6666-4666-8666-666666666666',
      '44444444-4444-4444-8444-444444444444',
    ])
    expect(texts(root, 'Dateiname')).toHaveLength(4)
    // A list that the schema does not fix has its version named.
    expect(content.toString()).toContain('<xdomea:Name listVersionID="2.0"><code>100</code></xdomea:Name>')
    expect(texts(root, 'Kontextobjekt')).toEqual(of === '0503' ? ['0'] : [])
    expect(written(of, {}, about).content).toEqual(content)
  })

  test('each message has a UUID of its own, which is none of the process', async () => {
    const roots = await Promise.all(
      codes4.flatMap((of) =>
        [head.processId, matter.id].map((processId) =>
          readXml(written(of, {}, { ...about, processId }).content),
        ),
      ),
    )
    const ids = roots.flatMap((root) => texts(root, 'nachrichtenUUID'))
    expect(new Set([...ids, head.processId, matter.id]).size).toBe(6)
  })
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

test.each([
  ['3.0.0', '0401', '9cb8f5afc997c952cd7a627b70750e7834b5657d6a9e94cb2a553af8f7c2fb0d'],
  ['3.0.0', '0501', '56114e80071ed9dea08d1b765e39c8e91a0f3a878105613b2be44d10e890b916'],
  ['3.0.0', '0503', '0fed5cb50e9e7843e5187d77e0fbacb6c49ab6b90407ea35494bc5d39a66b222'],
  ['3.0.0', '0605', '10f5deb70c099ccbe05ae06ba66ba32a44762bed3d145e5a5d8c778551bbb030'],
  ['3.1.0', '0401', '312a634cf738f6435a5ab6f14dcdb3fc203d08071791b7c0a2629cdeb8988c33'],
  ['3.1.0', '0501', '0fc2b23d784c40b590d6b7f36c75b1a50544c139ce586a3453c28950388264aa'],
  ['3.1.0', '0503', 'f31e73133c76b0a9a77f5f00438f255b29c33927038772fcbe56b2c30c754f10'],
  ['3.1.0', '0605', 'b9670317de6fd062c84591cac165964288b3cc83d76b14e574511a2b9492617b'],
] as const)(
  'of what is sent in %s as %s the bytes stay the same, because it is made again',
  (version, of, sha256) => {
    expect(
      createHash('sha256')
        .update(written(of, {}, { version }).content)
        .digest('hex'),
    ).toBe(sha256)
  },
)

if (xdomeaSchemas !== undefined) {
  test.each([
    ...codes.flatMap((of) => versions.map((version) => [of, version] as const)),
    ...(hasSchema('4.0.0') ? [['0401', '4.0.0'] as const, ['0503', '4.0.0'] as const] : []),
  ])('xmllint accepts %s of %s under the official schema', (of, version) => {
    for (const changes of [{}, bare, hostile])
      expect(schemaFaults(version, written(of, changes, { version }).content)).toBe('')
  })

  test('xmllint refuses what the schema does not allow', () => {
    const broken = written('0605', { id: 'no-uuid' }).content
    expect(schemaFaults('3.1.0', broken)).toContain("'no-uuid' is not accepted")
  })
}
