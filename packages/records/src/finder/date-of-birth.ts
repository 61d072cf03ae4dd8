import type { LocalDate } from '../law/instant.ts'
import { type Label, labelsBefore, labelsBehind } from './labels.ts'
import type { PiiMatch } from './pii-match.ts'
import { datesIn, type WrittenDate } from './written-date.ts'

/**
 * Dates of birth in a plain text: a date that is called so before or behind, has a star before it or the right age beside it; and a
 * date long before the message that nothing calls otherwise ("Max Mustermann 12.08.1964").
 *
 * @param writtenOn the day of the message; `null` when unknown, then only the words count.
 */
export function datesOfBirthIn(
  text: string,
  labels: readonly Label[],
  writtenOn: LocalDate | null,
): PiiMatch[] {
  const matches: PiiMatch[] = []
  let previous: WrittenDate | undefined
  for (const date of datesIn(text)) {
    if (date.year === null || !hasHappened(date, writtenOn)) continue
    const listed = previous !== undefined && isListed(text.slice(previous.end, date.start))
    if (!isBirth(text, date, labels, writtenOn, listed)) continue
    matches.push({ kind: 'DATE_OF_BIRTH', start: date.start, end: date.end })
    previous = date
  }
  return matches
}

const before = 45
const behind = 24
const oldEnough = 14
/** Somebody is put down for something: then a name and a date are a child and its birthday. */
const registers =
  /anmeld|kind(?!er)|sohn|tochter|schüler|ferien|kita|hort|teilnehm|register|child|çocuk|дитин|ребен|dziecko|copil/i

/** Between two dates of one label: names, commas, "und"; no other label, and not another sentence's worth of words. */
function isListed(between: string): boolean {
  return (
    between.length <= 40 &&
    !/[0-9]{3}|[!?]/.test(between) &&
    (between.match(/\p{Ll}{4,}/gu) ?? []).length <= 4 &&
    !/ (?:am|seit|vom|bis|ab|termin) ?$/i.test(between)
  )
}

function isBirth(
  text: string,
  date: WrittenDate,
  labels: readonly Label[],
  writtenOn: LocalDate | null,
  listed: boolean,
): boolean {
  if (
    /(?:\*|✱|⭐) ?(?:am )?$/u.test(text.slice(Math.max(0, date.start - 6), date.start)) &&
    !/\d ?\* ?$/.test(text.slice(Math.max(0, date.start - 4), date.start))
  )
    return true
  const near = labelsBefore(labels, date.start, before).filter(tellsDate)
  const [nearest] = near
  const next = labelsBehind(labels, date.end, behind)
    .filter(tellsDate)
    .find(({ start }) => !/[.;!?\n]\s|[0-9]{2}/.test(text.slice(date.end, start)))
  const cut = nearest === undefined || /[.!?] (?=\p{Lu})/u.test(text.slice(nearest.end, date.start))
  if (nearest?.meaning === 'BIRTH') {
    // "geboren am …", "Geburtsdatum (Kind): …"; "geboren bin ich hier, wohne aber seit …" has the nearer word.
    if (next?.meaning === 'OTHER_DATE' && next.start - date.end <= 2 && date.start - nearest.end > 12)
      return false
    return true
  }
  if (next?.meaning === 'BIRTH' && next.start - date.end <= behind) {
    return nearest === undefined || nearest.meaning !== 'OTHER_DATE' || isPreposition(text, nearest)
  }
  if (date.shortYear || date.year === null) return listed && nearest === undefined
  if (hasAge(text, date.end, date.year, writtenOn) && (nearest === undefined || cut)) return true
  const toldOtherwise = (nearest?.meaning === 'OTHER_DATE' && !cut) || next?.meaning === 'OTHER_DATE'
  if (toldOtherwise) return false
  if (listed) return true
  if (writtenOn === null || !standsWithName(text, date)) return false
  const years = Number(writtenOn.slice(0, 4)) - date.year
  return (
    years >= oldEnough || (years >= 1 && registers.test(text.slice(Math.max(0, date.start - 80), date.start)))
  )
}

function tellsDate({ meaning }: Label): boolean {
  return meaning === 'BIRTH' || meaning === 'OTHER_DATE'
}

/** "am", "vom" say nothing once "geboren" stands behind the date. */
function isPreposition(text: string, { start, end }: Label): boolean {
  return end - start <= 4 || /^(?:jahrgang|stand)$/i.test(text.slice(start, end))
}

function hasHappened({ year, month, day, shortYear }: WrittenDate, writtenOn: LocalDate | null): boolean {
  if (year === null || (!shortYear && year < 1900)) return false
  if (shortYear || writtenOn === null) return true
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return date <= writtenOn
}

/** "(51)", "51 Jahre", "wird 52": the years between the date and the message. */
function hasAge(text: string, end: number, year: number, writtenOn: LocalDate | null): boolean {
  if (writtenOn === null) return false
  const age =
    /^[ ,;:)–-]{0,3}\(?(?:also |ist |wird |jetzt |now |aged? )*([0-9]{1,3})(?: ?(?:\)|j\b|jahre|years|yaşında|лет|год|рок|lat|ani|سنة))/iu.exec(
      text.slice(end, end + 40),
    )
  return age !== null && Math.abs(Number(writtenOn.slice(0, 4)) - year - Number(age[1])) <= 1
}

/** A name, or nothing else at all, beside the date: what people write who were asked for it. */
function standsWithName(text: string, { start, end }: WrittenDate): boolean {
  const near = text.slice(Math.max(0, start - 60), start)
  const line = near.slice(near.lastIndexOf('\n') + 1)
  if (/^\s*$/.test(line))
    return /^[\s.,;!)]*(?:$|\n|\p{Lu}\p{Ll}+|und |u\. )/u.test(text.slice(end, end + 20))
  // One capital word may be any noun ("Mietbeginn 1.5.2012"); two are a name.
  return /\p{Lu}[\p{Ll}'-]+ \p{Lu}[\p{Ll}'-]+[ ,;:(/-]{1,4}$/u.test(line) || /[,;:(] ?$/.test(line)
}
