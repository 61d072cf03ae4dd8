import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal, type VerificationReport } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import { logKeyOf, readRoots } from '@buergerdraht/office'
import {
  type ByteSource,
  bytesInFile,
  manifestName,
  type NoteKey,
  openPackage,
  parseManifest,
  parseNoteKey,
  reportOf,
  type Trust,
  verifyPackage,
} from '@buergerdraht/records'
import { ledgerKeys } from '../broken-ledger/broken-ledger.ts'

/** @throws Refusal `invalid-input` for what is no verifier key */
function keyIn(text: string): NoteKey {
  try {
    return parseNoteKey(text.trim())
  } catch {
    throw new Refusal('invalid-input', [{ path: 'key', fault: 'not-possible' }])
  }
}

export type VerifyWith = {
  /** Verifier keys of others (c2sp.org/signed-note). */
  readonly given: readonly string[]
  /** Roots of time-stamping authorities, PEM; null: no time stamp is checked. */
  readonly rootsFile: string | null
  readonly maxBytes: number
}

/** What is there of a package that has been verified, and is erased here. */
async function erasedSince({ pool }: Pick<Inbox, 'pool'>, source: ByteSource): Promise<number> {
  const { read, items } = await openPackage(source)
  const manifest = parseManifest((await read(manifestName)) ?? Buffer.alloc(0))
  if (!manifest.ok) return 0
  const { rows } = await pool.query<{ erased: number }>(
    'select count(*)::int as erased from archive_erasure e, unnest(e.items) as erased(id) where e.package_id = $1 and erased.id = any($2::uuid[])',
    [manifest.value.package, [...items.keys()]],
  )
  return rows[0]?.erased ?? 0
}

/**
 * Verifies a package that somebody hands in, by the code of the verifier that auditors have, with this office's keys, the roots that it trusts and
 * further keys that are given. The file lies in the temporary folder meanwhile and is gone when this resolves.
 * @throws Refusal `package-too-large`, `invalid-input` for a key
 */
export async function verifyUpload(
  { pool, keys, now }: Pick<Inbox, 'pool' | 'keys' | 'now'>,
  upload: AsyncIterable<Uint8Array>,
  { given, rootsFile, maxBytes }: VerifyWith,
): Promise<VerificationReport> {
  const own = [(await logKeyOf(keys, 'archive-log')).verifierKey, ...(await ledgerKeys(pool, keys))].map(
    parseNoteKey,
  )
  const roots = rootsFile === null ? [] : await readRoots(rootsFile)
  const trust: Trust = { keys: [...own, ...given.map(keyIn)], roots, on: now() }
  const path = join(tmpdir(), `buergerdraht-verify-${randomUUID()}`)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      let size = 0
      for await (const piece of upload) {
        size += piece.length
        if (size > maxBytes) throw new Refusal('package-too-large')
        await file.writeFile(piece)
      }
    } finally {
      await file.close()
    }
    const source = await bytesInFile(path)
    try {
      const { findings, proven } = await verifyPackage(source, { trust })
      const { verdict, notChecked } = reportOf(findings, proven, trust, {
        on: now(),
        isLedger: false,
        itemKeys: false,
        ledger: false,
        checkpoints: false,
      })
      const isUnchanged = verdict === 'valid' || verdict === 'indeterminate'
      return {
        verdict,
        notChecked,
        findings,
        erasedSince: isUnchanged ? await erasedSince({ pool }, source) : 0,
      }
    } finally {
      await source.close()
    }
  } finally {
    await rm(path, { force: true })
  }
}
