import type { Sentence } from '../law/person.ts'

/** The signals of the finder that can be told from the object alone. */
export const signalCodes = [
  'S1',
  'S2',
  'S3',
  'S5',
  'S7',
  'S8',
  'S9',
  'S10',
  'S12',
  'S13',
  'S14',
  'S17',
] as const
export type SignalCode = (typeof signalCodes)[number]

/**
 * A hint that content is no longer needed, or (S17) that it still is. The weight orders a list and decides nothing: 1 is a faint hint, 100 is as good
 * as certain. The reason is shown to the person who decides, and contains nothing of the content.
 */
export type Signal = {
  readonly code: SignalCode
  readonly weight: number
  readonly detail: SignalDetail
  readonly reason: Sentence
}

export type SignalDetail =
  | 'SILENT'
  | 'CLOSED_UNDECIDED'
  | 'LAST_MESSAGE_IS_THANKS'
  | 'NEITHER_FILE_NOR_NOTE'
  | 'MEDIA_WITHOUT_REFERENCE'
  | 'PERSONAL_DATA'
  | 'SPECIAL_CATEGORY'
  | 'SPAM'
  | 'MISDIRECTED'
  | 'OTHER_MUNICIPALITY'
  | 'DUPLICATE'
  | 'CONTACT_WITHOUT_CONVERSATION'
  | 'HOLD_EXPIRED'
  | 'HOLD_REVIEW_OVERDUE'
  | 'NEVER_ACCEPTED'
  | 'RULE_SHORTENED'
  | 'FORMAL_REQUEST'
  | 'UNANSWERED'
  | 'OFFICE_ASKED'
  | 'PROMISE'
  | 'APPOINTMENT'
  | 'ANNOUNCED'
