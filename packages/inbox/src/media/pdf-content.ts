import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { DangerFound } from './danger.ts'
import type { RandomAccess } from './zip-directory.ts'

const unpack = promisify(inflate)

/** A name as PDF may write it (ISO 32000-2 §7.3.5): any letter also as `#` and two hexadecimal digits. */
function named(...names: string[]): RegExp {
  const spelled = names.map((name) =>
    [...name].map((sign) => `(?:${sign}|#${sign.charCodeAt(0).toString(16)})`).join(''),
  )
  return new RegExp(`/(?:${spelled.join('|')})(?![A-Za-z0-9])`, 'i')
}

const running = named('JavaScript', 'Launch', 'RichMedia', 'ImportData')
const embedded = named('EmbeddedFile', 'EmbeddedFiles', 'GoToE')
const fetching = named('GoToR')
const objectStream = new RegExp(named('ObjStm'), 'gi')
const encrypted = named('Encrypt')
/** Packed in the one way that everybody uses, without prediction. */
const plainlyPacked = /\/Filter\s*(?:\[\s*)?\/FlateDecode(?:\s*\])?(?!\s*\/[A-Z]\w*Decode)/

const windowLength = 1024 * 1024
/** Longer than any dictionary of an object stream needs to be, and than any name. */
const overlap = 4096
const maxPacked = 8 * 1024 * 1024
const maxUnpacked = 32 * 1024 * 1024
/** Read and unpacked, of one file. */
const maxLookedAt = 256 * 1024 * 1024
const maxStreams = 20_000

function judge(text: string): void {
  if (running.test(text)) throw new DangerFound('active-content')
  if (embedded.test(text)) throw new DangerFound('embedded-object')
  if (fetching.test(text)) throw new DangerFound('external-content')
}

type ObjectStream = {
  readonly dictionary: string
  readonly start: number
  /** Up to the next word that may end it. */
  readonly length: number
}

/** All of it: what ends early, or pretends to, is null. */
async function unpackWhole(packed: Buffer): Promise<Buffer | null> {
  try {
    return await unpack(packed, { maxOutputLength: maxUnpacked })
  } catch {
    return null
  }
}

/** Objects that are packed together (ISO 32000-2 §7.5.7). @returns bytes read and unpacked */
async function judgeObjects(file: RandomAccess, stream: ObjectStream): Promise<number> {
  const { dictionary, start, length } = stream
  if (!plainlyPacked.test(dictionary) || /\/Predictor\s*(?!1\b)/.test(dictionary))
    throw new DangerFound('unreadable')
  const objects = await unpackWhole(await file.read(start, length))
  if (objects !== null) {
    judge(objects.toString('latin1'))
    return length + objects.length
  }
  if (length >= maxPacked) throw new DangerFound('unreadable')
  return judgeObjects(file, { ...stream, length: maxPacked })
}

/**
 * Looks through a PDF (ISO 32000-2) for what runs, opens or fetches something: plain objects, and those packed in object streams. Where
 * it is encrypted, only the names outside of these can be seen: `sealed`. Linear in its size.
 * @throws DangerFound
 */
export async function judgePdf(file: RandomAccess): Promise<{ readonly sealed: boolean }> {
  const streams: ObjectStream[] = []
  let declared = 0
  let sealed = false
  for (let at = 0; at < file.sizeBytes; at += windowLength - overlap) {
    const text = (await file.read(at, windowLength)).toString('latin1')
    judge(text)
    sealed ||= encrypted.test(text)
    const seenBefore = at === 0 ? 0 : overlap / 2
    for (const { index } of text.matchAll(objectStream)) if (index >= seenBefore) declared += 1
    for (const found of text.matchAll(/(?<!end)stream\r?\n/g)) {
      if (found.index < seenBefore) continue
      const before = text.slice(Math.max(0, found.index - overlap / 2), found.index)
      const dictionary = before.slice(before.lastIndexOf('obj') + 3)
      if (dictionary.search(objectStream) < 0) continue
      const from = found.index + found[0].length
      const end = text.indexOf('endstream', from)
      streams.push({ dictionary, start: at + from, length: end < 0 ? maxPacked : end - from })
    }
  }
  if (sealed) return { sealed }
  // One of which the stream was not found could hold anything.
  if (streams.length > maxStreams || declared > streams.length) throw new DangerFound('unreadable')
  let looked = 0
  for (const stream of streams) {
    looked += await judgeObjects(file, stream)
    if (looked > maxLookedAt) throw new DangerFound('unreadable')
  }
  return { sealed }
}
