import type { FilingDecision } from '@buergerdraht/contract'
import { askedTwice } from './demo-archive.ts'
import type { DemoMatter, OfficeHour } from './demo-office-hour.ts'
import {
  conspicuousExchanges,
  type Exchange,
  openExchanges,
  personNamed,
  settledExchanges,
  thankedExchange,
} from './demo-texts.ts'

/** How many of an hour's matters ended how. */
type Plan = {
  readonly days: number
  readonly clerk: OfficeHour['clerk']
  /** Answered and never closed: for the Löschwerkstatt. */
  readonly silent?: number
  readonly conspicuous?: readonly Exchange[]
  /** Silent too, and not done. */
  readonly open?: number
  /** Closed, no record. */
  readonly closed?: number
  /** Closed, and in the electronic file already. */
  readonly filed?: number
}

/**
 * The office hours of three years, the oldest first. What was closed long ago has been deleted since (`deletionDays`); what is closed here within the last month
 * is due in the weeks to come.
 */
const plans: readonly Plan[] = [
  { days: 1070, clerk: 'aylin', silent: 6 },
  { days: 960, clerk: 'aylin', silent: 5, open: 1 },
  { days: 880, clerk: 'jonas', silent: 5 },
  { days: 850, clerk: 'aylin', silent: 5, conspicuous: conspicuousExchanges.spam },
  { days: 760, clerk: 'aylin', silent: 5, open: 1 },
  { days: 640, clerk: 'aylin', silent: 6, conspicuous: conspicuousExchanges.misdirected },
  { days: 560, clerk: 'aylin', silent: 5, open: 1 },
  { days: 530, clerk: 'jonas', silent: 5, open: 1 },
  { days: 470, clerk: 'aylin', silent: 6, conspicuous: conspicuousExchanges.personalData },
  { days: 435, clerk: 'aylin', closed: 9 },
  { days: 380, clerk: 'aylin', silent: 5, open: 1 },
  { days: 340, clerk: 'jonas', silent: 4, closed: 4 },
  { days: 310, clerk: 'aylin', silent: 6, conspicuous: conspicuousExchanges.specialCategory },
  { days: 260, clerk: 'aylin', silent: 5, open: 1 },
  { days: 225, clerk: 'aylin', silent: 3, closed: 8 },
  { days: 180, clerk: 'jonas', silent: 5, conspicuous: [thankedExchange], open: 1 },
  { days: 160, clerk: 'aylin', silent: 5, conspicuous: conspicuousExchanges.otherTown },
  { days: 125, clerk: 'aylin', silent: 6, open: 1 },
  { days: 100, clerk: 'aylin', silent: 6 },
  { days: 70, clerk: 'aylin', closed: 9 },
  { days: 34, clerk: 'jonas', closed: 4 },
  { days: 27, clerk: 'aylin', closed: 5 },
  { days: 22, clerk: 'jonas', closed: 5 },
  { days: 20, clerk: 'aylin', closed: 6 },
  { days: 13, clerk: 'aylin', closed: 7 },
  { days: 9, clerk: 'jonas', closed: 5 },
  { days: 6, clerk: 'aylin', closed: 6, filed: 3 },
  { days: 2, clerk: 'aylin', closed: 4, filed: 3, silent: 3 },
]

/** When somebody asked what had been answered to them before. */
const againDays = 470

/** Takes from a list again and again, from its beginning. */
function round<T>(list: readonly T[]): () => T {
  let place = 0
  return () => {
    const one = list[place % list.length]
    place += 1
    if (one === undefined) throw new Error('Nothing can be taken from an empty list.')
    return one
  }
}

/** The same hours, people and words each time. */
export function officeHours(): readonly OfficeHour[] {
  const exchanges = { aylin: round(settledExchanges.Bürgeramt), jonas: round(settledExchanges.Ordnungsamt) }
  const open = round(openExchanges)
  let people = 0
  const again: DemoMatter = {
    ...askedTwice,
    exchange: [
      // Typed anew: the same words.
      askedTwice.question.replace('Bis', 'bis'),
      'Guten Tag Frau Thoms, sie liegen noch bis Freitag aus.',
    ],
    ends: 'open',
  }
  function matter(exchange: Exchange, ends: DemoMatter['ends']): DemoMatter {
    people += 1
    return { identity: String(491713930000 + people), name: personNamed(people), exchange, ends }
  }
  return plans.map(({ days, clerk, ...count }) => {
    function some(many: number | undefined, next: () => Exchange, ends: 'open' | FilingDecision) {
      return Array.from({ length: many ?? 0 }, () => matter(next(), ends))
    }
    return {
      days,
      clerk,
      matters: [
        ...(days === againDays ? [again] : []),
        ...some(count.silent, exchanges[clerk], 'open'),
        ...(count.conspicuous ?? []).map((exchange) => matter(exchange, 'open')),
        ...some(count.open, open, 'open'),
        ...some(count.closed, exchanges[clerk], { relevance: 'none' }),
        ...some(count.filed, exchanges[clerk], { relevance: 'already-filed' }),
      ],
    }
  })
}
