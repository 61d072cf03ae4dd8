import { OpusDecoder } from 'opus-decoder'
import { readOgg } from './ogg.ts'

export type SoundFacts = {
  readonly codec: 'opus' | 'vorbis' | 'other'
  readonly channels: number
  readonly durationMs: number | null
  /** 64 loudness values 0 to 100, the loudest part is 100; null where it was not measured. */
  readonly waveform: readonly number[] | null
}

const steps = 64
const maxMeasuredMs = 15 * 60 * 1000
const samplesPerMs = 48

/** Root mean square of each of 64 equal parts, relative to the loudest. */
async function loudness(
  packets: readonly Buffer[],
  channels: number,
  durationMs: number,
): Promise<readonly number[]> {
  const decoder = new OpusDecoder({ channels })
  await decoder.ready
  const squares = new Float64Array(steps)
  const counts = new Float64Array(steps)
  const perStep = (durationMs * samplesPerMs) / steps
  let at = 0
  for (const packet of packets) {
    const { channelData, samplesDecoded } = decoder.decodeFrame(packet)
    const [samples] = channelData
    const step = Math.min(steps - 1, Math.floor(at / perStep))
    for (let i = 0; samples !== undefined && i < samplesDecoded; i += 4) {
      squares[step] = (squares[step] ?? 0) + (samples[i] ?? 0) ** 2
      counts[step] = (counts[step] ?? 0) + 1
    }
    at += samplesDecoded
    if (at > maxMeasuredMs * samplesPerMs) break
  }
  decoder.free()
  const means = Array.from(squares, (sum, step) => Math.sqrt(sum / Math.max(1, counts[step] ?? 1)))
  const loudest = Math.max(...means)
  return means.map((mean) => (loudest > 0 ? Math.round((100 * mean) / loudest) : 0))
}

/**
 * Reads an Ogg file; a voice note's loudness is measured up to a quarter of an hour. @throws Error when it is
 * none
 */
export async function soundOf(bytes: Uint8Array): Promise<SoundFacts> {
  const sound = readOgg(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (sound === null) throw new Error('not an Ogg file')
  const { codec, channels, durationMs, packets } = sound
  const measurable =
    codec === 'opus' &&
    (channels === 1 || channels === 2) &&
    durationMs !== null &&
    durationMs <= maxMeasuredMs
  const waveform = measurable ? await loudness(packets, channels, durationMs) : null
  return { codec, channels, durationMs, waveform }
}
