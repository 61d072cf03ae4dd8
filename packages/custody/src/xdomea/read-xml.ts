import { scanXml, XmlUnreadable } from '@buergerdraht/inbox'

/** An element with its namespace; `text` is what stands in it itself. */
export type XmlElement = {
  readonly name: string
  readonly namespace: string
  readonly children: XmlElement[]
  text: string
}

/** A catalogue for a whole filing plan has some ten thousand units, of four elements each. */
const maxElements = 200_000

/**
 * The elements of a document, without attributes. Undefined where it is not well-formed, has a document type (so entities of its own, however
 * few), has too many elements, or elements too deep in one another.
 */
export async function readXml(bytes: Uint8Array): Promise<XmlElement | undefined> {
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let count = 0
  try {
    await scanXml(Buffer.from(bytes), {
      element: ({ local, uri }) => {
        count += 1
        if (count > maxElements) throw new XmlUnreadable()
        const made: XmlElement = { name: local, namespace: uri, children: [], text: '' }
        open.at(-1)?.children.push(made)
        root ??= made
        open.push(made)
      },
      elementEnd: () => {
        open.pop()
      },
      text: (text) => {
        const inside = open.at(-1)
        if (inside !== undefined) inside.text += text
      },
    })
  } catch (error) {
    if (!(error instanceof XmlUnreadable)) throw error
    return undefined
  }
  return root
}
