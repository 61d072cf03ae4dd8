import { languages } from './languages/languages.ts'
import { type Hit, hitsIn, phraseBook } from './phrase-book.ts'
import type { PiiMatch } from './pii-match.ts'
import { type SpecialCategory, specialCategories } from './special-categories.ts'
import type { Word } from './words.ts'

export type SpecialCategoryMatch = PiiMatch & {
  readonly kind: 'SPECIAL_CATEGORY'
  readonly category: SpecialCategory
}

/** What the words around a hit say. */
type Mark = 'PERSON' | 'WRITER' | 'NO_PERSON' | 'ASKS' | 'SUBJECT' | 'THING' | 'COMMON'

type Meaning = {
  readonly language: number
  readonly says: SpecialCategory | Mark
  readonly needs: 'NOTHING' | 'PERSON' | 'PERSON_AND_NO_PLACE'
}

const book = phraseBook<Meaning>(
  languages.flatMap(({ common, person, writer, noPerson, subject, thing, special, open }, language) => [
    [{ language, says: 'WRITER', needs: 'NOTHING' }, writer] as const,
    [{ language, says: 'NO_PERSON', needs: 'NOTHING' }, noPerson] as const,
    [{ language, says: 'ASKS', needs: 'NOTHING' }, open.QUESTION] as const,
    [{ language, says: 'COMMON', needs: 'NOTHING' }, common] as const,
    [{ language, says: 'PERSON', needs: 'NOTHING' }, person] as const,
    [{ language, says: 'SUBJECT', needs: 'NOTHING' }, subject] as const,
    [{ language, says: 'THING', needs: 'NOTHING' }, thing] as const,
    ...specialCategories.flatMap((says) => [
      [{ language, says, needs: 'NOTHING' }, special[says].always] as const,
      [{ language, says, needs: 'PERSON' }, special[says].ofPerson] as const,
      [{ language, says, needs: 'PERSON_AND_NO_PLACE' }, special[says].place ?? ''] as const,
    ]),
  ]),
)

/**
 * Words of the special categories that are said of a person, as the tables of the languages have them. A hint for the clerk that the
 * text needs care, not a judgement about anybody: "kein Krebs" is found as well, because it says just as much.
 */
export function specialCategoriesIn(words: readonly Word[]): SpecialCategoryMatch[] {
  const hits = hitsIn(words, book)
  const matches: SpecialCategoryMatch[] = []
  const marks = hits.filter(({ meaning }) => !isCategory(meaning.says) && meaning.says !== 'COMMON')
  const spoken = spokenIn(hits)
  let first = 0
  let free = 0
  for (const hit of hits) {
    const { says, needs } = hit.meaning
    if (!isCategory(says) || hit.from < free || !spoken(hit.meaning.language)) continue
    while ((marks[first]?.from ?? Number.POSITIVE_INFINITY) < hit.from - reach) first += 1
    const near: Hit<Meaning>[] = []
    for (let index = first; index < marks.length; index++) {
      const mark = marks[index]
      if (mark === undefined || mark.from > hit.to + reach) break
      if (mark.meaning.language === hit.meaning.language) near.push(mark)
    }
    if (isName(words, hit, near)) continue
    if (needs !== 'NOTHING' && !saidOfPerson(words, hit, near)) continue
    if (
      needs === 'PERSON_AND_NO_PLACE' &&
      near.some(
        ({ meaning, from, to }) =>
          meaning.says === 'SUBJECT' &&
          from < hit.to &&
          hit.from - to <= 4 &&
          !title.test(words[from]?.text ?? ''),
      )
    )
      continue
    matches.push({
      kind: 'SPECIAL_CATEGORY',
      category: says,
      start: words[hit.from]?.start ?? 0,
      end: words[hit.to - 1]?.end ?? 0,
    })
    free = hit.to
  }
  return matches
}

/**
 * Whether a language is likely to be spoken in a text: one that has letters of its own, or no fewer of its small words than German
 * and hardly fewer than any other language of the same letters. Otherwise the Polish "autysta" would find a German "Autistenhof".
 */
function spokenIn(hits: readonly Hit<Meaning>[]): (language: number) => boolean {
  const counts = new Map<number, number>()
  for (const { meaning } of hits) {
    if (meaning.says === 'COMMON') counts.set(meaning.language, (counts.get(meaning.language) ?? 0) + 1)
  }
  const highest = Math.max(0, ...counts.values())
  const german = counts.get(0) ?? 0
  return (language) => {
    const own = counts.get(language) ?? 0
    return language === 0 || languages[language]?.common === '' || (own >= german && own + 1 >= highest)
  }
}

/** "Meine Frau ist in der Klinik" has no place in it, "Frau Klinik" has a name. */
const title = /^(?:frau|herr|familie|fam|firma|dr|mrs?|ms)$/
const article = /^(?:der|die|das|den|dem|des|ein|eine[nmr]?|the|an?|la|le)$/
const categories: ReadonlySet<string> = new Set(specialCategories)

/** Words to either side that are looked at. */
const reach = 9

function isCategory(says: Meaning['says']): says is SpecialCategory {
  return categories.has(says)
}

/** The name of a place, an office, a thing, a subject: "Evangelische Kita", "Vortrag über Diabetes", "Frau Krebs". */
function isName(words: readonly Word[], { from, to }: Hit<Meaning>, near: readonly Hit<Meaning>[]): boolean {
  const last = words[to - 1]
  return near.some(({ meaning, from: begin, to: end }) => {
    if (meaning.says === 'THING') return begin === to && (words[begin]?.start ?? 0) - (last?.end ?? 0) === 1
    const apart = from - end
    const close = apart === 0 || (apart === 1 && article.test(words[end]?.text ?? ''))
    return meaning.says === 'SUBJECT' && close && words[begin]?.sentence === last?.sentence
  })
}

/**
 * Whether a person is spoken of in the sentence of the hit, or right before it. "Wo kann ich mich testen lassen?" speaks of nobody: in a
 * general question the writer alone does not count, and an animal or a thing never does.
 */
function saidOfPerson(words: readonly Word[], hit: Hit<Meaning>, near: readonly Hit<Meaning>[]): boolean {
  const sentence = words[hit.from]?.sentence ?? 0
  const beside = near.filter(
    ({ from, to }) => words[from]?.sentence === sentence && (from < hit.from || to > hit.to),
  )
  if (beside.some(({ meaning }) => meaning.says === 'NO_PERSON')) return false
  const asks = beside.some(
    ({ meaning, from }) => meaning.says === 'ASKS' && words[from - 1]?.sentence !== sentence,
  )
  return near.some(({ meaning, from, to }) => {
    if (meaning.says !== 'PERSON' && (meaning.says !== 'WRITER' || asks)) return false
    if (from >= hit.from && to <= hit.to) return false
    const apart = sentence - (words[from]?.sentence ?? 0)
    return apart === 0 || (apart === 1 && hit.from - to <= 4)
  })
}
