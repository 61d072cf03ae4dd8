import type { Message, MessageDetails } from '../api.ts'
import type { IconName } from '../ui/icon.tsx'
import type { Words } from '../ui/words.tsx'
import { plainText } from './markup.ts'

type SystemEvent = Extract<MessageDetails, { kind: 'system' }>['event']

type Previewed = {
  readonly kind: Message['kind']
  readonly text: string | null
  /** Of a line of the system. */
  readonly event?: SystemEvent | null
  readonly details?: MessageDetails | null
  readonly revoked?: boolean
  readonly revokedAt?: string | null
}

/** More does not fit in a row, and is tiring when a screen reader reads the list. */
const maxCharacters = 160

function shortened(text: string): string {
  if (text.length <= maxCharacters) return text
  const start = text.slice(0, maxCharacters)
  const lastGap = start.lastIndexOf(' ')
  return `${lastGap > maxCharacters / 2 ? start.slice(0, lastGap) : [...start].slice(0, -1).join('')} …`
}

/** A message in one line. */
export function previewOf(w: Words, message: Previewed | null): string {
  if (message === null) return w.thread.empty
  if (message.revoked === true || (message.revokedAt ?? null) !== null) return w.thread.revoked
  if (message.event) return eventLine(w, message.event)
  if (message.details?.kind === 'system') return systemLine(w, message.details)
  if (message.text === null || message.text.trim() === '') return w.kinds[message.kind]
  const words = plainText(message.text).replace(/\s+/g, ' ')
  return shortened(message.kind === 'elsewhere' ? w.elsewhere.said(words) : words)
}

export const kindIcons = {
  text: null,
  image: 'image',
  video: 'film',
  audio: 'play',
  voice: 'mic',
  document: 'file',
  sticker: 'smile',
  location: 'pin',
  contacts: 'user',
  choice: 'check',
  form: 'list',
  order: 'cart',
  template: 'bubble',
  system: 'info',
  unsupported: 'alert',
  elsewhere: 'forward',
} as const satisfies Record<Message['kind'], IconName | null>

/** Types that we do show: only what they consist of did not come. */
const knownTypes = 'text image video audio document sticker location contacts interactive button order'

type Said = (w: Words) => string

/** A map, because the citizen's side chooses the type, and every object has a "constructor". */
const ofType = new Map<string, Said>([
  ...knownTypes.split(' ').map((type): [string, Said] => [type, (w) => w.special.notTransmitted]),
  ['poll', (w) => w.special.poll],
  ['poll_creation', (w) => w.special.poll],
  ['poll_update', (w) => w.special.poll],
  ['event', (w) => w.special.event],
  ['media_placeholder', (w) => w.special.mediaGone],
  // An edited wording does not reach every kind of number; to have it sent again is what helps.
  ['edit', (w) => w.special.unsupported],
  ['pin', (w) => w.special.unsupported],
  ['unsupported', (w) => w.special.unsupported],
  ['unknown', (w) => w.special.unsupported],
])

/** What stands in the place of content that did not come, or that we do not know. */
export function placeholderOf(w: Words, details: MessageDetails | null): string {
  if (details?.kind !== 'unsupported') return w.special.unsupported
  if (details.unavailable) return w.special.unavailable
  return ofType.get(details.type.toLowerCase())?.(w) ?? w.special.unknownType(details.type)
}

function eventLine(
  w: Words,
  event: SystemEvent,
  by: string | null = null,
  reason: string | null = null,
): string {
  const line = w.system[event]
  return typeof line === 'string' ? line : line(by, reason)
}

export function systemLine(w: Words, details: MessageDetails | null): string {
  if (details?.kind !== 'system') return w.system.other
  const { event, by, reason, cause, notice } = details
  if (notice !== undefined) return eventLine(w, event, by, String(notice))
  return eventLine(w, event, by, reason ?? (cause === null ? null : w.causes[cause]))
}
