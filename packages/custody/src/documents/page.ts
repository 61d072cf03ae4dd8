import { asInstant } from '@buergerdraht/office'
import { europeBerlin } from '@buergerdraht/records'
import { differences, type OfficeDocument } from './document.ts'
import { roleWords } from './document-words.ts'

/** What is stored with an issue. */
export type Issue = {
  readonly number: number
  readonly issuedAt: Date
  /** Role of the one who issued it. */
  readonly issuedRole: string
  readonly document: OfficeDocument
}

/** A document as it is printed: with which issue it is, and what it says otherwise than the one before. */
export type Page = OfficeDocument & {
  readonly made: { readonly year: number; readonly month: number; readonly day: number }
  readonly issue: string
  /** Null: there is no issue before it. */
  readonly changes: { readonly heading: string; readonly items: readonly string[] } | null
}

function dayOf(at: Date): string {
  return europeBerlin.localDate(asInstant(at))
}

/** Of an issue, or of what would be issued now, on the page after the issue before it. */
export function pageOf(
  document: OfficeDocument,
  before: Issue | null,
  issued: Issue | { readonly draftAt: Date },
): Page {
  const isIssue = 'number' in issued
  const madeOn = dayOf(isIssue ? issued.issuedAt : issued.draftAt)
  const [year = 0, month = 0, day = 0] = madeOn.split('-').map(Number)
  return {
    ...document,
    made: { year, month, day },
    issue: isIssue
      ? `Ausgabe ${issued.number} vom ${madeOn}, herausgegeben durch: ${roleWords[issued.issuedRole] ?? issued.issuedRole}`
      : `Entwurf vom ${madeOn}, nicht herausgegeben`,
    changes:
      before === null
        ? null
        : {
            heading: `Änderungen gegenüber Ausgabe ${before.number} vom ${dayOf(before.issuedAt)}`,
            items: differences(before.document, document),
          },
  }
}
