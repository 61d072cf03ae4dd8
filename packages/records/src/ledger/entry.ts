import { z } from 'zod'
import { lands } from '../law/archive-agreement.ts'
import { clusterCodes, variants } from '../law/data-cluster.ts'
import { deletionGrounds, erasureGrounds } from '../law/data-subject-request.ts'
import { holdBases, holdReasons } from '../law/legal-hold.ts'
import { restrictionGrounds } from '../law/restriction.ts'
import { maxForms } from '../log/log-line.ts'
import {
  approvalsField,
  archiveBasisField,
  archiveClearanceField,
  breakGlassReasons,
  brokenField,
  classField,
  clusterField,
  countField,
  dayField,
  maxCount,
  maxLedgers,
  maxPosition,
  momentField,
  objectsField,
  positionField,
  protectorsField,
  rangeField,
  roles,
  ruleField,
  segmentField,
  targetsField,
} from './entry-fields.ts'

const every = { v: z.literal(1), seq: positionField, at: momentField }
const marked = { objects: objectsField, marks: rangeField, approvals: approvalsField }
/** Objects by their marks; or all of a kind of data, or everything, also what comes later. `checkEntry` wants one of both. */
const held = {
  objects: objectsField.exactOptional(),
  marks: rangeField.exactOptional(),
  covers: z.enum([...clusterCodes, 'EVERYTHING']).exactOptional(),
}

const entrySchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...every,
    type: z.literal('DELETE'),
    cluster: clusterField,
    rule: ruleField,
    class: classField,
    ground: z.enum(deletionGrounds),
    objects: objectsField,
    tombstones: rangeField,
    archive: archiveClearanceField,
    approvals: approvalsField,
    targets: targetsField,
    residueUntil: dayField,
  }),
  z.strictObject({
    ...every,
    type: z.literal('KEY_DESTROY'),
    cluster: clusterField,
    rule: ruleField,
    objects: objectsField,
    tombstones: rangeField,
    residueUntil: dayField,
  }),
  z.strictObject({
    ...every,
    ...held,
    type: z.literal('HOLD_SET'),
    approvals: protectorsField,
    reason: z.enum(holdReasons),
    basis: z.enum(holdBases),
    expiresOn: dayField,
  }),
  z.strictObject({
    ...every,
    ...held,
    type: z.literal('HOLD_RELEASE'),
    approvals: approvalsField,
    reason: z.enum(holdReasons),
  }),
  z.strictObject({
    ...every,
    ...marked,
    type: z.literal('RESTRICT'),
    approvals: protectorsField,
    ground: z.enum(restrictionGrounds),
    reviewOn: dayField,
  }),
  z.strictObject({ ...every, ...marked, type: z.literal('UNRESTRICT'), ground: z.enum(restrictionGrounds) }),
  z.strictObject({ ...every, ...marked, type: z.literal('RECTIFY_MARK'), ground: z.literal('ART16') }),
  z.strictObject({
    ...every,
    type: z.literal('ARCHIVE_OFFER'),
    cluster: clusterField,
    land: z.enum(lands),
    objects: objectsField,
    marks: rangeField,
    answerUntil: dayField,
    /** Of the first marked in the list that the archive gets, from 1; the others follow in the order of their marks. An entry with 1 begins a list. */
    firstNumber: countField.min(1).exactOptional(),
    /** What the office proposes for all of them. */
    proposal: z.enum(['A', 'B', 'V']).exactOptional(),
  }),
  z.strictObject({
    ...every,
    type: z.literal('ARCHIVE_DECISION'),
    cluster: clusterField,
    decision: z.enum(['A', 'B', 'V']),
    basis: archiveBasisField,
    objects: objectsField,
    marks: rangeField,
  }),
  /** What was offered and not decided about is offered no longer: it can be used, and offered again. */
  z.strictObject({
    ...every,
    type: z.literal('ARCHIVE_WITHDRAWAL'),
    cluster: clusterField,
    reason: z.enum(['BY_MISTAKE', 'STILL_NEEDED', 'WRONG_LIST']),
    objects: objectsField,
    marks: rangeField,
    approvals: approvalsField,
  }),
  z.strictObject({
    ...every,
    type: z.literal('RULE_CHANGE'),
    cluster: clusterField,
    rule: ruleField,
    /** One, or one for each variant of the cluster. */
    classes: z.array(classField).min(1).max(11),
    /** Whose classes they are, one by one; absent where the cluster has no variants, and in entries of before. */
    variants: z.array(z.enum(variants)).min(1).max(11).exactOptional(),
    affected: z.strictObject({ dueEarlier: countField, dueLater: countField, unchanged: countField }),
    approvals: approvalsField,
  }),
  /** The rules that the product had proposed are the office's own (the trial ends). */
  z.strictObject({
    ...every,
    type: z.literal('RULES_SIGNED'),
    rules: z.array(ruleField).min(1).max(20),
    approvals: approvalsField,
  }),
  /** What has been agreed with the public archive on offering, whole. */
  z.strictObject({
    ...every,
    type: z.literal('ARCHIVE_AGREEMENT'),
    land: z.enum(lands),
    /** Months. */
    answerWithin: countField.min(1).max(60),
    silence: z.enum(['RELEASES', 'RELEASES_NOTHING']),
    mode: z.enum(['OFFER_EACH', 'GENERAL_WAIVER', 'CATALOGUE']),
    decisions: z
      .array(
        z.strictObject({
          category: clusterField,
          basis: archiveBasisField,
          validFrom: dayField,
          /** The last day; absent: until something else is agreed. */
          validUntil: dayField.exactOptional(),
          /** Of a catalogue. */
          valuation: z.enum(['A', 'B', 'V']).exactOptional(),
        }),
      )
      .max(40),
    approvals: approvalsField,
  }),
  /** Another filing plan is in force. What it is called and what stands in it is free text, so only its size is said. */
  z.strictObject({
    ...every,
    type: z.literal('FILING_PLAN'),
    entries: countField,
    added: countField,
    removed: countField,
    shorter: countField,
    longer: countField,
    approvals: approvalsField,
  }),
  /** How a request of a data subject stands (Art. 12, 15 to 18, 20 GDPR), each time that it changes. Marked are the request, the person and the matter. */
  z.strictObject({
    ...every,
    type: z.literal('REQUEST'),
    kind: z.enum(['ACCESS', 'RECTIFICATION', 'ERASURE', 'RESTRICTION', 'PORTABILITY']),
    state: z.enum(['OPEN', 'ANSWERED']),
    receivedOn: dayField,
    identity: z.enum(['SAME_CHAT', 'IN_PERSON']).exactOptional(),
    extended: z.enum(['COMPLEXITY', 'NUMBER']).exactOptional(),
    outcome: z.enum(['GRANTED', 'REFUSED', 'NOT_MEANT']).exactOptional(),
    ground: z.enum(erasureGrounds).exactOptional(),
    exception: z
      .enum(['ART17_3A', 'ART17_3B', 'ART17_3C', 'ART17_3D', 'ART17_3E', 'ART12_2', 'ART12_5'])
      .exactOptional(),
    /** A copy of the data, or a part of it, has been made. */
    copy: z.literal('MADE').exactOptional(),
    objects: objectsField,
    marks: rangeField,
  }),
  /** How a hand-over to the electronic file or to the public archive stands, each time that it changes. Marked are the hand-over and the package. */
  z.strictObject({
    ...every,
    type: z.literal('HAND_OVER'),
    message: z.enum(['0401', '0503', '0605']),
    /** Of xdomea. */
    version: z.string().regex(/^[3-9]\.[0-9]\.[0-9]$/),
    way: z.enum(['folder', 'webdav', 'sftp', 'download']),
    state: z.enum(['SENT', 'RECEIVED', 'CONFIRMED', 'REJECTED', 'WITHDRAWN']),
    objects: objectsField,
    marks: rangeField,
  }),
  z.strictObject({
    ...every,
    type: z.literal('PROCESSOR_DONE'),
    /** The entry that asked the processor. */
    of: positionField,
    /** How many ledgers before this one `of` is a place in; absent: in this one. */
    ledgersBack: z.number().int().min(1).max(maxLedgers).exactOptional(),
    processor: z.enum(['BSP', 'META_CONTACT_BOOK', 'SMS', 'MAIL']),
    state: z.enum(['done', 'failed']),
    /** Absent with `failed` only: nobody can say. */
    residueUntil: dayField.exactOptional(),
  }),
  z.strictObject({
    ...every,
    type: z.literal('BACKUP_EXPIRED'),
    backup: z.enum(['DATA', 'KEYS']),
    madeOn: dayField,
    segmentsDestroyed: z.array(segmentField).max(120),
  }),
  z.strictObject({
    ...every,
    type: z.literal('RESTORE_REPLAY'),
    backupOn: dayField,
    fromSeq: positionField,
    toSeq: positionField,
    replayed: z.strictObject({
      deletions: countField,
      keys: countField,
      holds: countField,
      restrictions: countField,
      rectifications: countField,
    }),
    /** Objects with a live tombstone that are still in the database; a replay ends only at none. */
    leftOver: z.literal(0),
    minutes: countField.max(9999),
    approvals: approvalsField,
  }),
  z.strictObject({
    ...every,
    type: z.literal('BREAK_GLASS'),
    reason: z.enum(breakGlassReasons),
    /** For how long; of emergency access alone. */
    minutes: z.number().int().min(1).max(60).exactOptional(),
    /** The ledger before this one, which was lost or damaged: this entry begins the one that follows it. */
    broken: brokenField.exactOptional(),
    approvals: approvalsField,
  }),
  z.strictObject({
    ...every,
    type: z.literal('ROLE_CHANGE'),
    role: z.enum(roles),
    change: z.enum(['GRANTED', 'REVOKED']),
    approvals: approvalsField,
  }),
])

