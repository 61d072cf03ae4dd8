import type { TemplateState } from './event.ts'

/** A header of text, or one whose file or place would have to be sent along. */
export type TemplateHeader =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image' | 'video' | 'document' | 'location' | 'other' }

export type TemplateButton = {
  readonly kind: 'reply' | 'url' | 'phone' | 'other'
  readonly text: string
  /** Address or number; of an address only the end may be a placeholder. */
  readonly target: string | null
}

/** What a template says. Texts hold placeholders: `{{1}}`, `{{2}}` … or `{{name}}`. */
export type TemplateWords = {
  readonly header: TemplateHeader | null
  readonly body: string
  readonly footer: string | null
  readonly buttons: readonly TemplateButton[]
}

/** A template as the provider has it now. */
export type ProviderTemplate = {
  readonly name: string
  readonly language: string
  readonly state: TemplateState
  /** The provider's word in capitals, e.g. `UTILITY`. */
  readonly category: string | null
  /** Why it was rejected, as a code word. */
  readonly reason: string | null
  /** Null: it has no body, so it cannot be shown before it is sent. */
  readonly words: TemplateWords | null
}

export type NewTemplate = {
  /** Lower-case letters, digits and `_`. */
  readonly name: string
  readonly language: string
  readonly body: string
  readonly footer: string | null
  /** One example for each placeholder of the body, in order; without them it is rejected. */
  readonly examples: readonly string[]
}

/** A value for one placeholder. `name` is null where placeholders are numbered. */
export type TemplateValue =
  | { readonly place: 'header' | 'body'; readonly name: string | null; readonly text: string }
  | { readonly place: 'button'; readonly index: number; readonly text: string }

export type TemplateList =
  | { readonly outcome: 'found'; readonly templates: readonly ProviderTemplate[] }
  | { readonly outcome: 'refused'; readonly code: string }

export type TemplateSubmission =
  | { readonly outcome: 'submitted'; readonly state: TemplateState }
  | { readonly outcome: 'refused'; readonly code: string }
  /** The answer was lost: the list tells. */
  | { readonly outcome: 'ambiguous'; readonly code: string }
