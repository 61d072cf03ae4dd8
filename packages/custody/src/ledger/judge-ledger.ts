import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { partsOfPlace } from '@buergerdraht/contract'
import { logKeyOf, type OfficeContext } from '@buergerdraht/office'
import {
  type Finding,
  type LedgerAnswer,
  openLedgerFolder,
  parseNoteKey,
  verdictOf,
  verifyLedger,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { readEntries } from './read-entries.ts'

/** How much of the ledger a database has carried out. @property ledger its number, from 0: how many were given up before it */
export type Applied = { readonly ledger: number; readonly size: number; readonly root: Buffer }

export async function readApplied(client: Pick<PoolClient, 'query'>, lock = ''): Promise<Applied | null> {
  const { rows } = await client.query<{ applied_size: string; applied_root: Buffer }>(
    `select applied_size, applied_root from ledger_state ${lock}`,
  )
  const [row] = rows
  if (row === undefined) return null
  const { ledger, seq: size } = partsOfPlace(Number(row.applied_size))
  return { ledger, size, root: row.applied_root }
}

/** Which check a ledger has failed, in the order in which they are made. */
export type LedgerCheck =
  | 'missing'
  | 'foreign'
  | 'damaged'
  | 'behind'
  | 'inconsistent'
  | 'too-old'
  | 'given-up-since'

/** What the ledger and the database say of each other. */
export type LedgerStanding =
  /** There has been none, and this database knows of none. */
  | { readonly state: 'new' }
  | { readonly state: 'equal'; readonly size: number }
  /** It holds entries that this database has not carried out. */
  | { readonly state: 'ahead'; readonly size: number; readonly applied: number }
  | { readonly state: 'unusable'; readonly check: LedgerCheck; readonly findings: readonly Finding[] }

function unusable(check: LedgerCheck, findings: readonly Finding[] = []): LedgerStanding {
  return { state: 'unusable', check, findings }
}

/**
 * What the auditor's program says of it, with this office's key and no other. Time stamps are left to the auditor: whether anybody may be let
 * in does not hang on the certificates of others.
 */
async function verify(folder: string, verifierKey: string, appliedSize: number): Promise<LedgerAnswer> {
  const opened = await openLedgerFolder(folder)
  try {
    const checkpoints = opened.checkpoints.map(({ name, bytes }) => ({ name, bytes }))
    const trust = { keys: [parseNoteKey(verifierKey)] }
    return await verifyLedger({ ...opened, checkpoints }, trust, undefined, [appliedSize])
  } finally {
    await opened.close()
  }
}

/** A ledger that was begun and never had a checkpoint: whoever made it was killed before it could hold anything. */
function isBarelyBegun(findings: readonly Finding[], size: number): boolean {
  return (
    size === 0 && findings.every((one) => one.code === 'LEDGER_WITHOUT_CHECKPOINT' || verdictOf([one]) === 0)
  )
}

/** The origin of the ledger that this one says it follows. Null: it says nothing of the kind. */
async function givesUp(folder: string): Promise<string | null> {
  try {
    for await (const { entry } of readEntries(folder, 0))
      return entry?.type === 'BREAK_GLASS' ? (entry.broken?.origin ?? null) : null
  } catch {
    // It is damaged besides.
  }
  return null
}

/**
 * Compares the ledger in a folder with what the database has carried out. Reads only, while a worker may be writing. With `ahead` it depends on
 * what is ahead whether anybody may be let in.
 */
export async function judgeLedger(
  { pool, keys }: Pick<OfficeContext, 'pool' | 'keys'>,
  folder: string,
): Promise<LedgerStanding> {
  // The database first: an entry that is made meanwhile is then ahead of it, never behind.
  const applied = await readApplied(pool)
  if (!existsSync(join(folder, 'log'))) return applied === null ? { state: 'new' } : unusable('missing')
  const { verifierKey, origin } = await logKeyOf(keys, 'deletion-ledger')
  const { findings, size, roots } = await verify(folder, verifierKey, applied?.size ?? 0)
  if (verdictOf(findings) !== 0) {
    if (applied === null && isBarelyBegun(findings, size)) return { state: 'new' }
    const bad = findings.filter((one) => verdictOf([one]) !== 0)
    const isForeign = bad.some(
      ({ code }) => code === 'CHECKPOINT_UNKNOWN_KEY' || code === 'CHECKPOINT_SIGNATURE',
    )
    if (isForeign && (await givesUp(folder)) === origin) return unusable('given-up-since')
    return unusable(isForeign ? 'foreign' : 'damaged', bad)
  }
  if (applied === null) return size === 0 ? { state: 'new' } : { state: 'ahead', size, applied: 0 }
  const root = roots.get(applied.size)
  if (root === undefined) return unusable('behind')
  if (!applied.root.equals(root)) return unusable('inconsistent')
  return size === applied.size ? { state: 'equal', size } : { state: 'ahead', size, applied: applied.size }
}

/** The deletion ledger cannot be used, so nobody is let in. The message is for whoever operates the office. */
export class LedgerUnusable extends Error {
  readonly check: LedgerCheck
  constructor(folder: string, check: LedgerCheck, findings: readonly Finding[]) {
    const said = findings.map(({ location, en }) => ` ${location}: ${en}`).join('')
    super(`The deletion ledger in ${folder} cannot be used: ${sentences[check]}${said}`)
    this.name = 'LedgerUnusable'
    this.check = check
  }
}

const sentences: Readonly<Record<LedgerCheck, string>> = {
  missing:
    'it is missing, and this office has had one. Put the folder back from where it is kept; never begin a new one.',
  foreign:
    'its checkpoints are not signed by this office. Check LEDGER_DIR and DATABASE_URL: one of them is of another office.',
  damaged: 'it is damaged or has been changed. Put the folder back from where it is kept.',
  behind:
    'it ends before what this database has carried out, so entries are missing. Put the newest copy of the folder back.',
  'too-old':
    'this database comes from a backup that is older than the tombstones are kept, so nobody can say what of it was deleted since. Restore a younger one.',
  'given-up-since':
    'it follows the one that this database knows, which was given up since: the database comes from a backup of before, and the key of what follows is not in it. Restore a younger one.',
  inconsistent: 'it is not the one that this database has carried out. Put the right folder back.',
}
