import type { ServerResponse } from 'node:http'
import { type LiveEvent, may, Refusal } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import {
  type AskedFrom,
  awaitsSecondFactor,
  contentTeamsOf,
  isAnsweredFrom,
  type LiveSession,
  liveSessionsOf,
  type SessionRules,
  type Viewer,
} from '@buergerdraht/office'
import type { ChangeNotifier } from './change-notifier.ts'
import { canResumeAfter, type LiveRow, livePosition, liveRowsAfter } from './live-log.ts'

/** Browsers take 20 s of silence for a dead line. */
const heartbeatMs = 8_000
const recheckMs = 3000
/** Finds what no notification told of. */
const pollMs = 5000
const pageSize = 500
/** Who is further behind loads everything anew: cheaper for both sides. */
const catchUpRows = 5000
/** A browser that does not read is dropped; it comes back with its position. */
const bufferedBytes = 256 * 1024
const streamsPerAccount = 12
/** So long a stream that ends may take to hand over what is still unsent. */
const farewellMs = 1000

/**
 * Staff hear of their own teams; administrators of channels, never of conversations; whoever sees proposals that what two persons decide has
 * changed; nobody else of anything.
 */
function mayHear(viewer: Viewer, row: Pick<LiveRow, 'teamId' | 'event'>): boolean {
  if (row.event.type === 'decision.changed') return may(viewer.role, 'see-proposals')
  if (may(viewer.role, 'administer-channels')) return row.event.type === 'channel.changed'
  return row.teamId !== null && contentTeamsOf(viewer).includes(row.teamId)
}

/** Who listens, and where. */
type Listener = {
  readonly liveSession: LiveSession
  readonly from: AskedFrom
  readonly tokenHash: Buffer
}

type Stream = {
  readonly response: ServerResponse
  readonly tokenHash: Buffer
  readonly from: AskedFrom
  viewer: Viewer
  /** Everything up to here has been written, or was not for this viewer. */
  position: bigint
  live: boolean
}

function isHeard(liveSession: LiveSession, from: AskedFrom): boolean {
  return !awaitsSecondFactor(liveSession) && isAnsweredFrom(liveSession, from)
}

function sameRights(a: Viewer, b: Viewer): boolean {
  return a.role === b.role && a.teamIds.join() === b.teamIds.join()
}

/**
 * Server-sent events (WHATWG HTML §9.2) for every open browser of this process. One reader follows the table `live_event`; a
 * stream that resumes reads on its own until it has caught up.
 */
export class LiveStream {
  readonly #office: Inbox
  readonly #rules: SessionRules
  readonly #changes: ChangeNotifier
  readonly #streams = new Set<Stream>()
  #position = 0n
  #reading: Promise<void> | null = null
  #again = false
  #rechecking = false
  #closed = false
  #timers: NodeJS.Timeout[] = []

  constructor(office: Inbox, rules: SessionRules, changes: ChangeNotifier) {
    this.#office = office
    this.#rules = rules
    this.#changes = changes
  }

  get size(): number {
    return this.#streams.size
  }

