import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { filingPlanYears, maxFilingPlanBytes, maxFilingPlanEntries } from './filing-plan-limits.ts'

const maxBodyBytes = 1024 * 1024

const FilingPlanEntry = z.object({
  /** With what the file references begin that belong to it. */
  reference: z.string().trim().min(1).max(60),
  title: z.string().trim().min(1).max(200),
  /** Null: a heading; what is filed below it has the period of what stands above it. */
  years: z.union(filingPlanYears.map((years) => z.literal(years))).nullable(),
})
export type FilingPlanEntry = z.infer<typeof FilingPlanEntry>

const Version = z.object({ version: z.int(), entries: z.array(FilingPlanEntry) })

export const readFilingPlan = endpoint({
  method: 'GET',
  path: '/retention/filing-plan',
  summary: 'The filing plan in force, what is proposed in its place, and how many matters wait for a period.',
  access: 'watch-retention',
  status: 200,
  reply: z.object({
    /** Null: there is none yet. */
    current: Version.extend({
      proposedBy: z.string().nullable(),
      approvedBy: z.string().nullable(),
      approvedAt: z.iso.datetime(),
    }).nullable(),
    proposed: Version.nullable(),
    /** Matters that go to a file and whose reference the plan does not know. */
    waiting: z.int(),
  }),
  refusals: [],
})

/** Read only; what it holds is proposed with {@link proposeFilingPlan}. A fault's path is `lines.N.columns.N`, counted from one. */
export const readFilingPlanFile = endpoint({
  method: 'POST',
  path: '/retention/filing-plan/reading',
  summary: 'Read a filing plan from a CSV file (UTF-8 or Windows-1252; commas, semicolons or tabs).',
  access: 'propose-rules',
  body: z.object({ file: z.base64().max(Math.ceil(maxFilingPlanBytes / 3) * 4) }),
  maxBodyBytes,
  status: 200,
  reply: z.object({
    entries: z.array(FilingPlanEntry),
    /** Periods that are no standard period and have become the next longer one. */
    rounded: z.array(z.object({ line: z.int(), reference: z.string(), from: z.string(), to: z.int() })),
  }),
  refusals: [],
})
export type FilingPlanFile = z.infer<typeof readFilingPlanFile.reply>

export const proposeFilingPlan = endpoint({
  method: 'POST',
  path: '/retention/filing-plan',
  summary: 'Propose another filing plan, whole; it is in force when the data-protection officer agrees.',
  access: 'propose-rules',
  body: z.object({
    /** The version that was changed; 0: there was none. */
    basedOn: z.int().min(0),
    entries: z.array(FilingPlanEntry).min(1).max(maxFilingPlanEntries),
  }),
  maxBodyBytes,
  status: 202,
  reply: z.object({}),
  refusals: ['filing-plan-unchanged', 'changed-meanwhile', 'proposal-open'],
})
export type FilingPlanProposal = z.output<typeof proposeFilingPlan.body>
