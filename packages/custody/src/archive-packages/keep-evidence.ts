import {
  calendarInForce,
  readRoots,
  renewByAuthorities,
  stampHash,
  stampLeadDays,
  type TimeAuthorities,
} from '@buergerdraht/office'
import {
  type AlgorithmCalendar,
  bytesInFile,
  type Certificate,
  digest,
  type EvidencedGroup,
  encodeEvidenceRecord,
  evidenceRecord,
  hashForRecords,
  hashTree,
  type NewestStamp,
  openPackage,
  type RecordToRenew,
  renewalDue,
  verifyEvidence,
} from '@buergerdraht/records'
import type { Archive } from './archive.ts'
import type { ArchiveLog } from './archive-log.ts'
import { packagePath } from './package-folder.ts'
import { rewritePackage } from './rewrite-package.ts'

/** Packages that share one time stamp; memory holds the small files of each. */
const maxTogether = 1000
/** At most one tree an hour, unless that many wait; what failed is tried again after as long. */
const pauseMs = 60 * 60 * 1000

/** Whom to ask, and what is believed. */
type Time = {
  readonly authorities: TimeAuthorities
  readonly calendar: AlgorithmCalendar
  readonly roots: readonly Certificate[]
}

type Group = EvidencedGroup & { readonly id: string }
/** A group and a record over it that holds, with what decides when it is renewed: a whole verdict would keep the certificates of a thousand in memory. */
type Held = {
  readonly group: Group
  readonly record: Uint8Array
  readonly newest: NewestStamp
}

async function timeOf(log: ArchiveLog, authorities: TimeAuthorities): Promise<Time> {
  return {
    authorities,
    calendar: await calendarInForce(log.client),
    roots: await readRoots(authorities.rootsFile),
  }
}

export async function readGroups(archiveDir: string, id: string): Promise<Group[]> {
  const source = await bytesInFile(packagePath(archiveDir, id))
  try {
    const { evidenced } = await openPackage(source)
    return (await evidenced()).map((group) => ({ id, ...group }))
  } finally {
    await source.close()
  }
}

export function questionOf({ documents }: Group): Pick<RecordToRenew, 'hashesOf' | 'isWholeGroup'> {
  return { hashesOf: (algorithm) => documents.map((bytes) => digest(algorithm, bytes)), isWholeGroup: true }
}

function heldBy(
  { inbox }: Archive,
  { roots, calendar }: Time,
  group: Group,
  record: Uint8Array | undefined,
): Held | undefined {
  if (record === undefined) return undefined
  const verdict = verifyEvidence(record, { ...questionOf(group), roots, calendar })
  if (verdict.ok) return { group, record, newest: verdict.newest }
  inbox.log.error(
    { package: group.id, erasure: group.erasure, code: verdict.code },
    'archive.evidence-refused',
  )
  return undefined
}

function byPackage(held: readonly Held[]): Map<string, Held[]> {
  const found = new Map<string, Held[]>()
  for (const one of held) found.set(one.group.id, [...(found.get(one.group.id) ?? []), one])
  return found
}

/**
 * Writes the file anew with what was made of it, and then how it stands: by the earliest of its records it is found again.
 * @param all the records that it then holds
 */
async function keep(
  archive: Archive,
  log: ArchiveLog,
  id: string,
  made: readonly Held[],
  all: readonly Held[],
): Promise<boolean> {
  try {
    if (made.length > 0) {
      const records = new Map(made.map(({ group, record }) => [group.erasure, record]))
      await rewritePackage(archive, log, id, { records })
    }
  } catch (error) {
    archive.inbox.log.error({ package: id, error }, 'archive.not-written-anew')
    return false
  }
  const stamps = all.map(({ newest }) => newest)
  await log.client.query(
    'update archive_file set evidence_made_at = $2, evidence_ends_at = $3, erasures_proven = $4 where package_id = $1',
    [
      id,
      new Date(Math.min(...stamps.map(({ at }) => at.getTime()))),
      new Date(Math.min(...stamps.map(({ certificatesEndAt }) => certificatesEndAt.getTime()))),
      all.filter(({ group }) => group.erasure > 0).length,
    ],
  )
  return true
}

/** First records of what has none: of packages, and of erasures in them. @returns of how many packages; null: nothing waits for one */
async function addRecords(
  archive: Archive,
  log: ArchiveLog,
  authorities: TimeAuthorities,
): Promise<number | null> {
  const { inbox, archiveDir } = archive
  const { rows } = await log.client.query<{ id: string }>(
    `select p.id from archive_file f join archive_package p on p.id = f.package_id
     where f.stamped and (f.evidence_made_at is null or f.erasures_proven < f.erasures) order by p.leaf_index limit $1`,
    [maxTogether],
  )
  if (rows.length === 0) return null
  const time = await timeOf(log, authorities)
  const { calendar } = time
  const groups: Group[] = []
  for (const { id } of rows) groups.push(...(await readGroups(archiveDir, id)))
  // A record that is in the file already was written by a process that was killed before it said so, or is that of the package.
  const before = groups.flatMap((group) => heldBy(archive, time, group, group.record) ?? [])
  const bare = groups.filter(({ record }) => record === undefined)
  const made: Held[] = []
  if (bare.length > 0) {
    const algorithm = hashForRecords(calendar, inbox.now(), stampLeadDays)
    const tree = hashTree(
      algorithm,
      bare.map(({ documents }) => documents.map((bytes) => digest(algorithm, bytes))),
    )
    const imprint = { algorithm, digest: tree.root }
    const stamp = await stampHash(authorities, imprint, inbox.now, calendar)
    if (!stamp.ok) {
      inbox.log.warn({ fault: stamp.code, waiting: rows.length }, 'archive.evidence-waits')
      return 0
    }
    for (const [at, group] of bare.entries()) {
      const record = evidenceRecord(algorithm, { token: stamp.token, reduced: tree.reduced(at) })
      const held = heldBy(archive, time, group, encodeEvidenceRecord(record))
      if (held !== undefined) made.push(held)
    }
  }
  const [madeOf, heldOf] = [byPackage(made), byPackage([...before, ...made])]
  let kept = 0
  for (const { id } of rows) {
    const all = heldOf.get(id) ?? []
    // Whole or not at all, so that what is missing is found again.
    const isWhole = all.length === groups.filter((group) => group.id === id).length
    if (isWhole && (await keep(archive, log, id, madeOf.get(id) ?? [], all))) kept += 1
  }
  return kept
}

