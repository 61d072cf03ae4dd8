import { deflateRawSync } from 'node:zlib'

type Entry = {
  readonly name: string
  readonly content: string | Buffer
  /** In the header before the entry; default: the same. */
  readonly localName?: string
  /** In the field "Unicode Path" of either header. */
  readonly unicodePath?: string
  readonly stored?: boolean
}

function header(signature: string, size: number, fields: readonly [number, number, 2 | 4][]): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.write(signature, 'latin1')
  for (const [at, value, width] of fields) bytes.writeUIntLE(value, at, width)
  return bytes
}

function unicodeField(path: string | undefined): Buffer {
  if (path === undefined) return Buffer.alloc(0)
  const name = Buffer.from(path)
  const field = Buffer.alloc(9)
  field.writeUInt16LE(0x7075, 0)
  field.writeUInt16LE(5 + name.length, 2)
  field.writeUInt8(1, 4)
  return Buffer.concat([field, name])
}

/** A zip archive whose headers may contradict each other. `hidden`: entries that the directory leaves out. */
export function makeZip(entries: readonly Entry[], hidden: readonly Entry[] = []): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, localName = name, unicodePath, stored } of [...entries, ...hidden]) {
    const plain = Buffer.from(content as string)
    const packed = stored === true ? plain : deflateRawSync(plain)
    const method = stored === true ? 0 : 8
    const extra = unicodeField(unicodePath)
    const local = Buffer.from(localName)
    const body = Buffer.concat([
      header('PK\x03\x04', 30, [
        [4, 20, 2],
        [8, method, 2],
        [18, packed.length, 4],
        [22, plain.length, 4],
        [26, local.length, 2],
        [28, extra.length, 2],
      ]),
      local,
      extra,
      packed,
    ])
    const central = Buffer.from(name)
    const listed = header('PK\x01\x02', 46, [
      [6, 20, 2],
      [10, method, 2],
      [20, packed.length, 4],
      [24, plain.length, 4],
      [28, central.length, 2],
      [30, extra.length, 2],
      [42, at, 4],
    ])
    directory.push(Buffer.concat([listed, central, extra]))
    bodies.push(body)
    at += body.length
  }
  const known = Buffer.concat(directory.slice(0, entries.length))
  const end = header('PK\x05\x06', 22, [
    [8, entries.length, 2],
    [10, entries.length, 2],
    [12, known.length, 4],
    [16, at, 4],
  ])
  return Buffer.concat([...bodies, known, end])
}

const wordNames = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const types = 'http://schemas.openxmlformats.org/package/2006/content-types'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
export const officeRelation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

type Relation = { readonly type: string; readonly target: string; readonly external?: boolean }

/** A document for Word (ECMA-376), with further relationships, content types, text and parts. */
export function makeDocx(
  more: {
    relations?: readonly Relation[]
    contentType?: string
    body?: string
    parts?: readonly Entry[]
  } = {},
): Buffer {
  const related = (more.relations ?? []).map(
    ({ type, target, external }, n) =>
      `<Relationship Id="r${n}" Type="${type}" Target="${target}"${external === true ? ' TargetMode="External"' : ''}/>`,
  )
  const added =
    more.contentType === undefined
      ? ''
      : `<Override PartName="/word/x.bin" ContentType="${more.contentType}"/>`
  return makeZip([
    {
      name: '[Content_Types].xml',
      content: `<?xml version="1.0"?><Types xmlns="${types}"><Default Extension="xml" ContentType="application/xml"/>${added}</Types>`,
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${officeRelation}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/document.xml',
      content: `<w:document ${wordNames}><w:body>${more.body ?? ''}</w:body></w:document>`,
    },
    {
      name: 'word/_rels/document.xml.rels',
      content: `<Relationships xmlns="${relations}">${related.join('')}</Relationships>`,
    },
    ...(more.parts ?? []),
  ])
}

const odfNames = Object.entries({
  office: 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  draw: 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0',
  text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  meta: 'urn:oasis:names:tc:opendocument:xmlns:meta:1.0',
  script: 'urn:oasis:names:tc:opendocument:xmlns:script:1.0',
  xlink: 'http://www.w3.org/1999/xlink',
})
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ')

/** A text document (OpenDocument 1.3) with this in its content or its meta data. */
export function makeOdt(content: string, meta = ''): Buffer {
  return makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
    {
      name: 'content.xml',
      content: `<office:document-content ${odfNames}>${content}</office:document-content>`,
    },
    { name: 'meta.xml', content: `<office:document-meta ${odfNames}>${meta}</office:document-meta>` },
  ])
}
