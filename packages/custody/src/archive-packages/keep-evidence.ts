import {
  calendarInForce,
  readRoots,
  renewByAuthorities,
  stampHash,
  type TimeAuthorities,
} from '@buergerdraht/office'
import {
  bytesInFile,
  digest,
  type EvidenceVerdict,
  encodeEvidenceRecord,
  evidenceRecord,
  hashTree,
  openPackage,
  type RecordToRenew,
  renewalDue,
  verifyEvidence,
} from '@buergerdraht/records'
import type { Archive } from './archive.ts'
import type { ArchiveLog } from './archive-log.ts'
import { packagePath } from './package-folder.ts'
import { rewritePackage } from './rewrite-package.ts'

/** Packages that share one time stamp; memory holds three small files of each. */
const maxTogether = 1000
/** So long before certificates end records are renewed: monthly, for as long as the authority has no certificate that holds longer, and daily in the end. */
const leadDays = 90
/** At most one tree an hour; what failed is tried again after as long. */
const pauseMs = 60 * 60 * 1000

/** The documents that the record of a package is about, as one group (docs/archive-format.md section 5.2). */
const group = ['manifest.json', 'proof.tlog-proof', 'checkpoint.tsr'] as const

type Covered = {
  readonly id: string
  readonly documents: readonly Uint8Array[]
  readonly evidence: Uint8Array | undefined
}

async function readCovered(archiveDir: string, id: string): Promise<Covered> {
  const source = await bytesInFile(packagePath(archiveDir, id))
  try {
    const { read } = await openPackage(source)
    const documents: Uint8Array[] = []
    for (const name of group) {
      const bytes = await read(name)
      if (bytes !== undefined) documents.push(bytes)
    }
    return { id, documents, evidence: await read('evidence.er') }
  } finally {
    await source.close()
  }
}

function questionOf({ documents }: Covered): Pick<RecordToRenew, 'hashesOf' | 'isWholeGroup'> {
  return { hashesOf: (algorithm) => documents.map((bytes) => digest(algorithm, bytes)), isWholeGroup: true }
}

/** The file with its record, read again; and until when the record holds. */
async function keep(
  archive: Archive,
  log: ArchiveLog,
  id: string,
  evidence: Uint8Array,
  verdict: EvidenceVerdict,
): Promise<boolean> {
  if (!verdict.ok) {
    archive.inbox.log.error({ package: id, code: verdict.code }, 'archive.evidence-refused')
    return false
  }
  await rewritePackage(archive, log, id, { evidence })
  const { newest } = verdict
  await log.client.query(
    'update archive_file set evidence_made_at = $2, evidence_ends_at = $3 where package_id = $1',
    [id, newest.at, newest.certificatesEndAt],
  )
  return true
}

/** @returns how many were made; null: nothing waits for one */
async function addRecords(
  archive: Archive,
  log: ArchiveLog,
  authorities: TimeAuthorities,
): Promise<number | null> {
  const { inbox, archiveDir } = archive
  const { rows } = await log.client.query<{ id: string }>(
    `select p.id from archive_package p join archive_file f on f.package_id = p.id where f.stamped and f.evidence_made_at is null
     order by p.leaf_index limit $1`,
    [maxTogether],
  )
  if (rows.length === 0) return null
  const covered: Covered[] = []
  for (const { id } of rows) covered.push(await readCovered(archiveDir, id))
  const tree = hashTree(
    'sha256',
    covered.map(({ documents }) => documents.map((bytes) => digest('sha256', bytes))),
  )
  const calendar = await calendarInForce(log.client)
  const stamp = await stampHash(authorities, tree.root, inbox.now, calendar)
  if (!stamp.ok) {
    inbox.log.warn({ fault: stamp.code, waiting: rows.length }, 'archive.evidence-waits')
    return 0
  }
  const roots = await readRoots(authorities.rootsFile)
  let kept = 0
  for (const [at, one] of covered.entries()) {
    const record = encodeEvidenceRecord(
      evidenceRecord('sha256', { token: stamp.token, reduced: tree.reduced(at) }),
    )
    const verdict = verifyEvidence(record, { ...questionOf(one), roots, calendar })
    if (await keep(archive, log, one.id, record, verdict)) kept += 1
  }
  return kept
}

