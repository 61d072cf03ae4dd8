import { digest } from '#cryptography'
import { isSameBytes, joinedBytes } from './bytes.ts'
import type { DigestAlgorithm } from './digest-algorithm.ts'
import type { PssParameters } from './pss-parameters.ts'
import type { PublicKey } from './public-key.ts'

/**
 * RSASSA-PSS-VERIFY (RFC 8017 sections 8.1.2 and 9.1.2), with hash, mask and salt length as they are named: node:crypto takes
 * the mask's hash from the signature's and would accept a token whose parameters say something else.
 */
export function verifyPss(
  { digest: hashName, mask, saltLength }: PssParameters,
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const bits = key.modulusLength ?? 0
  if (signature.length !== Math.ceil(bits / 8) || !allows(key, { digest: hashName, mask, saltLength }))
    return false
  const message = key.raised(signature)
  const encodedBits = bits - 1
  const encoded = message?.subarray(message.length - Math.ceil(encodedBits / 8))
  if (message === undefined || encoded === undefined) return false
  // A modulus of 8n + 1 bits leaves a whole byte in front, which must be zero.
  if (message.length > encoded.length && message[0] !== 0) return false
  const hash = digest(hashName, data)
  const maskedLength = encoded.length - hash.length - 1
  if (maskedLength < saltLength + 1 || encoded.at(-1) !== 0xbc) return false
  const found = encoded.subarray(maskedLength, maskedLength + hash.length)
  const block = Uint8Array.from(encoded.subarray(0, maskedLength))
  const surplus = 8 * encoded.length - encodedBits
  if ((block[0] ?? 0) >> (8 - surplus) !== 0) return false
  const stream = maskStream(mask, found, maskedLength)
  for (let at = 0; at < maskedLength; at++) block[at] = (block[at] ?? 0) ^ (stream[at] ?? 0)
  block[0] = (block[0] ?? 0) & (0xff >> surplus)
  const zeros = maskedLength - saltLength - 1
  if (block.subarray(0, zeros).some((byte) => byte !== 0) || block[zeros] !== 1) return false
  const salt = block.subarray(zeros + 1)
  return isSameBytes(digest(hashName, new Uint8Array(8), hash, salt), found)
}

/** A key of the type RSASSA-PSS may fix hash, mask and the least salt (RFC 4055 section 1.2). */
function allows({ fixed }: PublicKey, { digest: hashName, mask, saltLength }: PssParameters): boolean {
  return (
    (fixed.digest ?? hashName) === hashName &&
    (fixed.mask ?? mask) === mask &&
    saltLength >= (fixed.saltLength ?? 0)
  )
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function maskStream(mask: DigestAlgorithm, seed: Uint8Array, length: number): Uint8Array {
  const parts: Uint8Array[] = []
  for (let counter = 0, filled = 0; filled < length; counter++) {
    const number = new DataView(new ArrayBuffer(4))
    number.setUint32(0, counter)
    const part = digest(mask, seed, new Uint8Array(number.buffer))
    parts.push(part)
    filled += part.length
  }
  return joinedBytes(parts).subarray(0, length)
}
