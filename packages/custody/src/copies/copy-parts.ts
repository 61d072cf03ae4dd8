import type { CopyPart, Message } from '@buergerdraht/contract'
import { asInstant, derivedKey, macOf } from '@buergerdraht/office'
import { europeBerlin, personalDataIn } from '@buergerdraht/records'
import type { Matter } from './read-person.ts'

/** A wording, a file, a note or a mark of a copy: what is decided about by itself. */
export type Part = Omit<CopyPart, 'decided' | 'open'> & {
  /** Which message, file, note or mark it is of. */
  readonly place: string
}

/** Digits by which a number is the person's own, whatever country code is written before it. */
const ownDigits = 8

/** The words of a message, whatever its kind. Null: it has none, or it was taken back. */
export function wordsOf({ text, details }: Pick<Message, 'text' | 'details'>): string | null {
  if (text !== null) return text
  function lines(...all: readonly (string | null)[]): string {
    return all.filter((line) => line !== null && line !== '').join('\n')
  }
  switch (details?.kind) {
    case 'location':
      return lines(details.name, details.address, `${details.latitude}, ${details.longitude}`)
    case 'contacts':
      return lines(
        ...details.contacts.flatMap(({ name, organisation, phones, emails }) => [
          name,
          organisation,
          ...phones,
          ...emails,
        ]),
      )
    case 'choice':
      return lines(details.title, details.description)
    case 'form':
      return details.answers === null
        ? null
        : lines(...Object.entries(details.answers).map(([question, answer]) => `${question}: ${answer}`))
    case 'order':
      return lines(...details.items.map(({ productId, quantity }) => `${quantity ?? ''} ${productId}`.trim()))
    case 'system':
      // Who of the office did it is not said.
      return details.event
    default:
      return null
  }
}

/** Lines of the system are the office's, whatever brought them. */
export function authorOf({ direction, kind }: Pick<Message, 'direction' | 'kind'>): CopyPart['from'] {
  return direction === 'inbound' && kind !== 'system' ? 'person' : 'office'
}

/** Of whose number the finder has found one: the person's own is nobody else's. */
function isOwn(passage: string, own: readonly string[]): boolean {
  const digits = passage.replace(/\D/g, '')
  return digits.length >= ownDigits && own.some((number) => number.endsWith(digits.slice(-ownDigits)))
}

/** What may be another person's. Health and other special categories (Art. 9) are the person's own unless somebody sees otherwise. */
function foundIn(text: string, at: Date, own: readonly string[]): CopyPart['found'] {
  return personalDataIn(text, europeBerlin.localDate(asInstant(at))).flatMap(({ kind, start, end }) =>
    kind === 'SPECIAL_CATEGORY' || (kind === 'PHONE' && isOwn(text.slice(start, end), own))
      ? []
      : [{ begins: start, ends: end, kind }],
  )
}

/** What needs no look at the words; null: they are looked at. */
function foundByKind({ kind, details }: Message, words: string | null): CopyPart['found'] | null {
  // A card of an address book is somebody else's, whatever is on it.
  if (kind === 'contacts') return [{ begins: 0, ends: words?.length ?? 0, kind: 'CONTACT' }]
  // Numbers and addresses in it are the office's.
  return details?.kind === 'system' && details.event === 'privacy-notice' ? [] : null
}

/** Names wordings and files by a keyed hash: with the matter's key alone, so that it says nothing of what it names, and ends with it. */
function nameParts({ key }: Matter): (place: string, text: string) => string {
  if (key === null) throw new Error('A matter that nobody can read has no parts')
  const naming = derivedKey(key, 'copy-parts')
  return (place, text) => macOf(naming, place, text).toString('hex')
}

type Of = { readonly at: Date; readonly own: readonly string[] }

/** What a copy of a matter holds, in its order. @param own numbers of the person, digits only */
export function partsOf(matter: Matter, own: readonly string[]): Part[] {
  const { conversation, messages, notes, corrections } = matter
  if (matter.key === null) return []
  const name = nameParts(matter)
  function part(
    of: Part['of'],
    place: string,
    text: string,
    { at, own: numbers }: Of,
    more: Pick<Part, 'messageId' | 'from'> & Partial<Pick<Part, 'attachmentId' | 'found'>>,
  ): Part {
    return {
      part: name(`${of === 'earlier-wording' ? 'message' : of} ${place}`, text),
      conversationId: conversation.id,
      of,
      place,
      at: at.toISOString(),
      text,
      attachmentId: null,
      found: foundIn(text, at, numbers),
      ...more,
    }
  }
  const ofMessages = messages.flatMap((message): Part[] => {
    const about = { at: new Date(message.sentAt), own }
    const who = {
      messageId: message.id,
      from: authorOf(message),
    }
    const words = wordsOf(message)
    const found = foundByKind(message, words)
    return [
      ...message.versions.flatMap(({ text }) =>
        text === null ? [] : [part('earlier-wording', message.id, text, about, who)],
      ),
      ...(words === null
        ? []
        : [part('message', message.id, words, about, { ...who, ...(found === null ? {} : { found }) })]),
      ...message.attachments.map((file) =>
        part('file', file.id, file.fileName, about, {
          ...who,
          attachmentId: file.id,
          // No program looks into it for other people.
          found: [{ begins: 0, ends: 0, kind: 'FILE' }],
        }),
      ),
    ]
  })
  return [
    ...ofMessages,
    ...notes.map(({ accountId, savedAt, text }) =>
      part('note', accountId, text, { at: savedAt, own }, { messageId: null, from: 'office' }),
    ),
    ...corrections.flatMap(({ id, messageId, contested, correct, markedAt, withdrawn }) =>
      (
        [
          [contested, markedAt, 'person'],
          [correct, markedAt, 'person'],
          // Why it was withdrawn are the office's words.
          ...(withdrawn === null ? [] : [[withdrawn.reason, withdrawn.at, 'office'] as const]),
        ] as const
      ).map(([text, at, from], place) =>
        part('correction', `${id} ${place}`, text, { at: new Date(at), own }, { messageId, from }),
      ),
    ),
  ]
}
