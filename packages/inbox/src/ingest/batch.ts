import type { BspEvent } from '@buergerdraht/bsp'
import type { ChannelNoticeCode } from '@buergerdraht/contract'
import type { Announcement, NewDataKey } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import type { StoredProfile } from '../stored/additional-data.ts'
import { providerIdMac } from '../stored/provider-id.ts'

/** One thing a webhook said, with where it came from. */
export type Item = {
  readonly channelId: string
  readonly event: BspEvent
  readonly receivedAt: Date
}

export type IdentityKind = 'phone' | 'bsuid' | 'parent-bsuid'

export type ChannelState = {
  readonly id: string
  readonly teamId: string
  readonly phoneNumberId: string
  readonly wabaId: string | null
}

export type ContactState = {
  readonly id: string
  readonly channelId: string
  readonly keyId: string
  readonly key: Buffer
  profile: StoredProfile
  /** Current ones only: kind → keyed hash in hex. */
  readonly identities: Map<IdentityKind, { readonly id: string; readonly mac: string }>
  openConversation: ConversationState | null
  notice: string | null
  readonly isNew: boolean
  changed: boolean
}

export type ConversationState = {
  readonly id: string
  readonly channelId: string
  readonly teamId: string
  readonly keyId: string
  readonly key: Buffer
  contactId: string
  lastInboundAt: Date | null
  windowShutAt: Date | null
  waitingSince: Date | null
  unread: number
  lastMessageId: string | null
  lastMessageAt: Date
  readonly openedAt: Date
  readonly isNew: boolean
  changed: boolean
}

export type MessageState = {
  readonly id: string
  readonly channelId: string
  readonly conversationId: string
  readonly contactId: string
  readonly teamId: string
  readonly keyId: string
  readonly direction: 'inbound' | 'outbound'
  kind: string
  providerIdMac: string | null
  /** Only where this batch learned it: to be sealed. */
  providerId: string | null
  contentSealed: Buffer | null
  sentAt: Date
  editedAt: Date | null
  revokedAt: Date | null
  sendState: string | null
  statusSentAt: Date | null
  deliveredAt: Date | null
  readAt: Date | null
  playedAt: Date | null
  failedAt: Date | null
  errorCode: string | null
  priceCategory: string | null
  isNew: boolean
  changed: boolean
}

export type ReactionState = {
  readonly id: string
  readonly messageId: string
  readonly at: Date
  readonly providerIdMac: string | null
  replaced: boolean
}

export type NewMessage = {
  readonly state: MessageState
  readonly receivedAt: Date
  readonly replyToId: string | null
  readonly replyToMac: string | null
  readonly forwarded: string
  readonly fromApp: boolean
}

export type EarlyArrivalRow = {
  readonly channelId: string
  readonly targetMac: string
  readonly kind: 'status' | 'reaction'
  readonly event: BspEvent
}

/** Everything a batch knows and everything it will write, collected before the first write. */
export type Batch = {
  readonly inbox: Inbox
  readonly at: Date
  readonly channels: Map<string, ChannelState>
  readonly contacts: Map<string, ContactState>
  /** `channel|kind|mac` → contact. */
  readonly contactByIdentity: Map<string, ContactState>
  readonly providerMacs: Map<string, string>
  /** Hash of the provider's id → message, for what is stored and for what this batch adds. */
  readonly messages: Map<string, MessageState>
  readonly messagesById: Map<string, MessageState>
  readonly reactions: Map<string, ReactionState[]>
  readonly conversations: Map<string, ConversationState>
  /** Key id → key, of the conversations of all messages known here. */
  readonly conversationKeys: Map<string, Buffer>

  readonly newKeys: NewDataKey[]
  readonly newIdentities: {
    id: string
    contact: ContactState
    kind: IdentityKind
    mac: string
    value: string
    at: Date
  }[]
  readonly endedIdentities: string[]
  readonly merges: { readonly from: ContactState; readonly to: ContactState }[]
  readonly newMessages: NewMessage[]
  readonly versions: { readonly messageId: string; readonly contentSealed: Buffer; readonly at: Date }[]
  readonly newReactions: { readonly state: ReactionState; readonly emojiSealed: Buffer | null }[]
  readonly replacedReactions: string[]
  readonly attachments: NewAttachment[]
  /** Text to be found under; an empty one removes the entry. */
  readonly searchTexts: Map<string, SearchText>
  readonly early: EarlyArrivalRow[]
  readonly notices: {
    readonly channelId: string
    readonly code: ChannelNoticeCode
    readonly detail: string
  }[]
  readonly counts: Map<string, { readonly channelId: string; readonly reason: string; count: number }>
  /** Conversation → when the provider said that its window is closed. */
  readonly shutWindows: Map<string, Date>
  /** Contacts whose security code the provider found changed. */
  readonly identitiesToConfirm: Set<string>
  readonly stoppedChannels: Set<string>
  readonly testedChannels: Set<string>
  readonly templates: Map<string, TemplateChange>
  readonly announcements: Map<string, Announcement>
}

