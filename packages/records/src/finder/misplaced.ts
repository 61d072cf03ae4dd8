import type { MisplacedMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { hitsIn, phraseBook } from './phrase-book.ts'
import { type Word, wordsOf } from './words.ts'

const book = phraseBook<MisplacedMeaning>(
  languages.flatMap(({ misplaced }) => Object.entries(misplaced) as [MisplacedMeaning, string][]),
)

/** What a text says about belonging here: how many different phrases of each meaning. */
type Tally = ReadonlyMap<MisplacedMeaning, number>

/** Of words that several ask about. It ends with them. */
const tallied = new WeakMap<readonly Word[], Tally>()

function tallyOf(words: readonly Word[]): Tally {
  const known = tallied.get(words)
  if (known !== undefined) return known
  const tally = countedIn(words)
  tallied.set(words, tally)
  return tally
}

function countedIn(words: readonly Word[]): Tally {
  const seen = new Map<MisplacedMeaning, Set<string>>()
  let free = 0
  for (const { meaning, from, to } of hitsIn(words, book)) {
    if (meaning === 'LURE' && from < free) continue
    if (meaning === 'LURE') free = to
    const phrases = seen.get(meaning) ?? new Set()
    phrases.add(
      words
        .slice(from, to)
        .map(({ text }) => text)
        .join(' '),
    )
    seen.set(meaning, phrases)
  }
  return new Map([...seen].map(([meaning, phrases]) => [meaning, phrases.size]))
}

const link =
  /(?:https?:\/\/|www\.)[^\s]{1,200}|\b[a-z0-9-]{2,40}\.(?:ly|link|top|xyz|click|vip|shop|site|online|icu|info)\/[^\s]{1,100}/giu
const foreignContact = /(?:^|\s)@[a-z0-9_]{4,32}|t\.me\/|wa\.me\//iu

/** Whether a text is advertising or fraud, and not the honest report of it. */
export function soundsLikeSpam(text: string): boolean {
  const links = text.match(link)?.length ?? 0
  const words = wordsOf(text.replace(link, ' '))
  if (links >= 2 && words.length <= links) return true
  const tally = tallyOf(words)
  function count(meaning: MisplacedMeaning): number {
    return tally.get(meaning) ?? 0
  }
  if (count('REPORT') > 0) return false
  if (count('SPAM') > 0) return true
  const acts = count('CALL') + (links > 0 ? 1 : 0) + (foreignContact.test(text) ? 1 : 0)
  return (count('LURE') >= 2 && acts >= 1) || (count('LURE') >= 1 && acts >= 2)
}

/** Whether somebody tells of fraud honestly. */
export function tellsOfFraud(text: string): boolean {
  return tallyOf(wordsOf(text)).has('REPORT')
}

/** Whether the sender says that the message was meant for somebody else, and asks nothing of the office beside it. */
export function soundsMisdirected(texts: readonly string[]): boolean {
  const whole = tallyOf(wordsOf(texts.join('\n')))
  if (!whole.has('MISDIRECTED') && !texts.some((text) => tallyOf(wordsOf(text)).has('MISDIRECTED')))
    return false
  return !whole.has('NOT_MISDIRECTED')
}

/** Whether a text could only be written to somebody one loves. */
export function soundsPrivate(text: string): boolean {
  return tallyOf(wordsOf(text)).has('PRIVATE')
}

/** Whether somebody says that another town is meant. */
export function namesOtherTown(text: string): boolean {
  return tallyOf(wordsOf(text)).has('OTHER_TOWN')
}

/** Whether a text names a place only because somebody came from there, works there or was born there. */
export function namesPlaceForAnotherReason(text: string): boolean {
  return tallyOf(wordsOf(text)).has('NOT_OTHER_TOWN')
}

const counted =
  /^(?:einwohner|euro|eur|menschen|bürger|leute|haushalte|stimmen|unterschriften|besucher|kilometer|km|meter|liter|quadratmeter|kubikmeter|stück|jahre|mark|fahrzeuge|autos|mitglieder|personen|schüler|wähler|tonnen|kwh|grad|uhr|mal|punkte|flaschen|exemplare|watt|franken|zuschauer|tickets|karten|plätze|people|inhabitants|kişi|жителей|жителів|mieszkańców|locuitori)$/iu
const ownCode =
  /(?<![\p{L}\p{N}.,-])(?:(?<label>plz|postleitzahl|postal code|postcode|zip|posta kodu|индекс|індекс|kod pocztowy|cod poștal|d-|d )[ :]{0,3})?(?<code>[0-9]{5})(?![0-9]|[.,-][0-9])(?:[ ,]{1,2}(?<name>\p{Lu}[\p{L}-]{2,40}))?/giu
const living =
  /(?<!\p{L})(?:wohn|gemeldet|lebe|zuhause|dahoam|live|living|registered|otur|ikamet|живу|прожив|меш|mieszka|zameldowan|locuies|stau)/iu
const neighbourCode =
  /(?:wohne|wohnen|lebe|leben|aus|in|live in|plz) (?:der |die )?(?:(?:a|ch)-)?(?<code>[1-9][0-9]{3}) (?<name>\p{Lu}\p{Ll}{2,30})/gu

/** Postal codes in a text, each once: with a place name behind or a word before that says so. Not "24000 Einwohner". */
export function postalCodesIn(text: string): string[] {
  const found = new Set<string>()
  const saysLiving = living.test(text)
  for (const match of text.matchAll(ownCode)) {
    const { label, code = '', name } = match.groups ?? {}
    if (code < '01067' || code > '99999') continue
    const before = text.slice(Math.max(0, match.index - 12), match.index)
    const named = name !== undefined && /^\p{Lu}\p{L}*\p{Ll}/u.test(name) && !counted.test(name)
    const placed = /(?:^|\s)(?:in|aus|wohne|für|nach|bei|ort|of|from|live in|из|в|з|w|z|din|în) $/iu.test(
      before,
    )
    // "bin in 34117 kassel gemeldet": small letters, as people type.
    const livesThere = saysLiving && placed && name !== undefined && !counted.test(name)
    if (
      livesThere ||
      label !== undefined ||
      (named && !/(?:az|nr|nummer|aktenzeichen|zeichen|nr\.)[ .:]*$/i.test(before)) ||
      (placed && name === undefined && !/^ ?[%\p{L}]/u.test(text.slice(match.index + match[0].length)))
    )
      found.add(code)
  }
  for (const match of text.matchAll(neighbourCode)) {
    const { code = '', name = '' } = match.groups ?? {}
    if (!counted.test(name) && !/^(?:19|20)/.test(code)) found.add(code)
  }
  return [...found]
}
