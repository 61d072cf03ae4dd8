import type { ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { startConfined } from './confined-process.ts'
import type { PdfFacts } from './pdf-page.ts'
import type { Picture, Preview } from './picture.ts'
import type { SoundFacts } from './sound.ts'

/** What the describing process can be asked for, and what it answers. */
type Descriptions = {
  picture: {
    readonly ask: { readonly mediaType: string; readonly maxBytes: number | null }
    readonly answer: Picture
  }
  pdf: { readonly ask: object; readonly answer: PdfFacts }
  'pdf-page': { readonly ask: { readonly page: number; readonly edge: number }; readonly answer: Preview }
  heif: { readonly ask: { readonly edge: number }; readonly answer: Preview }
  sound: { readonly ask: object; readonly answer: SoundFacts }
}

type Asked<K extends keyof Descriptions> = { readonly about: K } & Descriptions[K]['ask']

/** What goes to the describing process. */
export type Question = {
  [K in keyof Descriptions]: Asked<K> & { readonly bytes: Uint8Array }
}[keyof Descriptions]
export type Reply = { readonly described: unknown } | { readonly failed: 'damaged' | 'too-many-pixels' }

/** Damaged, too much of it, or it brought the describing process down. */
export class NotDescribable extends Error {
  readonly reason: 'damaged' | 'too-many-pixels' | 'timed-out' | 'crashed'
  constructor(reason: NotDescribable['reason']) {
    super(`The content cannot be described: ${reason}.`)
    this.name = 'NotDescribable'
    this.reason = reason
  }
}

/** For a slow machine that is busy with something else; who waits is a job, or a clerk with an upload. */
const timeoutsMs = { picture: 120_000, pdf: 30_000, 'pdf-page': 20_000, heif: 30_000, sound: 60_000 } as const
const idleMs = 30_000

// Compiled code, also when a test runs the source.
const entry = createRequire(import.meta.url).resolve('@buergerdraht/inbox/describing-process')

/** Room for one process; it is started when it is needed and ended when it has had nothing to do for a while. */
type Place = {
  child: ChildProcess | null
  idle: NodeJS.Timeout | null
}

/** Two, so that a slow file is not everybody's delay, and no more, because each may fill hundreds of megabytes and a core. */
const free: Place[] = Array.from({ length: 2 }, () => ({ child: null, idle: null }))
const waiting: ((place: Place) => void)[] = []

/** The place left last comes first: where one process is enough, there is one. */
function takePlace(): Promise<Place> {
  const place = free.pop()
  return place === undefined ? new Promise((take) => waiting.push(take)) : Promise.resolve(place)
}

function leavePlace(place: Place): void {
  const next = waiting.shift()
  if (next === undefined) free.push(place)
  else next(place)
}

function start(place: Place): ChildProcess {
  const child = startConfined(entry)
  function gone() {
    if (place.child === child) place.child = null
  }
  child.once('exit', gone)
  // Not started at all, or no longer to be reached.
  child.on('error', gone)
  return child
}

/** Lets this process end although the other one waits for work, and ends that one after a while. */
function rest(place: Place, child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  place.idle = setTimeout(() => child.kill('SIGKILL'), idleMs)
  place.idle.unref()
}

function askOnce(place: Place, question: Question, timeoutMs: number): Promise<unknown> {
  if (place.idle !== null) clearTimeout(place.idle)
  place.child ??= start(place)
  const child = place.child
  child.ref()
  child.channel?.ref()
  return new Promise((resolve, reject) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, timeoutMs)
    function ended() {
      clearTimeout(timer)
      child.off('message', answered).off('exit', ended).off('error', ended)
      reject(new NotDescribable(late ? 'timed-out' : 'crashed'))
    }
    function answered(reply: Reply) {
      clearTimeout(timer)
      child.off('exit', ended).off('error', ended)
      rest(place, child)
      if ('failed' in reply) reject(new NotDescribable(reply.failed))
      else resolve(reply.described)
    }
    child.once('message', answered)
    child.once('exit', ended)
    child.once('error', ended)
    child.send(question)
  })
}

/**
 * Reads a stranger's bytes in another process, two files at a time: a decoder that hangs is killed, one that breaks takes nothing
 * down, and none of them shares memory with our keys or can reach their folder.
 * @param read called when it is this file's turn, so that those who wait take no memory
 * @throws NotDescribable, and what `read` throws
 */
export async function describe<K extends keyof Descriptions>(
  question: Asked<K>,
  read: () => Promise<Uint8Array>,
  timeoutMs: number = timeoutsMs[question.about],
): Promise<Descriptions[K]['answer']> {
  const place = await takePlace()
  try {
    const asked = { ...question, bytes: await read() } as unknown as Question
    return (await askOnce(place, asked, timeoutMs)) as Descriptions[K]['answer']
  } finally {
    leavePlace(place)
  }
}
