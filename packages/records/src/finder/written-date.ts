import { languages } from './languages/languages.ts'
import { spelling } from './words.ts'

/** A date in a text. `year` is `null` where none is written; `shortYear` says that it has two digits and the century is open. */
export type WrittenDate = {
  readonly start: number
  readonly end: number
  readonly day: number
  readonly month: number
  readonly year: number | null
  readonly shortYear: boolean
}

const monthNumbers = new Map<string, number>(
  languages.flatMap(({ months }) =>
    months.flatMap((forms, index) =>
      forms.split(',').map((form) => [spelling(form.trim()), index + 1] as const),
    ),
  ),
)
const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']

/** Every repetition is bounded and no two of them can take the same characters. */
const shapes =
  /(?<y1>(?:19|20)[0-9]{2})(?<s1>[-/.])(?<m1>[0-9]{1,2})\k<s1>(?<d1>[0-9]{1,2})|(?<d2>[0-9]{1,2})(?<s2> ?[./-] ?| )(?<m2>[0-9]{1,2})(?:\k<s2>| ?[./-] ?)(?<y2>[0-9]{4}|'?[0-9]{2})|(?<d3>[0-9]{1,2})(?:st|nd|rd|th|\.|-?го|-?е)?[ ./-]{0,2}(?:of |de |di )?(?<n3>\p{L}{1,12})[ ./-]{0,2}(?:de |del )?(?<y3>[0-9]{4}|['][0-9]{2}|[0-9]{2})|(?<n4>\p{L}{3,12})\.? (?<d4>[0-9]{1,2})(?:st|nd|rd|th)?,? (?<y4>[0-9]{4})|(?<d6>[0-9]{2})(?<m6>[0-9]{2})(?<y6>(?:19|20)[0-9]{2})|(?<d5>[0-9]{1,2})\. ?(?:(?<m5>[0-9]{1,2})\.|(?<n5>\p{L}{3,12}))/giu

/** The dates of a plain text in their order, each one that exists in the calendar. */
export function datesIn(text: string): WrittenDate[] {
  const dates: WrittenDate[] = []
  if (!/[0-9]/.test(text)) return dates
  shapes.lastIndex = 0
  for (let match = shapes.exec(text); match !== null; match = shapes.exec(text)) {
    const start = match.index
    const end = start + match[0].length
    const date = standsAlone(text, start, end) ? readDate(match.groups ?? {}) : undefined
    if (date !== undefined) dates.push({ start, end, ...date })
    // "Kind 1 geb. 12.12.2012": what looked like a date may have begun too early.
    else shapes.lastIndex = start + 1
  }
  return dates
}

/** Whether no digit goes on before or behind, with or without a sign between. */
function standsAlone(text: string, start: number, end: number): boolean {
  if (/[0-9]/.test(text.charAt(start - 1)) || /[0-9]/.test(text.charAt(end))) return false
  if (/[.,/-]/.test(text.charAt(start - 1)) && /[0-9]/.test(text.charAt(start - 2))) return false
  return !(/[.,/-]/.test(text.charAt(end)) && /[0-9]/.test(text.charAt(end + 1)))
}

function readDate(parts: Record<string, string | undefined>): Omit<WrittenDate, 'start' | 'end'> | undefined {
  const dayText = parts['d1'] ?? parts['d2'] ?? parts['d3'] ?? parts['d4'] ?? parts['d5'] ?? parts['d6']
  const monthText = parts['m1'] ?? parts['m2'] ?? parts['m5'] ?? parts['m6']
  const name = parts['n3'] ?? parts['n4'] ?? parts['n5']
  const yearText = (parts['y1'] ?? parts['y2'] ?? parts['y3'] ?? parts['y4'] ?? parts['y6'])?.replace("'", '')
  const month = monthText === undefined ? monthOf(name ?? '') : Number(monthText)
  const day = Number(dayText)
  const year = yearText === undefined ? null : Number(yearText)
  const shortYear = yearText?.length === 2
  const [first, second] = parts['s2']?.includes('/') && month > 12 ? [month, day] : [day, month]
  if (!isDay(shortYear || year === null ? 2000 : year, second, first)) return undefined
  return { day: first, month: second, year, shortYear }
}

function monthOf(name: string): number {
  const spelt = spelling(name)
  return monthNumbers.get(spelt) ?? roman.indexOf(spelt) + 1
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
