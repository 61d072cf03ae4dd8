import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** What has a date of its own: conversations, the persons of them, files, requests of data subjects, and that somebody was told about their data. */
const dueKinds = ['matter', 'contact', 'file', 'request', 'notice'] as const
export type DueKind = (typeof dueKinds)[number]

/**
 * overdue: its date has passed, and nothing keeps it · kept: its date has passed, and a hold or the archive keeps it · week: becomes due in one of the weeks · undecided: closed or silent, and nobody has said whether it belongs to
 * the file · waiting: its period has not begun · missing: says neither
 */
const dueLists = ['overdue', 'kept', 'week', 'undecided', 'waiting', 'missing'] as const
export type DueList = (typeof dueLists)[number]

/** For how many days nobody has decided: since it was closed, or since the last message. The first number belongs to a range, the second does not. */
const undecidedAges = ['under-90', '90-180', '180-365', 'over-365'] as const
export type UndecidedAge = (typeof undecidedAges)[number]

/** A week of ISO 8601, as `2026-W49`. */
const Week = z.string().regex(/^\d{4}-W\d{2}$/)

const DueCounts = z.object({
  matter: z.int(),
  contact: z.int(),
  file: z.int(),
  request: z.int(),
  notice: z.int(),
})
export type DueCounts = z.infer<typeof DueCounts>

export const readDue = endpoint({
  method: 'GET',
  path: '/retention/due',
  summary:
    'What is overdue, what is past its date and kept, what becomes due in the next twelve weeks, and what nobody has decided about, in figures.',
  access: 'watch-retention',
  status: 200,
  reply: z.object({
    /** Past its date, and nothing keeps it: has to be nothing. */
    overdue: DueCounts,
    /** Past its date; a hold keeps it, or the archive, which has not answered or has not confirmed what it wants. */
    kept: DueCounts,
    /** Weeks of the town hall, from Monday 00:00. The first is this one, from now on. */
    weeks: z.array(z.object({ week: Week, monday: z.iso.date(), counts: DueCounts })),
    undecided: z.array(z.object({ age: z.enum(undecidedAges), matters: z.int() })),
  }),
  refusals: [],
})
export type DueState = z.output<typeof readDue.reply>

/** By its id alone; never what it says, and never of whom. */
const DueObject = z.object({
  id: z.uuid(),
  /** `search-entry`: one without the matter that it goes with. */
  kind: z.enum([...dueKinds, 'search-entry']),
  cluster: z.string(),
  /** Null: there is none that it could be under. */
  ruleVersion: z.int().nullable(),
  dueAt: z.iso.datetime().nullable(),
  /** The event, or what else its period waits for; null: for nothing. */
  waitsFor: z.string().nullable(),
  /** Of what nobody has decided about: since when it is closed or silent. */
  undecidedSince: z.iso.datetime().nullable(),
  /** Whose; null: no team's. */
  team: z.string().nullable(),
  /** A hold or a restriction keeps it, or the matter that it goes with, whatever its date. */
  held: z.boolean(),
  /** Its matter is offered to the archive, which has not answered, or has not confirmed yet what it wants. */
  atArchive: z.boolean(),
})
export type DueObject = z.infer<typeof DueObject>

export const listDueObjects = endpoint({
  method: 'GET',
  path: '/retention/objects',
  summary: 'The objects behind a figure, without content and names: by date, 200 a page at most.',
  access: 'watch-retention',
  query: z.object({
    list: z.enum(dueLists),
    /** Of the list `week`: which. */
    week: Week.optional(),
    /** Of the list `undecided`: for how long. */
    age: z.enum(undecidedAges).optional(),
    /** Of these alone. */
    kind: z.enum(dueKinds).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(200),
  }),
  status: 200,
  reply: z.object({ items: z.array(DueObject), nextCursor: z.string().nullable() }),
  refusals: [],
})
export type DueQuery = z.output<typeof listDueObjects.query>
export type PageOfDue = z.output<typeof listDueObjects.reply>