/** An entry of the deletion ledger (Löschregister), free of personal data. Made only by `checkEntry`. */
export type LedgerEntry = z.infer<typeof entrySchema> & z.core.$brand<'LedgerEntry'>

export type EntryFault =
  | 'NOT_AN_ENTRY'
  | 'UNKNOWN_FIELD'
  | 'FIELD_REFUSED'
  | 'WRONG_SEQUENCE'
  | 'RULE_OF_ANOTHER_CLUSTER'
  | 'RANGE_DOES_NOT_COUNT'
  | 'REFERS_FORWARD'

/** The refusal names a field of the schema at most; what was tried to be put there is never repeated. */
export type EntryCheck =
  | { readonly accepted: LedgerEntry }
  | { readonly refused: EntryFault; readonly field: string | null }

/**
 * Checks what is about to become, or claims to be, entry number `seq` of the ledger. Every value that arrives from outside
 * goes through here; nothing unknown is dropped silently, it is refused.
 *
 * Beyond the schema: `seq` is the true position, the rule is one of the entry's cluster, a range of tombstones or marks has
 * as many members as the counts say, and references point back.
 * @param form of the canonical text of `value` (`WrittenEntry`): what the schema says of it is then asked once a form
 */
export function checkEntry(value: unknown, seq: number, form?: string): EntryCheck {
  const known = form !== undefined && acceptedForms.has(form) ? knownDeletion(value) : undefined
  const parsed = known ?? entrySchema.safeParse(value)
  if (!parsed.success) return refusalOf(parsed.error)
  const entry = parsed.data
  if (form !== undefined && known === undefined && isDeletion(entry)) {
    if (acceptedForms.size >= maxForms) acceptedForms.clear()
    acceptedForms.add(form)
  }
  if (entry.seq !== seq) return { refused: 'WRONG_SEQUENCE', field: 'seq' }
  if ('rule' in entry && !entry.rule.startsWith(`LR-${entry.cluster}@`)) {
    return { refused: 'RULE_OF_ANOTHER_CLUSTER', field: 'rule' }
  }
  const range = 'tombstones' in entry ? entry.tombstones : 'marks' in entry ? entry.marks : undefined
  if (entry.type === 'HOLD_SET' || entry.type === 'HOLD_RELEASE') {
    const named = [entry.objects, entry.marks].filter((field) => field !== undefined).length
    if (named !== (entry.covers === undefined ? 2 : 0)) return { refused: 'FIELD_REFUSED', field: 'covers' }
  }
  if (
    'objects' in entry &&
    entry.objects !== undefined &&
    range !== undefined &&
    range.to - range.from + 1 !== total(entry.objects)
  ) {
    return { refused: 'RANGE_DOES_NOT_COUNT', field: 'objects' }
  }
  if (entry.type === 'RULE_CHANGE' && entry.variants !== undefined) {
    const { variants: named, classes } = entry
    if (named.length !== classes.length || new Set(named).size !== named.length) {
      return { refused: 'FIELD_REFUSED', field: 'variants' }
    }
  }
  if (
    entry.type === 'ARCHIVE_AGREEMENT' &&
    (entry.decisions.length === 0) !== (entry.mode === 'OFFER_EACH')
  ) {
    return { refused: 'FIELD_REFUSED', field: 'decisions' }
  }
  if (entry.type === 'RULES_SIGNED' && new Set(entry.rules).size !== entry.rules.length) {
    return { refused: 'FIELD_REFUSED', field: 'rules' }
  }
  if (entry.type === 'PROCESSOR_DONE' && entry.state === 'done' && entry.residueUntil === undefined) {
    return { refused: 'FIELD_REFUSED', field: 'residueUntil' }
  }
  if (entry.type === 'BREAK_GLASS' && (entry.minutes === undefined) !== (entry.broken !== undefined)) {
    return { refused: 'FIELD_REFUSED', field: 'minutes' }
  }
  // What follows a broken ledger says so before anything else.
  if (entry.type === 'BREAK_GLASS' && entry.broken !== undefined && seq !== 0) {
    return { refused: 'FIELD_REFUSED', field: 'broken' }
  }
  if (entry.type === 'PROCESSOR_DONE' && entry.ledgersBack === undefined && entry.of >= seq)
    return { refused: 'REFERS_FORWARD', field: 'of' }
  if (entry.type === 'RESTORE_REPLAY' && !(entry.fromSeq <= entry.toSeq && entry.toSeq <= seq)) {
    return { refused: 'REFERS_FORWARD', field: 'toSeq' }
  }
  return { accepted: entry as LedgerEntry }
}

