import { createReadStream, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Inbox } from '@buergerdraht/inbox'
import { logKeyOf, readRoots, type TimeAuthorities } from '@buergerdraht/office'
import {
  bytesInFile,
  leafHash,
  openLedgerFolder,
  parseCheckpoint,
  parseManifest,
  parseNoteKey,
  RightEdge,
  readLog,
  type Trust,
  verifyLedger,
  verifyNote,
  verifyPackage,
} from '@buergerdraht/records'
import { ledgerKeys } from '../broken-ledger/broken-ledger.ts'
import { packagePath } from './package-folder.ts'
import { speaksAgainst } from './write-package-file.ts'

/** What does not agree. Codes of the verifier stand beside these. */
type ArchiveFinding = {
  readonly code: string
  /** A place in the log, a package, or a file; never anything personal. */
  readonly place: string
}

export type ArchiveChecked = {
  readonly leaves: number
  /** Packages whose rows were held against the log, and of how many the file was read, contents and all. */
  readonly packages: number
  readonly contents: number
  /** Empty: everything agrees. */
  readonly findings: readonly ArchiveFinding[]
}

type Reading = Pick<Inbox, 'pool' | 'keys' | 'now'>
type Place = {
  readonly folder: string
  readonly archiveDir: string
  /** With whose roots stamps are checked; null: they are not. */
  readonly timeAuthorities: TimeAuthorities | null
}

const pageSize = 1000
const pieceBytes = 1 << 20
/** More of a kind say nothing new. */
const maxFindings = 1000

class Findings {
  readonly all: ArchiveFinding[] = []
  add(code: string, place: string | number): void {
    if (this.all.length < maxFindings) this.all.push({ code, place: `${place}` })
  }
}

/** The log on disk by itself, as an auditor's program reads it; and its leaves. */
async function checkFolder(folder: string, trust: Trust, findings: Findings): Promise<Buffer> {
  const opened = await openLedgerFolder(folder)
  try {
    const { findings: found } = await verifyLedger(opened, trust)
    for (const one of found) if (speaksAgainst(one, trust.roots ?? [])) findings.add(one.code, one.location)
    // 32 bytes a leaf, and no object of its own for each: a log has millions.
    const pieces: Buffer[] = []
    let used = 0
    for await (const piece of readLog(createReadStream(join(folder, 'log')))) {
      if (piece.kind !== 'record') break
      if (used % pieceBytes === 0) pieces.push(Buffer.alloc(pieceBytes))
      pieces.at(-1)?.set(piece.record.leaf, used % pieceBytes)
      used += 32
    }
    return Buffer.concat(pieces, used)
  } finally {
    await opened.close()
  }
}

/** Each leaf of the database is that of the log, in the same place, and something explains it. */
async function checkLeaves({ pool }: Reading, leaves: Buffer, findings: Findings): Promise<void> {
  const size = leaves.length / 32
  let next = 0
  for (;;) {
    const { rows } = await pool.query<{ index: string; leaf: Buffer; explained: boolean }>(
      `select l.index, l.leaf, case when l.erasure is null
         then exists (select from archive_package p where p.id = l.package_id and p.leaf_index = l.index)
           or exists (select from archive_task t where t.package_id = l.package_id and t.state = 'placed')
         else exists (select from archive_erasure e where e.package_id = l.package_id and e.number = l.erasure) end as explained
       from archive_leaf l where l.index >= $1 order by l.index limit $2`,
      [next, pageSize],
    )
    for (const { index, leaf, explained } of rows) {
      const at = Number(index)
      for (; next < at; next++) findings.add('LEAF_MISSING', next)
      next = at + 1
      // What was placed a moment ago may not be on disk yet.
      if (at < size && !leaf.equals(leaves.subarray(32 * at, 32 * at + 32))) findings.add('LEAF_DIFFERS', at)
      if (!explained) findings.add('LEAF_UNEXPLAINED', at)
    }
    if (rows.length < pageSize) break
  }
  for (; next < size; next++) findings.add('LEAF_MISSING', next)
}

async function checkCheckpoints(
  { pool }: Reading,
  leaves: Buffer,
  trust: Trust,
  findings: Findings,
): Promise<void> {
  const { rows } = await pool.query<{ size: string; note: string }>(
    'select size, note from archive_checkpoint order by size',
  )
  const edge = new RightEdge()
  for (const { size, note } of rows) {
    const { checkpoint, note: signed } = parseCheckpoint(Buffer.from(note))
    while (edge.size < checkpoint.size && edge.size < leaves.length / 32)
      edge.append(leaves.subarray(32 * edge.size, 32 * edge.size + 32))
    const agrees =
      Number(size) === checkpoint.size &&
      edge.size === checkpoint.size &&
      Buffer.compare(edge.root(), checkpoint.root) === 0 &&
      verifyNote(signed, [...trust.keys]).ok
    if (!agrees) findings.add('CHECKPOINT_DIFFERS', size)
  }
}

type Row = {
  readonly id: string
  readonly manifest: Buffer
  readonly leaf_index: string
  readonly sealed_at: Date
  readonly cluster: string
  readonly items: readonly { readonly id: string; readonly kind: string }[]
  readonly keys: readonly string[]
  readonly erased: readonly string[]
  /** Of its file, as it was written last. */
  readonly size_bytes: string
  readonly shown: number
  readonly erasures: number
}

