import zlib from 'node:zlib'

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** CRC-32 as zip and gzip use it (ISO 3309), continued from an earlier value. */
export function crc32(bytes: Uint8Array, before = 0): number {
  // Node has it built in since 20.15; the auditor's verifier runs on any Node 20.
  return typeof zlib.crc32 === 'function' ? zlib.crc32(bytes, before) : crc32InScript(bytes, before)
}

export function crc32InScript(bytes: Uint8Array, before = 0): number {
  let value = ~before >>> 0
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0)
  return ~value >>> 0
}
