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
import { asideOf, type BrokenLedger, givenUpLedgers } from '../broken-ledger/broken-ledger.ts'
import { factsOf, titleOfEntry } from './entry-words.ts'
import { readApplied } from './judge-ledger.ts'
import { readLedgerPage } from './read-page.ts'

const maxCheckpoints = 100

/**
 * The deletion ledger in words, newest first; it can name nobody.
 * @param broken of one that was given up its number, and of that what can still be read; null: the one in use
 * @param end as {@link readLedgerPage} takes it
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input` for an end that is none; LogUnusable
 */
export async function listLedgerEntries(
  office: OfficeContext,
  viewer: Viewer,
  current: string,
  {
    broken,
    end,
    limit,
  }: { readonly broken: number | null; readonly end: number | null; readonly limit: number },
): Promise<PageOfLedger> {
  requireMay(viewer, 'see-ledger')
  const folder = broken === null ? current : await givenUpFolder(office, viewer, current, broken)
  if (!existsSync(join(folder, 'log'))) return { items: [], nextCursor: null }
  const { entries, next } = await readLedgerPage(folder, end, limit, broken !== null).catch(
    (error: unknown) => {
      if (end === null) throw error
      throw new Refusal('invalid-input', [{ path: 'cursor', fault: 'not-possible' }])
    },
  )
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

function readGivenUp(office: OfficeContext, viewer: Viewer): Promise<BrokenLedger[]> {
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, () => givenUpLedgers(changing.client)),
  )
}

async function givenUpFolder(
  office: OfficeContext,
  viewer: Viewer,
  current: string,
  number: number,
): Promise<string> {
  const one = (await readGivenUp(office, viewer)).find((each) => each.number === number)
  if (one === undefined) throw new Refusal('not-found')
  return asideOf(current, one)
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
  const broken = (await readGivenUp(office, viewer)).map((one) => ({
    number: one.number,
    origin: one.origin,
    verifierKey: one.verifier_key,
    fault: one.fault,
    size: one.size,
    root: one.root.toString('base64'),
    provenSize: one.proven_size,
    provenAt: one.proven_at?.toISOString() ?? null,
    followedAt: (one.followed_at ?? one.found_at).toISOString(),
    isReadable: existsSync(join(asideOf(folder, one), 'log')),
  }))
  const number = (applied?.ledger ?? 0) + 1
  return { items, verifierKey, number, broken, appliedSize: applied?.size ?? 0, proofs }
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