  async start(): Promise<void> {
    this.#position = await livePosition(this.#office)
    this.#changes.listen(() => this.wake())
    this.#timers = [
      setInterval(() => this.wake(), pollMs),
      setInterval(() => this.#heartbeat(), heartbeatMs),
      setInterval(() => void this.#recheck(), recheckMs),
    ]
  }

  /**
   * Takes over a response whose headers are set. Without `after` the stream begins now.
   * @throws Refusal `too-many-requests` when the account has too many streams open, `not-ready` while shutting down
   */
  async open(
    response: ServerResponse,
    { liveSession, from, tokenHash }: Listener,
    after: bigint | null,
  ): Promise<void> {
    const { viewer } = liveSession
    const resumes = after === null || (await canResumeAfter(this.#office, after))
    const begins = after === null || !resumes
    let position = begins ? await livePosition(this.#office) : after
    if (response.destroyed) return
    // In one turn with the taking in below: many that ask at once are counted as well.
    if (this.#closed) throw new Refusal('not-ready')
    const own = [...this.#streams].filter((stream) => stream.viewer.accountId === viewer.accountId)
    if (own.length >= streamsPerAccount) throw new Refusal('too-many-requests')
    // The common reader may lag behind what is already committed, or have read on since.
    if (begins && this.#position > position) position = this.#position
    const stream: Stream = { response, tokenHash, from, viewer, position, live: begins }
    response.on('close', () => this.#streams.delete(stream))
    response.flushHeaders()
    // A position without data: the browser can resume although nothing has happened yet.
    this.#write(stream, `retry: 2000\nid: ${position}\n\n`)
    if (!resumes) this.#writeReset(stream)
    this.#streams.add(stream)
    // Headers are out: from here on the only way to say no is to hang up.
    if (!stream.live) this.#catchUp(stream).catch(() => response.destroy())
  }

  /** Something was published: reads on. Rings that come while it reads are answered by one more reading. */
  wake(): void {
    if (this.#closed) return
    if (this.#reading !== null) {
      this.#again = true
      return
    }
    this.#reading = this.#read()
      .catch((error: unknown) => this.#office.log.warn({ error }, 'live events not read'))
      .finally(() => {
        this.#reading = null
        if (!this.#again) return
        this.#again = false
        this.wake()
      })
  }

  /** Ends every stream; the browsers come back to whoever listens then, spread over two seconds. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
    await this.#changes.close()
    await this.#reading
    for (const stream of [...this.#streams]) {
      this.#end(stream, `retry: ${500 + Math.floor(Math.random() * 1500)}\n\n`)
    }
  }

  async #read(): Promise<void> {
    for (;;) {
      const rows = await liveRowsAfter(this.#office, this.#position, pageSize)
      for (const row of rows) {
        this.#position = row.id
        for (const stream of this.#streams) if (stream.live) this.#hand(stream, row)
      }
      if (rows.length < pageSize) return
    }
  }

  async #catchUp(stream: Stream): Promise<void> {
    for (let read = 0; read < catchUpRows; ) {
      const rows = await liveRowsAfter(this.#office, stream.position, pageSize)
      for (const row of rows) this.#hand(stream, row)
      read += rows.length
      // Within one turn of the event loop: from here on the common reader takes over without a gap.
      if (rows.length < pageSize && stream.position >= this.#position) {
        stream.live = true
        return
      }
      if (rows.length === 0) stream.position = this.#position
    }
    stream.position = this.#position
    stream.live = true
    this.#writeReset(stream)
  }

  #hand(stream: Stream, row: LiveRow): void {
    if (row.id <= stream.position) return
    stream.position = row.id
    if (mayHear(stream.viewer, row)) this.#writeEvent(stream, row.event)
  }

  #writeReset(stream: Stream): void {
    const at = this.#office.now().toISOString()
    const id = String(stream.position)
    this.#writeEvent(stream, { id, type: 'reset', conversationId: null, messageId: null, inbound: false, at })
  }

  #writeEvent(stream: Stream, event: LiveEvent): void {
    this.#write(stream, `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  #write({ response }: Stream, text: string): void {
    // Writing after the end is an error event that nobody would catch.
    if (response.writableEnded || response.destroyed) return
    response.write(text)
    if (response.writableLength > bufferedBytes) response.destroy()
  }

  /** Says goodbye; who does not read that either is cut off. */
  #end(stream: Stream, farewell = ''): void {
    const { response } = stream
    this.#streams.delete(stream)
    response.end(farewell)
    setTimeout(() => response.destroy(), farewellMs).unref()
  }

  /**
   * An event, not a comment: EventSource tells the page nothing of comments. Also moves the browser's position on, so that a quiet stream
   * can resume after what was not for it.
   */
  #heartbeat(): void {
    for (const stream of this.#streams) {
      this.#write(stream, `event: heartbeat\nid: ${stream.position}\ndata: {}\n\n`)
    }
  }

  /** Ends the streams of sessions that are over or are not answered there any more, and follows changes of role and team. */
  async #recheck(): Promise<void> {
    const streams = [...this.#streams]
    // One after the other: when the database hangs, the next would only wait beside it.
    if (streams.length === 0 || this.#rechecking) return
    this.#rechecking = true
    try {
      const hashes = streams.map((stream) => stream.tokenHash)
      const liveSessions = await liveSessionsOf(this.#office, this.#rules, hashes)
      for (const stream of streams) {
        const liveSession = liveSessions.get(stream.tokenHash.toString('hex'))
        const viewer =
          liveSession !== undefined && isHeard(liveSession, stream.from) ? liveSession.viewer : undefined
        // What was begun under an emergency access ends with it, and the other way round.
        if (viewer === undefined || viewer.emergencyAccess !== stream.viewer.emergencyAccess)
          this.#end(stream)
        else if (!sameRights(viewer, stream.viewer)) {
          stream.viewer = viewer
          this.#writeReset(stream)
        }
      }
    } catch (error) {
      // Nothing can be read now, so nothing is told either; sessions are looked at again in a moment.
      this.#office.log.warn({ error }, 'live sessions not checked')
    } finally {
      this.#rechecking = false
    }
  }
}
