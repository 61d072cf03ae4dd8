import type { RandomAccess } from './zip-directory.ts'

/** What the movie header of an MP4 file says. */
export type Mp4Facts = {
  readonly durationMs: number | null
  readonly width: number | null
  readonly height: number | null
}

const maxHeaderBytes = 8 * 1024 * 1024
const maxBoxes = 1000

type Box = {
  readonly type: string
  /** Content only, without the box's own header. */
  readonly start: number
  readonly end: number
}

/** The box at `at` (ISO/IEC 14496-12 §4.2); null where there is none. */
function boxAt(bytes: Buffer, at: number, base: number, limit: number): Box | null {
  if (at + 8 > bytes.length) return null
  const short = bytes.readUInt32BE(at)
  const type = bytes.toString('latin1', at + 4, at + 8)
  const long = short === 1
  if (long && at + 16 > bytes.length) return null
  const length = long ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? limit - base : short
  const header = long ? 16 : 8
  return length < header ? null : { type, start: base + header, end: Math.min(base + length, limit) }
}

function* children(bytes: Buffer): Generator<readonly [type: string, content: Buffer]> {
  for (let at = 0, count = 0; count < maxBoxes; count += 1) {
    const box = boxAt(bytes, at, at, bytes.length)
    if (box === null) return
    yield [box.type, bytes.subarray(box.start, box.end)]
    at = box.end
  }
}

function childOf(bytes: Buffer, path: readonly string[]): Buffer | null {
  let content: Buffer | undefined = bytes
  for (const name of path) {
    if (content === undefined) return null
    content = [...children(content)].find(([type]) => type === name)?.[1]
  }
  return content ?? null
}

async function movieHeader(file: RandomAccess): Promise<Buffer | null> {
  for (let at = 0, count = 0; count < maxBoxes && at < file.sizeBytes; count += 1) {
    const box = boxAt(await file.read(at, 16), 0, at, file.sizeBytes)
    if (box === null) return null
    if (box.type === 'moov')
      return box.end - box.start > maxHeaderBytes ? null : file.read(box.start, box.end - box.start)
    at = box.end
  }
  return null
}

function tracksOf(movie: Buffer): Buffer[] {
  return [...children(movie)].filter(([type]) => type === 'trak').map(([, content]) => content)
}

function isVideo(track: Buffer): boolean {
  return childOf(track, ['mdia', 'hdlr'])?.toString('latin1', 8, 12) === 'vide'
}

/**
 * Whether there are moving pictures in it: sound recordings come in the same container. True when that cannot
 * be read.
 */
export async function hasVideoTrack(file: RandomAccess): Promise<boolean> {
  const movie = await movieHeader(file)
  if (movie === null) return true
  const tracks = tracksOf(movie)
  return tracks.length === 0 || tracks.some(isVideo)
}

function durationOf(movie: Buffer): number | null {
  const header = childOf(movie, ['mvhd'])
  if (header === null || header.length < 32) return null
  const long = header.readUInt8(0) === 1
  const scale = header.readUInt32BE(long ? 20 : 12)
  const duration = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16)
  const ms = scale === 0 ? 0 : Math.round((duration * 1000) / scale)
  return ms > 0 && ms < 24 * 60 * 60 * 1000 ? ms : null
}

/** Duration (ISO/IEC 14496-12 §8.2.2) and the size of the first picture track as it is shown (§8.3.2). */
export async function readMp4(file: RandomAccess): Promise<Mp4Facts> {
  const movie = await movieHeader(file)
  if (movie === null) return { durationMs: null, width: null, height: null }
  const video = tracksOf(movie).find(isVideo)
  const header = video === undefined ? null : childOf(video, ['tkhd'])
  const at = header?.readUInt8(0) === 1 ? 88 : 76
  if (header === null || header.length < at + 8)
    return { durationMs: durationOf(movie), width: null, height: null }
  // The matrix says a quarter turn where its first element is zero: phones held upright record so.
  const turned = header.readInt32BE(at - 36) === 0
  const [width, height] = [header.readUInt16BE(at), header.readUInt16BE(at + 4)]
  // Nothing is that narrow: the header is damaged, or the track has no picture.
  if (width === 0 || height === 0) return { durationMs: durationOf(movie), width: null, height: null }
  return { durationMs: durationOf(movie), width: turned ? height : width, height: turned ? width : height }
}
