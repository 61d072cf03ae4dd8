import type { Keys } from '@buergerdraht/office'
import { providerIdMac } from '../stored/provider-id.ts'
import type { Conversation } from './conversations.ts'

/** What may become of a message once it is there. Whose it is and where it stands is not among it. */
type Changing = {
  kind: string
  providerIdMac: Buffer | null
  /** Only where this batch learned it: to be sealed. */
  providerId: string | null
  /** `unread`: there is content, and this batch has no use for it. */
  content: Buffer | 'unread' | null
  sentAt: Date
  editedAt: Date | null
  revokedAt: Date | null
  /** Of its newest edit or revocation; in the order of arrival. */
  statementId: string | null
  sendState: string | null
  statusSentAt: Date | null
  deliveredAt: Date | null
  readAt: Date | null
  playedAt: Date | null
  failedAt: Date | null
  errorCode: string | null
  priceCategory: string | null
}

type MessageState = Changing & {
  readonly id: string
  /** A clerk has decided about it: nothing more is to be done. */
  readonly settledAt: Date | null
  readonly channelId: string
  readonly conversation: Conversation
  readonly direction: 'inbound' | 'outbound'
  changed: boolean
}

/** A message, to be read. Only {@link Messages} changes one, and never its conversation. */
export type Message = Readonly<MessageState>
export type StoredMessage = Omit<Message, 'changed' | 'providerId'>

/** What is known of a message only when it is new. */
type Arrival = {
  readonly receivedAt: Date
  readonly replyToId: string | null
  readonly replyToMac: Buffer | null
  readonly forwarded: string
  readonly fromApp: boolean
}
export type NewMessage = Arrival & { readonly message: Message }

type Version = {
  readonly messageId: string
  readonly contentSealed: Buffer
  /** When it was said. */
  readonly at: Date
  /** It came after what replaced it, perhaps not for the first time. */
  readonly late: boolean
}

type DatedBack = { readonly lineId: string; readonly lostId: string }

/** The messages that a batch speaks of, by the provider's ids, and those that it adds. */
export class Messages {
  readonly #keys: Pick<Keys, 'lookup'>
  readonly #macs = new Map<string, Buffer>()
  readonly #byMac = new Map<string, MessageState>()
  readonly #byId = new Map<string, MessageState>()
  readonly #new = new Map<string, NewMessage>()
  readonly #versions: Version[] = []
  readonly #datedBack: DatedBack[] = []

  constructor(keys: Pick<Keys, 'lookup'>) {
    this.#keys = keys
  }

  /** What a provider's message id is known by here: its keyed hash, computed once a batch. */
  macOf(channelId: string, providerId: string): Buffer {
    const key = `${channelId}|${providerId}`
    const known = this.#macs.get(key)
    if (known !== undefined) return known
    const mac = providerIdMac(this.#keys, channelId, providerId)
    this.#macs.set(key, mac)
    return mac
  }

  addStored(stored: StoredMessage): void {
    this.#keep({ ...stored, providerId: null, changed: false })
  }

  known(channelId: string, providerId: string): Message | undefined {
    return this.#byMac.get(this.macOf(channelId, providerId).toString('hex'))
  }

  get(id: string): Message | undefined {
    return this.#byId.get(id)
  }

  isNew(id: string): boolean {
    return this.#new.has(id)
  }

  add(message: Omit<Message, 'changed'>, arrival: Arrival): Message {
    const state = { ...message, changed: false }
    this.#keep(state)
    this.#new.set(state.id, { ...arrival, message: state })
    return state
  }

  change({ id }: Pick<Message, 'id'>, change: Partial<Changing>): void {
    const message = this.#byId.get(id)
    if (message === undefined) throw new Error('This message is not part of the batch.')
    Object.assign(message, change)
    message.changed = true
    if (message.providerIdMac !== null) this.#byMac.set(message.providerIdMac.toString('hex'), message)
  }

  /** Keeps a wording that counts no longer, by when it was said. */
  keepVersion(
    { id }: Pick<Message, 'id'>,
    contentSealed: Buffer,
    at: Date,
    { late = false }: { readonly late?: boolean } = {},
  ): void {
    this.#versions.push({ messageId: id, contentSealed, at, late })
  }

  /** A line of ours tells in another matter of an answer that is lost: the citizen waits since what that was to. */
  dateBack({ id }: Message, lost: Message): void {
    this.#datedBack.push({ lineId: id, lostId: lost.id })
  }

  changes(): {
    readonly added: readonly NewMessage[]
    readonly changed: readonly Message[]
    readonly versions: readonly Version[]
    readonly datedBack: readonly DatedBack[]
  } {
    return {
      added: [...this.#new.values()],
      changed: [...this.#byId.values()].filter(({ changed }) => changed),
      versions: this.#versions,
      datedBack: this.#datedBack,
    }
  }

  #keep(message: MessageState): void {
    this.#byId.set(message.id, message)
    if (message.providerIdMac !== null) this.#byMac.set(message.providerIdMac.toString('hex'), message)
  }
}