type Entry = z.infer<typeof entrySchema>
type Deletion = Extract<Entry, { type: 'DELETE' | 'KEY_DESTROY' }>

/** Forms that the schema has accepted: of deletions alone, which are most of a ledger. */
const acceptedForms = new Set<string>()
const timeOfDay = /T(?:[01][0-9]|2[0-3]):[0-5][0-9]Z$/

function isDeletion(entry: Entry): entry is Deletion {
  return entry.type === 'DELETE' || entry.type === 'KEY_DESTROY'
}

/** What a form leaves open of a deletion that the schema has accepted, by the rules of its fields. Undefined: the schema has to say what is wrong. */
function knownDeletion(value: unknown): { success: true; data: Deletion } | undefined {
  const entry = value as Deletion
  const { from, to } = entry.tombstones
  const isRight =
    entry.v === 1 &&
    Math.max(entry.seq, from, to) <= maxPosition &&
    from <= to &&
    Object.values(entry.objects).every((count) => count <= maxCount) &&
    timeOfDay.test(entry.at)
  return isRight ? { success: true, data: entry } : undefined
}

function total(objects: z.infer<typeof objectsField>): number {
  let sum = 0
  for (const count of Object.values(objects)) sum += count
  return sum
}

function refusalOf(error: z.ZodError): EntryCheck {
  const [issue] = error.issues
  if (issue === undefined || (issue.path.length === 0 && issue.code === 'invalid_type')) {
    return { refused: 'NOT_AN_ENTRY', field: null }
  }
  // The path of an unknown key ends at the object that holds it, so it names the schema's fields only.
  const field = issue.path.length === 0 ? null : issue.path.join('.')
  return { refused: issue.code === 'unrecognized_keys' ? 'UNKNOWN_FIELD' : 'FIELD_REFUSED', field }
}
