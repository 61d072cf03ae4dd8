import type { PiiMatch } from './pii-match.ts'

/** The special categories of Article 9 (1) GDPR, and criminal matters (Article 10). */
export const specialCategories = [
  'HEALTH',
  'RELIGION_OR_BELIEF',
  'POLITICAL_OPINION',
  'TRADE_UNION',
  'ETHNIC_ORIGIN',
  'SEX_LIFE',
  'GENETIC_OR_BIOMETRIC',
  'CRIMINAL_MATTER',
] as const
export type SpecialCategory = (typeof specialCategories)[number]

export type SpecialCategoryMatch = PiiMatch & {
  readonly kind: 'SPECIAL_CATEGORY'
  readonly category: SpecialCategory
}

/**
 * German word stems. `start` stems begin a word, `inside` stems may stand anywhere in a compound ("Brustkrebs",
 * "Schwerbehindertenausweis"). Lower case, ß as ss. A hint for the clerk, not a judgement: "kein Krebs" is found as well,
 * because it says just as much.
 */
const stems: Readonly<Record<SpecialCategory, { readonly start: string; readonly inside: string }>> = {
  HEALTH: {
    start:
      'krank arzt ärzt attest diagnos befund hiv aids corona covid grippe allerg asthma epilep demenz depress psych therap rehaklinik operation operier medikament tablette impf schwanger fehlgeburt abtreib suchtk suchtb suchtm alkoholi drogen pflegegrad pflegestufe behinderung behinderten rollstuhl blind gehörlos autis adhs burnout klinik op-termin chemo dialyse insulin tumor',
    inside:
      'krankheit erkrankung krebs diabet behinderung behinderten behinderter schwanger attest depression infarkt schlaganfall therapie pflegegrad psychisch psychiatr medizinisch',
  },
  RELIGION_OR_BELIEF: {
    start:
      'religi konfession kathol evangel protestant orthodox jüdisch jude juden jüdin muslim moslem islam buddhis hindu atheis kirchenaustritt taufe getauft moschee synagoge jehova',
    inside: 'muslim kirchensteuer kirchenaustritt islamisch christlich',
  },
  POLITICAL_OPINION: {
    start: 'parteimitglied parteibuch parteizugehörig parteiaustritt demonstr kommunist sozialist',
    inside: 'parteimitglied wahlentscheidung',
  },
  TRADE_UNION: { start: 'gewerkschaft ver.di streik', inside: 'gewerkschaft' },
  ETHNIC_ORIGIN: {
    start: 'ethni herkunftsland sinti flüchtling geflüchtet asyl hautfarbe migrationshintergrund abschiebung',
    inside: 'flüchtling asylbewerber asylantrag migrationshintergrund',
  },
  SEX_LIFE: {
    start: 'schwul lesb homosex bisex transsex transgender intersex sexual sexuell prostitu vergewalt',
    inside: 'sexuell missbrauch homosexu',
  },
  GENETIC_OR_BIOMETRIC: {
    start: 'gentest genetisch dna fingerabdr biometri vaterschaftstest',
    inside: 'fingerabdruck',
  },
  CRIMINAL_MATTER: {
    start: 'vorstraf vorbestraf haftbefehl gefängnis bewährung strafanzeige strafbefehl inhaft',
    inside: 'strafverfahren strafregister haftstrafe',
  },
}

type Stem = { readonly text: string; readonly category: SpecialCategory }
const shortestStem = 3
const startStems = byHead('start')
const insideStems = byHead('inside')

/** Stems by their first three letters: one look-up for each position of the text. */
function byHead(place: 'start' | 'inside'): ReadonlyMap<string, readonly Stem[]> {
  const heads = new Map<string, Stem[]>()
  for (const category of specialCategories) {
    for (const text of stems[category][place].split(' ')) {
      const head = text.slice(0, shortestStem)
      heads.set(head, [...(heads.get(head) ?? []), { text, category }])
    }
  }
  return heads
}

/** Words of the special categories in a text; a match covers the whole word. One pass, whatever the text. */
export function specialCategoriesIn(text: string): SpecialCategoryMatch[] {
  const matches: SpecialCategoryMatch[] = []
  for (const word of text.matchAll(/[\p{L}\p{M}]+(?:[.-][\p{L}\p{M}]+)*/gu)) {
    const category = categoryOf(word[0].normalize('NFC').toLowerCase().replaceAll('ß', 'ss'))
    if (category === undefined) continue
    matches.push({ kind: 'SPECIAL_CATEGORY', category, start: word.index, end: word.index + word[0].length })
  }
  return matches
}

function categoryOf(word: string): SpecialCategory | undefined {
  const atStart = stemAt(startStems, word, 0)
  if (atStart !== undefined) return atStart.category
  for (let index = 0; index + shortestStem <= word.length; index++) {
    const found = stemAt(insideStems, word, index)
    if (found !== undefined) return found.category
  }
  return undefined
}

function stemAt(heads: ReadonlyMap<string, readonly Stem[]>, word: string, index: number): Stem | undefined {
  return heads.get(word.slice(index, index + shortestStem))?.find((stem) => word.startsWith(stem.text, index))
}
