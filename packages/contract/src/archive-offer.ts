import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { withdrawalReasons } from './withdrawal-reasons.ts'

/** What the archive says of a matter: A it takes it over, B it has not valued it yet, V it may be destroyed. */
export const valuations = ['A', 'B', 'V'] as const
export type ArchiveValuation = (typeof valuations)[number]
const Valuation = z.enum(valuations)

/** What a decision is filed under: general waiver, valuation catalogue or single decision, with year and running number. */
export const archiveBasisForm = /^(?:GV|BK|EE)-20\d{2}-\d{2,3}$/
const basis = z.string().regex(archiveBasisForm)
const cluster = z.string().regex(/^DA\d\d$/)

/** Matters that one offer holds at most: more are offered by another. */
export const maxOffered = 2000
export const maxAnswerBytes = 512 * 1024

/** How an offer stands: the archive still has time, its time is over, it has said A or V of everything that is still there, or all of it is withdrawn. */
const offerStates = ['waiting', 'overdue', 'released', 'answered', 'withdrawn'] as const

export const offerListFormats = ['csv', 'pdf', 'xdomea'] as const
export type OfferListFormat = (typeof offerListFormats)[number]

export const offerTransfers = ['UNSEALED', 'OPEN', 'SENT', 'FAILED', 'CONFIRMED'] as const
export type OfferTransfer = (typeof offerTransfers)[number]

const Group = z.object({
  team: z.string(),
  cluster,
  title: z.object({ de: z.string(), en: z.string() }),
  matters: z.int(),
  /** Days on which the oldest was begun, and the youngest was closed. */
  from: z.iso.date(),
  to: z.iso.date(),
  messages: z.int(),
  files: z.int(),
})
export type OfferGroup = z.infer<typeof Group>

export const ArchiveOffer = z.object({
  id: z.uuid(),
  offeredAt: z.iso.datetime(),
  /** The last day for an answer, as agreed now; null: nothing is agreed. */
  answerUntil: z.iso.date().nullable(),
  /** `released`: silence has released what is not decided. */
  state: z.enum(offerStates),
  /** Offered at first; of those still there: without a decision, and by what was decided. The rest has been destroyed. */
  offered: z.int(),
  counts: z.object({ undecided: z.int(), A: z.int(), B: z.int(), V: z.int() }),
  /** What of it two persons have withdrawn, by its numbers in the list. */
  withdrawn: z
    .object({
      at: z.iso.datetime(),
      reason: z.enum(withdrawalReasons),
      numbers: z.array(z.int()),
    })
    .nullable(),
})
export type ArchiveOffer = z.infer<typeof ArchiveOffer>

/** One matter of an offer, by its number in the list; no content, and no file reference. */
const OfferItem = z.object({
  number: z.int(),
  team: z.string(),
  cluster,
  from: z.iso.date(),
  to: z.iso.date(),
  messages: z.int(),
  files: z.int(),
  proposal: Valuation,
  valuation: Valuation.nullable(),
  basis: z.string().nullable(),
  /** Of what the archive wants: how handing it over stands. What is not sealed yet, or not all of it, is sealed first. */
  transfer: z.enum(offerTransfers).nullable(),
  /** The newest sealed package of what the archive wants; null: there is none. */
  packageId: z.uuid().nullable(),
})

export const listArchiveOffers = endpoint({
  method: 'GET',
  path: '/archive-offers',
  summary:
    'What is due and must be offered to the archive before it may be destroyed, and what has been offered.',
  access: 'watch-retention',
  status: 200,
  reply: z.object({ toOffer: z.array(Group), offers: z.array(ArchiveOffer) }),
  refusals: [],
})

export const offerToArchive = endpoint({
  method: 'POST',
  path: '/archive-offers',
  summary:
    'Offer what is due to the archive: from here on nobody is shown it, until it is taken over or destroyed.',
  access: 'offer-to-archive',
  /** What the office proposes of each data cluster; of others: V where no record is, B else. */
  body: z.object({ proposals: z.record(cluster, Valuation).default({}) }).default({ proposals: {} }),
  status: 201,
  reply: ArchiveOffer,
  refusals: ['nothing-to-offer', 'no-archive-agreement'],
})

const params = z.object({ id: z.uuid() })

export const readArchiveOffer = endpoint({
  method: 'GET',
  path: '/archive-offers/:id',
  summary: 'One offer with its matters, by their numbers.',
  access: 'watch-retention',
  params,
  status: 200,
  reply: ArchiveOffer.extend({
    items: z.array(OfferItem),
    /** One person has proposed to withdraw what is not decided. */
    withdrawalProposed: z.boolean(),
    /** As what its list can be had: `xdomea` where the version that is set up for the archive has it. */
    listFormats: z.array(z.enum(offerListFormats)),
  }),
  refusals: [],
})

export const readOfferList = endpoint({
  method: 'GET',
  path: '/archive-offers/:id/list',
  summary: 'The offering list for the archive, with file references, as CSV, PDF, or xdomea 0501.',
  access: 'offer-to-archive',
  params,
  query: z.object({ format: z.enum(offerListFormats).default('csv') }),
  status: 200,
  reply: 'stream',
  refusals: ['not-in-version'],
})

/** It is done when another person agrees: `POST /proposals/:id/approval`. */
export const proposeWithdrawal = endpoint({
  method: 'POST',
  path: '/archive-offers/:id/withdrawal',
  summary: 'Propose that an offer is withdrawn, as far as the archive has decided nothing of it.',
  access: 'offer-to-archive',
  params,
  body: z.object({ reason: z.enum(withdrawalReasons) }),
  status: 202,
  reply: z.object({}),
  refusals: ['nothing-to-withdraw', 'proposal-open'],
})

export const readWithdrawal = endpoint({
  method: 'GET',
  path: '/archive-offers/:id/withdrawal',
  summary:
    'What of an offer is withdrawn, for the archive, as CSV: by process id and number, without file references.',
  access: 'offer-to-archive',
  params,
  status: 200,
  reply: 'stream',
  refusals: [],
})

/** Of the matters with these numbers, or of all that have no decision. */
const Decision = z.object({
  numbers: z.union([z.literal('undecided'), z.array(z.int().min(1)).min(1).max(maxOffered)]),
  valuation: Valuation,
  basis,
})
export type OfferDecision = z.infer<typeof Decision>

export const readAnswerFile = endpoint({
  method: 'POST',
  path: '/archive-offers/:id/answer-file',
  summary: 'Read the archive’s answer from a CSV file or from xdomea 0502; nothing is stored.',
  access: 'offer-to-archive',
  params,
  /** In base64: the bytes as they are, in whatever encoding. */
  body: z.object({
    file: z.base64().max(Math.ceil(maxAnswerBytes / 3) * 4),
    /** What the decisions of a 0502 are filed under; the list names it in each line. */
    basis: basis.optional(),
  }),
  status: 200,
  reply: z.object({ decisions: z.array(Decision) }),
  refusals: [],
})

export const decideOffer = endpoint({
  method: 'POST',
  path: '/archive-offers/:id/decisions',
  summary:
    'Put down what the archive has decided. V releases to a deletion run, A keeps until it is handed over, B goes on waiting.',
  access: 'offer-to-archive',
  params,
  body: z.object({ decisions: z.array(Decision).min(1).max(maxOffered) }),
  status: 200,
  reply: ArchiveOffer,
  refusals: ['archive-wants-it'],
})
