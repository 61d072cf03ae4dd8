import { bytesOf, type Head, hexOf } from './merkle-path.ts'

/** What a checkpoint says (c2sp.org/tlog-checkpoint); null: the text is none. */
export function headOf(note: string): (Head & { readonly origin: string }) | null {
  const [origin = '', size = '', root = ''] = note.split('\n')
  if (!/^\S+$/.test(origin) || !/^(?:0|[1-9]\d{0,14})$/.test(size) || !/^[A-Za-z0-9+/]{43}=$/.test(root))
    return null
  return { origin, size: Number(size), root: bytesOf(root) }
}

/** Names in a note whose signature was made with the key, and the bytes of it (c2sp.org/signed-note). */
function signatureIn(note: string, name: string, keyId: string): Uint8Array | null {
  for (const line of note.split('\n')) {
    const [, signer, blob = ''] = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? []
    if (signer !== name || blob.length % 4 !== 0) continue
    const bytes = bytesOf(blob)
    if (hexOf(bytes.subarray(0, 4)) === keyId) return bytes.subarray(4)
  }
  return null
}

/**
 * Whether a checkpoint is signed with a log's Ed25519 key, checked by the browser. Null: this browser cannot, and the verifier has to.
 * @param verifierKey `<name>+<key id>+<base64 of type and key>`
 */
export async function isSigned(note: string, verifierKey: string): Promise<boolean | null> {
  const [, name = '', keyId = '', material = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey) ?? []
  const signature = signatureIn(note, name, keyId)
  const end = note.lastIndexOf('\n\n')
  if (signature === null || end < 0) return false
  const text = new TextEncoder().encode(note.slice(0, end + 1))
  try {
    const key = await crypto.subtle.importKey(
      'raw',
      Uint8Array.from(bytesOf(material).subarray(1)),
      'Ed25519',
      false,
      ['verify'],
    )
    return await crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), text)
  } catch {
    return null
  }
}
