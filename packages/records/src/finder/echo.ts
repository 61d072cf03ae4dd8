import { book } from './closing-book.ts'
import { languages } from './languages/languages.ts'
import { contains, hitsAt, phraseBook } from './phrase-book.ts'
import { wordsOf } from './words.ts'

/** Words that are no echo though the answer had them: what is arranged, wanted or denied is said anew. */
const saidAnew = phraseBook<'ANEW'>(
  languages.flatMap(({ open, closing }) =>
    [
      open.WEEKDAY,
      open.APPOINTMENT,
      open.FORMAL,
      open.ANNOUNCED,
      open.DEMAND,
      open.TO_BE_DONE,
      closing.MORE,
      'uhr, vormittag*, nachmittag*, früh, abend*, mittag*',
    ].map((phrases) => ['ANEW', phrases] as const),
  ),
)

const small =
  /^(?:also|ach|ah|oh|aha|ok|okay|dann|nur|ja|doch|da|so|erst|schon|auch|halt|eben|na|gut|der|die|das|den|dem|des|ein|eine|einen|im|am|in|an|auf|bei|beim|hinter|hinterm|neben|vor|unter|uber|fur|mit|und|zu|zum|zur|von|vom|es|so|then|just|only|the|a|at|on|and|its|it)$/

/**
 * A text without the parts in which a citizen only repeats the answer before it: "Ah, am Nordeingang, danke". A part is what stands between
 * two signs, with small words around.
 */
export function withoutEcho(text: string, answer: string): string {
  if (answer === '' || text.length > maxLength || !/[,.!;:\n)(–…]/.test(text) || /[?؟]/.test(text))
    return text
  const answered = new Set(wordsOf(answer).map((word) => word.text))
  return text
    .split(/(?<=[,.!;:\n)–…])|(?=[(–])/u)
    .filter((part) => !isEcho(part, answered))
    .join('')
}

const maxLength = 240

function isEcho(part: string, answered: ReadonlySet<string>): boolean {
  const words = wordsOf(part)
  const own = words.filter((word) => !small.test(word.text))
  if (own.length === 0 || !own.every((word) => answered.has(word.text))) return false
  // What means something by itself ("passt", "danke") is no echo but itself.
  return (
    !contains(own, saidAnew) &&
    !own.some((_, at) => hitsAt(own, at, book).some(({ meaning }) => meaning === 'THANKS'))
  )
}
