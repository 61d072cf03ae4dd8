import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const Sentence = z.object({ de: z.string(), en: z.string() })

/** A cell of the class matrix: standard period and start event, in the codes of the law. */
const DeletionClass = z.object({
  /** Where a rule has more than one period, which of them; null: there is one. */
  variant: z.string().nullable(),
  start: z.string(),
  endOfYear: z.boolean(),
  period: z.string(),
})
export type RuleClass = z.infer<typeof DeletionClass>

const RuleVersion = z.object({
  version: z.int(),
  /** Empty where it has no period of its own. */
  classes: z.array(DeletionClass),
  validFrom: z.iso.datetime(),
  /** Null: the product's proposal, which nobody has signed. Whose account is gone has no name any more. */
  signed: z
    .object({
      proposedBy: z.string().nullable(),
      approvedBy: z.string().nullable(),
      at: z.iso.datetime(),
    })
    .nullable(),
})

const CatalogueCluster = z.object({
  code: z.string(),
  title: Sentence,
  purpose: Sentence,
  dataSubjects: Sentence,
  legalBasis: Sentence,
  startsWhen: Sentence,
  remark: Sentence,
  /** Whether it is offered to the archive before it is deleted. */
  offering: z.enum(['OFFER', 'NOT_A_RECORD', 'OFFERED_BY_DMS']),
  /** `WITH_PARENT`: it goes with what it belongs to, at the latest after its class. `PERMANENT`: it holds nothing about persons. */
  kind: z.enum(['CLASS', 'BY_VARIANT', 'WITH_PARENT', 'PERMANENT']),
  /** The product reads its period from the rule; others it keeps by itself, and they cannot be changed yet. */
  changeable: z.boolean(),
  changeProposed: z.boolean(),
  /** The version in force first. */
  versions: z.array(RuleVersion),
})
export type CatalogueCluster = z.infer<typeof CatalogueCluster>

export const readCatalogue = endpoint({
  method: 'GET',
  path: '/retention/rules',
  summary: 'The data clusters with the versions of their rules, and who has signed them.',
  access: 'watch-retention',
  status: 200,
  reply: z.object({
    /** The standard periods, shortest first. */
    periods: z.array(z.string()),
    clusters: z.array(CatalogueCluster),
  }),
  refusals: [],
})

/** A version of a rule: `LR-DA01@3`. */
export const RuleReference = z.string().regex(/^LR-DA\d\d@\d{1,4}$/)

/** A period that a rule is to have; one for each of its variants. */
export const RulePeriod = z.object({
  variant: z.string().max(40).nullable(),
  period: z.string().max(8),
  endOfYear: z.boolean(),
})
export type RulePeriod = z.infer<typeof RulePeriod>

const params = z.object({ cluster: z.string().regex(/^DA\d\d$/) })
const body = z.object({ periods: z.array(RulePeriod).min(1).max(20) })

const Moved = z.object({
  objects: z.int(),
  earlier: z.int(),
  later: z.int(),
  /** Due under the new period already, and not under the one in force. */
  dueAtOnce: z.int(),
})

const RulePreview = Moved.extend({
  /** Whose period has not begun. */
  waiting: z.int(),
  /** By how many days at most dates move. */
  earlierByDays: z.int(),
  laterByDays: z.int(),
  teams: z.array(Moved.extend({ team: z.string() })),
})
export type RulePreview = z.infer<typeof RulePreview>

export const previewRule = endpoint({
  method: 'POST',
  path: '/retention/rules/:cluster/preview',
  summary: 'What another period would do to the dates there are, by team; nothing is changed.',
  access: 'watch-retention',
  params,
  body,
  status: 200,
  reply: RulePreview,
  refusals: ['rule-unchanged', 'rule-not-changeable'],
})

export const proposeRule = endpoint({
  method: 'POST',
  path: '/retention/rules/:cluster/versions',
  summary: 'Propose the next version of a rule; it is in force when the data-protection officer agrees.',
  access: 'propose-rules',
  params,
  body,
  status: 202,
  reply: z.object({}),
  refusals: ['rule-unchanged', 'rule-not-changeable', 'proposal-open'],
})
