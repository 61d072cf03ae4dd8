import { DangerFound, type Judged, leadsOutside } from './danger.ts'
import type { Parts } from './open-xml.ts'
import { scanXml } from './scan-xml.ts'

const openDocument = 'application/vnd.oasis.opendocument'
const types = ['text', 'spreadsheet', 'presentation', 'graphics'].map((kind) => `${openDocument}.${kind}`)
const scriptNamespace = 'urn:oasis:names:tc:opendocument:xmlns:script:1.0'
const embedded = /^(?:object-ole|applet|plugin|floating-frame)$/
const fetching = /^dde-/
const running = /^\s*(?:vnd\.sun\.star\.script|macro|javascript|vbscript|service|slot|\.uno):/i
/** Followed when somebody clicks. */
const clicked = new Set(['a'])

/** A template is looked for when the document is opened; one in a folder of its author's own machine is simply not found. */
function isTemplateElsewhere(target: string): boolean {
  return leadsOutside(target) && !/^\s*file:\/\/\/(?!\/)/i.test(target)
}

async function judgePart(part: Buffer): Promise<void> {
  await scanXml(part, {
    element: ({ local, uri, attributes }) => {
      if (uri === scriptNamespace) throw new DangerFound('active-content')
      if (local === 'encryption-data') throw new DangerFound('unreadable')
      if (embedded.test(local)) throw new DangerFound('embedded-object')
      if (fetching.test(local)) throw new DangerFound('external-content')
      for (const { local: name, value } of Object.values(attributes)) {
        if (running.test(value)) throw new DangerFound('active-content')
        if (name !== 'href' || clicked.has(local)) continue
        if (local === 'template' ? isTemplateElsewhere(value) : leadsOutside(value))
          throw new DangerFound('external-content')
      }
    },
  })
}

/**
 * OpenDocument 1.3; part 2 §3.3: the first entry is `mimetype`, stored plainly. No macros, scripts or events, no foreign objects, nothing
 * fetched when it is opened. @throws DangerFound, XmlUnreadable
 */
export async function judgeOpenDocument(parts: Parts): Promise<Judged> {
  const { names } = parts
  if (names.some((name) => /^(?:basic|scripts)\//i.test(name))) throw new DangerFound('active-content')
  const said = (await parts.read('mimetype')).toString('latin1')
  const mediaType = types.find((type) => type === said)
  if (mediaType === undefined) throw new DangerFound('dangerous-type')
  for (const name of names) {
    if (/\.(?:xml|rdf)$/i.test(name) && !/^Configurations2\//.test(name))
      await judgePart(await parts.read(name))
  }
  return { mediaType, danger: null }
}
