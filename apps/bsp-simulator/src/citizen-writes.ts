import { randomBytes } from 'node:crypto'
import type { WireContact, WireMessage, WireMessageBody } from '@buergerdraht/bsp'
import type { Citizen } from './citizen.ts'
import type { OfficeNumber } from './config.ts'
import { type Bubble, type BubbleContent, quoting } from './message.ts'
import type { MessageTemplates } from './message-templates.ts'
import type { StoredMedia } from './stored-media.ts'
import type { Town } from './town.ts'
import type { WebhookCourier } from './webhook-courier.ts'

/** What everything that happens on the network needs. */
export type Network = {
  readonly office: OfficeNumber
  readonly town: Town
  readonly media: StoredMedia
  readonly courier: WebhookCourier
  readonly templates: MessageTemplates
  readonly now: () => number
}

export function newMessageId(): string {
  return `wamid.${randomBytes(27).toString('base64')}`
}

export type Writing = {
  readonly content: BubbleContent
  readonly replyTo: string | null
  readonly forwarded: boolean
  /** The message as Meta would write it; only for the content `wire`. */
  readonly wire?: WireMessageBody
}

/** A citizen sends: the bubble is on the phone at once, the webhook on its way. */
export function citizenWrites(network: Network, citizen: Citizen, writing: Writing): Bubble {
  const bubble: Bubble = {
    id: newMessageId(),
    direction: 'from-citizen',
    content: writing.content,
    sentAt: new Date(network.now()),
    replyTo: writing.replyTo,
    state: 'waiting',
    reactionOfCitizen: null,
    reactionOfOffice: null,
    edited: false,
    revoked: false,
  }
  network.town.add(citizen, bubble)
  const context = quoting(writing.replyTo, network.office.displayPhoneNumber).context
  const body = writing.wire ?? wireBodyOf(network, writing.content)
  const forwarded = writing.forwarded ? { forwarded: true } : {}
  void tellOffice(network, citizen, bubble.id, {
    ...body,
    ...(context || writing.forwarded ? { context: { ...context, ...forwarded } } : {}),
  })
  return bubble
}

/** The office's system has it. */
export function messageWasTaken({ town }: Pick<Network, 'town'>, messageId: string): void {
  const found = town.bubble(messageId)
  if (found?.bubble.state !== 'waiting') return
  found.bubble.state = 'delivered'
  town.update(found.citizen, found.bubble)
}

/** Sets or, with null, removes the citizen's reaction to any bubble on their phone. */
export function citizenReacts(
  network: Network,
  citizen: Citizen,
  bubble: Bubble,
  emoji: string | null,
): void {
  bubble.reactionOfCitizen = emoji
  network.town.update(citizen, bubble)
  // Removals are written without the key by some versions and with an empty emoji by others; we take the former.
  const reaction = emoji === null ? { message_id: bubble.id } : { message_id: bubble.id, emoji }
  void tellOffice(network, citizen, newMessageId(), { type: 'reaction', reaction })
}

/** As numbers with the phone app beside the API report it. */
export function citizenEdits(network: Network, citizen: Citizen, bubble: Bubble, text: string): void {
  bubble.content = 'mediaId' in bubble.content ? { ...bubble.content, text } : { kind: 'text', text }
  bubble.edited = true
  network.town.update(citizen, bubble)
  const message = wireBodyOf(network, bubble.content)
  void tellOffice(network, citizen, newMessageId(), {
    type: 'edit',
    edit: { original_message_id: bubble.id, message },
  })
}

export function citizenRevokes(network: Network, citizen: Citizen, bubble: Bubble): void {
  bubble.revoked = true
  network.town.update(citizen, bubble)
  void tellOffice(network, citizen, newMessageId(), {
    type: 'revoke',
    revoke: { original_message_id: bubble.id },
  })
}

export function citizenCalls(network: Network, citizen: Citizen): string {
  const id = `wacid.${randomBytes(20).toString('base64')}`
  const call = {
    id,
    ...sendingAs(citizen),
    event: 'connect',
    direction: 'USER_INITIATED',
    timestamp: timestampOf(network),
  }
  void network.courier.deliver({ contacts: [contactOf(citizen)], calls: [call] }, 'calls')
  return id
}

function tellOffice(network: Network, citizen: Citizen, id: string, body: WireMessageBody): Promise<void> {
  const message: WireMessage = { ...sendingAs(citizen), id, timestamp: timestampOf(network), ...body }
  return network.courier.deliver({ contacts: [contactOf(citizen)], messages: [message] }, 'messages', id)
}

/** Citizens behind a username are named by their BSUID alone. */
function sendingAs(citizen: Citizen): { from?: string; from_user_id: string } {
  return { ...(citizen.phone === null ? {} : { from: citizen.phone }), from_user_id: citizen.bsuid }
}

export function contactOf(citizen: Citizen): WireContact {
  return {
    profile: {
      name: citizen.profileName,
      ...(citizen.username === null ? {} : { username: citizen.username }),
    },
    ...(citizen.phone === null ? {} : { wa_id: citizen.phone }),
    user_id: citizen.bsuid,
  }
}

export function timestampOf(network: Network): string {
  return String(Math.trunc(network.now() / 1000))
}

function wireBodyOf(network: Network, content: BubbleContent): WireMessageBody {
  switch (content.kind) {
    case 'text':
      return { type: 'text', text: { body: content.text } }
    case 'location':
      return { type: 'location', location: content.location }
    case 'contacts':
      return { type: 'contacts', contacts: content.contacts }
    case 'call':
    case 'wire':
      return { type: 'unsupported' }
    default: {
      const type = content.kind === 'voice' ? 'audio' : content.kind
      const file = network.media.find(content.mediaId)
      const media = {
        id: content.mediaId,
        mime_type: content.mediaType,
        sha256: file?.sha256.toString('base64') ?? '',
        ...(content.text === null ? {} : { caption: content.text }),
        ...(content.kind === 'document' && content.fileName !== null ? { filename: content.fileName } : {}),
        ...(type === 'audio' ? { voice: content.kind === 'voice' } : {}),
        ...(type === 'sticker' ? { animated: false } : {}),
        ...(file ? { url: network.media.addressOf(file) } : {}),
      }
      return { type, [type]: media }
    }
  }
}
