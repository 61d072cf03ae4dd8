import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Office } from '../office.ts'
import { ingestWaiting } from './ingest-waiting.ts'

const pollMs = 2000
const standbyMs = 1000

/**
 * Ingests until told to stop: woken by the intake's notification, and by a slow poll in case one is lost. Of all processes one
 * ingests at a time (session lock), the others stand by; that keeps messages of a person in order. Returns after the batch in
 * hand is committed.
 * @param observe told of each batch, for metrics: events, messages, seconds
 */
export async function runIngest(
  office: Office,
  signal: AbortSignal,
  observe: (batch: { events: number; messages: number; seconds: number }) => void = () => {},
): Promise<void> {
  while (!signal.aborted) {
    let client: PoolClient | null = null
    try {
      client = await office.pool.connect()
      await lead(client, office, signal, observe)
      await client.query('select pg_advisory_unlock(7319, 4)')
      client.release()
    } catch (error) {
      client?.release(true)
      if (signal.aborted) return
      office.log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'ingest.interrupted')
      await sleep(standbyMs, undefined, { signal }).catch(() => {})
    }
  }
}

async function lead(
  client: PoolClient,
  office: Office,
  signal: AbortSignal,
  observe: (batch: { events: number; messages: number; seconds: number }) => void,
): Promise<void> {
  while (!signal.aborted) {
    const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock(7319, 4) as leads')
    if (rows[0]?.leads) break
    await sleep(standbyMs, undefined, { signal }).catch(() => {})
  }
  if (signal.aborted) return
  const bell = new Bell(client, signal)
  try {
    await client.query('listen intake')
    while (!signal.aborted) {
      bell.quiet()
      const startedAt = performance.now()
      const batch = await ingestWaiting(client, office)
      if (batch.events > 0) observe({ ...batch, seconds: (performance.now() - startedAt) / 1000 })
      else await bell.rung(pollMs)
    }
    await client.query('unlisten intake')
  } finally {
    bell.close()
  }
}

/** Remembers that it rang while nobody was waiting. */
class Bell {
  readonly #client: PoolClient
  readonly #signal: AbortSignal
  #rang = false
  #wake: (() => void) | null = null
  readonly #ring = (): void => {
    this.#rang = true
    this.#wake?.()
  }

  constructor(client: PoolClient, signal: AbortSignal) {
    this.#client = client
    this.#signal = signal
    client.on('notification', this.#ring)
    client.on('error', this.#ring)
    signal.addEventListener('abort', this.#ring)
  }

  quiet(): void {
    this.#rang = false
  }

  async rung(atMostMs: number): Promise<void> {
    if (this.#rang) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, atMostMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
  }

  close(): void {
    this.#client.off('notification', this.#ring)
    this.#client.off('error', this.#ring)
    this.#signal.removeEventListener('abort', this.#ring)
  }
}
