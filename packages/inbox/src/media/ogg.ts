/** One Ogg stream, as a voice note or a sound file has it. */
export type OggAudio = {
  readonly codec: 'opus' | 'vorbis' | 'other'
  readonly channels: number
  /** Samples at the beginning that are not heard; Opus only, at 48 kHz. */
  readonly preSkip: number
  readonly durationMs: number | null
  /** The sound, without the two header packets. */
  readonly packets: readonly Buffer[]
}

type Page = {
  readonly granule: bigint
  readonly serial: number
  readonly continued: boolean
  readonly lengths: Buffer
  readonly body: Buffer
}

function* pagesOf(bytes: Buffer): Generator<Page> {
  for (let at = 0; at + 27 <= bytes.length; ) {
    if (bytes.toString('latin1', at, at + 4) !== 'OggS' || bytes.readUInt8(at + 4) !== 0) return
    const bodyAt = at + 27 + bytes.readUInt8(at + 26)
    const lengths = bytes.subarray(at + 27, bodyAt)
    const end = bodyAt + lengths.reduce((sum, length) => sum + length, 0)
    if (end > bytes.length) return
    yield {
      granule: bytes.readBigInt64LE(at + 6),
      serial: bytes.readUInt32LE(at + 14),
      continued: (bytes.readUInt8(at + 5) & 1) === 1,
      lengths,
      body: bytes.subarray(bodyAt, end),
    }
    at = end
  }
}

function headerOf(packet: Buffer): Pick<OggAudio, 'codec' | 'channels' | 'preSkip'> & { rate: number } {
  if (packet.length >= 19 && packet.toString('latin1', 0, 8) === 'OpusHead')
    return {
      codec: packet.readUInt8(18) === 0 ? 'opus' : 'other',
      channels: packet.readUInt8(9),
      preSkip: packet.readUInt16LE(10),
      rate: 48_000,
    }
  if (packet.length >= 30 && packet.toString('latin1', 0, 7) === '\x01vorbis')
    return { codec: 'vorbis', channels: packet.readUInt8(11), preSkip: 0, rate: packet.readUInt32LE(12) }
  return { codec: 'other', channels: 0, preSkip: 0, rate: 0 }
}

/**
 * Reads the first stream of an Ogg file (RFC 3533, Opus in it RFC 7845). What follows damage is left out.
 * Null: not Ogg, or nothing in it. The duration is the last granule position, without the samples that are
 * skipped (RFC 7845 §4).
 */
export function readOgg(bytes: Buffer): OggAudio | null {
  let serial: number | null = null
  let lastGranule = 0n
  let unfinished: Buffer[] = []
  const packets: Buffer[] = []
  for (const page of pagesOf(bytes)) {
    serial ??= page.serial
    if (page.serial !== serial) continue
    if (page.granule > lastGranule) lastGranule = page.granule
    if (!page.continued) unfinished = []
    let at = 0
    for (const length of page.lengths) {
      unfinished.push(page.body.subarray(at, at + length))
      at += length
      // A segment of 255 bytes goes on in the next one (RFC 3533 §5).
      if (length === 255) continue
      packets.push(unfinished.length === 1 && unfinished[0] ? unfinished[0] : Buffer.concat(unfinished))
      unfinished = []
    }
  }
  const [head] = packets
  if (head === undefined) return null
  const { rate, ...header } = headerOf(head)
  const ms = rate === 0 ? 0 : ((Number(lastGranule) - header.preSkip) * 1000) / rate
  const durationMs = ms > 0 && ms < 24 * 60 * 60 * 1000 ? Math.round(ms) : null
  return { ...header, durationMs, packets: packets.slice(2) }
}
