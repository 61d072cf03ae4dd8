import { isAlphanumeric, isBoundary } from './pii-match.ts'

/**
 * Where a text has a number in a form that one state prints or that people dictate, by where it begins; the value is where it ends. The form
 * alone proves nothing: only a word like "Ausweis" beside it makes it the number of a document.
 */
export function shapedSerials(text: string): ReadonlyMap<number, number> {
  const serials = new Map<number, number>()
  if (digits.test(text)) {
    for (const form of forms) {
      for (const match of text.matchAll(form)) serials.set(match.index, match.index + match[0].length)
    }
  }
  if (!text.includes(' wie ')) return serials
  for (const match of text.matchAll(dictated)) {
    const length = match[0].replace(asWord, '').replace(/[^A-Z0-9]/gi, '').length
    if (match[0].includes(' wie ') && length >= 9 && length <= 11)
      serials.set(match.index, match.index + match[0].length)
  }
  return serials
}

/** Every form has four digits that at most one sign parts, or two groups of two. */
const digits = /[0-9][0-9 .-]{0,2}[0-9][0-9 .-]{0,2}[0-9][0-9 .-]{0,2}[0-9]/
const asWord = / wie \p{L}{2,12}/giu

const forms: readonly RegExp[] = [
  // Belgium `592-4829137-46`, Spain `48.291.376-K`, Pakistan `35202-4829137-1`, Afghanistan `1400-0100-48291`, green cards `MSC-48-291-37654`
  /(?<![\p{L}\p{N}-])(?:[0-9]{3}[- ]?[0-9]{7}[- ]?[0-9]{2}|[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}[- ]?[A-Z]|[0-9]{5}-[0-9]{7}-[0-9]|[0-9]{4}-[0-9]{4}-[0-9]{5}|[A-Z]{3}-?[0-9]{2}-?[0-9]{3}-?[0-9]{5})(?![\p{L}\p{N}]|[-.][0-9])/gu,
  // Türkiye `A12 B34567`; letters and number with a word between, as Poland, Romania, Ukraine and Russia print them
  /(?<![\p{L}\p{N}])(?:[A-Z][0-9]{2} [A-Z][0-9]{5}|(?:[A-ZА-ЯІЇЄ]{2,3}|[0-9]{2} ?[0-9]{2})[, ]{1,2}(?:numer|numărul|numarul|номер|nr|no|№)[. :]{0,2}[0-9]{6,7})(?![\p{L}\p{N}])/gu,
  // Letters that are not Latin: `ФК482913`, `МЕ 482913`, `ن ٠١٢٤٨٣٩١٧`
  /(?<![\p{L}\p{N}])(?:[А-ЯІЇЄΑ-Ω]{2}[ №-]{0,3}[0-9]{6,7}|[ء-ي] ?[0-9]{8,9})(?![\p{L}\p{N}])/gu,
]

/** "C wie Cäsar, 7, F wie Friedrich": pieces one by one, some of them explained. */
const dictated =
  /(?<![\p{L}\p{N}])(?:(?:[A-Z0-9]{1,4}|[a-z])(?: wie \p{L}{2,12})?[ ,.-]{1,3}){3,10}(?:[A-Z0-9]{1,4}|[a-z])(?: wie \p{L}{2,12})?(?![\p{L}\p{N}])/gu

/** Digits and letters in one piece as France (`18AB48291`) and Italy (`CA48291XY`) print them. */
export function compactSerial(text: string, start: number): number | undefined {
  let end = start
  while (end - start <= maxCompactLength && isAlphanumeric(text.charCodeAt(end))) end += 1
  return compact.test(text.slice(start, end)) && isBoundary(text, end) ? end : undefined
}

const maxCompactLength = 9
const compact = /^(?:[0-9]{2}[A-Z]{2}[0-9]{5}|[A-Z]{2}[0-9]{5}[A-Z]{2}|[A-Z][0-9]{2}[A-Z][0-9]{5})$/i
