import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkTimeStamp, digest, keepCheckpointStamp, tokenInResponse } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { alone } from '../database/locks.ts'
import type { OfficeContext } from '../office-context.ts'
import type { LogPurpose } from '../sealing/keys.ts'
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
}

type Office = Pick<OfficeContext, 'pool' | 'now' | 'log'>
type Answer = { readonly ok: true; readonly proven: Proven } | { readonly ok: false; readonly fault: string }

const timeStamps: Prover = { kind: 'time-stamp', prover: '' }

/**
 * Has the newest checkpoint of each log proven by whoever is asked, as far as it is due; called again and again. What fails is tried again
 * with whatever checkpoint is the newest then, the gap stays visible meanwhile ({@link proofStanding}), and no time is made up. One process at
 * a time. @returns how many proofs were added
 */
export async function proveCheckpoints(
  office: Office,
  logs: readonly ProvenLog[],
  { timeAuthorities }: Provers,
): Promise<number> {
  const added = await alone(office.pool, 'proving', async (client) => {
    let count = 0
    for (const log of logs) {
      await forgetOthers(client, log.purpose, timeAuthorities === null ? [] : [timeStamps])
      const size = await newestSize(log.folder)
      if (size === null || timeAuthorities === null) continue
      if (await isStampDue(client, office.now(), log, size))
        count += await noted(
          office,
          client,
          log,
          timeStamps,
          await stampCheckpoint(office, timeAuthorities, log.folder, size),
        )
    }
    return count
  })
  return added ?? 0
}

/** Of the newest checkpoint, null where there is none. */
async function newestSize(folder: string): Promise<number | null> {
  const names = await readdir(join(folder, 'checkpoints')).catch(() => [])
  const sizes = names.flatMap((name) => (/^\d+\.txt$/.test(name) ? [Number.parseInt(name, 10)] : []))
  return sizes.reduce<number | null>((newest, size) => Math.max(newest ?? 0, size), null)
}

/** Days are those of UTC: nobody has to know the time zone of who asked for a time stamp. */
async function isStampDue(client: PoolClient, now: Date, log: ProvenLog, size: number): Promise<boolean> {
  const standing = await proofStanding(client, log.purpose)
  const { size: stampedSize, provenAt } = standing.find(({ kind }) => kind === 'time-stamp') ?? {}
  if (stampedSize === size) return false
  return log.stamped === 'each' || provenAt?.slice(0, 10) !== now.toISOString().slice(0, 10)
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
): Promise<Answer> {
  const path = join(folder, 'checkpoints', `${size}`)
  const checkpoint = await readFile(`${path}.txt`)
  const before = await readFile(`${path}.tsr`).catch(() => null)
  if (before !== null) return standingStamp(before, checkpoint, authorities, size)
  const stamp = await stampBytes(authorities, checkpoint, now)
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
): Promise<Answer> {
  try {
    const roots = await readRoots(rootsFile)
    const verdict = checkTimeStamp(tokenInResponse(response), {
      roots,
      digestOf: (algorithm) => digest(algorithm, checkpoint),
    })
    return verdict.ok ? { ok: true, proven: { size, at: verdict.at } } : { ok: false, fault: verdict.code }
  } catch {
    return { ok: false, fault: 'TIME_STAMP_UNREADABLE' satisfies StampFault }
  }
}

async function noted(
  office: Office,
  client: PoolClient,
  { purpose }: ProvenLog,
  by: Prover,
  answer: Answer,
): Promise<number> {
  if (answer.ok) {
    await noteProven(client, purpose, by, answer.proven)
    return 1
  }
  const isNew = await noteFailing(client, purpose, by, answer.fault, office.now())
  if (isNew) office.log.warn({ log: purpose, ...by, fault: answer.fault }, 'checkpoint.not-proven')
  return 0
}
