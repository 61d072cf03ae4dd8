import type { AccessCopy, Message, PortableCopy } from '@buergerdraht/contract'
import { additionalData } from '@buergerdraht/inbox'
import { type AttachmentRow, openJson } from '@buergerdraht/office'
import { type ClusterCode, catalogue } from '@buergerdraht/records'
import { authorOf, type Part } from './copy-parts.ts'
import { vendors } from './copy-words.ts'
import type { Matter } from './read-person.ts'
import type { Redactions } from './redactions.ts'

type CopyMatter = AccessCopy['matters'][number]
type CopyMessage = CopyMatter['messages'][number]
type CopyFile = CopyMessage['files'][number]
type CopyCorrection = CopyMatter['corrections'][number]

/** A file that goes into the copy, and where it lies there. */
export type PlacedFile = {
  readonly path: string
  readonly attachment: AttachmentRow
  readonly conversation: Matter['conversation']
}

export function ruleOf({
  cluster,
  ruleVersion,
  dueAt,
  waitsFor,
}: {
  readonly cluster: string
  readonly ruleVersion: number
  readonly dueAt: Date | null
  readonly waitsFor: string | null
}): CopyMatter['rule'] {
  return {
    cluster,
    title: catalogue[cluster as ClusterCode].title.de,
    version: ruleVersion,
    dueAt: dueAt?.toISOString() ?? null,
    waitsFor,
  }
}

/** What a copy says of matters, with what is decided about passages; and which files belong to it. */
export class CopyComposer {
  readonly files: PlacedFile[] = []
  blackedOut = 0
  readonly #redactions: Redactions
  readonly #unreadable: ReadonlySet<string>
  readonly #shown = new Map<string, string | null>()

  /**
   * @param parts everything that is in the copy: what is not among them is not handed out
   * @param unreadable files that are damaged, or whose key is gone
   */
  constructor(redactions: Redactions, parts: readonly Part[], unreadable: ReadonlySet<string>) {
    this.#redactions = redactions
    this.#unreadable = unreadable
    for (const part of parts) {
      const key = placeOf(part)
      this.blackedOut += redactions.of(part).filter(({ blacked }) => blacked).length
      const shown = this.#redactions.shown(part)
      this.#shown.set(key, shown)
    }
  }

