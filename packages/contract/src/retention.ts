import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** Rows of a table that belong to one data cluster. */
const CoverageItem = z.object({
  table: z.string(),
  cluster: z.string(),
  rows: z.int(),
  /** Those that say when they have to be gone, or what that waits for, under a rule that there is. */
  classified: z.int(),
  /** Whose period has not begun. */
  waiting: z.int(),
  /** Whose period has ended, and which are still there although nothing keeps them. */
  overdue: z.int(),
  /** Whose period has ended, and which a hold or the archive keeps. */
  kept: z.int(),
})
export type CoverageItem = z.infer<typeof CoverageItem>

export const readCoverage = endpoint({
  method: 'GET',
  path: '/retention/coverage',
  summary: 'How many of the rows with personal data say when they have to be gone.',
  access: 'see-coverage',
  status: 200,
  reply: z.object({
    /** Rows with personal data, as of the newest count; null, like the figures below: not counted yet. */
    objects: z.int().nullable(),
    classified: z.int().nullable(),
    /** Where rows say neither when they have to be gone nor what that waits for, and how many; empty is as it has to be. */
    missing: z.array(z.object({ table: z.string(), count: z.int() })).nullable(),
    /** With a date that is still to come. */
    due: z.int().nullable(),
    /** Past their date, and nothing keeps them. */
    overdue: z.int().nullable(),
    /** Past their date, and a hold or the archive keeps them. */
    kept: z.int().nullable(),
    /** Whose period has not begun. */
    waiting: z.int().nullable(),
    /** Null: not computed yet. */
    latest: z
      .object({
        at: z.iso.datetime(),
        rows: z.int(),
        classified: z.int(),
        overdue: z.int(),
        kept: z.int(),
        items: z.array(CoverageItem),
      })
      .nullable(),
    /** What the clusters are called. */
    clusters: z.array(z.object({ code: z.string(), title: z.object({ de: z.string(), en: z.string() }) })),
    /** Somebody has asked for it anew, and it is not there yet. */
    asked: z.boolean(),
    /** The rules are the product's proposals: nobody has signed them. */
    onTrial: z.boolean(),
    /** Somebody has proposed them for signing. */
    signingProposed: z.boolean(),
  }),
  refusals: [],
})
export type CoverageState = z.output<typeof readCoverage.reply>

/** Until two persons have signed the rules, one of them the data-protection officer, the office is on trial, and nothing is deleted by them. */
export const proposeSigning = endpoint({
  method: 'POST',
  path: '/retention/signature',
  summary: 'Propose the rules of the catalogue as they stand; the data-protection officer signs.',
  access: 'propose-rules',
  status: 202,
  reply: z.object({}),
  refusals: ['changed-meanwhile', 'proposal-open'],
})

export const askForCoverage = endpoint({
  method: 'POST',
  path: '/retention/coverage',
  summary: 'Have the coverage computed anew; it is there within seconds.',
  access: 'watch-retention',
  status: 202,
  reply: z.object({}),
  refusals: [],
})
