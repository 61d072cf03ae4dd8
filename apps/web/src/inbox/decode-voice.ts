import { OpusDecoder } from 'opus-decoder'
import { readOggOpus } from './ogg-opus.ts'

/** Speech needs no more, and the sound takes half of the memory. */
const sampleRate = 24_000
const wavHead = 44

/** Uncompressed sound as every browser plays it: RIFF/WAVE with 16-bit samples. */
function wavOf(channels: readonly Float32Array[], rate: number): Blob {
  const samples = channels[0]?.length ?? 0
  const frame = channels.length * 2
  const bytes = new DataView(new ArrayBuffer(wavHead + samples * frame))
  function word(at: number, letters: string): void {
    for (const [index, letter] of [...letters].entries()) bytes.setUint8(at + index, letter.charCodeAt(0))
  }
  word(0, 'RIFF')
  bytes.setUint32(4, wavHead - 8 + samples * frame, true)
  word(8, 'WAVEfmt ')
  bytes.setUint32(16, 16, true)
  bytes.setUint16(20, 1, true)
  bytes.setUint16(22, channels.length, true)
  bytes.setUint32(24, rate, true)
  bytes.setUint32(28, rate * frame, true)
  bytes.setUint16(32, frame, true)
  bytes.setUint16(34, 16, true)
  word(36, 'data')
  bytes.setUint32(40, samples * frame, true)
  for (let sample = 0; sample < samples; sample += 1)
    for (const [index, values] of channels.entries()) {
      const value = Math.max(-1, Math.min(1, values[sample] ?? 0))
      bytes.setInt16(wavHead + sample * frame + index * 2, Math.round(value * 32_767), true)
    }
  return new Blob([bytes.buffer], { type: 'audio/wav' })
}

/** Decodes a voice note for a browser that cannot. @throws Error when it is no Opus in Ogg, or nothing can be heard in it */
export async function decodeVoice(file: Uint8Array): Promise<Blob> {
  const voice = readOggOpus(file)
  if (voice === null) throw new Error('This is no Opus in Ogg.')
  const decoder = new OpusDecoder({ channels: voice.channels, preSkip: voice.preSkip, sampleRate })
  await decoder.ready
  try {
    const { channelData, samplesDecoded } = decoder.decodeFrames([...voice.packets])
    if (samplesDecoded === 0) throw new Error('Nothing can be heard in this.')
    return wavOf(channelData.slice(0, voice.channels), sampleRate)
  } finally {
    decoder.free()
  }
}
