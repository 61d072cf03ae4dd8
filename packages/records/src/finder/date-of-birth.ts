import type { LocalDate } from '../law/instant.ts'
import { isBoundary, type PiiMatch } from './pii-match.ts'

/**
 * Dates of birth in a text: a real date behind a word that says so ("geb.", "geboren am", "Geburtsdatum"), or any date at
 * least 14 years older than the message, because nobody makes an appointment in the past.
 *
 * @param writtenOn the day of the message; `null` when unknown, then only the words count.
 */
export function datesOfBirthIn(text: string, writtenOn: LocalDate | null): PiiMatch[] {
  const matches: PiiMatch[] = []
  let wordEnd = Number.NEGATIVE_INFINITY
  const words = text.matchAll(birthWord)
  let word = words.next()
  for (const match of text.matchAll(date)) {
    const start = match.index
    const end = start + match[0].length
    while (!word.done && word.value.index < start) {
      wordEnd = word.value.index + word.value[0].length
      word = words.next()
    }
    if (!isBoundary(text, start - 1) || !isBoundary(text, end)) continue
    const said = start - wordEnd <= contextReach
    if (namesBirth(match.groups ?? {}, said, writtenOn)) matches.push({ kind: 'DATE_OF_BIRTH', start, end })
  }
  return matches
}

const contextReach = 30
const birthWord = /geb\.|(?<!\p{L})geb(?!\p{L})|geboren|geburts|jahrgang|\bborn\b|date of birth|\bdob\b/giu
const monthNames = [
  /^jan|^jän/,
  /^feb/,
  /^mär|^maer|^mar/,
  /^apr/,
  /^mai|^may/,
  /^jun/,
  /^jul/,
  /^aug/,
  /^sep/,
  /^okt|^oct/,
  /^nov/,
  /^de[zc]/,
]

/** `3.6.1975`, `03.06.75`, `1975-06-03`, `3. Juni 1975`; every repetition is bounded. */
const date =
  /(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})|(?<day2>[0-9]{1,2})[./] ?(?:(?<month2>[0-9]{1,2})[./] ?|(?<name>\p{L}{3,9})\.? )(?<year2>[0-9]{4}|[0-9]{2})/gu

function namesBirth(
  parts: Record<string, string | undefined>,
  said: boolean,
  writtenOn: LocalDate | null,
): boolean {
  const yearText = parts['year'] ?? parts['year2'] ?? ''
  const month =
    parts['name'] === undefined ? Number(parts['month'] ?? parts['month2']) : monthOf(parts['name'])
  const day = Number(parts['day'] ?? parts['day2'])
  if (yearText.length === 2) return said && isDay(2000, month, day)
  const year = Number(yearText)
  if (!isDay(year, month, day) || year < 1900) return false
  if (said) return writtenOn === null || year <= Number(writtenOn.slice(0, 4))
  return writtenOn !== null && year <= Number(writtenOn.slice(0, 4)) - 14
}

function monthOf(name: string): number {
  const lower = name.toLowerCase()
  return monthNames.findIndex((shape) => shape.test(lower)) + 1
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