  /** Of a wording what is handed out; undefined: it is not in this copy. */
  #words(of: Part['of'], place: string, text: string): string | null | undefined {
    return this.#shown.get(keyOf(of, place, text))
  }

  #file(matter: Matter, message: Message, row: AttachmentRow): CopyFile {
    const shown = message.attachments.find(({ id }) => id === row.id)
    const about = {
      mediaType: row.mediaType,
      sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
      cluster: row.cluster,
      dueAt: row.dueAt?.toISOString() ?? null,
    }
    if (shown === undefined || row.state !== 'ready' || this.#unreadable.has(row.id))
      return { path: null, withheld: 'unavailable', name: null, ...about }
    const name = this.#words('file', row.id, shown.fileName) ?? null
    if (name === null) return { path: null, withheld: 'another-person', name: null, ...about }
    const path = `dateien/${String(this.files.length + 1).padStart(4, '0')}-${name}`
    this.files.push({ path, attachment: row, conversation: matter.conversation })
    return { path, withheld: null, name, ...about }
  }

  #corrections(matter: Matter, messageId: string | null): CopyCorrection[] {
    return matter.corrections.flatMap((one) =>
      one.messageId === messageId
        ? [
            {
              at: one.markedAt,
              contested: this.#words('correction', `${one.id} 0`, one.contested) ?? null,
              correct: this.#words('correction', `${one.id} 1`, one.correct) ?? null,
              withdrawn: one.withdrawn && {
                at: one.withdrawn.at,
                reason: this.#words('correction', `${one.id} 2`, one.withdrawn.reason) ?? null,
                replaced: one.withdrawn.replaced,
              },
            },
          ]
        : [],
    )
  }

  #message(matter: Matter, message: Message, words: string | null): CopyMessage {
    const { id, kind, details, sentAt, receivedAt, statusAt, revokedAt, reactions, referral } = message
    const rows = matter.files.get(id) ?? []
    return {
      id,
      from: authorOf(message),
      kind,
      ...(details?.kind === 'elsewhere' && { way: details.way }),
      sentAt,
      receivedAt,
      deliveredAt: statusAt.delivered,
      readAt: statusAt.read,
      revokedAt,
      advertisement: referral?.headline ?? null,
      wordings: [
        ...message.versions.map(({ text, until }) => ({
          text: text === null ? null : (this.#words('earlier-wording', id, text) ?? null),
          until,
        })),
        ...(words === null ? [] : [{ text: this.#words('message', id, words) ?? null, until: null }]),
      ],
      files: revokedAt === null ? rows.map((row) => this.#file(matter, message, row)) : [],
      reactions: reactions.map(({ from, emoji }) => ({
        from: from === 'citizen' ? ('person' as const) : from,
        emoji,
      })),
      corrections: this.#corrections(matter, id),
    }
  }

  portable(matter: Matter, wordsOf: (message: Message) => string | null): PortableCopy['matters'][number] {
    const { conversation, key, messages } = matter
    return {
      id: conversation.id,
      openedAt: conversation.openedAt.toISOString(),
      closedAt: conversation.closedAt?.toISOString() ?? null,
      readable: key !== null,
      messages: messages
        .filter((message) => authorOf(message) === 'person')
        .map((message) => ({
          ...this.#message(matter, message, wordsOf(message)),
          corrections: [],
          reactions: message.reactions.flatMap(({ from, emoji }) =>
            from === 'citizen' ? [{ from: 'person' as const, emoji }] : [],
          ),
        })),
    }
  }

  whole(matter: Matter, wordsOf: (message: Message) => string | null): CopyMatter {
    const { conversation, key, messages, notes, team } = matter
    const sealed = conversation.fileReferenceSealed
    return {
      id: conversation.id,
      openedAt: conversation.openedAt.toISOString(),
      closedAt: conversation.closedAt?.toISOString() ?? null,
      readable: key !== null,
      messages: messages.map((message) => this.#message(matter, message, wordsOf(message))),
      team,
      rule: ruleOf(conversation),
      fileReference:
        sealed === null || key === null
          ? null
          : openJson<string>(key, additionalData.fileReference(conversation.id), sealed),
      notes: notes.map(({ accountId, savedAt, text }) => ({
        savedAt: savedAt.toISOString(),
        text: this.#words('note', accountId, text) ?? null,
      })),
      corrections: this.#corrections(matter, null),
    }
  }
}

function keyOf(of: Part['of'], place: string, text: string): string {
  return JSON.stringify([of, place, text])
}

function placeOf({ of, place, text }: Part): string {
  return keyOf(of, place, text)
}

/** To whom it went (Art. 15 (1) (c) GDPR): who transports it, and where else it lies. */
export function recipientsOf(
  channelVendors: readonly string[],
  matters: readonly CopyMatter[],
  hasArchive: boolean,
): AccessCopy['recipients'] {
  const filed = matters.filter(({ fileReference }) => fileReference !== null).length
  return [
    ...channelVendors.map((vendor) => ({
      who: vendors[vendor] ?? vendor,
      what: 'transportiert die Nachrichten und Dateien und hält sie dafür kurz bereit',
    })),
    {
      who: 'WhatsApp Ireland Ltd. (Meta), Dublin',
      what: 'betreibt den Dienst, in eigener Verantwortung für Ihr Konto dort',
    },
    ...(filed === 0
      ? []
      : [{ who: 'Akte der Verwaltung', what: `${filed} Vorgänge, mit dem Aktenzeichen, das dort steht` }]),
    ...(hasArchive
      ? [
          {
            who: 'öffentliches Archiv',
            what: 'wird vor der Löschung gefragt, ob es etwas übernimmt; ohne Übernahme erfährt es keinen Inhalt',
          },
        ]
      : []),
  ]
}