const rowsSql = `select p.id, p.manifest, p.leaf_index, p.sealed_at, p.cluster,
    (select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind) order by i.position), '[]') from archive_item i where i.package_id = p.id) as items,
    (select coalesce(array_agg(k.id), '{}') from data_key k join archive_item i on i.id = k.id where i.package_id = p.id and k.purpose = 'archive-item') as keys,
    (select coalesce(array_agg(e), '{}') from archive_erasure a, unnest(a.items) e where a.package_id = p.id) as erased, f.size_bytes, f.erasures as shown,
    (select count(*)::int from archive_erasure a where a.package_id = p.id) as erasures
  from archive_package p left join archive_file f on f.package_id = p.id where p.leaf_index > $1 order by p.leaf_index limit $2`

/** What the database says of a package is what its manifest says, which is the leaf; and its keys are there unless they are erased. */
function checkRow(row: Row, leaves: Buffer, sealedBefore: Date | null, findings: Findings): void {
  const at = Number(row.leaf_index)
  const parsed = parseManifest(row.manifest)
  const leaf = leaves.subarray(32 * at, 32 * at + 32)
  if (
    !parsed.ok ||
    parsed.value.package !== row.id ||
    Buffer.compare(Buffer.from(leafHash(row.manifest)), leaf) !== 0
  ) {
    findings.add('MANIFEST_DIFFERS', row.id)
    return
  }
  const { items, cluster, createdAt } = parsed.value
  const isSame =
    items.length === row.items.length &&
    items.every(({ id, kind }, n) => row.items[n]?.id === id && row.items[n]?.kind === kind)
  if (!isSame || cluster !== row.cluster) findings.add('ITEMS_DIFFER', row.id)
  if (row.shown < row.erasures) findings.add('ERASURE_NOT_SHOWN', row.id)
  const tooEarly =
    row.sealed_at.getTime() < Date.parse(createdAt) || (sealedBefore !== null && row.sealed_at < sealedBefore)
  if (tooEarly) findings.add('SEALED_EARLIER', row.id)
  const erased = new Set(row.erased)
  const keys = new Set(row.keys)
  for (const { id } of items) {
    if (!erased.has(id) && !keys.has(id)) findings.add('KEY_MISSING', `${row.id}/${id}`)
    if (erased.has(id) && keys.has(id)) findings.add('KEY_LEFT', `${row.id}/${id}`)
  }
}

/** The file as an auditor reads it, with the contents that are not erased. */
async function checkFile(
  { keys }: Reading,
  { archiveDir }: Place,
  row: Row,
  trust: Trust,
  findings: Findings,
): Promise<void> {
  const path = packagePath(archiveDir, row.id)
  if (!existsSync(path)) {
    findings.add('FILE_MISSING', row.id)
    return
  }
  const source = await bytesInFile(path)
  try {
    // An earlier form of the file was put back: by itself it may be whole.
    if (source.size !== Number(row.size_bytes)) findings.add('FILE_OLDER', row.id)
    const itemKeys = await keys.getMany(row.keys)
    const { findings: found } = await verifyPackage(source, { trust, itemKeys })
    for (const one of found)
      if (speaksAgainst(one, trust.roots ?? [])) findings.add(one.code, `${row.id}/${one.location}`)
  } finally {
    await source.close()
  }
}

/**
 * Checks the archive where it is kept: log, database and packages against each other, with this office's keys and no other. Reads only, also while the
 * office works. Every row is held against the log; of so large a share the file is read too, contents and all. Null: there is none yet.
 * @param share of the packages, 0 to 1
 */
export async function checkArchive(
  office: Reading,
  place: Place,
  share: number,
): Promise<ArchiveChecked | null> {
  const { rows: any } = await office.pool.query(
    'select from archive_leaf union all select from archive_checkpoint limit 1',
  )
  const log = join(place.folder, 'log')
  const isEmpty = !existsSync(log) || statSync(log).size === 0
  if (isEmpty && any.length === 0) return null
  if (!existsSync(log)) {
    return { leaves: 0, packages: 0, contents: 0, findings: [{ code: 'LOG_MISSING', place: 'log' }] }
  }
  const findings = new Findings()
  const trust: Trust = {
    keys: [
      parseNoteKey((await logKeyOf(office.keys, 'archive-log')).verifierKey),
      ...(await ledgerKeys(office.pool, office.keys)).map(parseNoteKey),
    ],
    roots: place.timeAuthorities === null ? [] : await readRoots(place.timeAuthorities.rootsFile),
    on: office.now(),
  }
  const leaves = await checkFolder(place.folder, trust, findings)
  await checkLeaves(office, leaves, findings)
  await checkCheckpoints(office, leaves, trust, findings)
  const { rows: counted } = await office.pool.query<{ n: number }>(
    'select count(*)::int as n from archive_package',
  )
  // Whatever the share, one is read.
  const lucky = Math.floor(Math.random() * (counted[0]?.n ?? 0))
  let [packages, contents, after] = [0, 0, -1]
  let sealedBefore: Date | null = null
  for (;;) {
    const { rows }: { rows: Row[] } = await office.pool.query<Row>(rowsSql, [after, pageSize])
    for (const row of rows) {
      checkRow(row, leaves, sealedBefore, findings)
      sealedBefore = row.sealed_at
      packages += 1
      if (share > 0 && (packages - 1 === lucky || Math.random() < share)) {
        await checkFile(office, place, row, trust, findings)
        contents += 1
      }
    }
    if (rows.length < pageSize) break
    after = Number(rows.at(-1)?.leaf_index)
  }
  return { leaves: leaves.length / 32, packages, contents, findings: findings.all }
}
