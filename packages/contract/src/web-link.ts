const protocols: readonly string[] = ['http:', 'https:']

/**
 * A stranger's text as a link that may be offered, in the spelling that the browser will follow; null: it is none. Only http
 * and https, and never a name or a password before the host (RFC 3986 §3.2.1, §7.6): that is how other hosts are faked.
 */
export function webLink(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return protocols.includes(url.protocol) && url.username === '' && url.password === '' ? url.href : null
}
