import type { LabelMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { type Hit, hitsIn, phraseBook } from './phrase-book.ts'
import { isOneSlip } from './slip.ts'
import type { Word } from './words.ts'

/** A word that says what the number or date beside it is. */
export type Label = { readonly meaning: LabelMeaning; readonly start: number; readonly end: number }

const book = phraseBook<LabelMeaning>(
  languages.flatMap(({ labels }) => Object.entries(labels) as [LabelMeaning, string][]),
)

/** Long words that people mistype; one slip in them is read over. */
const mistyped = [
  'personalausweis',
  'personalausweisnummer',
  'reisepass',
  'reisepassnummer',
  'ausweisnummer',
  'kinderreisepass',
  'aufenthaltstitel',
  'geburtsdatum',
  'telefonnummer',
  'handynummer',
]
const minMendedLength = 8

function mended(word: Word): Word {
  if (word.text.length < minMendedLength) return word
  const right = mistyped.find(
    (known) => known !== word.text && known[0] === word.text[0] && isOneSlip(known, word.text),
  )
  return right === undefined ? word : { ...word, text: right }
}

/** The labels of a text in their order; of two at one place the longer one counts. */
export function labelsOf(written: readonly Word[]): Label[] {
  const words = written.map(mended)
  const labels: Label[] = []
  let free = 0
  let best: Hit<LabelMeaning>[] = []
  function settle(): void {
    for (const { meaning, from, to } of best) {
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
