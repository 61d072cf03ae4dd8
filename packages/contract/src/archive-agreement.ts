import { z } from 'zod'
import { lands } from './agreement-modes.ts'
import { endpoint } from './endpoint.ts'

/** What the archive has said of a data cluster. */
const CategoryDecision = z.object({
  /** What it is filed under: general waiver, valuation catalogue or single decision, with year and running number. */
  basis: z.string().regex(/^(?:GV|BK|EE)-20\d{2}-\d{2,3}$/),
  category: z.string().regex(/^DA\d\d$/),
  /** Days, the last one included; null: until something else is agreed. */
  validFrom: z.iso.date(),
  validUntil: z.iso.date().nullable(),
})
const maxDecisions = 40

/** What town hall and public archive have agreed on offering (Anbietung). */
export const ArchiveAgreement = z.object({
  land: z.enum(lands),
  /** How long the archive has for an answer, and what its silence means afterwards. */
  answerWithinMonths: z.int().min(1).max(60),
  silence: z.enum(['RELEASES', 'RELEASES_NOTHING']),
  mode: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('OFFER_EACH') }),
    z.object({
      kind: z.literal('GENERAL_WAIVER'),
      waivers: z.array(CategoryDecision).min(1).max(maxDecisions),
    }),
    z.object({
      kind: z.literal('CATALOGUE'),
      /** A archive it, B look at it first, V destroy it. */
      entries: z
        .array(CategoryDecision.extend({ valuation: z.enum(['A', 'B', 'V']) }))
        .min(1)
        .max(maxDecisions),
    }),
  ]),
})
export type AgreementWithArchive = z.infer<typeof ArchiveAgreement>

export const readArchiveAgreement = endpoint({
  method: 'GET',
  path: '/retention/archive-agreement',
  summary: 'What has been agreed with the public archive on offering, and what is proposed in its place.',
  access: 'watch-retention',
  status: 200,
  reply: z.object({
    /** Null: nothing; then everything that is a record is offered before it is deleted. */
    current: ArchiveAgreement.extend({
      agreedAt: z.iso.datetime(),
      proposedBy: z.string().nullable(),
      approvedBy: z.string().nullable(),
    }).nullable(),
    proposed: ArchiveAgreement.nullable(),
  }),
  refusals: [],
})

export const proposeArchiveAgreement = endpoint({
  method: 'POST',
  path: '/retention/archive-agreement',
  summary:
    'Propose what has been agreed with the public archive; it holds when the data-protection officer agrees.',
  access: 'propose-rules',
  body: ArchiveAgreement,
  status: 202,
  reply: z.object({}),
  refusals: ['proposal-open'],
})