export type NewAttachment = {
  readonly id: string
  readonly messageId: string
  readonly conversationId: string
  readonly kind: string
  readonly state: 'pending' | 'failed'
  readonly mediaType: string
  readonly fileNameSealed: Buffer | null
  readonly sourceSealed: Buffer
  readonly claimedSha256: Buffer | null
  readonly deadlineAt: Date
  readonly createdAt: Date
}

export type SearchText = {
  readonly conversationId: string
  readonly teamId: string
  /** Null: the contact's name. */
  readonly messageId: string | null
  readonly at: Date
  readonly text: string
}

export type TemplateChange = {
  readonly channelId: string
  readonly name: string
  readonly language: string
  readonly state: string | null
  readonly category: string | null
  readonly reason: string | null
}

export function identityKey(channelId: string, kind: IdentityKind, mac: string): string {
  return `${channelId}|${kind}|${mac}`
}
/** What a provider's message id is known by here: its keyed hash, computed once a batch. */
export function providerMac(batch: Batch, channelId: string, providerId: string): string {
  const key = `${channelId}|${providerId}`
  const known = batch.providerMacs.get(key)
  if (known !== undefined) return known
  const mac = providerIdMac(batch.inbox.keys, channelId, providerId)
  batch.providerMacs.set(key, mac)
  return mac
}

export function messageOf(batch: Batch, channelId: string, providerId: string): MessageState | undefined {
  return batch.messages.get(providerMac(batch, channelId, providerId))
}

export function emptyBatch(inbox: Inbox, at: Date): Batch {
  return {
    inbox,
    at,
    channels: new Map(),
    contacts: new Map(),
    contactByIdentity: new Map(),
    providerMacs: new Map(),
    messages: new Map(),
    messagesById: new Map(),
    reactions: new Map(),
    conversations: new Map(),
    conversationKeys: new Map(),
    newKeys: [],
    newIdentities: [],
    endedIdentities: [],
    merges: [],
    newMessages: [],
    versions: [],
    newReactions: [],
    replacedReactions: [],
    attachments: [],
    searchTexts: new Map(),
    early: [],
    notices: [],
    counts: new Map(),
    shutWindows: new Map(),
    identitiesToConfirm: new Set(),
    stoppedChannels: new Set(),
    testedChannels: new Set(),
    templates: new Map(),
    announcements: new Map(),
  }
}

/** Counts something that is not kept, by day and reason. */
export function count(batch: Batch, channelId: string, reason: string): void {
  const key = `${channelId}|${reason}`
  const known = batch.counts.get(key)
  if (known === undefined) batch.counts.set(key, { channelId, reason, count: 1 })
  else known.count += 1
}

/** The browsers hear of a message once a batch; that it is new outweighs that it changed. */
export function announceMessage(batch: Batch, message: MessageState, stored: boolean): void {
  const known = batch.announcements.get(message.id)
  const isStored = stored || known?.type === 'message.stored'
  batch.announcements.set(message.id, {
    type: isStored ? 'message.stored' : 'message.changed',
    teamId: message.teamId,
    conversationId: message.conversationId,
    messageId: message.id,
    inbound: isStored && message.direction === 'inbound' && message.kind !== 'system',
  })
}

export function announceConversation(batch: Batch, conversation: ConversationState): void {
  batch.announcements.set(conversation.id, {
    type: 'conversation.changed',
    teamId: conversation.teamId,
    conversationId: conversation.id,
    messageId: null,
    inbound: false,
  })
}

export function announceChannel(batch: Batch, channelId: string): void {
  batch.announcements.set(channelId, {
    type: 'channel.changed',
    teamId: null,
    conversationId: null,
    messageId: null,
    inbound: false,
  })
}
