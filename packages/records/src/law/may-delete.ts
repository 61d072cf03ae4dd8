import type { ArchiveStanding } from './archive-agreement.ts'
import type { KeepCode } from './reason.ts'

/**
 * Everything the decision depends on, reduced to a finite number of cases. The table in `vectors/decisions` gives the
 * answer for each of them and is the specification; the test walks through all combinations.
 */
export type Facts = {
  readonly hold: 'IN_FORCE' | 'NONE'
  readonly restriction: 'IN_FORCE' | 'NONE'
  readonly access: 'PENDING' | 'NONE'
  readonly due: 'NEVER' | 'NO_RULE' | 'WAITING' | 'NOT_YET' | 'ONLY_UNDER_SHORTENED_RULE' | 'REACHED'
  readonly erasure: 'UNLAWFUL_PROCESSING' | 'OTHER_GROUND' | 'NONE'
  readonly filing: 'UNDECIDED' | 'HANDOVER_OPEN' | 'SETTLED'
  readonly minKeep: 'RUNNING' | 'OVER'
  readonly archive: ArchiveStanding
}

export type Verdict =
  | { readonly outcome: 'DELETE'; readonly because: 'DUE' | 'ERASURE_GRANTED' | 'UNLAWFULLY_PROCESSED' }
  | { readonly outcome: 'KEEP'; readonly because: KeepCode }
  | { readonly outcome: 'OFFER_FIRST'; readonly because: 'NOT_OFFERED' }
  | { readonly outcome: 'TRANSFER_FIRST'; readonly because: 'ARCHIVE_WANTS_IT' }

/** The answer of the law for one combination of facts. Total: every combination has exactly one. */
export function judge(facts: Facts): Verdict {
  if (facts.hold === 'IN_FORCE') return keep('LEGAL_HOLD')
  if (facts.restriction === 'IN_FORCE') return keep('RESTRICTED')
  if (facts.access === 'PENDING') return keep('ACCESS_REQUEST_PENDING')
  if (facts.due === 'NEVER') return keep('PERMANENT')
  if (facts.erasure === 'UNLAWFUL_PROCESSING') return { outcome: 'DELETE', because: 'UNLAWFULLY_PROCESSED' }
  if (facts.filing === 'UNDECIDED') return keep('FILING_UNDECIDED')
  if (facts.filing === 'HANDOVER_OPEN') return keep('HANDOVER_UNCONFIRMED')
  return facts.erasure === 'OTHER_GROUND' ? judgeErasure(facts) : judgePeriod(facts)
}

/**
 * An erasure granted on any other ground does not wait for the period, but for the minimum keep and for the archive. Without
 * a rule in force nobody knows whether a minimum keep runs.
 */
function judgeErasure(facts: Facts): Verdict {
  if (facts.due === 'NO_RULE') return keep('NO_RULE_IN_FORCE')
  if (facts.minKeep === 'RUNNING') return keep('MINIMUM_KEEP')
  return judgeArchive(facts.archive, 'ERASURE_GRANTED')
}

function judgePeriod(facts: Facts): Verdict {
  if (facts.due === 'NO_RULE') return keep('NO_RULE_IN_FORCE')
  if (facts.due === 'WAITING') return keep('WAITING_FOR_START_EVENT')
  if (facts.due === 'NOT_YET') return keep('NOT_DUE')
  if (facts.minKeep === 'RUNNING') return keep('MINIMUM_KEEP')
  if (facts.due === 'ONLY_UNDER_SHORTENED_RULE') return keep('SHORTENED_RULE_NOT_APPROVED')
  return judgeArchive(facts.archive, 'DUE')
}

function judgeArchive(standing: ArchiveStanding, because: 'DUE' | 'ERASURE_GRANTED'): Verdict {
  switch (standing) {
    case 'NOT_REQUIRED':
    case 'WAIVED':
    case 'RELEASED':
    case 'SILENCE_RELEASED':
    case 'TRANSFER_CONFIRMED':
      return { outcome: 'DELETE', because }
    case 'NOT_OFFERED':
      return { outcome: 'OFFER_FIRST', because: 'NOT_OFFERED' }
    case 'WANTED':
      return { outcome: 'TRANSFER_FIRST', because: 'ARCHIVE_WANTS_IT' }
    case 'OFFERED':
      return keep('ARCHIVE_DECISION_PENDING')
    case 'SILENCE':
      return keep('ARCHIVE_SILENCE_RELEASES_NOTHING')
    case 'UNVALUED':
      return keep('ARCHIVE_VALUATION_PENDING')
    case 'TRANSFER_SENT':
      return keep('TRANSFER_UNCONFIRMED')
  }
}

function keep(because: KeepCode): Verdict {
  return { outcome: 'KEEP', because }
}

/** The facts as they would be if this obstacle were gone. */
const withoutObstacle: Readonly<
  Record<Exclude<KeepCode, 'PERMANENT'> | 'NOT_OFFERED' | 'ARCHIVE_WANTS_IT', Partial<Facts>>
> = {
  LEGAL_HOLD: { hold: 'NONE' },
  RESTRICTED: { restriction: 'NONE' },
  ACCESS_REQUEST_PENDING: { access: 'NONE' },
  FILING_UNDECIDED: { filing: 'SETTLED' },
  HANDOVER_UNCONFIRMED: { filing: 'SETTLED' },
  NO_RULE_IN_FORCE: { due: 'REACHED' },
  WAITING_FOR_START_EVENT: { due: 'REACHED' },
  NOT_DUE: { due: 'REACHED' },
  MINIMUM_KEEP: { minKeep: 'OVER' },
  SHORTENED_RULE_NOT_APPROVED: { due: 'REACHED' },
  ARCHIVE_DECISION_PENDING: { archive: 'RELEASED' },
  ARCHIVE_SILENCE_RELEASES_NOTHING: { archive: 'RELEASED' },
  ARCHIVE_VALUATION_PENDING: { archive: 'RELEASED' },
  TRANSFER_UNCONFIRMED: { archive: 'RELEASED' },
  NOT_OFFERED: { archive: 'RELEASED' },
  ARCHIVE_WANTS_IT: { archive: 'RELEASED' },
}

type Obstacle = Exclude<Verdict, { outcome: 'DELETE' }>['because']

/**
 * Everything that stands between an object and its deletion, the deciding obstacle first: what the answer to an Article 17
 * request names as "what stays and why". Empty exactly when the verdict is DELETE.
 */
export function obstacles(facts: Facts): Obstacle[] {
  const verdict = judge(facts)
  if (verdict.outcome === 'DELETE') return []
  if (verdict.because === 'PERMANENT') return ['PERMANENT']
  return [verdict.because, ...obstacles({ ...facts, ...withoutObstacle[verdict.because] })]
}
