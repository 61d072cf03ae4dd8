import { rm } from 'node:fs/promises'
import { beginningsOf, type Inbox, tidiedReference } from '@buergerdraht/inbox'
import { KeyDestroyed, type Keys, macOf, openJson, transactionOn } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Archive } from './archive.ts'
import { type ArchiveLog, appendPlaced, placeLeaves, signCheckpoint } from './archive-log.ts'
import type { PreparedItem } from './compose-items.ts'
import { preparedPath } from './package-folder.ts'
import { labelPlace, type PackageLabel, type PreparedFacts } from './prepare-package.ts'
import { noteFailure, orFailure } from './sealing-failure.ts'
import {
  manifestIn,
  preparedCiphertexts,
  proofFile,
  readKeptCheckpoint,
  requireVerified,
  writePackageFile,
} from './write-package-file.ts'

const batchSize = 64
/** Files that are written and read again at once. */
const hands = 4
/** Two clocks are never quite the same. */
const clockToleranceMs = 5 * 60_000

type Placed = {
  readonly package_id: string
  readonly conversation_id: string
  readonly manifest: Buffer
  readonly items: readonly PreparedItem[]
  readonly label_sealed: Buffer
  readonly facts: PreparedFacts
  readonly leaf_index: string
}

/** By what a package is found: a keyed hash of its file reference as a whole and of its beginnings, whatever its case. */
export function referenceMac(keys: Pick<Keys, 'lookup'>, reference: string): Buffer {
  return macOf(keys.lookup.identity, 'archive-reference', tidiedReference(reference).toLowerCase()).subarray(
    0,
    16,
  )
}

/** A clock that was set back would seal before what is sealed already. */
async function isClockBehind({ client }: ArchiveLog, { now }: Pick<Inbox, 'now'>): Promise<boolean> {
  const { rows } = await client.query<{ at: Date | null }>('select max(sealed_at) as at from archive_package')
  const at = rows[0]?.at ?? null
  return at !== null && now().getTime() < at.getTime() - clockToleranceMs
}

/** Gives what is prepared its places in the log, in the order in which it was wanted. */
async function place(archive: Archive, { client }: ArchiveLog): Promise<void> {
  await transactionOn(client, async () => {
    const { rows } = await client.query<{ package_id: string; manifest: Buffer }>(
      `select package_id, manifest from archive_task where state = 'prepared' and (next_try_at is null or next_try_at <= now())
       order by wanted_at, package_id limit $1 for update`,
      [batchSize],
    )
    if (rows.length === 0) return
    await placeLeaves(
      client,
      rows.map(({ package_id, manifest }) => ({ packageId: package_id, erasure: null, data: manifest })),
    )
    await client.query(`update archive_task set state = 'placed' where package_id = any($1::uuid[])`, [
      rows.map(({ package_id }) => package_id),
    ])
  })
  await archive.reached?.('placed')
}

async function readPlaced({ client }: ArchiveLog): Promise<Placed[]> {
  const { rows } = await client.query<Placed>(
    `select t.package_id, t.conversation_id, t.manifest, t.items, t.label_sealed, t.facts, l.index as leaf_index
     from archive_task t join archive_leaf l on l.package_id = t.package_id and l.erasure is null
     where t.state = 'placed' and (t.next_try_at is null or t.next_try_at <= now()) order by l.index limit $1`,
    [batchSize],
  )
  return rows
}

/** Writes the file. @returns its size; null: it did not work, and why stands with the task */
function write(archive: Archive, log: ArchiveLog, size: number, task: Placed): Promise<number | null> {
  const { archiveDir } = archive
  const { package_id: id, manifest, facts, leaf_index } = task
  return orFailure(archive, id, async () =>
    writePackageFile(archiveDir, {
      id,
      manifest,
      proof: await proofFile(log.log, Number(leaf_index), await readKeptCheckpoint(log.folder, size)),
      timeStamp: undefined,
      evidence: undefined,
      ciphertexts: preparedCiphertexts(preparedPath(archiveDir, facts.attempt), manifestIn(manifest)),
      erasures: [],
    }),
  )
}

/** Reads the file again, contents and all. Null: it does not verify, and that stands with the task. */
function verify(
  { inbox, archiveDir }: Archive,
  { key }: ArchiveLog,
  { package_id: id, manifest }: Placed,
): Promise<true | null> {
  return orFailure<true>({ inbox }, id, async () => {
    const { items } = manifestIn(manifest)
    const ids = items.map((item) => item.id)
    // Asked of the table: this process may remember a key that is gone.
    const { rows } = await inbox.pool.query('select from data_key where id = any($1::uuid[])', [ids])
    if (rows.length < ids.length) throw new KeyDestroyed()
    const itemKeys = await inbox.keys.getMany(ids)
    await requireVerified(archiveDir, id, { keys: [key.verifierKey], roots: [], now: inbox.now() }, itemKeys)
    return true
  })
}

