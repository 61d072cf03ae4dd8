import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckpointProof } from '@buergerdraht/contract'
import {
  type AlgorithmCalendar,
  checkTimeStamp,
  digest,
  keepCheckpointStamp,
  tokenInResponse,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { alone } from '../database/locks.ts'
import type { OfficeContext } from '../office-context.ts'
import type { LogPurpose } from '../sealing/keys.ts'
import { calendarInForce } from './algorithm-calendar.ts'
import { askWitness, type Witness } from './ask-witness.ts'
import { carryCheckpoint } from './carry-checkpoint.ts'
import type { KeptElsewhere } from './kept-elsewhere.ts'
import { type Bucket, keptInBucket } from './kept-in-bucket.ts'
import { keptInFolder } from './kept-in-folder.ts'
import { type Mailbox, mailCheckpoint } from './mail-checkpoint.ts'
import {
  forgetOthers,
  noteFailing,
  noteProven,
  type Proven,
  type Prover,
  proofStanding,
} from './proof-standing.ts'
import { readRoots, type StampFault, stampBytes, type TimeAuthorities } from './time-authorities.ts'

/** A log whose checkpoints lie in a folder, and how often its newest one is stamped: one a day, or each. */
export type ProvenLog = {
  readonly purpose: LogPurpose
  readonly folder: string
  readonly stamped: 'daily' | 'each'
}

/** Who elsewhere is asked. */
export type Provers = {
  /** Null: nobody stamps. */
  readonly timeAuthorities: TimeAuthorities | null
  readonly witnesses: readonly Witness[]
  /** A folder of others that checkpoints are carried to; null: none. */
  readonly witnessFolder: string | null
  /** A bucket of others with Object Lock; null: none. */
  readonly witnessBucket: Bucket | null
  /** A mailbox of others that one checkpoint a day is sent to; null: none. */
  readonly witnessMailbox: Mailbox | null
}

type Office = Pick<OfficeContext, 'pool' | 'now' | 'log'>
type Answer = { readonly ok: true; readonly proven: Proven } | { readonly ok: false; readonly fault: string }

const timeStamps: Prover = { kind: 'time-stamp', prover: '' }
const folders: Prover = { kind: 'folder', prover: '' }
const buckets: Prover = { kind: 'bucket', prover: '' }
const mailboxes: Prover = { kind: 'mailbox', prover: '' }

/** So often is looked at what is kept over a network, where nothing else makes it due. */
const lookEveryMs = 60 * 60 * 1000

function nameOf({ key }: Witness): Prover {
  return { kind: 'witness', prover: key.name }
}

function proversOf(provers: Provers): Prover[] {
  const { timeAuthorities, witnesses, witnessFolder, witnessBucket, witnessMailbox } = provers
  return [
    ...(timeAuthorities === null ? [] : [timeStamps]),
    ...witnesses.map(nameOf),
    ...(witnessFolder === null ? [] : [folders]),
    ...(witnessBucket === null ? [] : [buckets]),
    ...(witnessMailbox === null ? [] : [mailboxes]),
  ]
}

/**
 * Has the newest checkpoint of each log proven by whoever is asked, as far as it is due; called again and again. What fails is tried again
 * with whatever checkpoint is the newest then, the gap stays visible meanwhile ({@link proofStanding}), and no time is made up. One process at
 * a time. @returns how many proofs were added
 */
export async function proveCheckpoints(
  office: Office,
  logs: readonly ProvenLog[],
  provers: Provers,
): Promise<number> {
  const added = await alone(office.pool, 'proving', async (client) => {
    let count = 0
    for (const log of logs) {
      await forgetOthers(client, log.purpose, proversOf(provers))
      const size = await newestSize(log.folder)
      try {
        if (size !== null) count += await proveNewest({ office, client, log, size }, provers)
      } catch (error) {
        // One log that cannot be read does not keep the others from being proven.
        office.log.error({ log: log.purpose, error }, 'checkpoint.not-proven')
      }
    }
    return count
  })
  return added ?? 0
}

type Proving = {
  readonly office: Office
  readonly client: PoolClient
  readonly log: ProvenLog
  readonly size: number
}

/** Cosigned first, then stamped as it is then, and carried away with both. */
async function proveNewest(
  proving: Proving,
  { timeAuthorities, witnesses, witnessFolder, witnessBucket, witnessMailbox }: Provers,
): Promise<number> {
  const { office, client, log, size } = proving
  const { purpose, folder } = log
  const standing = await proofStanding(client, purpose)
  function lastOf(by: Prover) {
    return standing.find(({ kind, prover }) => kind === by.kind && prover === by.prover)
  }
  let count = 0
  const isStamped = existsSync(join(folder, 'checkpoints', `${size}.tsr`))
  // What is stamped stays as it is; and of nothing nothing can be said.
  for (const witness of size > 0 && !isStamped ? witnesses : []) {
    const last = lastOf(nameOf(witness))
    const answer = await askWitness(witness, folder, size, last?.size ?? 0, office.now)
    count += await noted(proving, nameOf(witness), last, answer)
  }
  const lastStamp = lastOf(timeStamps)
  if (timeAuthorities !== null && isStampDue(lastStamp, office.now(), log, isStamped ? size : null)) {
    const calendar = await calendarInForce(client)
    const answer = await stampCheckpoint(office, timeAuthorities, folder, size, calendar)
    count += await noted(proving, timeStamps, lastStamp, answer)
  }
  if (witnessFolder !== null)
    count += await carried(proving, folders, lastOf(folders), keptInFolder(witnessFolder))
  const lastBucket = lastOf(buckets)
  if (witnessBucket !== null && isLookDue(lastBucket, size, office.now()))
    count += await carried(proving, buckets, lastBucket, keptInBucket(witnessBucket, office.now))
  const lastMail = lastOf(mailboxes)
  if (witnessMailbox !== null && isMailDue(lastMail, size, office.now())) {
    const sent = await mailCheckpoint(folder, size, witnessMailbox, await nameElsewhere(client, purpose))
    const answer = sent.ok ? { ...sent, proven: { size, at: office.now() } } : sent
    count += await noted(proving, mailboxes, lastMail, answer)
  }
  return count
}

/** As its checkpoints are called where others keep them: another deletion ledger than the first is another log, and not a fork of it. */
async function nameElsewhere(client: PoolClient, purpose: LogPurpose): Promise<string> {
  if (purpose !== 'deletion-ledger') return purpose
  const { rows } = await client.query<{ before: number }>(
    'select count(*)::int as before from broken_ledger where followed_at is not null',
  )
  const before = rows[0]?.before ?? 0
  return before === 0 ? purpose : `${purpose}-${before + 1}`
}

/** @returns 1 where something is kept that was not */
async function carried(
  proving: Proving,
  by: Prover,
  last: CheckpointProof | undefined,
  keep: KeptElsewhere,
): Promise<number> {
  const { office, client, log, size } = proving
  const answer = await carryCheckpoint(
    log.folder,
    size,
    keep,
    await nameElsewhere(client, log.purpose),
    last?.size ?? 0,
  )
  if (answer.ok) return noted(proving, by, last, { ...answer, proven: { size, at: office.now() } })
  return noted(proving, by, last, { ok: false, fault: `${by.kind.toUpperCase()}_${answer.fault}` })
}

/** Whether there is something new to keep, it did not work, or nobody has looked for an hour. */
function isLookDue(last: CheckpointProof | undefined, size: number, now: Date): boolean {
  if (last === undefined || last.provenAt === null || last.size !== size || last.failingSince !== null)
    return true
  return now.getTime() - Date.parse(last.provenAt) >= lookEveryMs
}

/** One mail a day (UTC), of what is new; what could not be sent has no day yet. */
function isMailDue(last: CheckpointProof | undefined, size: number, now: Date): boolean {
  return last?.size !== size && last?.provenAt?.slice(0, 10) !== now.toISOString().slice(0, 10)
}

/** Of the newest checkpoint, null where there is none. */
async function newestSize(folder: string): Promise<number | null> {
  const names = await readdir(join(folder, 'checkpoints')).catch(() => [])
  const sizes = names.flatMap((name) => (/^\d+\.txt$/.test(name) ? [Number.parseInt(name, 10)] : []))
  return sizes.reduce<number | null>((newest, size) => Math.max(newest ?? 0, size), null)
}

/** Days are those of UTC: nobody has to know the time zone of who asked for a time stamp. */
function isStampDue(
  last: CheckpointProof | undefined,
  now: Date,
  log: ProvenLog,
  stampedSize: number | null,
): boolean {
  if (stampedSize !== null) return last?.size !== stampedSize
  return log.stamped === 'each' || last?.provenAt?.slice(0, 10) !== now.toISOString().slice(0, 10)
}

/**
 * Stamps the checkpoint of a size as it lies in a log's folder, and keeps the answer beside it, in the form in which it is stored, with what
 * the authority says about its certificates. Durable when it resolves. What is there already is checked, and never replaced.
 */
async function stampCheckpoint(
  { now }: Pick<Office, 'now'>,
  authorities: TimeAuthorities,
  folder: string,
  size: number,
  calendar: AlgorithmCalendar,
): Promise<Answer> {
  const path = join(folder, 'checkpoints', `${size}`)
  const checkpoint = await readFile(`${path}.txt`)
  const before = await readFile(`${path}.tsr`).catch(() => null)
  if (before !== null) return standingStamp(before, checkpoint, authorities, size, calendar)
  const stamp = await stampBytes(authorities, checkpoint, now, calendar)
  if (!stamp.ok) return { ok: false, fault: stamp.code }
  await keepCheckpointStamp(folder, size, stamp.response)
  return { ok: true, proven: { size, at: stamp.verdict.at } }
}

/** One that was kept by a process that was killed before it could note it; or that somebody has put there. */
async function standingStamp(
  response: Uint8Array,
  checkpoint: Uint8Array,
  { rootsFile }: TimeAuthorities,
  size: number,
  calendar: AlgorithmCalendar,
): Promise<Answer> {
  try {
    const roots = await readRoots(rootsFile)
    const verdict = checkTimeStamp(tokenInResponse(response), {
      roots,
      calendar,
      digestOf: (algorithm) => digest(algorithm, checkpoint),
    })
    return verdict.ok ? { ok: true, proven: { size, at: verdict.at } } : { ok: false, fault: verdict.code }
  } catch {
    return { ok: false, fault: 'TIME_STAMP_UNREADABLE' satisfies StampFault }
  }
}

/** @param last how it stood before @returns 1 where something was proven that was not */
async function noted(
  { office, client, log }: Proving,
  by: Prover,
  last: CheckpointProof | undefined,
  answer: Answer,
): Promise<number> {
  if (answer.ok) {
    const isKnown = last?.size === answer.proven.size && last.failingSince === null
    const age = answer.proven.at.getTime() - Date.parse(last?.provenAt ?? '')
    if (isKnown && age < lookEveryMs) return 0
    await noteProven(client, log.purpose, by, answer.proven)
    return isKnown ? 0 : 1
  }
  const isNew = await noteFailing(client, log.purpose, by, answer.fault, office.now())
  if (isNew) office.log.warn({ log: log.purpose, ...by, fault: answer.fault }, 'checkpoint.not-proven')
  return 0
}
