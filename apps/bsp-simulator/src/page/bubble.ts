import { element, picture, spoken } from './element.ts'
import type { BubbleState, BubbleView } from './view.ts'
import { currentLanguage, say, type Word } from './words.ts'

const emojis = ['👍', '❤️', '😂', '😮', '🙏'] as const

export type BubbleActions = {
  react(bubble: BubbleView, emoji: string | null): void
  quote(bubble: BubbleView): void
  edit(bubble: BubbleView): void
  revoke(bubble: BubbleView): void
  play(bubble: BubbleView): void
  find(id: string): BubbleView | null
}

/** One message as the citizen sees it. Drawn again when anything about it changes. */
export function drawBubble(bubble: BubbleView, officeName: string, actions: BubbleActions): HTMLElement {
  const mine = bubble.direction === 'from-citizen'
  const time = new Date(bubble.sentAt)
  const clock = new Intl.DateTimeFormat(currentLanguage(), { timeStyle: 'short' }).format(time)
  const menu = bubble.revoked ? null : drawMenu(bubble, mine, actions)
  return element(
    'article',
    { class: `bubble ${mine ? 'mine' : 'theirs'} kind-${bubble.kind}`, 'data-id': bubble.id },
    element(
      'div',
      { class: 'bubble-body' },
      spoken(`${mine ? say('me') : officeName}: `),
      ...contentOf(bubble, actions),
      element(
        'p',
        { class: 'bubble-foot' },
        bubble.edited && !bubble.revoked ? element('span', {}, `${say('edited')} · `) : null,
        element('time', { datetime: bubble.sentAt }, clock),
        mine ? drawTicks(bubble.status) : null,
      ),
      drawReactions(bubble, officeName),
    ),
    ...(menu ?? []),
  )
}

/** What a quote or an announcement says of it. */
export function summaryOf(bubble: BubbleView): string {
  if (bubble.revoked) return say('revoked')
  const kinds: Readonly<Record<BubbleView['kind'], Word>> = {
    text: 'message',
    image: 'photo',
    video: 'video',
    audio: 'audio',
    voice: 'voice',
    document: 'document',
    sticker: 'sticker',
    location: 'location',
    contacts: 'contact',
    call: 'call',
    wire: 'special',
  }
  if (bubble.kind === 'text') return bubble.text ?? ''
  const kind = say(kinds[bubble.kind], { type: bubble.text ?? '' })
  return bubble.kind !== 'wire' && bubble.text ? `${kind}: ${bubble.text}` : kind
}

function contentOf(bubble: BubbleView, actions: BubbleActions): Node[] {
  if (bubble.revoked) return [element('p', { class: 'gone' }, say('revoked'))]
  const nodes: Node[] = []
  if (bubble.replyTo !== null) {
    const quoted = actions.find(bubble.replyTo)
    nodes.push(
      element(
        'blockquote',
        { class: 'quote', dir: 'auto' },
        quoted ? summaryOf(quoted) : say('quotedMissing'),
      ),
    )
  }
  const file = fileOf(bubble, actions)
  if (file) nodes.push(file)
  if (bubble.location) {
    const { name, address, latitude, longitude } = bubble.location
    nodes.push(
      element(
        'p',
        { class: 'attachment' },
        picture('pin'),
        element(
          'span',
          {},
          name ?? say('location'),
          element('small', {}, address ?? `${latitude}, ${longitude}`),
        ),
      ),
    )
  }
  for (const contact of bubble.contacts ?? []) {
    nodes.push(
      element(
        'p',
        { class: 'attachment' },
        picture('person'),
        element(
          'span',
          {},
          contact.name?.formatted_name ?? say('contact'),
          element('small', {}, (contact.phones ?? []).map(({ phone }) => phone ?? '').join(', ')),
        ),
      ),
    )
  }
  if (bubble.kind === 'wire') nodes.push(element('p', { class: 'gone' }, summaryOf(bubble)))
  else if (bubble.text) nodes.push(element('p', { class: 'text', dir: 'auto' }, ...written(bubble.text)))
  return nodes
}

