import { DangerFound, type Judged, leadsOutside } from './danger.ts'
import { scanXml } from './scan-xml.ts'

const openXml = 'application/vnd.openxmlformats-officedocument'

/** Parts of a package by name, in the order of the archive. */
export type Parts = {
  readonly names: readonly string[]
  /** @throws DangerFound `unreadable` */
  read(name: string): Promise<Buffer>
}

const running =
  /(?:vbaProject|vbaData|vbaProjectSignature|attachedToolbars|control|activeXControl\w*|macrosheet|xlIntlMacrosheet|extensibility)$/i
const embedded = /(?:oleObject|package|aFChunk|frame|subDocument)$/i
const fetched = /(?:externalLink|externalLinkPath|xlExternalLinkPath\w*|attachedTemplate)$/i
/** Followed when somebody clicks, not when the document is opened. */
const clicked = /\/hyperlink$/i

/** ECMA-376 part 2 §9.3: where a part of the document leads. */
async function judgeRelationships(part: Buffer): Promise<void> {
  await scanXml(part, {
    element: ({ local, attributes }) => {
      if (local !== 'Relationship') return
      function said(name: string): string {
        return attributes[name]?.value ?? ''
      }
      const type = said('Type')
      const external = !['', 'Internal'].includes(said('TargetMode')) || leadsOutside(said('Target'))
      if (running.test(type)) throw new DangerFound('active-content')
      if (fetched.test(type) || (external && !clicked.test(type))) throw new DangerFound('external-content')
      if (embedded.test(type)) throw new DangerFound('embedded-object')
    },
  })
}

async function judgeContentTypes(part: Buffer): Promise<void> {
  await scanXml(part, {
    element: ({ attributes }) => {
      const type = attributes['ContentType']?.value ?? ''
      if (/macro|vba|activeX/i.test(type)) throw new DangerFound('active-content')
      if (/oleObject|html|rfc822|rtf/i.test(type)) throw new DangerFound('embedded-object')
    },
  })
}

const fetchingField =
  /(?:^|[\s"{])(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|IMPORT|DATABASE)(?:[\s"}]|$)/i

/** ECMA-376 part 1 §17.16: a field may be cut into many pieces of text. */
async function judgeFields(part: Buffer): Promise<void> {
  let inField = false
  let instruction = ''
  function judge(): void {
    if (fetchingField.test(instruction)) throw new DangerFound('external-content')
    if (/(?:^|\s)MACROBUTTON\s/i.test(instruction)) throw new DangerFound('active-content')
    instruction = ''
  }
  await scanXml(part, {
    element: ({ local, attributes }) => {
      if (local === 'instrText') inField = true
      if (local === 'fldChar') judge()
      for (const { local: name, value } of Object.values(attributes)) {
        if (name !== 'instr') continue
        instruction = value
        judge()
      }
    },
    text: (text) => {
      if (inField && instruction.length < 100_000) instruction += text
    },
    elementEnd: ({ local }) => {
      if (local === 'instrText') inField = false
    },
  })
  judge()
}

function typeOf(names: readonly string[]): string | null {
  if (names.includes('word/document.xml')) return `${openXml}.wordprocessingml.document`
  if (names.includes('xl/workbook.xml')) return `${openXml}.spreadsheetml.sheet`
  if (names.includes('ppt/presentation.xml')) return `${openXml}.presentationml.presentation`
  return null
}

/**
 * Office Open XML (ECMA-376), as its own relationships and content types tell it: no macros, nothing embedded, nothing fetched when it
 * is opened. @throws DangerFound, XmlUnreadable
 */
export async function judgeOpenXml(parts: Parts): Promise<Judged> {
  const { names } = parts
  if (names.some((name) => /vbaproject|vbadata|macrosheets|activex/i.test(name)))
    throw new DangerFound('active-content')
  const mediaType = typeOf(names)
  if (mediaType === null) throw new DangerFound('dangerous-type')
  await judgeContentTypes(await parts.read('[Content_Types].xml'))
  for (const name of names) {
    if (/\.rels$/i.test(name)) await judgeRelationships(await parts.read(name))
    else if (/^word\/[^/]+\.xml$/i.test(name)) await judgeFields(await parts.read(name))
  }
  return { mediaType, danger: null }
}
