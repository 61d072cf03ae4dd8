/** What is done with bytes without Node's Buffer: whatever judges time stamps runs in a browser too. */

/** Below 0, 0 or above: byte by byte, and what another one begins with comes before it. */
export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shared = Math.min(one.length, other.length)
  for (let at = 0; at < shared; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && compareBytes(one, other) === 0
}

export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** One sign a byte (ISO 8859-1), for what is ASCII by its standard, and to search by. */
export function latin1Of(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** The bytes of base64 with whatever white space. @throws when it is none */
export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/\s/g, '')), (sign) => sign.charCodeAt(0))
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A number, most significant byte first; no bytes are 0. */
export function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x0${hexOf(bytes)}`)
}

/** The other way round, in at least so many bytes. */
export function bytesOfNumber(number: bigint, minLength = 1): Uint8Array {
  const digits = number.toString(16)
  const padded = digits.padStart(Math.max(minLength * 2, digits.length + (digits.length % 2)), '0')
  return Uint8Array.from(padded.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
