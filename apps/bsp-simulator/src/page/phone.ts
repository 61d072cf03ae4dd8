import { type BubbleActions, drawBubble } from './bubble.ts'
import { Composer } from './composer.ts'
import { element, spoken } from './element.ts'
import { type Holder, profileOf, rememberedHolder, rememberHolder } from './holder.ts'
import { addressOf, openHolderDialog } from './holder-dialog.ts'
import { simulator } from './simulator-client.ts'
import type { BubbleView, LiveEvent, OfficeView } from './view.ts'
import { currentLanguage, say } from './words.ts'

/** One phone: who holds it, the chat with the office, and the composer. */
export class Phone {
  readonly node: HTMLElement
  readonly #number: number
  readonly #bubbles = new Map<string, BubbleView>()
  readonly #nodes = new Map<string, HTMLElement>()
  readonly #actions: BubbleActions = {
    react: (bubble, emoji) => void simulator.react(this.#holder.identity, bubble.id, emoji),
    quote: (bubble) => this.#composer.quote(bubble),
    edit: (bubble) => this.#composer.edit(bubble),
    revoke: (bubble) => void simulator.revoke(this.#holder.identity, bubble.id),
    play: (bubble) => void simulator.play(this.#holder.identity, bubble.id),
    find: (id) => this.#bubbles.get(id) ?? null,
  }
  readonly #log: HTMLElement
  readonly #subtitle: HTMLElement
  readonly #complaint: HTMLElement
  #composer: Composer
  #holder: Holder
  #office: OfficeView | null = null
  /** The end of the chat stays in sight, whatever grows or arrives. */
  #follows = true
  #lastTop = 0
  #typingTimer: ReturnType<typeof setTimeout> | undefined

  constructor(number: number) {
    this.#number = number
    this.#holder = rememberedHolder(number)
    this.#log = element('div', { class: 'log', role: 'log', 'aria-relevant': 'additions', tabindex: 0 })
    // Pictures get their height late.
    this.#log.addEventListener(
      'load',
      () => {
        if (this.#follows) this.#toEnd()
      },
      true,
    )
    this.#log.addEventListener('scroll', () => {
      // Only who goes up leaves the end; a picture that grows above it does not.
      if (this.#log.scrollTop < this.#lastTop) this.#follows = this.#isAtEnd()
      else this.#follows ||= this.#isAtEnd()
      this.#lastTop = this.#log.scrollTop
    })
    this.#subtitle = element('p', { class: 'chat-subtitle', role: 'status' })
    this.#complaint = element('p', { class: 'complaint', role: 'alert' })
    this.#composer = this.#newComposer()
    this.node = element('section', { class: 'phone' })
    this.#redraw()
  }

  changeLanguage(): void {
    this.#composer = this.#newComposer()
    this.#composer.enable(this.#office?.connected ?? false)
    this.#redraw()
  }

  #newComposer(): Composer {
    return new Composer({
      phone: this.#number,
      identity: () => this.#holder.identity,
      complain: (sentence) => {
        this.#complaint.textContent = sentence
      },
    })
  }

