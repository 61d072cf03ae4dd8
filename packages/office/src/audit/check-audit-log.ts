import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  type Certificate,
  type Finding,
  openLedgerFolder,
  parseNoteKey,
  readAuditExport,
  type Trust,
  verdictOf,
  verifyLedger,
} from '@buergerdraht/records'
import type { OfficeContext } from '../office-context.ts'
import { logKeyOf } from '../sealing/log-key.ts'
import { jsonLinesOf } from './read-audit.ts'

type Reading = Pick<OfficeContext, 'pool' | 'keys'>

export type AuditLogChecked = {
  /** Nothing was changed, is missing or was added. */
  readonly isWhole: boolean
  readonly database: readonly Finding[]
  readonly folder: readonly Finding[]
}

/** The log as the database holds it: every entry that is kept is held against its leaf, every leaf against the checkpoints. */
async function checkDatabase({ pool }: Reading, trust: Trust): Promise<readonly Finding[]> {
  const { rows } = await pool.query<{ size: string; note: string }>(
    'select size, note from audit_checkpoint order by size desc limit 100',
  )
  const { findings } = await verifyLedger(
    {
      log: { size: 0, read: async () => new Uint8Array(0) },
      linesOf: () => readAuditExport(Readable.from(jsonLinesOf({ pool })).map((text) => Buffer.from(text))),
      checkpoints: rows.map(({ size, note }) => ({
        name: `audit_checkpoint ${size}`,
        bytes: Buffer.from(note),
      })),
      segments: [],
    },
    trust,
  )
  return findings
}

/** Without roots nothing can be said of time stamps; that is for whoever has some to say, and no fault of the log. */
async function checkFolder(folder: string, trust: Trust): Promise<readonly Finding[]> {
  const opened = await openLedgerFolder(folder)
  try {
    const checkpoints =
      trust.roots === undefined
        ? opened.checkpoints.map(({ name, bytes }) => ({ name, bytes }))
        : opened.checkpoints
    return (await verifyLedger({ ...opened, checkpoints }, trust)).findings
  } finally {
    await opened.close()
  }
}

/**
 * Checks the audit log where it is kept, in the database and in its folder, as an auditor's program would, with this office's key and no other.
 * Reads only, also while the office works. Null: there is none yet.
 * @param roots of time-stamping authorities; empty: time stamps are not looked at
 */
export async function checkAuditLog(
  office: Reading,
  folder: string,
  roots: readonly Certificate[] = [],
): Promise<AuditLogChecked | null> {
  if (!existsSync(join(folder, 'log'))) return null
  const { verifierKey } = await logKeyOf(office.keys, 'audit-log')
  const trust = { keys: [parseNoteKey(verifierKey)], ...(roots.length > 0 && { roots }) }
  const checked = { folder: await checkFolder(folder, trust), database: await checkDatabase(office, trust) }
  return { ...checked, isWhole: verdictOf([...checked.folder, ...checked.database]) === 0 }
}