/** Those of some records that are due on a day, renewed with one stamp for each sort: where their hash function ends with a new tree. */
async function renewed(
  { inbox }: Archive,
  { authorities, calendar }: Time,
  records: readonly Held[],
): Promise<Held[]> {
  const now = inbox.now()
  const sorts = new Map<string, Held[]>()
  for (const one of records) {
    const { newest } = one
    const due = renewalDue(newest, calendar, now, stampLeadDays)
    if (due === 'NONE') continue
    // One stamp covers chains of one hash function.
    const sort = due === 'HASH_TREE' ? due : newest.algorithm
    sorts.set(sort, [...(sorts.get(sort) ?? []), one])
  }
  const made: Held[] = []
  for (const [sort, some] of sorts) {
    const answer = await renewByAuthorities(
      authorities,
      some.map(({ group, record }) => ({ record, ...questionOf(group) })),
      now,
      calendar,
      sort === 'HASH_TREE' ? 'sha512' : undefined,
    )
    if (!answer.ok) {
      inbox.log.warn({ fault: answer.code, waiting: some.length }, 'archive.renewal-waits')
      continue
    }
    for (const [at, { group }] of some.entries()) {
      const one = answer.renewed[at]
      if (one?.ok) made.push({ group, record: one.record, newest: one.newest })
      else inbox.log.error({ package: group.id, code: one?.code }, 'archive.not-renewed')
    }
  }
  return made
}

/**
 * What ends soon is renewed together with what ends soon too, monthly, for as long as the authority has no certificate that holds longer, and daily in the
 * end. Looks at a thousand packages each time, by turns: what ends is decided by the calendar in force, which may be another today.
 * @returns of how many packages
 */
async function renewSome(
  archive: Archive,
  log: ArchiveLog,
  authorities: TimeAuthorities,
  turn: EvidenceTurn,
): Promise<number> {
  const { rows } = await log.client.query<{ id: string }>(
    `select package_id as id from archive_file where (evidence_made_at <= $1::timestamptz - interval '30 days'
         or evidence_ends_at <= $1::timestamptz + interval '14 days' and evidence_made_at <= $1::timestamptz - interval '1 day')
       and ($2::uuid is null or package_id > $2) order by package_id limit $3`,
    [archive.inbox.now(), turn.after, maxTogether],
  )
  turn.after = rows.length < maxTogether ? null : (rows.at(-1)?.id ?? null)
  if (rows.length === 0) return 0
  const time = await timeOf(log, authorities)
  const before: Held[] = []
  for (const { id } of rows)
    for (const group of await readGroups(archive.archiveDir, id)) {
      const held = heldBy(archive, time, group, group.record)
      if (held !== undefined) before.push(held)
    }
  const made = await renewed(archive, time, before)
  const isMade = new Set(made.map(({ group }) => group))
  const others = byPackage(before.filter(({ group }) => !isMade.has(group)))
  let kept = 0
  for (const [id, some] of byPackage(made))
    if (await keep(archive, log, id, some, [...some, ...(others.get(id) ?? [])])) kept += 1
  return kept
}

/** When this process has last had records made and looked for those that end, and after which package it goes on looking for what ends. */
export type EvidenceTurn = { madeAt: number; renewedAt: number; after: string | null }

/**
 * Gives packages that have a time stamp, and the erasures that they show, their evidence records (RFC 4998), many with one stamp over a hash tree, and
 * renews records before they lapse. What an authority does not answer waits, and its gap is seen: no time is made up. Killed anywhere, the next call goes
 * on. Only whoever leads calls it.
 * @returns of how many packages records were made or renewed
 */
export async function keepEvidence(archive: Archive, log: ArchiveLog, turn: EvidenceTurn): Promise<number> {
  const { timeAuthorities: authorities } = archive
  if (authorities === null) return 0
  const now = Date.now()
  let kept = 0
  // An hour from when there was something to ask for: what is stamped after a look in vain does not wait. Nor does the next thousand.
  if (now - turn.madeAt >= pauseMs) {
    const added = await addRecords(archive, log, authorities)
    if (added !== null && added < maxTogether) turn.madeAt = now
    kept += added ?? 0
  }
  if (now - turn.renewedAt >= pauseMs) {
    const some = await renewSome(archive, log, authorities, turn)
    if (some === 0 || turn.after === null) turn.renewedAt = now
    kept += some
  }
  return kept
}
