import { summaryOf } from './bubble.ts'
import { element, picture } from './element.ts'
import { asPhoneSends } from './photo.ts'
import { simulator } from './simulator-client.ts'
import type { BubbleView } from './view.ts'
import { startRecording } from './voice-recorder.ts'
import { say, type Word } from './words.ts'

/** Where the composer belongs. */
export type ComposerPlace = {
  readonly phone: number
  identity(): string
  /** Something that did not work, in words. */
  complain(sentence: string): void
}

/** The lower edge of the phone: text, attachments, voice notes, and what a message refers to. */
export class Composer {
  readonly node: HTMLElement
  readonly #place: ComposerPlace
  readonly #text: HTMLTextAreaElement
  readonly #reference: HTMLElement
  readonly #attachments: HTMLElement
  readonly #recorder: HTMLElement
  readonly #form: HTMLFormElement
  readonly #send: HTMLButtonElement
  readonly #opener: HTMLElement
  #replyTo: BubbleView | null = null
  #editing: BubbleView | null = null

  constructor(place: ComposerPlace) {
    this.#place = place
    const id = `message-${place.phone}`
    this.#text = element('textarea', {
      id,
      rows: 1,
      dir: 'auto',
      placeholder: say('message'),
      onkeydown: (event) => this.#onKey(event),
    })
    this.#send = element('button', { class: 'round strong', 'aria-label': say('send') }, picture('send'))
    const file = element('input', { type: 'file', hidden: true, tabindex: -1, 'aria-hidden': 'true' })
    file.addEventListener('change', () => {
      const [chosen] = file.files ?? []
      file.value = ''
      if (chosen) void this.#try(() => this.#sendFile(chosen))
    })
    this.#attachments = this.#drawAttachments(() => file.click())
    const attach = element(
      'button',
      {
        type: 'button',
        class: 'round',
        'aria-expanded': 'false',
        'aria-label': say('attach'),
        onclick: () => this.#toggleAttachments(),
      },
      picture('attach'),
    )
    this.#opener = attach
    this.#reference = element('div', { class: 'reference', hidden: true })
    this.#recorder = element('div', { class: 'recorder', hidden: true })
    this.#form = element(
      'form',
      { class: 'composer-form', onsubmit: (event) => this.#onSubmit(event) },
      attach,
      file,
      element('label', { for: id, class: 'spoken' }, say('message')),
      this.#text,
      element(
        'button',
        {
          type: 'button',
          class: 'round',
          'aria-label': say('record'),
          onclick: () => void this.#try(() => this.#record()),
        },
        picture('microphone'),
      ),
      this.#send,
    )
    this.node = element(
      'div',
      { class: 'composer', onkeydown: (event) => this.#onEscape(event) },
      this.#attachments,
      this.#reference,
      this.#recorder,
      this.#form,
    )
  }

  /** Without an office there is nobody to write to. */
  enable(enabled: boolean): void {
    for (const button of this.#form.querySelectorAll('button')) button.disabled = !enabled
  }

  focus(): void {
    this.#text.focus()
  }

  quote(bubble: BubbleView): void {
    this.#refer(say('quoting', { text: summaryOf(bubble) }))
    this.#replyTo = bubble
  }

  edit(bubble: BubbleView): void {
    this.#refer(say('editing'))
    this.#editing = bubble
    this.#text.value = bubble.text ?? ''
  }

  #refer(words: string): void {
    this.#forget()
    this.#reference.replaceChildren(
      element('span', { dir: 'auto' }, words),
      element(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': say('cancel'), onclick: () => this.#forget() },
        picture('close'),
      ),
    )
    this.#reference.hidden = false
    this.focus()
  }

  #forget(): void {
    if (this.#editing) this.#text.value = ''
    this.#replyTo = null
    this.#editing = null
    this.#reference.hidden = true
  }

  #onKey(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      if (!this.#send.disabled) this.#form.requestSubmit()
    }
    if (event.key === 'Escape' && this.#attachments.hidden) this.#forget()
  }

  #onEscape(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Escape' || this.#attachments.hidden) return
    this.#toggleAttachments()
    this.#opener.focus()
  }

  #onSubmit(event: Event): void {
    event.preventDefault()
    const text = this.#text.value.trim()
    if (text === '') return
    const [editing, replyTo, reply] = [this.#editing, this.#replyTo, this.#reply()]
    const identity = this.#place.identity()
    // What is typed while this is on its way belongs to the next message.
    this.#text.value = ''
    this.#forget()
    void this.#try(async () => {
      try {
        if (editing) await simulator.edit(identity, editing.id, text)
        else await simulator.write(identity, { text, ...reply })
      } catch (error) {
        const typed = this.#text.value
        if (editing) this.edit(editing)
        else if (replyTo) this.quote(replyTo)
        this.#text.value = typed === '' ? text : `${text}\n${typed}`
        throw error
      }
    })
  }

  #reply(): { replyTo?: string } {
    return this.#replyTo ? { replyTo: this.#replyTo.id } : {}
  }

  #toggleAttachments(): void {
    this.#attachments.hidden = !this.#attachments.hidden
    this.#opener.setAttribute('aria-expanded', String(!this.#attachments.hidden))
  }

  #drawAttachments(choose: () => void): HTMLElement {
    const location = {
      latitude: 52.5163,
      longitude: 13.3777,
      name: say('townHall'),
      address: 'Rathausplatz 1',
    }
    const contact = { name: 'Hausverwaltung Lindenweg', phone: '+49 30 23125099' }
    return element(
      'div',
      { class: 'attachments', hidden: true },
      this.#attachment('attachPicture', choose),
      this.#attachment('attachSamplePhoto', () => this.#sendSample('photo')),
      this.#attachment('attachSampleVoice', () => this.#sendSample('voice')),
      this.#attachment('attachSamplePdf', () => this.#sendSample('pdf')),
      this.#attachment('attachSticker', () => this.#sendSample('sticker')),
      this.#attachment('attachLocation', () => simulator.write(this.#place.identity(), { location })),
      this.#attachment('attachContact', () =>
        simulator.write(this.#place.identity(), { contacts: [contact] }),
      ),
      this.#attachment('attachCall', () => simulator.call(this.#place.identity())),
    )
  }

  #attachment(word: Word, send: () => unknown): HTMLElement {
    const onclick = (): void => {
      this.#toggleAttachments()
      this.#opener.focus()
      void this.#try(send)
    }
    return element('button', { type: 'button', class: 'chip', onclick }, say(word))
  }

  #sendSample(name: string): Promise<unknown> {
    return simulator.sendFile(this.#place.identity(), { sample: name, ...this.#caption(), ...this.#reply() })
  }

  /** What is already written becomes the caption. */
  #caption(): { caption?: string } {
    const caption = this.#text.value.trim()
    this.#text.value = ''
    return caption === '' ? {} : { caption }
  }

  async #sendFile(chosen: File): Promise<void> {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...this.#caption(), ...this.#reply() }))
      form.append(name, value)
    form.append('file', await asPhoneSends(chosen))
    await simulator.sendFile(this.#place.identity(), form)
    this.#forget()
  }

  async #record(): Promise<void> {
    const recording = await startRecording()
    if (!recording) {
      await simulator.sendFile(this.#place.identity(), { sample: 'voice', ...this.#reply() })
      this.#place.complain(say('noMicrophone'))
      return
    }
    const startedAt = Date.now()
    const clock = element('span', { role: 'timer' }, say('recording', { seconds: 0 }))
    const timer = setInterval(() => {
      clock.textContent = say('recording', { seconds: Math.round((Date.now() - startedAt) / 1000) })
    }, 1000)
    const end = (): void => {
      clearInterval(timer)
      this.#recorder.hidden = true
      this.#form.hidden = false
      this.focus()
    }
    const send = element('button', { type: 'button', class: 'strong chip' }, say('recordingSend'))
    send.addEventListener('click', () => {
      end()
      void this.#try(async () => {
        const sound = await recording.stop()
        const form = new FormData()
        for (const [name, value] of Object.entries(this.#reply())) form.append(name, value)
        form.append('kind', 'voice')
        form.append('file', new File([sound], 'Sprachnachricht', { type: sound.type }))
        await simulator.sendFile(this.#place.identity(), form)
      })
    })
    this.#recorder.replaceChildren(
      clock,
      element(
        'button',
        {
          type: 'button',
          class: 'chip',
          onclick: () => {
            recording.drop()
            end()
          },
        },
        say('recordingDrop'),
      ),
      send,
    )
    this.#recorder.hidden = false
    this.#form.hidden = true
    send.focus()
  }

  async #try(run: () => unknown): Promise<void> {
    try {
      await run()
    } catch (error) {
      this.#place.complain(say('notSent', { why: error instanceof Error ? error.message : String(error) }))
    }
  }
}
