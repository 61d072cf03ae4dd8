import { book, closes, deed } from './closing-book.ts'
import { withoutEcho } from './echo.ts'
import type { ClosingMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { mended } from './mended-word.ts'
import { contains, hitsAt, hitsIn, phraseBook } from './phrase-book.ts'
import { asksSomething } from './said-of-matter.ts'
import { openEndsOf } from './thanked-for.ts'
import { askedOnce, type Word, wordsOf } from './words.ts'

/** What no name is: days, and whatever an office is asked for. */
const noName = phraseBook<'CONTENT'>(
  languages.flatMap(({ open, labels, closing }) =>
    [
      'widerspruch*, einspruch*, antrag*, beschwerde*, rückruf*, frist*, anwalt*, klage*, mahnung*, bescheid*, rechnung*, formular*, adresse*, telefon*, nummer*, hilfe*, müll*, link, größe, farbe, menge, geld, formular*, karte, nachmittag*, vormittag*, *weg, *straße, *strasse, *str, *platz, *gasse, *allee, *ufer',
      open.WEEKDAY,
      open.APPOINTMENT,
      open.FORMAL,
      open.ANNOUNCED,
      open.QUESTION,
      labels.IDENTITY_DOCUMENT,
      labels.OTHER_DATE,
      closing.MORE,
    ].map((phrases) => ['CONTENT', phrases] as const),
  ),
)

const maxTextLength = 240
const maxWords = 30

/**
 * Whether a text does nothing but thank or agree: it is made of the phrases of the languages and nothing else, one of them thanks, and
 * a name may stand behind a greeting. A question or a number is never a closing message, unless it only repeats the answer before it.
 */
export function isClosingText(text: string, answer = ''): boolean {
  if (closingMeaningsOf(text)?.has('THANKS') === true) return true
  const rest = withoutEcho(text, answer)
  return rest !== text && closingMeaningsOf(rest)?.has('THANKS') === true
}

/** Whether a text only greets or is polite, and says nothing to answer. A small word alone ("wirklich", "noch") is no greeting: it asks. */
export function isOnlyGreeting(text: string): boolean {
  const meanings = closingMeaningsOf(text)
  if (meanings === null || meanings.has('THANKS')) return false
  const words = wordsOf(text)
  return (
    meanings.has('GREETING') ||
    words.some(({ text }) => salutation.test(text)) ||
    hitsIn(words, book).some(({ meaning, from, to }) => meaning === 'POLITE' && to > from + 1)
  )
}

const salutation =
  /^(?:hallo|hi|hey|hej|moin|servus|tach|mahlzeit|griaß|gruezi|hello|bye|tschuss|tschus|ciao|tschau|merhaba|selam|selamlar|gunaydin|здравствуйте|привет|вітаю|привіт|witam|czesc|buna|salut|bonjour|salve|hola|مرحبا|سلام|اهلا|\p{Extended_Pictographic})$/u

/** What the phrases mean that the whole text is made of; `null` when it says anything else. */
const closingMeaningsOf = askedOnce((text) => closingMeaningsIn(text) ?? null)

function closingMeaningsIn(text: string): ReadonlySet<ClosingMeaning> | undefined {
  if (text.length > maxTextLength || /[?؟]/.test(text) || /[0-9]/.test(text.replace(/\b1000 dank|<3+/gi, '')))
    return undefined
  const plain = text.replace(/<3+/g, '❤').replace(/[\u{1F3FB}-\u{1F3FF}]|\uFE0F|\u200D|♀|♂/gu, '')
  const written = wordsOf(plain)
  if (written.length === 0 || written.length > maxWords) return undefined
  const sincere = plain.replace(sincerely, 'danke ')
  if (hitsIn(sincere === plain ? written : wordsOf(sincere), book).some(({ meaning }) => meaning === 'NOT'))
    return undefined
  const words = written.map(mended)
  return reading(plain, words)
}

/** "Danke auch" alone is a reproach; "danke auch im Namen meines Vaters" is none. */
const sincerely =
  /(?<!\p{L})danke? auch (?=(?:im namen|an|ihnen|euch|dir|der|den|dem|ihre[mr]|eure[mr]|von|und)(?!\p{L}))/giu

type State = { readonly meanings: ReadonlySet<ClosingMeaning>; readonly last: ClosingMeaning | 'NAME' }

/**
 * Goes through the words phrase by phrase; of several ways to one word the one with thanks in it. Beside words that thank expressly it
 * also goes through sentences of praise and through whatever somebody thanks for or wishes.
 */
function reading(text: string, words: readonly Word[]): ReadonlySet<ClosingMeaning> | undefined {
  const thankful = thanksExpressly(text, words)
  const states: Map<State['last'], State>[] = words.map(() => new Map())
  states.push(new Map())
  states[0]?.set('AND', { meanings: new Set(), last: 'AND' })
  function reach(to: number, state: State): void {
    const known = states[to]?.get(state.last)
    if (known === undefined || (!known.meanings.has('THANKS') && state.meanings.has('THANKS')))
      states[to]?.set(state.last, state)
  }
  for (let at = 0; at < words.length; at++) {
    const reached = [...(states[at]?.values() ?? [])]
    if (reached.length === 0) continue
    const hits = hitsAt(words, at, book)
    const ends = thankful ? openEndsOf(text, words, at, hits) : []
    for (const state of reached) {
      for (const { meaning, to } of hits) {
        if (!mayFollow(meaning, state, words, at, to, thankful) || turnsRound(text, words, at)) continue
        // A small word behind the praise belongs to it: "geholfen habt".
        const praised = state.last === 'PRAISE' && meaning === 'BESIDE_THANKS'
        reach(to, including(state, praised ? 'PRAISE' : meaning))
      }
      if (state.last === 'BESIDE_THANKS') continue
      for (const end of ends) reach(end, including(state, 'POLITE'))
      if (isFriendlySign(words[at], thankful)) reach(at + 1, including(state, 'POLITE'))
      const name = endOfName(words, at, state) ?? endOfSignature(text, words, at, state)
      if (name !== undefined) reach(name, { meanings: state.meanings, last: 'NAME' })
    }
  }
  const whole = [...(states[words.length]?.values() ?? [])].filter(({ last }) => last !== 'BESIDE_THANKS')
  return (whole.find(({ meanings }) => meanings.has('THANKS')) ?? whole[0])?.meanings
}

function including({ meanings }: State, meaning: ClosingMeaning): State {
  return { meanings: meanings.has(meaning) ? meanings : new Set([...meanings, meaning]), last: meaning }
}

/** Whether a phrase may stand here: small words only in a sentence of praise, which neither "und" nor a verb begins ("ist das gut"). */
function mayFollow(
  meaning: ClosingMeaning,
  { last }: State,
  words: readonly Word[],
  at: number,
  to: number,
  thankful: boolean,
): boolean {
  if (meaning === 'BESIDE_THANKS' || meaning === 'PRAISE') {
    if (!thankful || (last === 'AND' && at > 0)) return false
    const begins = last !== 'BESIDE_THANKS' && last !== 'PRAISE'
    return !(begins && verb.test(words[at]?.text ?? '') && subject.test(words[at + 1]?.text ?? ''))
  }
  if (last === 'BESIDE_THANKS') return false
  if (meaning === 'AND') return last !== 'AND' && to < words.length
  return closes.has(meaning)
}

/** "…, aber es ist zu": behind a pause "aber" takes back what was praised; "das ging aber schnell" does not. */
function turnsRound(text: string, words: readonly Word[], at: number): boolean {
  const [before, word] = [words[at - 1], words[at]]
  if (before === undefined || word === undefined || !takesBack.test(word.text)) return false
  if (beginsThanks(words, at)) return false
  return /[.,;:!\n–-]/.test(text.slice(before.end, word.start))
}

const takesBack = /^(?:aber|awer|awwer|oba|abba|allerdings|jedoch|but|ama|fakat|але|но|ale|dar|لكن|ولكن|بس)$/

/** "Schade, aber danke". */
function beginsThanks(words: readonly Word[], at: number): boolean {
  return hitsAt(words, at, book).some(({ meaning }) => meaning === 'THANKS' || meaning === 'POLITE')
}

/** "ist das", "haben sie", "is it": what begins so asks. */
const verb =
  /^(?:ist|is|isch|sind|war|waren|haben|habt|hobts|hat|hot|hab|habe|seid|bin|geht|passt|basst|hilft|stimmt|klappt|lauft|funktioniert|reicht|are|was|were|have|has|had|works|helps|makes|est|e|sunt|esti|aveti|merge|jest|sa|є|есть|работает|працює|dziala)$/
const subject =
  /^(?:das|des|dat|dies|es|s|sie|ihr|du|mir|ma|wir|ich|i|er|der|die|den|dann|da|jetzt|auch|so|it|this|that|you|we|the|there|asta|to|це|это)$/

/** Whether somebody thanks in so many words and neither asks, announces, demands nor arranges anything. */
function thanksExpressly(text: string, words: readonly Word[]): boolean {
  return (
    (words.some(({ text }) => thanking.test(text) || helped.test(text)) || returned.test(text)) &&
    !asksSomething(text.replace(exclaimed, '')) &&
    !contains(words, deed)
  )
}

/** "Hat mir sehr weitergeholfen" thanks as well. */
const helped = /^(?:weiterg(?:e)?holfen|g(?:e)?holfen)$/
/** "Ihnen auch ein frohes Fest": a wish that is returned. */
const returned =
  /(?<!\p{L})(?:ihnen auch|euch auch|dir auch|gleichfalls|ebenfalls|you too|size de|wzajemnie|la fel|и вам|і вам)(?!\p{L})/iu
/** "Wie schnell", "wie schön" exclaims. */
const exclaimed =
  /(?<!\p{L})(?:(?:wie|how) (?:schnell|gut|schön|nett|lieb|toll|nice|kind|lovely|quick)|mi (?:pani|pan|państwo|to|się|bardzo|pomog\p{L}+))(?!\p{L})/giu

/** An emoji that says nothing against the rest; beside thanks a tear says nothing either. */
function isFriendlySign(word: Word | undefined, thankful: boolean): boolean {
  if (word === undefined || !/^\p{Extended_Pictographic}$/u.test(word.text)) return false
  return !unfriendly.includes(word.text) || (thankful && tears.includes(word.text))
}

const tears = '😭😢🥲🥺😔'

const unfriendly =
  '👎😡😠🤬😤😭😢🤔🙄😒😕😞😩😫🤨😳❓❗🆘🤷🤦💩🖕😖😣😱⁉‼🧐😬😑😐🤡💀☠😏🤥🥱🤮🤢😾🙎⏰⌛⏳📅📆☎📞📱✍💸🚧🐀'

/** Behind a greeting up to three words may be a name, behind thanks one; a name is capital, or ends the message. */
function endOfName(words: readonly Word[], at: number, { last, meanings }: State): number | undefined {
  const word = words[at]
  if (word === undefined || !/\p{L}/u.test(word.text) || contains([word], noName)) return undefined
  const left = words.length - at
  if (last === 'THANKS') return word.capital && left === 1 && saysThanks(words, at) ? at + 1 : undefined
  if (last === 'POLITE') return word.capital && left === 1 && meanings.has('THANKS') ? at + 1 : undefined
  if (last !== 'GREETING' && last !== 'NAME') return undefined
  // "herzlichen dank frau lindner sie sind ein engel": whoever writes all small writes names so, too.
  if (title.test(words[at - 1]?.text ?? '') && word.text.length >= 3 && word.text.length <= 15) return at + 1
  return word.capital || (left <= 2 && word.text.length <= 12) ? at + 1 : undefined
}

/** "Danke\nPetra Wagner", "Danke, P. W.": up to three names in a line of their own, or initials, end the message. */
function endOfSignature(
  text: string,
  words: readonly Word[],
  at: number,
  { meanings }: State,
): number | undefined {
  const left = words.slice(at)
  if (!meanings.has('THANKS') || left.length === 0 || left.length > 3) return undefined
  if (!left.every((word) => word.capital && /^\p{L}/u.test(word.text) && !contains([word], noName)))
    return undefined
  const before = text.slice(words[at - 1]?.end ?? 0, words[at]?.start)
  const initials = left.slice(0, Math.max(1, left.length - 1)).every((word) => word.text.length <= 2)
  return before.includes('\n') || (initials && /[.,!\n]/.test(before)) ? words.length : undefined
}

const title =
  /^(?:frau|herr|herrn|familie|fam|mr|mrs|ms|miss|madame|monsieur|signora|signor|senora|senor|госпожа|господин|фрау|герр)$/

function saysThanks(words: readonly Word[], at: number): boolean {
  return words.slice(Math.max(0, at - 2), at).some(({ text }) => thanking.test(text))
}

/** Whoever thanks in so many words, in the languages of the tables. */
const thanking =
  /^(?:dank|dang|dong|bedank|mers+[ei]|merssi|vergelt|vagelt|thank|thx|thnx|tnx|tks|ty$|tysm|cheers|merci|appreciate|grateful|tesekkur|tsk|sagol|saol|sag$|eyvallah|razi|minnettar|спасиб|спс|пасиб|благодар|дяку|дякс|дяки|вдячн|dziek|podziek|wdzieczn|multumes|multumim|multum|multam|mersi|recunoscator|شكر|مشكور|ممنون|تسلم|يسلم|يعطيك|جزاك|يجزيك|shukran|grazie|gracias|obrigad|faleminderit|hvala|хвала|ευχαριστ|bedankt)/
