import { languages } from './languages/languages.ts'
import { isOneSlip, slipIndex } from './slip.ts'
import { spelling, type Word } from './words.ts'

/** Every word of the tables: none of them is a slip for another. */
const known = new Set(
  languages.flatMap(({ closing }) =>
    Object.values(closing).flatMap((phrases) => phrases.split(/[\s,|…]+/).map(spelling)),
  ),
)

const saysMore = new Set(languages.flatMap(({ closing }) => closing.MORE.split(/[\s,]+/).map(spelling)))

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

/** Long words of the tables: an unknown one is a slip for them. */
const minLongLength = 8
const longWord = slipIndex(
  [...known].filter((word) => word.length >= minLongLength && /^\p{L}+$/u.test(word)),
)

/** "Ahh", "okk", "jaa": what the tables have only with single letters is written so. */
function once(text: string): string {
  if (known.has(text)) return text
  const single = text.replace(/(\p{L})\1/gu, '$1')
  return known.has(single) ? single : text
}

/** A word as the closing tables spell it: repeated letters, slips and dialect aside. One that they have stays as it is. */
export function mended(word: Word): Word {
  const text = once(word.text.replace(/(\p{L})\1{2,}/gu, '$1').replace(/^(?:h[aei]){2,}h?$/, 'haha'))
  if (text.length < 4 || known.has(text)) return { ...word, text }
  const right =
    text.length < 5
      ? undefined
      : mistyped.find((known) => known !== text && (isOneSlip(known, text) || hasItsLetters(known, text)))
  return {
    ...word,
    text: right ?? longWord(text) ?? (latin.test(text) ? bySound.get(soundOf(text)) : undefined) ?? text,
  }
}

/**
 * How a German word sounds where b and p, d and t, g and k are one: "dange" and "danke", "weider" and "weiter", "mercii" and "merci".
 */
function soundOf(word: string): string {
  return word
    .replace(/ck|[kq]/g, 'g')
    .replace(/[td]+h?/g, 'd')
    .replace(/ph|v/g, 'f')
    .replace(/p/g, 'b')
    .replace(/ie|y/g, 'i')
    .replace(/(?<=[aou])h/g, '')
    .replace(/(\p{L})\1+/gu, '$1')
}

const latin = /^[a-z]{4,14}$/

/** The words of the tables by their sound. One that says that something else follows goes first: when in doubt nothing is thanks. */
const bySound = new Map(
  [...known]
    .filter((word) => /^[a-z]+$/.test(word) && word.length >= 4)
    .toSorted((one, other) => Number(saysMore.has(one)) - Number(saysMore.has(other)))
    .map((word) => [soundOf(word), word] as const),
)

/** "dnkae": the same letters in another order, the first in its place. */
function hasItsLetters(right: string, written: string): boolean {
  return (
    right.length === written.length &&
    right[0] === written[0] &&
    Array.from(right).sort().join('') === Array.from(written).sort().join('')
  )
}
