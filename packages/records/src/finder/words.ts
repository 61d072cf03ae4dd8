/** One word of a text: as the word lists spell it, and where it stands. */
export type Word = {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Words with the same number stand in one sentence. */
  readonly sentence: number
  readonly capital: boolean
}

/** Letters, also over an apostrophe or hyphen; digits by themselves, since people glue a number to its name. */
const wordShape = /\p{L}[\p{L}\p{M}]*(?:['’ʼ‘&-]\p{L}[\p{L}\p{M}]*)*|\p{N}+|\p{Extended_Pictographic}/gu
const sentenceEnd = /[.!?\n;…؟]/
const abbreviated = /^(?:z|d|h|u|a|o|b|st|str|dr|nr|hr|fr|fam|geb|ca|bzw|evtl|inkl|tel|proc|ul|im|г|д|ул|р)$/

let remembered: Map<string, readonly Word[]> | null = null

/** Runs `work`, in which each text is read only once, however many ask for its words. Nothing of it is kept afterwards. */
export function readingOnce<T>(work: () => T): T {
  const before = remembered
  remembered = new Map()
  try {
    return work()
  } finally {
    remembered = before
  }
}

/** The same question about a text, of which the answer is kept as long as {@link readingOnce} reads. */
export function askedOnce<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  const answers = new WeakMap<object, Map<string, Answer>>()
  return (text) => {
    if (remembered === null) return ask(text)
    let known = answers.get(remembered)
    if (known === undefined) {
      known = new Map()
      answers.set(remembered, known)
    }
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = ask(text)
    known.set(text, answer)
    return answer
  }
}

/** The words and emoji of a text in their order. One pass. */
export function wordsOf(text: string): readonly Word[] {
  const known = remembered?.get(text)
  if (known !== undefined) return known
  const words = readWords(text)
  remembered?.set(text, words)
  return words
}

function readWords(text: string): Word[] {
  const words: Word[] = []
  let sentence = 0
  let last = 0
  for (const match of text.matchAll(wordShape)) {
    const between = text.slice(last, match.index)
    const before = words.at(-1)
    if (before !== undefined && sentenceEnd.test(between)) {
      if (!(between.startsWith('.') && abbreviated.test(before.text)) || between.includes('\n')) sentence += 1
    }
    last = match.index + match[0].length
    const first = match[0].charAt(0)
    words.push({
      text: spelling(match[0]),
      start: match.index,
      end: last,
      sentence,
      capital: first !== first.toLowerCase(),
    })
  }
  return words
}

const folds: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  æ: 'a',
  œ: 'o',
  ё: 'е',
  ґ: 'г',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ئ: 'ي',
  ة: 'ه',
  ؤ: 'و',
}

/**
 * How the word lists spell a word: small letters, no accents, `ä` and `ae` alike, no hyphen or apostrophe, Arabic without
 * article. What people write on a phone differs in exactly these.
 */
export function spelling(word: string): string {
  const lower = word.toLowerCase()
  if (isAscii.test(lower)) return joined(lower)
  let folded = ''
  for (const unit of lower.normalize('NFD').replace(accents, '').normalize('NFC'))
    folded += folds[unit] ?? unit
  const text = joined(folded)
  return arabicLetter.test(text) ? withoutArticle(text) : text
}

function joined(word: string): string {
  return word.replace(/['’ʼ‘&-]/g, '').replace(/([aou])e/g, '$1')
}

const isAscii = /^[ -~]*$/
/** Not the breve of й and the diaeresis of ї: they are letters of their own. */
const accents = /(?<![ии])\u0306|(?<!і)\u0308|[\u0300-\u0305\u0307\u0309-\u036f\u064b-\u0652\u0670\u0640]/g
const arabicLetter = /[\u0600-\u06ff]/

function withoutArticle(word: string): string {
  const stripped = word.replace(/^(?:وال|بال|كال|فال|ال|لل|و(?=.{4}))/, '')
  return stripped.length >= 2 ? stripped : word
}
