import type { Attachment } from '@buergerdraht/contract'

/** Why a file is held back, in the words of the contract. */
export type Danger = NonNullable<Attachment['quarantine']>

/** What a file is, and why it is not shown; null: it is. */
export type Judged = {
  readonly mediaType: string
  readonly danger: Danger | null
}

/** Ends looking through a file: enough was seen. */
export class DangerFound extends Error {
  readonly danger: Danger
  constructor(danger: Danger) {
    super(`The file is held back: ${danger}.`)
    this.name = 'DangerFound'
    this.danger = danger
  }
}

/** Leads out of the document when it is opened: an address with a scheme, or a server's name. A drive's letter is no scheme. */
export function leadsOutside(target: string): boolean {
  return /^\s*(?:[a-z][a-z0-9+.-]+:|\/\/|\\\\|\/\\|\\\/)/i.test(target)
}
