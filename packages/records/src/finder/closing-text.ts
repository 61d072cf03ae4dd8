import type { ClosingMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { contains, hitsAt, hitsIn, type PhraseBook, phraseBook } from './phrase-book.ts'
import { isOneSlip } from './slip.ts'
import { spelling, type Word, wordsOf } from './words.ts'

const book: PhraseBook<ClosingMeaning> = phraseBook(
  languages.flatMap(({ closing }) => Object.entries(closing) as [ClosingMeaning, string][]),
)
/** What no name is: days, and whatever an office is asked for. */
const noName = phraseBook<'CONTENT'>(
  languages.flatMap(({ open, labels }) =>
    [
      'widerspruch*, einspruch*, antrag*, beschwerde*, rückruf*, frist*, anwalt*, klage*, mahnung*, bescheid*, rechnung*, formular*, adresse*, telefon*, nummer*, hilfe*, müll*',
      open.WEEKDAY,
      open.APPOINTMENT,
      open.FORMAL,
      open.ANNOUNCED,
      open.QUESTION,
      labels.IDENTITY_DOCUMENT,
      labels.OTHER_DATE,
    ].map((phrases) => ['CONTENT', phrases] as const),
  ),
)

/** Every word of the tables: none of them is a slip for another. */
const known = new Set(
  languages.flatMap(({ closing }) =>
    Object.values(closing).flatMap((phrases) => phrases.split(/[\s,|…]+/).map(spelling)),
  ),
)

const maxTextLength = 240
const maxWords = 30

/**
 * Whether a text does nothing but thank or agree: it is made of the phrases of the languages and nothing else, one of them thanks, and
 * a name may stand behind a greeting. A question or a number is never a closing message.
 */
export function isClosingText(text: string): boolean {
  return closingMeaningsOf(text)?.has('THANKS') === true
}

/** Whether a text only greets or is polite, and says nothing to answer. */
export function isOnlyGreeting(text: string): boolean {
  const meanings = closingMeaningsOf(text)
  return meanings !== undefined && !meanings.has('THANKS')
}

/** What the phrases mean that the whole text is made of; `undefined` when it says anything else. */
function closingMeaningsOf(text: string): ReadonlySet<ClosingMeaning> | undefined {
  if (text.length > maxTextLength || /[?؟]/.test(text) || /[0-9]/.test(text.replace(/\b1000 dank|<3+/gi, '')))
    return undefined
  const words = wordsOf(
    text.replace(/<3+/g, '❤').replace(/[\u{1F3FB}-\u{1F3FF}]|\uFE0F|\u200D|♀|♂/gu, ''),
  ).map(mended)
  if (words.length === 0 || words.length > maxWords) return undefined
  if (hitsIn(words, book).some(({ meaning }) => meaning === 'NOT')) return undefined
  return reading(words)
}

type State = { readonly meanings: ReadonlySet<ClosingMeaning>; readonly last: ClosingMeaning | 'NAME' }

/** Goes through the words phrase by phrase; of several ways to one word the one with thanks in it. */
function reading(words: readonly Word[]): ReadonlySet<ClosingMeaning> | undefined {
  const states: (State | undefined)[] = [{ meanings: new Set(), last: 'AND' }]
  function reach(to: number, state: State): void {
    const known = states[to]
    if (
      known === undefined ||
      known.last === 'AND' ||
      (!known.meanings.has('THANKS') && state.meanings.has('THANKS'))
    )
      states[to] = state
  }
  for (let at = 0; at < words.length; at++) {
    const state = states[at]
    if (state === undefined) continue
    for (const { meaning, to } of hitsAt(words, at, book)) {
      if (meaning === 'NOT' || (meaning === 'AND' && (state.last === 'AND' || to === words.length))) continue
      reach(to, { meanings: new Set([...state.meanings, meaning]), last: meaning })
    }
    if (isFriendlySign(words[at]))
      reach(at + 1, { meanings: new Set([...state.meanings, 'POLITE']), last: 'POLITE' })
    const name = endOfName(words, at, state)
    if (name !== undefined) reach(name, { meanings: state.meanings, last: 'NAME' })
  }
  return states[words.length]?.meanings
}

/** An emoji that says nothing against the rest. */
function isFriendlySign(word: Word | undefined): boolean {
  return (
    word !== undefined && /^\p{Extended_Pictographic}$/u.test(word.text) && !unfriendly.includes(word.text)
  )
}

const unfriendly = '👎😡😠🤬😤😭😢🤔🙄😒😕😞😩😫🤨😳❓❗🆘🤷🤦💩🖕😖😣😱⁉‼🧐😬😑😐'

/** Behind a greeting up to three words may be a name, behind thanks one; a name is capital, or ends the message. */
function endOfName(words: readonly Word[], at: number, { last, meanings }: State): number | undefined {
  if (last === 'AND' || last === 'NOT') return undefined
  const word = words[at]
  if (word === undefined || !/\p{L}/u.test(word.text) || contains([word], noName)) return undefined
  const left = words.length - at
  if (last === 'THANKS') return word.capital && left === 1 && saysThanks(words, at) ? at + 1 : undefined
  if (last === 'POLITE') return word.capital && left === 1 && meanings.has('THANKS') ? at + 1 : undefined
  return word.capital || (left <= 2 && word.text.length <= 12) ? at + 1 : undefined
}

function saysThanks(words: readonly Word[], at: number): boolean {
  return words.slice(Math.max(0, at - 2), at).some(({ text }) => thanking.test(text))
}

const thanking =
  /^(?:dank|dang|bedank|mers+[ei]|vergelt|thank|merci|tesekkur|sagol|спасиб|дяку|dziek|multumes|mersi|شكر|grazie|gracias)/

/** Words that people mistype most; one slip is mended where nothing else is spelt so. */
const mistyped = [
  'danke',
  'vielen',
  'dankeschon',
  'super',
  'perfekt',
  'thanks',
  'herzlichen',
  'grusse',
  'spitze',
  'tesekkurler',
  'спасибо',
  'дякую',
  'dziekuje',
  'multumesc',
  'alles',
  'klasse',
]

function mended(word: Word): Word {
  const text = word.text.replace(/(\p{L})\1{2,}/gu, '$1')
  if (text.length < 5 || known.has(text)) return { ...word, text }
  const right = mistyped.find(
    (known) => known !== text && (isOneSlip(known, text) || hasItsLetters(known, text)),
  )
  return right === undefined ? { ...word, text } : { ...word, text: right }
}

/** "dnkae": the same letters in another order, the first in its place. */
function hasItsLetters(right: string, written: string): boolean {
  return (
    right.length === written.length &&
    right[0] === written[0] &&
    Array.from(right).sort().join('') === Array.from(written).sort().join('')
  )
}
