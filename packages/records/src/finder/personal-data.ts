import type { LocalDate } from '../law/instant.ts'
import { datesOfBirthIn } from './date-of-birth.ts'
import { emailAddressesIn } from './email-address.ts'
import { healthInsuranceNumbersIn } from './health-insurance-number.ts'
import { ibansIn } from './iban.ts'
import { identityDocumentsIn } from './identity-document.ts'
import { labelsOf } from './labels.ts'
import { phoneNumbersIn } from './phone-number.ts'
import type { PiiMatch } from './pii-match.ts'
import { plainText } from './plain-text.ts'
import { type SpecialCategoryMatch, specialCategoriesIn } from './special-category.ts'
import { taxIdsIn } from './tax-id.ts'
import { wordsOf } from './words.ts'

/**
 * All personal data recognised in a text, by position. Where two detectors claim the same characters the one with the
 * stronger proof keeps them: check digits before context words before shapes.
 *
 * Time and memory grow with the length of the text and with nothing else. Works on the machine; nothing leaves the house.
 */
export function personalDataIn(
  original: string,
  writtenOn: LocalDate | null,
): (PiiMatch | SpecialCategoryMatch)[] {
  const { text, span } = plainText(original)
  const words = wordsOf(text)
  const labels = labelsOf(words)
  const byStrength = [
    () => ibansIn(text),
    () => taxIdsIn(text),
    () => healthInsuranceNumbersIn(text),
    () => emailAddressesIn(text),
    () => identityDocumentsIn(text, labels),
    () => datesOfBirthIn(text, labels, writtenOn),
    () => phoneNumbersIn(text, labels),
    () => specialCategoriesIn(words),
  ]
  return byStrength
    .reduce<(PiiMatch | SpecialCategoryMatch)[]>((stronger, find) => merged(stronger, find()), [])
    .map((match) => ({ ...match, ...span(match.start, match.end) }))
}

/** Two ordered lists into one, leaving out of the weaker what overlaps the stronger. */
function merged(
  stronger: readonly (PiiMatch | SpecialCategoryMatch)[],
  weaker: readonly (PiiMatch | SpecialCategoryMatch)[],
): (PiiMatch | SpecialCategoryMatch)[] {
  const all: (PiiMatch | SpecialCategoryMatch)[] = []
  let next = 0
  for (const match of weaker) {
    let strong = stronger[next]
    while (strong !== undefined && strong.end <= match.start) {
      all.push(strong)
      next += 1
      strong = stronger[next]
    }
    if (strong === undefined || match.end <= strong.start) all.push(match)
  }
  all.push(...stronger.slice(next))
  return all
}