/**
 * What ends soon is renewed together with what ends soon too: with a new time stamp, or with a new tree where the hash function ends. Looks at a thousand
 * records each time, by turns: what ends is decided by the calendar in force, which may be another today.
 */
async function renewSome(
  archive: Archive,
  log: ArchiveLog,
  authorities: TimeAuthorities,
  turn: EvidenceTurn,
): Promise<number> {
  const { inbox, archiveDir } = archive
  const now = inbox.now()
  const calendar = await calendarInForce(log.client)
  const { rows } = await log.client.query<{ id: string }>(
    `select package_id as id from archive_file where (evidence_made_at <= $1::timestamptz - interval '30 days'
         or evidence_ends_at <= $1::timestamptz + interval '14 days' and evidence_made_at <= $1::timestamptz - interval '1 day')
       and ($2::uuid is null or package_id > $2) order by package_id limit $3`,
    [now, turn.after, maxTogether],
  )
  turn.after = rows.length < maxTogether ? null : (rows.at(-1)?.id ?? null)
  if (rows.length === 0) return 0
  const roots = await readRoots(authorities.rootsFile)
  const covered: Covered[] = []
  for (const { id } of rows) covered.push(await readCovered(archiveDir, id))
  const records = covered.flatMap((one) =>
    one.evidence === undefined ? [] : [{ id: one.id, record: one.evidence, ...questionOf(one) }],
  )
  const due = records.map((one) => {
    const verdict = verifyEvidence(one.record, { ...one, roots, calendar })
    return verdict.ok ? renewalDue(verdict.newest, calendar, now, leadDays) : 'NONE'
  })
  let renewed = 0
  for (const kind of ['TIME_STAMP', 'HASH_TREE'] as const) {
    const some = records.filter((_, at) => due[at] === kind)
    if (some.length === 0) continue
    const answer = await renewByAuthorities(
      authorities,
      some,
      now,
      calendar,
      kind === 'HASH_TREE' ? 'sha512' : undefined,
    )
    if (!answer.ok) {
      inbox.log.warn({ fault: answer.code, waiting: some.length }, 'archive.renewal-waits')
      continue
    }
    for (const [at, one] of answer.renewed.entries()) {
      const id = some[at]?.id ?? ''
      if (one.ok) renewed += (await keep(archive, log, id, one.record, one.verdict)) ? 1 : 0
      else inbox.log.error({ package: id, code: one.code }, 'archive.not-renewed')
    }
  }
  return renewed
}

/** When this process has last had records made and looked for those that end, and after which package it goes on looking for what ends. */
export type EvidenceTurn = { madeAt: number; renewedAt: number; after: string | null }

/**
 * Gives packages that have a time stamp their evidence record (RFC 4998), many with one stamp over a hash tree, and renews records before they lapse. What an
 * authority does not answer waits, and its gap is seen: no time is made up. Killed anywhere, the next call goes on. Only whoever leads calls it.
 * @returns how many records were made or renewed
 */
export async function keepEvidence(archive: Archive, log: ArchiveLog, turn: EvidenceTurn): Promise<number> {
  const { timeAuthorities } = archive
  if (timeAuthorities === null) return 0
  const now = Date.now()
  let [made, renewed] = [0, 0]
  // An hour from when there was something to ask for: what is stamped after a look in vain does not wait.
  if (now - turn.madeAt >= pauseMs) {
    const added = await addRecords(archive, log, timeAuthorities)
    if (added !== null) turn.madeAt = now
    made = added ?? 0
  }
  if (now - turn.renewedAt >= pauseMs) {
    renewed = await renewSome(archive, log, timeAuthorities, turn)
    turn.renewedAt = now
  }
  return made + renewed
}
