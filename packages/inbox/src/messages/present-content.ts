import { type MessageDetails, type systemEvents, webLink } from '@buergerdraht/contract'
import type { StoredContent } from '../stored/additional-data.ts'

type Content = StoredContent['content']

/** The provider's code for content that exists on the citizen's phone only. */
const unavailableCode = '131060'

/** The text of a message, or its caption. */
export function textOf(content: Content): string | null {
  return 'text' in content ? content.text : null
}

/** One line that says what a message is about: for the list and for quotes. */
export function previewOf(content: Content): string | null {
  switch (content.kind) {
    case 'location':
      return content.name ?? content.address
    case 'contacts':
      return content.contacts.flatMap(({ name }) => name ?? []).join(', ') || null
    case 'choice':
      return content.title
    default:
      return textOf(content)
  }
}

/** What a kind carries besides its text; null for text and media. */
export function detailsOf({ content, by, reason, cause, earlier }: StoredContent): MessageDetails | null {
  switch (content.kind) {
    case 'location':
      return { ...content, url: content.url === null ? null : webLink(content.url) }
    case 'contacts':
      return {
        kind: 'contacts',
        contacts: content.contacts.map((one) => ({
          ...one,
          phones: [...one.phones],
          emails: [...one.emails],
        })),
      }
    case 'choice':
      return { kind: 'choice', title: content.title, description: content.description }
    case 'form':
      return { kind: 'form', answers: content.answers === null ? null : { ...content.answers } }
    case 'order':
      return { kind: 'order', items: content.items.map((item) => ({ ...item })) }
    case 'template':
      return { kind: 'template', name: content.name, buttons: [...(content.buttons ?? [])] }
    case 'system':
      return {
        kind: 'system',
        event: content.event satisfies (typeof systemEvents)[number],
        by: by ?? null,
        reason: reason ?? null,
        cause: cause ?? null,
        earlier: earlier ?? null,
      }
    case 'elsewhere':
      return { kind: 'elsewhere', way: content.way }
    case 'unsupported':
      return {
        kind: 'unsupported',
        type: content.type,
        unavailable: content.errorCode === unavailableCode,
      }
    default:
      return null
  }
}