  #redraw(): void {
    const titleId = `phone-title-${this.#number}`
    const name = this.#office?.name ?? ''
    this.node.setAttribute('aria-labelledby', titleId)
    this.#log.setAttribute('aria-label', say('conversation', { name }))
    this.node.replaceChildren(
      element(
        'header',
        { class: 'phone-holder' },
        element(
          'h2',
          { id: titleId },
          spoken(`${say('phoneNumber', { n: this.#number })}: `),
          this.#holder.profileName,
          element('small', {}, addressOf(this.#holder)),
        ),
        element(
          'button',
          {
            type: 'button',
            class: 'plain',
            'aria-label': say('changeLong', { n: this.#number }),
            onclick: () =>
              void openHolderDialog(this.#number, this.#holder, (holder) => void this.#take(holder)),
          },
          say('change'),
        ),
      ),
      element(
        'div',
        { class: 'device' },
        element('div', { class: 'speaker', 'aria-hidden': 'true' }),
        element(
          'header',
          { class: 'chat-head' },
          element('span', { class: 'crest', 'aria-hidden': 'true' }, initialsOf(name)),
          element('div', {}, element('h3', {}, name), this.#subtitle),
        ),
        this.#log,
        this.#complaint,
        this.#composer.node,
      ),
    )
    this.#drawSubtitle(false)
    this.#drawLog()
  }

  /** Introduces the holder again and reads the whole chat: after opening, and whenever something may be missing. */
  async refresh(): Promise<void> {
    if (!this.#isVisible()) return
    await simulator.introduce(this.#holder.identity, profileOf(this.#holder))
    const thread = await simulator.thread(this.#holder.identity)
    this.#bubbles.clear()
    for (const bubble of thread.items) this.#bubbles.set(bubble.id, bubble)
    this.#drawLog()
    if (thread.officeTypingUntil !== null) this.#showTyping(Date.parse(thread.officeTypingUntil))
    this.look()
  }

  hear(event: LiveEvent): void {
    if (event.type === 'office') {
      const isNew = this.#office?.name !== event.office.name
      this.#office = event.office
      this.#composer.enable(event.office.connected)
      if (isNew) this.#redraw()
    }
    if (event.type === 'bubble' && event.identity === this.#holder.identity) {
      this.#bubbles.set(event.bubble.id, event.bubble)
      this.#draw(event.bubble)
      if (event.bubble.status === 'delivered') this.look()
    }
    if (event.type === 'office-typing' && event.identity === this.#holder.identity) {
      this.#showTyping(event.untilMs)
    }
  }

  /** Messages that are on a visible screen are read. */
  look(): void {
    if (document.hidden || !this.#isVisible()) return
    const unread = [...this.#bubbles.values()].some(
      ({ direction, status }) => direction === 'from-office' && status === 'delivered',
    )
    if (unread) void simulator.look(this.#holder.identity)
  }

  /** Nobody holds the phone any more: from now on its person reads without it. */
  putDown(): void {
    if (this.#isVisible() && this.#holder.receipts) simulator.letGo(this.#holder.identity)
  }

  /** On a narrow screen there is only one phone. */
  #isVisible(): boolean {
    return this.node.offsetParent !== null
  }

  async #take(holder: Holder): Promise<void> {
    const isOther = holder.identity !== this.#holder.identity
    this.#holder = holder
    rememberHolder(this.#number, holder)
    if (isOther) {
      this.#bubbles.clear()
      this.#redraw()
    }
    await this.refresh()
  }

  #drawLog(): void {
    this.#nodes.clear()
    this.#log.replaceChildren()
    if (this.#bubbles.size === 0) {
      this.#log.append(element('p', { class: 'empty' }, say('empty')))
      return
    }
    for (const bubble of this.#bubbles.values()) this.#draw(bubble)
  }

  #draw(bubble: BubbleView): void {
    const old = this.#nodes.get(bubble.id)
    const node = drawBubble(bubble, this.#office?.name ?? '', this.#actions)
    this.#nodes.set(bubble.id, node)
    if (old) {
      const hadFocus = old.contains(document.activeElement)
      old.replaceWith(node)
      if (hadFocus) node.querySelector<HTMLElement>('.bubble-more')?.focus()
      return
    }
    this.#log.querySelector('.empty')?.remove()
    const day = dayOf(bubble)
    if (this.#log.dataset['day'] !== day || this.#log.childElementCount === 0) {
      this.#log.dataset['day'] = day
      this.#log.append(element('p', { class: 'day' }, day))
    }
    const follow = bubble.direction === 'from-citizen' || this.#isAtEnd()
    this.#log.append(node)
    if (follow) this.#toEnd()
    if (bubble.direction === 'from-citizen') this.#complaint.textContent = ''
  }

  #toEnd(): void {
    this.#follows = true
    this.#log.scrollTop = this.#log.scrollHeight
    this.#lastTop = this.#log.scrollTop
  }

  /** Whoever reads further up is not torn away by what arrives. */
  #isAtEnd(): boolean {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 120
  }

  #showTyping(untilMs: number): void {
    clearTimeout(this.#typingTimer)
    const left = untilMs - Date.now()
    this.#drawSubtitle(left > 0)
    if (left > 0) this.#typingTimer = setTimeout(() => this.#drawSubtitle(false), left)
  }

  #drawSubtitle(isTyping: boolean): void {
    this.#subtitle.textContent = isTyping
      ? say('officeTyping')
      : say('officeNumber', { number: `+${this.#office?.displayPhoneNumber ?? ''}` })
  }
}

function dayOf(bubble: BubbleView): string {
  const day = new Date(bubble.sentAt)
  if (day.toDateString() === new Date().toDateString()) return say('today')
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'full' }).format(day)
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return words
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
}
