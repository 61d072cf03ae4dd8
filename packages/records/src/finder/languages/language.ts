import type { Phrases } from '../phrase-book.ts'
import type { SpecialCategory } from '../special-categories.ts'

/**
 * What the finder knows of one language, as tables of phrases (see `Phrases` for how to write them). A new language is one more file
 * like these, its name in `languages.ts`, and its cases in the corpus.
 */
export type Language = {
  /** The commonest small words, to tell languages of the same letters apart; empty where the letters alone do. */
  readonly common: Phrases
  /** The months from January on, each with its forms and abbreviations. */
  readonly months: readonly Phrases[]
  /** Words beside a number or a date that say what it is. */
  readonly labels: Readonly<Record<LabelMeaning, Phrases>>
  /** Words that say that a person is spoken of: the writer, relatives, friends. */
  readonly person: Phrases
  /** Words for the writer alone: in a general question they speak of nobody. */
  readonly writer: Phrases
  /** Words for animals and things that can be ill, and idioms: then nobody is spoken of. */
  readonly noPerson: Phrases
  /** Words that turn what follows into a subject, a place or a thing. */
  readonly subject: Phrases
  /** Words behind an adjective that make it the name of a thing: "Evangelische Kita". */
  readonly thing: Phrases
  readonly special: Readonly<Record<SpecialCategory, SpecialPhrases>>
  readonly closing: Readonly<Record<ClosingMeaning, Phrases>>
  readonly open: Readonly<Record<OpenMeaning, Phrases>>
  readonly misplaced: Readonly<Record<MisplacedMeaning, Phrases>>
}

export type LabelMeaning =
  | 'PHONE'
  | 'EMAIL'
  | 'IDENTITY_DOCUMENT'
  /** The number of something else: a file, a customer, a meter. */
  | 'OTHER_NUMBER'
  | 'BIRTH'
  /** A date of something else: a wedding, a contract, a notice. */
  | 'OTHER_DATE'
  | 'AGE'

/**
 * `always`: says enough wherever it stands. `ofPerson`: only when a person is spoken of in the same sentence. `place`: as before, and
 * not beside a word of place or work ("neben dem Krankenhaus", "arbeite in der Klinik").
 */
type SpecialPhrases = {
  readonly always: Phrases
  readonly ofPerson: Phrases
  readonly place?: Phrases
}

export type ClosingMeaning =
  /** Thanks or agreement. */
  | 'THANKS'
  /** May stand beside thanks and adds nothing. */
  | 'POLITE'
  /** Opens or ends a message; a name may follow it. */
  | 'GREETING'
  /** Between two of the others only. */
  | 'AND'
  /** Small words that stand in a sentence of praise, relief or "it works"; they say nothing by themselves. */
  | 'BESIDE_THANKS'
  /** What such a sentence says: "geholfen", "nett", "works". One of these, any number of the small words. */
  | 'PRAISE'
  /** Before whatever somebody thanks for: "für". */
  | 'THANKED_FOR'
  /** Behind it: "için". */
  | 'THANKED_FOR_BEHIND'
  /** Before what somebody thanks that it was done: "dass". */
  | 'THANKED_THAT'
  /** Behind the thing that came, works again or was found: "ist da". */
  | 'WORKED_BEHIND'
  /** Before whatever somebody wishes: "schönen", "frohe". */
  | 'WISH'
  /** Says that something else follows: "aber", "nicht", "wenn", "bitte". Never part of what one thanks for or wishes. */
  | 'MORE'
  /** Makes of thanks the opposite: "Danke für nichts". */
  | 'NOT'

export type OpenMeaning =
  /** Begins a question, with or without its mark. */
  | 'QUESTION'
  /** The citizen objects, complains, applies, orders, sets a deadline, asks for their rights. */
  | 'FORMAL'
  /** The citizen will send or bring something, or come back to it. */
  | 'ANNOUNCED'
  /** The office will do something, or something will come. */
  | 'PROMISE'
  /** The office wants something from the citizen. */
  | 'DEMAND'
  | 'APPOINTMENT'
  | 'NO_APPOINTMENT'
  /** A question of courtesy that nobody has to answer. */
  | 'COURTESY'
  /** Done, cancelled, received: what was promised has happened. */
  | 'DONE'
  | 'WEEKDAY'
  /** Asks the office to do something, though it looks like a question. */
  | 'TO_BE_DONE'
  /** The citizen says that it worked, arrived, is settled: whatever the office promised. */
  | 'CONFIRMED'
  /** The citizen says that the answer was enough. */
  | 'HELPED'

export type MisplacedMeaning =
  /** Enough alone to be fraud or advertising. */
  | 'SPAM'
  /** Fraud or advertising when a link, a foreign contact or a call to act comes with it. */
  | 'LURE'
  | 'CALL'
  /** Somebody tells of fraud honestly. */
  | 'REPORT'
  | 'MISDIRECTED'
  /** Looks like it and is not: "falsche Nummer auf dem Bescheid". */
  | 'NOT_MISDIRECTED'
  | 'PRIVATE'
  | 'OTHER_TOWN'
  /** The place is named for another reason: moved from there, works there. */
  | 'NOT_OTHER_TOWN'
  /** Repetition words that do not make a message another one. */
  | 'AGAIN'