async function labelOf(
  { keys }: Pick<Inbox, 'keys'>,
  { package_id, label_sealed, facts }: Placed,
): Promise<PackageLabel> {
  return openJson<PackageLabel>(await keys.get(facts.metadataItem), labelPlace(package_id), label_sealed)
}

/** The package is sealed with the commit: it is in the log, its file has been read again, and the matter is in the file. */
async function store(
  { inbox }: Archive,
  client: PoolClient,
  task: Placed,
  size: { readonly bytes: number; readonly proof: number },
): Promise<void> {
  const { package_id: id, conversation_id: conversationId, manifest, facts, items, label_sealed } = task
  const now = inbox.now()
  await client.query('select from conversation where id = $1 for no key update', [conversationId])
  await client.query(
    `insert into archive_package (id, conversation_id, team_id, number, cluster, manifest, leaf_index, sealed_at, opened_at, closed_at, messages,
       system_lines, files, metadata_item, label_sealed)
     select $1, $2, $3, coalesce(max(p.number), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
     from archive_package p where p.conversation_id = $2`,
    [
      id,
      conversationId,
      facts.teamId,
      manifestIn(manifest).cluster,
      manifest,
      task.leaf_index,
      now,
      facts.openedAt,
      facts.closedAt,
      facts.messages,
      facts.systemLines,
      facts.files,
      facts.metadataItem,
      label_sealed,
    ],
  )
  await client.query(
    `insert into archive_item (id, package_id, position, kind, object_id, state_mac)
     select n.id, $1, n.n - 1, n.kind, n.object_id, decode(n.mac, 'base64')
     from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[]) with ordinality as n(id, kind, object_id, mac, n)`,
    [
      id,
      items.map((item) => item.id),
      items.map(({ kind }) => kind),
      items.map(({ objectId }) => objectId),
      items.map(({ stateMac }) => stateMac),
    ],
  )
  await client.query(
    `insert into archive_file (package_id, size_bytes, proof_size, stamped, erasures, written_at) values ($1, $2, $3, false, 0, $4)`,
    [id, size.bytes, size.proof, now],
  )
  const { fileReference } = await labelOf(inbox, task)
  if (fileReference !== null) {
    const macs = new Map(
      [fileReference, ...beginningsOf(fileReference)].map((one) => {
        const mac = referenceMac(inbox.keys, one)
        return [mac.toString('hex'), mac]
      }),
    )
    await client.query('insert into archive_reference (package_id, mac) select $1, unnest($2::bytea[])', [
      id,
      [...macs.values()],
    ])
  }
  await client.query('delete from archive_task where package_id = $1', [id])
  // It is in the file: from here on the period of the filing plan counts.
  await client.query(
    `update conversation set filing = 'FILED' where id = $1 and state = 'closed' and filing = 'HANDOVER_OPEN'`,
    [conversationId],
  )
}

/**
 * Seals what is prepared, a batch: places in the log, one flush, one checkpoint; then of each package the file, read again as an auditor would, and
 * with one commit it is sealed. Killed anywhere, the next call goes on. Only whoever leads calls it. @returns how many are sealed
 */
export async function sealPrepared(archive: Archive, log: ArchiveLog): Promise<number> {
  const { inbox, archiveDir, reached } = archive
  const { client } = log
  const { rows: waiting } = await client.query<{ package_id: string }>(
    `select package_id from archive_task where state <> 'waiting' and (next_try_at is null or next_try_at <= now()) limit $1`,
    [batchSize],
  )
  if (waiting.length === 0) return 0
  if (await isClockBehind(log, inbox)) {
    inbox.log.error({ waiting: waiting.length }, 'archive.clock-behind')
    for (const { package_id } of waiting) await noteFailure(archive, package_id, 'clock-behind')
    return 0
  }
  await place(archive, log)
  await appendPlaced(log)
  await reached?.('appended')
  const placed = await readPlaced(log)
  if (placed.length === 0) return 0
  await signCheckpoint(log, inbox.now())
  await reached?.('signed')
  const { size } = log.log
  const written: { readonly task: Placed; readonly bytes: number }[] = []
  const left = [...placed]
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (let task = left.shift(); task !== undefined; task = left.shift()) {
        const bytes = await write(archive, log, size, task)
        if (bytes === null) continue
        await reached?.('filed')
        if ((await verify(archive, log, task)) !== null) written.push({ task, bytes })
      }
    }),
  )
  const inOrder = written.toSorted((a, b) => Number(a.task.leaf_index) - Number(b.task.leaf_index))
  for (const { task, bytes } of inOrder) {
    await transactionOn(client, () => store(archive, client, task, { bytes, proof: size }))
    await reached?.('sealed')
    await rm(preparedPath(archiveDir, task.facts.attempt), { force: true })
  }
  return inOrder.length
}
