import type { LabelMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { type Hit, hitsAt, hitsIn, phraseBook } from './phrase-book.ts'
import { slipIndex } from './slip.ts'
import { spelling, type Word } from './words.ts'

/** A word that says what the number or date beside it is. */
export type Label = { readonly meaning: LabelMeaning; readonly start: number; readonly end: number }

const book = phraseBook<LabelMeaning>(
  languages.flatMap(({ labels }) => Object.entries(labels) as [LabelMeaning, string][]),
)

const mistyped: readonly LabelMeaning[] = ['IDENTITY_DOCUMENT', 'BIRTH', 'PHONE']
const minMendedLength = 9

/** The long words that say what a number or date is: one slip in them is read over. */
const rightWord = slipIndex(
  languages
    .flatMap(({ labels }) => mistyped.flatMap((meaning) => labels[meaning].split(',')))
    .filter((phrase) => !/[*…|]|\S\s+\S/.test(phrase))
    .map((word) => spelling(word.trim()))
    .filter((word) => word.length >= minMendedLength),
)

/** Shorter ones that people mistype most: no other word is one slip away. */
const rightShortWord = slipIndex(['ausweis', 'passport', 'pasaport', 'ehliyet', 'паспорт'].map(spelling))
const minShortLength = 6

/** "Fahrerlaubnisnr", "Aufenthaltskartennummer": the name of a document, its joint, and that its number is meant. */
const itsNumber = /(?:nummern?|numm?er|numma|nr)$/
const joint = /(?:es|en|s|n)$/
const minStemLength = 4

/** What the number of this is; `undefined`: no table has it. "Parkausweisnr" is the number of something else. */
function meaningOfNumber(stem: string, word: Word): 'IDENTITY_DOCUMENT' | 'OTHER_NUMBER' | undefined {
  const meanings = [stem, stem.replace(joint, '')].flatMap((each) => {
    const text = rightWord(each) ?? rightShortWord(each) ?? each
    return hitsAt([{ ...word, text }], 0, book).map(({ meaning }) => meaning)
  })
  return (['OTHER_NUMBER', 'IDENTITY_DOCUMENT'] as const).find((meaning) => meanings.includes(meaning))
}

function mended(word: Word): Word {
  const stem = word.text.replace(itsNumber, '')
  const isNumber = stem !== word.text && stem.length >= minStemLength
  const numbered = isNumber ? meaningOfNumber(stem, word) : undefined
  if (numbered !== undefined) return { ...word, text: numberNames[numbered] }
  if (word.text.length < minShortLength) return word
  if (word.text.length < minMendedLength - 1) {
    const right = rightShortWord(word.text)
    return right === undefined || hitsAt([word], 0, book).length > 0 ? word : { ...word, text: right }
  }
  if (hitsAt([word], 0, book).some(({ meaning }) => meaning !== 'OTHER_NUMBER')) return word
  const right = rightWord(word.text)
  return right === undefined ? word : { ...word, text: right }
}

const numberNames = { IDENTITY_DOCUMENT: 'ausweisnummer', OTHER_NUMBER: 'kundennummer' } as const

/** Of what, only the words around it can say. */
const saysNothing = /^(?:nummer|nr|kartennummer)$/

/**
 * The labels of a text in their order; of two at one place the longer one counts. Every "…nummer" is the number of something else
 * unless a table says that it is a telephone number or a document's.
 */
export function labelsOf(written: readonly Word[]): Label[] {
  const words = written.map(mended)
  const labels: Label[] = []
  let free = 0
  let best: Hit<LabelMeaning>[] = []
  function settle(): void {
    const named = best.some(({ meaning }) => meaning === 'PHONE' || meaning === 'IDENTITY_DOCUMENT')
    for (const { meaning, from, to } of best) {
      if (
        meaning === 'OTHER_NUMBER' &&
        (named || (to === from + 1 && saysNothing.test(words[from]?.text ?? '')))
      )
        continue
      labels.push({ meaning, start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 })
      free = to
    }
    best = []
  }
  for (const hit of hitsIn(words, book)) {
    if (best[0] !== undefined && hit.from > best[0].from) settle()
    if (hit.from < free) continue
    if (best[0] === undefined || hit.to > best[0].to) best = [hit]
    else if (hit.to === best[0].to && !best.some(({ meaning }) => meaning === hit.meaning)) best.push(hit)
  }
  settle()
  return labels
}

/** The labels that end at most `reach` characters before `start`, the nearest first. */
export function labelsBefore(labels: readonly Label[], start: number, reach: number): Label[] {
  let low = 0
  let high = labels.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((labels[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  const near: Label[] = []
  for (let index = low - 1; index >= 0 && near.length < 12; index--) {
    const label = labels[index]
    if (label === undefined || start - label.end > reach) break
    near.push(label)
  }
  return near
}

/** The labels that begin at most `reach` characters behind `end`, the nearest first. */
export function labelsBehind(labels: readonly Label[], end: number, reach: number): Label[] {
  let low = 0
  let high = labels.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((labels[middle]?.start ?? 0) < end) low = middle + 1
    else high = middle
  }
  const near: Label[] = []
  for (let index = low; index < labels.length && near.length < 12; index++) {
    const label = labels[index]
    if (label === undefined || label.start - end > reach) break
    near.push(label)
  }
  return near
}