function fileOf(bubble: BubbleView, actions: BubbleActions): HTMLElement | null {
  const { media } = bubble
  if (!media) return null
  switch (bubble.kind) {
    case 'image':
    case 'sticker':
      return element('img', {
        src: media.url,
        alt: say(bubble.kind === 'image' ? 'photo' : 'sticker'),
        class: bubble.kind === 'image' ? 'photo' : 'sticker',
      })
    case 'video':
      return element('video', { src: media.url, controls: true, class: 'photo', 'aria-label': say('video') })
    case 'voice':
    case 'audio':
      return element('audio', {
        src: media.url,
        controls: true,
        preload: 'metadata',
        'aria-label': say(bubble.kind),
        onplay: () => actions.play(bubble),
      })
    default:
      return element(
        'a',
        { class: 'attachment', href: media.url, download: media.fileName ?? say('document') },
        picture('file'),
        element('span', { dir: 'auto' }, media.fileName ?? say('document')),
      )
  }
}

function drawTicks(state: BubbleState): HTMLElement {
  const drawing = state === 'waiting' ? 'clock' : state === 'sent' ? 'one' : 'two'
  return element(
    'span',
    { class: `ticks ticks-${state}`, title: say(state) },
    picture(drawing),
    spoken(say(state)),
  )
}

function drawReactions(bubble: BubbleView, officeName: string): HTMLElement | null {
  if (bubble.reactions.length === 0 || bubble.revoked) return null
  const spokenReactions = bubble.reactions.map(({ by, emoji }) =>
    say('reactionOf', { who: by === 'office' ? officeName : say('me'), emoji }),
  )
  return element(
    'p',
    { class: 'reactions' },
    element('span', { 'aria-hidden': 'true' }, bubble.reactions.map(({ emoji }) => emoji).join(' ')),
    spoken(spokenReactions.join(', ')),
  )
}

/** A button that opens a row of actions below the bubble. */
function drawMenu(bubble: BubbleView, mine: boolean, actions: BubbleActions): [HTMLElement, HTMLElement] {
  const chosen = bubble.reactions.find(({ by }) => by === 'citizen')?.emoji
  function action(label: string, run: () => void, content: Node | string = label): HTMLElement {
    return element('button', { type: 'button', class: 'chip', 'aria-label': label, onclick: run }, content)
  }
  const row = element(
    'div',
    { class: 'bubble-actions', hidden: true },
    ...emojis.map((emoji) =>
      emoji === chosen
        ? action(say('unreact'), () => actions.react(bubble, null), `${emoji} ×`)
        : action(say('react', { emoji }), () => actions.react(bubble, emoji), emoji),
    ),
    action(say('quote'), () => actions.quote(bubble)),
    mine && bubble.kind === 'text' ? action(say('edit'), () => actions.edit(bubble)) : null,
    mine ? action(say('revoke'), () => actions.revoke(bubble)) : null,
  )
  const opener = element(
    'button',
    {
      type: 'button',
      class: 'icon-button bubble-more',
      'aria-expanded': 'false',
      'aria-label': say('actions'),
      onclick: () => {
        row.hidden = !row.hidden
        opener.setAttribute('aria-expanded', String(!row.hidden))
        if (!row.hidden) row.scrollIntoView({ block: 'nearest' })
      },
    },
    picture('more'),
  )
  return [opener, row]
}

/** The text with its https addresses as links and WhatsApp's marks for bold, italic and struck out. */
function written(text: string): (Node | string)[] {
  return text
    .split(/(https:\/\/[^\s<>"]+)/)
    .flatMap((part, index): (Node | string)[] =>
      index % 2 === 1
        ? [element('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part)]
        : marked(part),
    )
}

const markedText = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u

function marked(text: string): (Node | string)[] {
  const parts = text.split(markedText)
  return parts.flatMap((part, index): (Node | string)[] => {
    if (index % 3 === 1) return []
    if (index % 3 === 0) return [part]
    return [element(parts[index - 1] === '*' ? 'b' : parts[index - 1] === '_' ? 'i' : 's', {}, part)]
  })
}
