import { insertRows, type Keys, macOf, seal, withinTime } from '@buergerdraht/office'
import type { Pool } from 'pg'
import { additionalData } from '../stored/additional-data.ts'

type Waiting = {
  readonly channelId: string
  readonly held: boolean
  readonly proofMac: Buffer | null
  readonly mac: Buffer
  readonly sealed: Buffer
  readonly keyId: string
  readonly receivedAt: Date
  readonly stored: () => void
  readonly failed: (error: unknown) => void
}

/** At most this many rows a statement; more wait for the next one. */
const batchSize = 500
/** A statement that takes longer has failed for those who wait: a provider that hears nothing is as good as refused. */
const maxWriteMs = 5000
/** So many bytes may wait while the database does not take them; more are refused at once, and memory stays bounded. */
const maxWaitingBytes = 64 * 1024 * 1024

const columns = {
  channel_id: 'uuid',
  content_mac: 'bytea',
  key_id: 'uuid',
  body_sealed: 'bytea',
  received_at: 'timestamptz',
  held: 'boolean',
  proof_mac: 'bytea',
}

/** The database does not take what comes as fast as it comes. */
class IntakeFull extends Error {
  constructor() {
    super('Too much waits to be stored.')
    this.name = 'IntakeFullError'
  }
}

/**
 * Takes raw webhook events. Group commit without a timer: while one statement commits, the next batch is whatever has
 * arrived meanwhile; a lone event is written at once.
 */
export class Intake {
  readonly #pool: Pool
  readonly #keys: Keys
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #writing: Promise<void> | null = null

  constructor(pool: Pool, keys: Keys) {
    this.#pool = pool
    this.#keys = keys
  }

  /**
   * Stores the bytes of one POST. When it resolves, they MUST be durable: committed, encrypted under today's intake key.
   * The same bytes on the same channel are stored once. Rejects when the database did not take them, in some ten seconds at most
   * when it hangs, or when too much waits for it; the caller MUST then answer 503, so that the provider sends them again.
   * @param held the channel is disabled, or nobody is let in: kept, but not read until it is enabled and somebody is
   * @param proofMac which of the channel's proofs it came with; without one nothing in it can be another channel's
   */
  accept(
    channelId: string,
    body: Uint8Array,
    receivedAt: Date,
    held: boolean,
    proofMac: Buffer | null = null,
  ): Promise<void> {
    if (this.#waitingBytes > maxWaitingBytes) return Promise.reject(new IntakeFull())
    const { id: keyId, bytes } = this.#keys.intake
    const mac = macOf(this.#keys.lookup.event, channelId, body)
    const sealed = seal(bytes, additionalData.event(channelId, mac), body)
    return new Promise((stored, failed) => {
      this.#waiting.push({ channelId, held, proofMac, mac, sealed, keyId, receivedAt, stored, failed })
      this.#waitingBytes += sealed.length
      this.#writing ??= this.#write()
    })
  }

  /** Waits until everything accepted so far is durable. */
  async drain(): Promise<void> {
    while (this.#writing !== null) await this.#writing
  }

  async #write(): Promise<void> {
    // Everything that arrived in this turn of the event loop goes with the first batch.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, batchSize)
      try {
        const written = insertRows(
          this.#pool,
          'webhook_event',
          columns,
          batch.map((one) => [
            one.channelId,
            one.mac,
            one.keyId,
            one.sealed,
            one.receivedAt,
            one.held,
            one.proofMac,
          ]),
          'on conflict (content_mac) do nothing',
        )
        await withinTime(written, maxWriteMs, 'The database')
        for (const one of batch) one.stored()
      } catch (error) {
        for (const one of batch) one.failed(error)
      }
      for (const { sealed } of batch) this.#waitingBytes -= sealed.length
    }
    this.#writing = null
  }
}
