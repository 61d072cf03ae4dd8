import { adapterFor, type BspAccount, type BspAdapter, VENDORS, type Vendor } from '@buergerdraht/bsp'
import { type Office, openJson, places, type StoredCredentials } from '@buergerdraht/inbox'

/** What the intake must know of a channel. */
export interface KnownChannel {
  readonly id: string
  readonly adapter: BspAdapter
  readonly account: BspAccount
  readonly disabled: boolean
  readonly revision: number
}

/** So long may a change of a channel take to reach the intake. */
const freshMs = 1000
const remembered = 1000
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

interface Entry {
  readonly checkedAt: number
  readonly channel: Promise<KnownChannel | null>
}

interface Row {
  readonly id: string
  readonly vendor: string
  readonly phone_number_id: string
  readonly waba_id: string | null
  readonly base_url: string
  readonly state: string
  readonly revision: number
  readonly key_id: string
  readonly credentials_sealed: Buffer
}

const isVendor = (vendor: string): vendor is Vendor => VENDORS.some((known) => known === vendor)

/**
 * Channels with their decrypted accounts, in memory for the intake: looked up once a second at most, decrypted once a
 * revision. Many requests at once share one look-up.
 */
export class ChannelDirectory {
  readonly #office: Pick<Office, 'pool' | 'keys'>
  readonly #entries = new Map<string, Entry>()

  constructor(office: Pick<Office, 'pool' | 'keys'>) {
    this.#office = office
  }

  /** Null: there is no such channel. Rejects when the database cannot be asked. */
  find(id: string): Promise<KnownChannel | null> {
    if (!uuid.test(id)) return Promise.resolve(null)
    const now = performance.now()
    const entry = this.#entries.get(id)
    if (entry !== undefined && now - entry.checkedAt < freshMs) return entry.channel
    const channel = this.#load(id, entry?.channel)
    this.#entries.delete(id)
    this.#entries.set(id, { checkedAt: now, channel })
    channel.catch(() => this.#entries.delete(id))
    if (this.#entries.size > remembered) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    return channel
  }

  async #load(id: string, previous: Promise<KnownChannel | null> | undefined): Promise<KnownChannel | null> {
    const { rows } = await this.#office.pool.query<Row>({
      name: 'intake-channel',
      text: `select id, vendor, phone_number_id, waba_id, base_url, state, revision, key_id, credentials_sealed
        from channel where id = $1`,
      values: [id],
    })
    const row = rows[0]
    if (row === undefined || !isVendor(row.vendor)) return null
    const known = await previous?.catch(() => null)
    if (known !== null && known !== undefined && known.revision === row.revision) return known
    const key = await this.#office.keys.get(row.key_id)
    const credentials = openJson<StoredCredentials>(key, places.credentials(id), row.credentials_sealed)
    return {
      id,
      adapter: adapterFor(row.vendor),
      account: {
        phoneNumberId: row.phone_number_id,
        wabaId: row.waba_id,
        baseUrl: row.base_url,
        ...credentials,
      },
      disabled: row.state === 'disabled',
      revision: row.revision,
    }
  }
}
