import type { LiveEvent } from '@buergerdraht/contract'
import type { Visitor } from './visitor.ts'

/** Reads `/events` as a browser's EventSource does: keeps the position, tells events by their type. */
export class EventReader {
  readonly events: LiveEvent[] = []
  readonly status: number
  lastEventId: string
  ended = false
  heartbeats = 0
  readonly #abort: AbortController
  readonly #waiting = new Set<() => void>()

  private constructor(status: number, lastEventId: string, abort: AbortController) {
    this.status = status
    this.lastEventId = lastEventId
    this.#abort = abort
  }

  static async open(visitor: Visitor, lastEventId = ''): Promise<EventReader> {
    const abort = new AbortController()
    const response = await fetch(`${visitor.baseUrl}/api/v1/events`, {
      headers: visitor.headers(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
      signal: abort.signal,
    })
    const reader = new EventReader(response.status, lastEventId, abort)
    if (response.ok && response.body !== null) void reader.#read(response.body)
    else await response.body?.cancel()
    if (response.ok) await reader.until(() => reader.lastEventId !== '')
    return reader
  }

  /** Resolves when the condition holds; fails after a minute. */
  async until(condition: () => boolean, withinMs = 60_000): Promise<void> {
    const deadline = Date.now() + withinMs
    while (!condition()) {
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`Not within ${withinMs} ms; events: ${JSON.stringify(this.events)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#waiting.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  close(): void {
    this.#abort.abort()
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    try {
      for await (const chunk of body) {
        rest += decoder.decode(chunk, { stream: true })
        const blocks = rest.split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) this.#take(block)
        this.#wake()
      }
    } catch {
      // Cut off by the server, or by us.
    }
    this.ended = true
    this.#wake()
  }

  #take(block: string): void {
    const lines = block.split('\n')
    const isHeartbeat = lines.includes('event: heartbeat')
    if (isHeartbeat) this.heartbeats += 1
    for (const line of lines) {
      if (line.startsWith('id: ')) this.lastEventId = line.slice(4)
      if (line.startsWith('data: ') && !isHeartbeat) this.events.push(JSON.parse(line.slice(6)) as LiveEvent)
    }
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }
}
