import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LedgerState, type PageOfLedger, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  logKeyOf,
  type OfficeContext,
  proofStanding,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { parseCheckpoint, parseNoteKey, verifyNote } from '@buergerdraht/records'
import { factsOf, titleOfEntry } from './entry-words.ts'
import { readApplied } from './judge-ledger.ts'
import { readLedgerPage } from './read-page.ts'

const maxCheckpoints = 100

/**
 * The deletion ledger in words, newest first; it can name nobody. @param end as {@link readLedgerPage} takes it
 * @throws Refusal `not-allowed`, `invalid-input` for an end that is none; LogUnusable
 */
export async function listLedgerEntries(
  viewer: Viewer,
  folder: string,
  end: number | null,
  limit: number,
): Promise<PageOfLedger> {
  requireMay(viewer, 'see-ledger')
  if (!existsSync(join(folder, 'log'))) return { items: [], nextCursor: null }
  const { entries, next } = await readLedgerPage(folder, end, limit).catch((error: unknown) => {
    if (end === null) throw error
    throw new Refusal('invalid-input', [{ path: 'cursor', fault: 'not-possible' }])
  })
  return {
    items: entries.map(({ seq, entry }) => ({
      seq,
      at: entry === undefined ? null : new Date(entry.at).toISOString(),
      type: entry?.type ?? null,
      title: entry === undefined ? null : titleOfEntry(entry),
      facts: entry === undefined ? [] : factsOf(entry),
    })),
    nextCursor: next === null ? null : `${next}`,
  }
}

/**
 * The newest signed checkpoints of the ledger, each with what its signature says now, and how much of the ledger this database has carried out.
 * @throws Refusal `not-allowed`
 */
export async function readLedgerState(
  office: OfficeContext,
  viewer: Viewer,
  folder: string,
): Promise<LedgerState> {
  requireMay(viewer, 'see-ledger')
  const applied = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, () => readApplied(changing.client)),
  )
  const { verifierKey } = await logKeyOf(office.keys, 'deletion-ledger')
  const names = existsSync(join(folder, 'checkpoints')) ? await readdir(join(folder, 'checkpoints')) : []
  const sizes = names.flatMap((name) => (/^\d+\.txt$/.test(name) ? [Number.parseInt(name, 10)] : []))
  const newest = sizes.toSorted((a, b) => b - a).slice(0, maxCheckpoints)
  const items = await Promise.all(
    newest.map(async (size) => {
      const bytes = await readFile(join(folder, 'checkpoints', `${size}.txt`))
      return { size, note: bytes.toString('utf8'), ...checked(bytes, verifierKey, applied) }
    }),
  )
  const proofs = await proofStanding(office.pool, 'deletion-ledger')
  return { items, verifierKey, appliedSize: applied?.size ?? 0, proofs }
}

/** Its signature with this office's key; and, where it is of the size that has been carried out, its root with the one that the database knows. */
function checked(
  bytes: Uint8Array,
  verifierKey: string,
  applied: { readonly size: number; readonly root: Buffer } | null,
): { root: string; signed: boolean; agrees: boolean | null } {
  const { checkpoint, note } = parseCheckpoint(bytes)
  const signed = verifyNote(note, [parseNoteKey(verifierKey)]).ok
  const agrees = applied?.size === checkpoint.size ? applied.root.equals(checkpoint.root) : null
  return { root: Buffer.from(checkpoint.root).toString('base64'), signed, agrees }
}
