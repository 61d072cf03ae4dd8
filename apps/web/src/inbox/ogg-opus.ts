/** What a decoder needs of an Ogg file with one Opus stream (RFC 7845). */
export type OggOpus = {
  readonly channels: 1 | 2
  /** Samples at the beginning that are not heard, at 48 kHz. */
  readonly preSkip: number
  /** The sound, without the two header packets. */
  readonly packets: readonly Uint8Array[]
}

const pageHead = 27
const magic = new TextEncoder().encode('OggS')
const opusHead = new TextEncoder().encode('OpusHead')

function startsWith(bytes: Uint8Array, at: number, beginning: Uint8Array): boolean {
  return beginning.every((value, index) => bytes[at + index] === value)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The packets of the first stream (RFC 3533 §6); what follows damage is left out. */
function packetsOf(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const packets: Uint8Array[] = []
  let unfinished: Uint8Array[] = []
  let stream: number | null = null
  for (let at = 0; at + pageHead <= file.length && startsWith(file, at, magic); ) {
    const bodyAt = at + pageHead + view.getUint8(at + 26)
    const lengths = file.subarray(at + pageHead, bodyAt)
    const end = bodyAt + lengths.reduce((sum, length) => sum + length, 0)
    if (end > file.length) break
    stream ??= view.getUint32(at + 14, true)
    if (view.getUint32(at + 14, true) === stream) {
      const continues = (view.getUint8(at + 5) & 1) === 1
      if (!continues) unfinished = []
      let from = bodyAt
      for (const length of lengths) {
        unfinished.push(file.subarray(from, from + length))
        from += length
        // A segment of 255 bytes goes on in the next one (RFC 3533 §5).
        if (length === 255) continue
        packets.push(joined(unfinished))
        unfinished = []
      }
    }
    at = end
  }
  return packets
}

/** Reads a voice note; null: it is none that two channels can hold (RFC 7845 §5.1, mapping family 0). */
export function readOggOpus(file: Uint8Array): OggOpus | null {
  const [head, , ...packets] = packetsOf(file)
  if (head === undefined || head.length < 19 || !startsWith(head, 0, opusHead) || head[18] !== 0) return null
  const channels = head[9]
  if (channels !== 1 && channels !== 2) return null
  return { channels, preSkip: (head[10] ?? 0) + (head[11] ?? 0) * 256, packets }
}
