/**
 * Standard base64 with padding (RFC 4648 section 4), of which exactly one text stands for each byte string: stray
 * bits in the last character, missing padding, white space and the URL alphabet are refused (undefined).
 */
export function bytesFromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
