import type { RandomAccess } from './zip-directory.ts'

const bitrates = {
  mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const sampleRates = [44_100, 48_000, 32_000] as const

/**
 * Duration of an MPEG audio layer III file (ISO/IEC 11172-3, 13818-3): by the frame count of a Xing or Info
 * header, else by the first frame's bit rate. `start` is where the sound begins, behind an ID3v2 tag. Null
 * where no frame is found.
 */
export async function mp3DurationMs(file: RandomAccess, start: number): Promise<number | null> {
  const head = await file.read(start, 4096)
  for (let at = 0; at + 200 < head.length; at += 1) {
    if ((head.readUInt16BE(at) & 0xffe6) !== 0xffe2) continue
    const version = (head.readUInt8(at + 1) >> 3) & 3
    const kilobits = bitrates[version === 3 ? 'mpeg1' : 'mpeg2'][head.readUInt8(at + 2) >> 4]
    const rate = sampleRates[(head.readUInt8(at + 2) >> 2) & 3]
    if (version === 1 || kilobits === undefined || kilobits === 0 || rate === undefined) continue
    const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4
    const samplesPerFrame = version === 3 ? 1152 : 576
    const tag = Math.max(head.indexOf('Xing', at), head.indexOf('Info', at))
    const counted = tag > 0 && tag < at + 64 && (head.readUInt32BE(tag + 4) & 1) === 1
    const ms = counted
      ? (head.readUInt32BE(tag + 8) * samplesPerFrame * 1000) / sampleRate
      : ((file.sizeBytes - start - at) * 8) / kilobits
    return ms > 0 && ms < 24 * 60 * 60 * 1000 ? Math.round(ms) : null
  }
  return null
}
