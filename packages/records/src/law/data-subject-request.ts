import type { Instant } from './instant.ts'
import type { Scope } from './subject.ts'

/** Article 17 (1) (a)–(f) GDPR. */
export const erasureGrounds = [
  'ART17_1A',
  'ART17_1B',
  'ART17_1C',
  'ART17_1D',
  'ART17_1E',
  'ART17_1F',
] as const
export type ErasureGround = (typeof erasureGrounds)[number]

/** Why an erasure was refused: Article 17 (3) GDPR, or the person could not be identified (Article 12 (2)). */
export type ErasureException = 'ART17_3A' | 'ART17_3B' | 'ART17_3C' | 'ART17_3D' | 'ART17_3E' | 'ART12_2'

/** The ground on which something is deleted, as the ledger names it: storage limitation, or an erasure that was granted. */
export const deletionGrounds = ['ART5_1E', ...erasureGrounds] as const
export type DeletionGround = (typeof deletionGrounds)[number]

/** A request of a data subject as far as it bears on deletion. */
export type DataSubjectRequest =
  | {
      readonly kind: 'ACCESS'
      readonly scope: Scope
      readonly receivedAt: Instant
      readonly answeredAt: Instant | null
    }
  | {
      readonly kind: 'ERASURE'
      readonly scope: Scope
      readonly receivedAt: Instant
      readonly ground: ErasureGround
      readonly outcome:
        | { readonly state: 'OPEN' }
        | { readonly state: 'REFUSED'; readonly at: Instant; readonly exception: ErasureException }
        | { readonly state: 'GRANTED'; readonly at: Instant }
    }

/**
 * Until the answer the data asked for must be there to be given (Article 15 GDPR). A request that exists counts, also when
 * its receipt is dated after `at`.
 */
export function accessPending(request: DataSubjectRequest, at: Instant): boolean {
  return request.kind === 'ACCESS' && (request.answeredAt === null || at < request.answeredAt)
}

/** The ground of an erasure granted by this moment. Granting is where a human weighs Article 17 (3). */
export function grantedErasure(request: DataSubjectRequest, at: Instant): ErasureGround | undefined {
  if (request.kind !== 'ERASURE' || request.outcome.state !== 'GRANTED' || request.outcome.at > at)
    return undefined
  return request.ground
}
