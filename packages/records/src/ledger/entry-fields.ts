import { z } from 'zod'
import { archiveBasisShape } from '../law/archive-agreement.ts'
import { clusterCodes } from '../law/data-cluster.ts'
import {
  type ClassCode,
  classCode,
  standardPeriods,
  startEvents,
  type YearPeriod,
} from '../law/deletion-class.ts'
import { parseInstant, parseLocalDate } from '../law/instant.ts'

/**
 * The fields from which ledger entries are made. The ledger is permanent, so nothing in it may be able to carry personal
 * data (SDM building block 60, S06): each field is an enumeration, a bounded count or a real date. There is no free text,
 * no identifier, and no number long enough to be a phone number.
 */

const allClassCodes: ClassCode[] = startEvents.flatMap((start) => [
  ...standardPeriods.map((period) => classCode({ start, endOfYear: false, period })),
  ...standardPeriods
    .filter((period): period is YearPeriod => period.endsWith('y'))
    .map((period) => classCode({ start, endOfYear: true, period })),
])

export const clusterField = z.enum(clusterCodes)
export const classField = z.enum([...allClassCodes, 'WITH_PARENT', 'PERMANENT'])

/** `LR-DA01@3`, version 1–9999. */
export const ruleField = z.string().regex(/^LR-DA(?:0[1-9]|1[0-9]|20)@[1-9][0-9]{0,3}$/)

/** To the minute: `2026-11-23T02:00Z`. */
export const momentField = z
  .string()
  .regex(/^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$/)
  .refine((text) => parseInstant(`${text.slice(0, 16)}:00Z`) !== undefined)

/** A day that exists: `2026-12-28`. */
export const dayField = z
  .string()
  .regex(/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/)
  .refine((text) => parseLocalDate(text) !== undefined)

/** A month, the name of a tombstone segment: `2026-11`. */
export const segmentField = z.string().regex(/^20[0-9]{2}-(?:0[1-9]|1[0-2])$/)

/** Up to six digits: more objects than one run touches, fewer digits than a phone number. */
export const maxCount = 999_999
export const countField = z.number().int().min(0).max(maxCount)

/** A position in the log or in a tombstone segment. The checker compares it with the true one (see `checkEntry`). */
export const maxPosition = 9_999_999
export const positionField = z.number().int().min(0).max(maxPosition)

/** Counts by kind of object; kinds that were not touched are absent. */
export const objectsField = z
  .strictObject({
    conversations: countField.exactOptional(),
    messages: countField.exactOptional(),
    attachments: countField.exactOptional(),
    notes: countField.exactOptional(),
    contacts: countField.exactOptional(),
    keys: countField.exactOptional(),
    searchTokens: countField.exactOptional(),
    rawEvents: countField.exactOptional(),
    deadLetters: countField.exactOptional(),
    logRows: countField.exactOptional(),
    packages: countField.exactOptional(),
    handOvers: countField.exactOptional(),
    accounts: countField.exactOptional(),
    requests: countField.exactOptional(),
    evidence: countField.exactOptional(),
  })
  .refine((objects) => Object.keys(objects).length > 0)

export const breakGlassReasons = [
  'LEDGER_UNREACHABLE',
  'DANGER_TO_LIFE',
  'SYSTEM_FAILURE',
  'LEGAL_ORDER',
] as const

/** More than an office loses. */
export const maxLedgers = 100

/** In what way a ledger could not be used any more. */
const ledgerFaults = ['MISSING', 'FOREIGN', 'DAMAGED', 'BEHIND', 'INCONSISTENT'] as const

/** What was known of a ledger that another one follows. Its name and its root are hashes and random numbers, as its checkpoints show them. */
export const brokenField = z.strictObject({
  origin: z.string().regex(/^buergerdraht\/ledger\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  /** How much of it had been carried out, and its root then (RFC 6962 section 2.1), base64. */
  size: positionField,
  root: z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
  fault: z.enum(ledgerFaults),
  /** The largest checkpoint of which a witness or a time-stamping authority has said something, and when; absent: nobody has. */
  proven: z.strictObject({ size: positionField, at: momentField }).exactOptional(),
})

/** Which hashed object ids (see `tombstone`) an entry means: a range in the segment of one month, and how they are hashed there. */
export const rangeField = z
  .strictObject({
    alg: z.enum(['sha256', 'hmac-sha256']),
    segment: segmentField,
    from: positionField,
    to: positionField,
  })
  .refine((range) => range.from <= range.to)

export const roles = [
  'SACHBEARBEITUNG',
  'TEAMLEITUNG',
  'SCHRIFTGUT',
  'ARCHIV',
  'DATENSCHUTZ',
  'INFORMATIONSSICHERHEIT',
  'ADMINISTRATION',
  'HAUPTAMT',
  'BEHOERDENLEITUNG',
] as const

/** Who took part, by role and never by name; two persons at least, who may have the same role. */
export const approvalsField = z.array(z.enum(roles)).min(2).max(4)

/** Who protects: one person is enough, because what protects must not wait. */
export const protectorsField = z.array(z.enum(roles)).min(1).max(4)

export const archiveBasisField = z.string().regex(archiveBasisShape)

/** On which clearance of the archive a deletion rests. */
export const archiveClearanceField = z.union([
  z.strictObject({ decision: z.enum(['A', 'V']), basis: archiveBasisField }),
  z.strictObject({ decision: z.enum(['NOT_REQUIRED', 'SILENCE_RELEASED', 'NOT_HELD_BACK']) }),
])

const targetState = z.enum(['done', 'requested', 'failed', 'notApplicable'])

/** What happened in each place where the objects lived. */
export const targetsField = z.strictObject({
  pg: targetState,
  keys: targetState,
  blob: targetState,
  search: targetState,
  redis: targetState,
  bsp: targetState,
  metaContactBook: targetState,
})
