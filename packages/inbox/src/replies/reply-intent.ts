import { createHash } from 'node:crypto'
import type { TemplateValue } from '@buergerdraht/bsp'
import type { StoredContent } from '../stored/additional-data.ts'

/** What a clerk wants to be sent. */
export type Reply = {
  /** Chosen by the browser; the same one is the same reply, however often it is asked for. */
  readonly clientId: string
  readonly text?: string | undefined
  readonly replyTo?: string | null | undefined
  /** The newest statement of the citizen that its author had seen; without it everything that is here. Not part of the intent. */
  readonly seenUpTo?: string | undefined
  /** In whose hands its author saw the conversation; null: nobody's, or their own. Without it that does not matter. Not part of the intent. */
  readonly seenAssignee?: string | null | undefined
  readonly attachments?: readonly string[] | undefined
  readonly template?:
    | {
        readonly name: string
        readonly language: string
        /** In the order of the placeholders, or by their keys. */
        readonly parameters: readonly string[] | Readonly<Record<string, string>>
      }
    | undefined
}

/** What `message.content_sealed` holds of a message of ours, besides what every message has. */
export type StoredReply = StoredContent & {
  /** {@link intentOf} the reply this is the first message of. */
  readonly intent?: string
  readonly template?: { readonly language: string; readonly values: readonly TemplateValue[] }
  /** The message that failed or was uncertain, and that a clerk had sent again as this one. */
  readonly againFor?: string
}

/** Equal for replies with equal content, whatever their client id. Kept sealed: it is made of what the clerk wrote. */
export function intentOf({ text, replyTo, attachments, template }: Reply): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        text ?? '',
        replyTo ?? null,
        attachments ?? [],
        template === undefined ? null : [template.name, template.language, template.parameters],
      ]),
    )
    .digest('base64url')
}
