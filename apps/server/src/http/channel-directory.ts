import { type ChannelCredentials, channelCredentialsOf, type Inbox } from '@buergerdraht/inbox'
import { withinTime } from '@buergerdraht/office'

/** So long may a change of a channel take to reach the intake. */
const freshMs = 1000
const remembered = 1000
/** A provider waits for its answer. */
const maxFindMs = 5000
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

type Entry = {
  readonly askedAt: number
  readonly channel: Promise<ChannelCredentials | null>
}

/** Channels with their decrypted credentials, in memory for the intake: asked for once a second at most, however much comes. */
export class ChannelDirectory {
  readonly #office: Pick<Inbox, 'prisma' | 'keys' | 'bspHosts'>
  readonly #entries = new Map<string, Entry>()

  constructor(office: Pick<Inbox, 'prisma' | 'keys' | 'bspHosts'>) {
    this.#office = office
  }

  /** Null: there is no such channel. Rejects when the database cannot be asked. */
  find(id: string): Promise<ChannelCredentials | null> {
    if (!uuid.test(id)) return Promise.resolve(null)
    const now = performance.now()
    const known = this.#entries.get(id)
    if (known !== undefined && now - known.askedAt < freshMs) return known.channel
    const channel = withinTime(channelCredentialsOf(this.#office, id), maxFindMs, 'The database')
    this.#entries.delete(id)
    this.#entries.set(id, { askedAt: now, channel })
    channel.catch(() => this.#entries.delete(id))
    if (this.#entries.size > remembered) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    return channel
  }

  /** A channel was changed by this very process: the next webhook already meets what it is now. */
  forget(id: string): void {
    this.#entries.delete(id)
  }
}
