import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { base64, bytesFromBase64 } from './base64.ts'
import { Malformed } from './malformed.ts'

/** Signature type bytes assigned by c2sp.org/signed-note@v1.0.0 that this program can check. */
const ed25519Type = 0x01
const cosignatureType = 0x04

/**
 * A public key that signs notes, under the name by which it is known. `kind` is `log` for a plain Ed25519 note
 * signature and `witness` for a timestamped cosignature (c2sp.org/tlog-cosignature). Other algorithms, ML-DSA-44
 * among them, get a third kind here; until then their signature lines are carried along unread.
 */
export type NoteKey = {
  kind: 'log' | 'witness'
  name: string
  keyId: number
  publicKey: Uint8Array
  verify: (text: string, signature: Uint8Array) => boolean
}

/** A private key bound to its name: signs a note text, answering the bytes behind the key id. */
export type NoteSigner = { name: string; keyId: number; sign: (text: string) => Uint8Array }

/** The key for a name and a raw 32-byte Ed25519 public key (RFC 8032). @throws Malformed KEY_MALFORMED */
export function noteKey(kind: NoteKey['kind'], name: string, publicKey: Uint8Array): NoteKey {
  if (!/^[^\s+]+$/u.test(name))
    throw new Malformed('KEY_MALFORMED', 'A key name has neither spaces nor plus signs')
  if (publicKey.length !== 32) throw new Malformed('KEY_MALFORMED', 'An Ed25519 public key has 32 bytes')
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  })
  return {
    kind,
    name,
    keyId: keyId(name, kind === 'log' ? ed25519Type : cosignatureType, publicKey),
    publicKey,
    verify: kind === 'log' ? plainVerifier(key) : cosignatureVerifier(key),
  }
}

/**
 * Reads a verifier key: `<name>+<key id, 8 hex digits>+<base64 of type byte and key>`.
 * @throws Malformed KEY_MALFORMED, also for an algorithm that this program cannot check: a key that is trusted must
 * be usable.
 */
export function parseNoteKey(text: string): NoteKey {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim())
  const material = parts?.[3] === undefined ? undefined : bytesFromBase64(parts[3])
  const [name, id, type] = [parts?.[1], parts?.[2], material?.[0]]
  if (name === undefined || id === undefined || material === undefined) {
    throw new Malformed('KEY_MALFORMED', 'The text is not a verifier key')
  }
  if (type !== ed25519Type && type !== cosignatureType) {
    throw new Malformed('KEY_MALFORMED', 'The algorithm of the key is not supported')
  }
  const key = noteKey(type === ed25519Type ? 'log' : 'witness', name, material.subarray(1))
  if (key.keyId !== Number.parseInt(id, 16)) {
    throw new Malformed('KEY_MALFORMED', 'The key id does not belong to the key')
  }
  return key
}

export function formatNoteKey(key: NoteKey): string {
  const type = key.kind === 'log' ? ed25519Type : cosignatureType
  const id = key.keyId.toString(16).padStart(8, '0')
  return `${key.name}+${id}+${base64(Buffer.concat([Uint8Array.of(type), key.publicKey]))}`
}

/** Signs as the log itself, with an Ed25519 private key. */
export function logSigner(name: string, privateKey: KeyObject): NoteSigner {
  const { keyId } = noteKey('log', name, rawPublicKey(privateKey))
  return { name, keyId, sign: (text) => sign(null, Buffer.from(text), privateKey) }
}

/**
 * Signs as a witness: that at this time no larger consistent tree of the log was known to it. The caller MUST have
 * verified the consistency proof from the newest checkpoint it cosigned before.
 */
export function witnessSigner(name: string, privateKey: KeyObject, at: Date): NoteSigner {
  const { keyId } = noteKey('witness', name, rawPublicKey(privateKey))
  const seconds = BigInt(Math.floor(at.getTime() / 1000))
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(seconds)
  return {
    name,
    keyId,
    sign: (text) => Buffer.concat([stamp, sign(null, cosignedMessage(seconds, text), privateKey)]),
  }
}

/** When a witness cosigned. Ask only about a signature that `verifyNote` answered for a witness key. */
export function cosignedAt(signature: Uint8Array): Date {
  return new Date(Number(Buffer.from(signature).readBigUInt64BE(0)) * 1000)
}

/** The raw 32 bytes of an Ed25519 key pair's public half. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const { crv, x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
  if (crv !== 'Ed25519' || x === undefined)
    throw new Malformed('KEY_MALFORMED', 'The key is not an Ed25519 key')
  return Buffer.from(x, 'base64url')
}

/** key ID = SHA-256(key name || 0x0A || signature type || public key)[:4] */
function keyId(name: string, type: number, publicKey: Uint8Array): number {
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(type)).update(publicKey)
  return hash.digest().readUInt32BE(0)
}

function plainVerifier(key: KeyObject): NoteKey['verify'] {
  return (text, signature) => verify(null, Buffer.from(text), key, signature)
}

function cosignatureVerifier(key: KeyObject): NoteKey['verify'] {
  return (text, signature) => {
    if (signature.length !== 8 + 64) return false
    const seconds = Buffer.from(signature).readBigUInt64BE(0)
    if (seconds > 2n ** 63n - 1n) return false
    return verify(null, cosignedMessage(seconds, text), key, signature.subarray(8))
  }
}

/** c2sp.org/tlog-cosignature, "Ed25519 signed message". */
function cosignedMessage(seconds: bigint, text: string): Uint8Array {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)
}
