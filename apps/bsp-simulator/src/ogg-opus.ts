/** Elements of a WebM file (Matroska, RFC 9559) that lead to its packets; all others are skipped. */
const masters: ReadonlySet<number> = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0])
const codecPrivate = 0x63a2
const simpleBlock = 0xa3
const block = 0xa1

/** Ogg pages (RFC 3533) of about a second. */
const packetsAPage = 50
const serial = 0x42474454
const samplesAMillisecond = 48

/**
 * The Opus packets of a WebM recording in an Ogg file (RFC 7845), as phones send voice notes; nothing is encoded
 * again. Null: not a WebM file with Opus in it.
 */
export function oggFromWebm(webm: Buffer): Buffer | null {
  const { head, packets } = readWebm(webm)
  if (!head || packets.length === 0) return null
  const tags = Buffer.alloc(16)
  tags.write('OpusTags', 'latin1')
  const pages = [page([head], 0, 0, firstPage), page([tags], 0, 1, 0)]
  let samples = 0
  for (let start = 0; start < packets.length; start += packetsAPage) {
    const some = packets.slice(start, start + packetsAPage)
    samples += some.reduce((sum, packet) => sum + samplesOf(packet), 0)
    const isLast = start + packetsAPage >= packets.length
    pages.push(page(some, samples, pages.length, isLast ? lastPage : 0))
  }
  return Buffer.concat(pages)
}

function readWebm(webm: Buffer): { head: Buffer | null; packets: Buffer[] } {
  let head: Buffer | null = null
  const packets: Buffer[] = []
  let at = 0
  while (at < webm.length) {
    const id = readVint(webm, at, true)
    if (!id) break
    const size = readVint(webm, at + id.length, false)
    if (!size) break
    at += id.length + size.length
    if (masters.has(id.value)) continue
    const content = webm.subarray(at, at + size.value)
    if (id.value === codecPrivate && content.toString('latin1', 0, 8) === 'OpusHead') head = content
    if (id.value === simpleBlock || id.value === block) {
      // Track number, two bytes of time, flags.
      const track = readVint(content, 0, false)
      if (track) packets.push(content.subarray(track.length + 3))
    }
    at += size.value
  }
  return { head, packets }
}

/** A number of variable length; ids keep their length marker. */
function readVint(bytes: Buffer, at: number, keepMarker: boolean): { value: number; length: number } | null {
  const first = bytes[at]
  if (first === undefined || first === 0) return null
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return null
  let value = keepMarker ? first : first & (0xff >> length)
  for (let index = 1; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0)
  return { value, length }
}

/** How long a packet sounds, in samples at 48 kHz, from its first bytes (RFC 6716 §3.1). */
function samplesOf(packet: Buffer): number {
  const toc = packet[0] ?? 0
  const configuration = toc >> 3
  const milliseconds =
    configuration < 12
      ? ([10, 20, 40, 60][configuration % 4] ?? 20)
      : configuration < 16
        ? ([10, 20][configuration % 2] ?? 20)
        : ([2.5, 5, 10, 20][configuration % 4] ?? 20)
  const frames = [1, 2, 2, (packet[1] ?? 1) & 0x3f][toc & 3] ?? 1
  return milliseconds * samplesAMillisecond * frames
}

const firstPage = 2
const lastPage = 4

function page(packets: readonly Buffer[], granule: number, sequence: number, flags: number): Buffer {
  const lacing = packets.flatMap(({ length }) => [
    ...Array<number>(Math.trunc(length / 255)).fill(255),
    length % 255,
  ])
  const header = Buffer.alloc(27)
  header.write('OggS', 'latin1')
  header[5] = flags
  header.writeBigUInt64LE(BigInt(granule), 6)
  header.writeUInt32LE(serial, 14)
  header.writeUInt32LE(sequence, 18)
  header[26] = lacing.length
  const whole = Buffer.concat([header, Buffer.from(lacing), ...packets])
  whole.writeUInt32LE(checksum(whole), 22)
  return whole
}

/** CRC-32 as Ogg wants it: polynomial 04c11db7, nothing reflected, nothing inverted. */
function checksum(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}
