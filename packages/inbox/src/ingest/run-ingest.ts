import { setTimeout as sleep } from 'node:timers/promises'
import { releaseLock, tryLock } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { ingestWaiting } from './ingest-waiting.ts'
import { ReadAhead } from './waiting-events.ts'

const pollMs = 2000
const standbyMs = 1000

/**
 * Ingests until told to stop: woken by the intake's notification, and by a slow poll in case one is lost. Of all processes one
 * ingests at a time (session lock), the others stand by; that keeps messages of a person in order. Returns after the batch in
 * hand is committed.
 * @param observe told of each batch, for metrics: events, messages, seconds
 */
export async function runIngest(
  inbox: Inbox,
  signal: AbortSignal,
  observe: (batch: { events: number; messages: number; seconds: number }) => void = () => {},
): Promise<void> {
  while (!signal.aborted) {
    let client: PoolClient | null = null
    try {
      client = await inbox.pool.connect()
      await lead(client, inbox, signal, observe)
      await releaseLock(client, 'ingesting')
      client.release()
    } catch (error) {
      client?.release(true)
      if (signal.aborted) return
      inbox.log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'ingest.interrupted')
      await sleep(standbyMs, undefined, { signal }).catch(() => {})
    }
  }
}

async function lead(
  client: PoolClient,
  inbox: Inbox,
  signal: AbortSignal,
  observe: (batch: { events: number; messages: number; seconds: number }) => void,
): Promise<void> {
  while (!signal.aborted) {
    if (await tryLock(client, 'ingesting')) break
    await sleep(standbyMs, undefined, { signal }).catch(() => {})
  }
  if (signal.aborted) return
  const arrivals = new ArrivalSignal(client, signal)
  const ahead = new ReadAhead(inbox)
  try {
    await client.query('listen intake')
    while (!signal.aborted) {
      arrivals.reset()
      const startedAt = performance.now()
      const batch = await ingestWaiting(client, inbox, ahead)
      if (batch.events > 0) observe({ ...batch, seconds: (performance.now() - startedAt) / 1000 })
      else await arrivals.wait(pollMs)
    }
    await client.query('unlisten intake')
  } finally {
    arrivals.close()
  }
}

/** The intake's notification, as something to wait for. Remembers one that came while nobody was waiting. */
class ArrivalSignal {
  readonly #client: PoolClient
  readonly #signal: AbortSignal
  #signalled = false
  #wake: (() => void) | null = null
  readonly #notice = (): void => {
    this.#signalled = true
    this.#wake?.()
  }

  constructor(client: PoolClient, signal: AbortSignal) {
    this.#client = client
    this.#signal = signal
    client.on('notification', this.#notice)
    client.on('error', this.#notice)
    signal.addEventListener('abort', this.#notice)
  }

  reset(): void {
    this.#signalled = false
  }

  async wait(maxMs: number): Promise<void> {
    if (this.#signalled) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, maxMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
  }

  close(): void {
    this.#client.off('notification', this.#notice)
    this.#client.off('error', this.#notice)
    this.#signal.removeEventListener('abort', this.#notice)
  }
}
