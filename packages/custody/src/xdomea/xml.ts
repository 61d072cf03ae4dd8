/** Markup that {@link element} and {@link leaf} have made: text gets into it escaped, or not at all. */
export type Xml = string & { readonly markup: true }

/**
 * What XML 1.0 (section 2.2) has no way to say – NUL and other controls, halves of surrogate pairs, non-characters – becomes U+FFFD. A carriage return
 * is written as a reference, because readers turn a bare one into a line feed (section 2.11).
 */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#13;')
}

export type Content = readonly (Xml | readonly Xml[] | undefined)[]

/** An element of xdomea with its children. */
export function element(name: string, ...content: Content): Xml {
  return `<xdomea:${name}>${content.flat().join('')}</xdomea:${name}>` as Xml
}

/** An element without a namespace, as those of XÖV-Basisnachricht are within a message. */
export function bare(name: string, ...content: Content): Xml {
  return `<${name}>${content.flat().join('')}</${name}>` as Xml
}

export function text(of: string): Xml {
  return escaped(of) as Xml
}

/** An element with text in it; nothing where there is nothing to say. */
export function leaf(name: string, value: string | number | boolean): Xml
export function leaf(name: string, value: string | number | boolean | null): Xml | undefined
export function leaf(name: string, value: string | number | boolean | null): Xml | undefined {
  return value === null ? undefined : element(name, text(String(value)))
}

/** A value of a code list (XÖV): its children have no namespace. @param listVersion where the schema does not fix it */
export function code(name: string, value: string, listVersion?: string): Xml {
  const list = listVersion === undefined ? '' : ` listVersionID="${listVersion}"`
  return `<xdomea:${name}${list}><code>${escaped(value)}</code></xdomea:${name}>` as Xml
}

/** A whole document in UTF-8. */
export function document(
  namespace: string,
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...content: Content
): Buffer {
  const said = Object.entries(attributes).map(
    ([of, value]) => ` ${of}="${escaped(value).replaceAll('"', '&quot;')}"`,
  )
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<xdomea:${name} xmlns:xdomea="${namespace}"${said.join('')}>${content.flat().join('')}</xdomea:${name}>\n`,
  )
}
