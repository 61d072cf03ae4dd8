import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { sealJson, transaction } from '@buergerdraht/office'
import { encodeManifest, type Manifest } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { Archive } from './archive.ts'
import { type Composed, composeItems, NothingNew, type SealedBefore, stateMacOf } from './compose-items.ts'
import { preparedPath, writeDurably } from './package-folder.ts'
import { type MatterRead, readMatter, stateSql } from './read-matter.ts'
import { orFailure } from './sealing-failure.ts'

/** What `archive_task.facts` holds of a package that is prepared. */
export type PreparedFacts = {
  /** Names the file of its ciphertext. */
  readonly attempt: string
  readonly teamId: string
  readonly openedAt: string
  readonly closedAt: string
  readonly messages: number
  readonly systemLines: number
  readonly files: number
  readonly metadataItem: string
}

/** What `archive_task.label_sealed` and `archive_package.label_sealed` hold. */
export type PackageLabel = { readonly fileReference: string | null }

export function labelPlace(packageId: string): string {
  return `archive_package.label:${packageId}`
}

/** What is not to be sealed now (restricted, an answer on its way) is looked at again after so long. */
const laterMs = 60_000

type Previous = { readonly id: string; readonly sealedAt: Date }

/** What earlier packages of the matter hold; keys of erased items are gone, and what they were of is sealed again if it is there again. */
async function readBefore(
  { inbox }: Archive,
  conversationId: string,
): Promise<{ before: SealedBefore; previous: Previous | null }> {
  const { rows } = await inbox.pool.query<{
    id: string
    object_id: string | null
    state_mac: Buffer | null
  }>(
    `select i.id, i.object_id, i.state_mac from archive_item i join archive_package p on p.id = i.package_id
     where p.conversation_id = $1 and (i.object_id is not null or i.kind = 'NOTE') order by p.number, i.position`,
    [conversationId],
  )
  const { rows: packages } = await inbox.pool.query<{ id: string; sealed_at: Date }>(
    'select id, sealed_at from archive_package where conversation_id = $1 order by number desc limit 1',
    [conversationId],
  )
  const keys = await inbox.keys.getMany(rows.map(({ id }) => id))
  const newest = new Map(rows.filter(({ id }) => keys.has(id)).map((row) => [row.object_id, row]))
  const [last] = packages
  function says(of: string | null, state: string): boolean {
    const row = newest.get(of)
    const key = row === undefined ? undefined : keys.get(row.id)
    return row?.state_mac != null && key !== undefined && row.state_mac.equals(stateMacOf(key, state))
  }
  return {
    previous: last === undefined ? null : { id: last.id, sealedAt: last.sealed_at },
    before: {
      itemOf: new Map([...newest].flatMap(([of, { id }]) => (of === null ? [] : [[of, id] as const]))),
      isSame: says,
      // Packages of before have no such hash: they are followed only where something was marked.
      isSameOfMatter: (state) => (newest.get(null)?.state_mac == null && state === '[]') || says(null, state),
    },
  }
}

function manifestOf(
  packageId: string,
  createdAt: Date,
  { record }: MatterRead,
  { manifestItems }: Composed,
): Uint8Array {
  const { cluster, rule } = record.filing
  return encodeManifest({
    format: 'buergerdraht-archive-package',
    v: 1,
    package: packageId,
    createdAt: createdAt.toISOString(),
    cluster: cluster as Manifest['cluster'],
    rule: rule as Manifest['rule'],
    class: record.filing.class as Manifest['class'],
    algorithms: { cipher: 'aes-256-gcm', hash: 'sha256', secondHash: 'sha3-512' },
    items: [...manifestItems],
  })
}

/**
 * What was read is still how it is, and nobody has taken the matter away: with the commit its items have keys, and from there on it is sealed, whatever
 * happens to the matter. False: it is not, and nothing is kept.
 */
async function keep(
  { inbox }: Archive,
  packageId: string,
  { attempt, matter, composed, manifest }: Encrypted,
): Promise<boolean> {
  const { conversation, record } = matter
  return transaction(inbox.pool, async ({ client }) => {
    // Whoever condemns locks the matter too: either is seen by the other.
    await client.query('select from conversation where id = $1 for no key update', [conversation.id])
    const { rows: tasks } = await client.query(
      `select from archive_task where package_id = $1 and state = 'waiting' for update`,
      [packageId],
    )
    const { rows } = await client.query<{ state: string; condemned: boolean }>(
      `select s.state, c.condemned_by is not null or exists (select from deletion_run_item i where i.state = 'condemned'
         and (i.object_id in (select id from message where conversation_id = c.id)
           or i.object_id in (select id from attachment where conversation_id = c.id))) as condemned from (${stateSql}) s, conversation c where c.id = $1`,
      [conversation.id],
    )
    const [now] = rows
    if (tasks.length === 0 || now === undefined || now.condemned || now.state !== matter.state) return false
    await insertKeys(client, composed)
    const facts: PreparedFacts = {
      attempt,
      teamId: conversation.teamId,
      openedAt: record.openedAt,
      closedAt: record.closedAt,
      messages: composed.messages,
      systemLines: composed.systemLines,
      files: composed.files,
      metadataItem: composed.metadataItem,
    }
    const label: PackageLabel = { fileReference: record.fileReference }
    await client.query(
      `update archive_task set state = 'prepared', manifest = $2, items = $3, label_sealed = $4, facts = $5, failure = null, attempts = 0, next_try_at = null
       where package_id = $1`,
      [
        packageId,
        manifest,
        JSON.stringify(composed.items),
        sealJson(composed.metadataKey, labelPlace(packageId), label),
        JSON.stringify(facts),
      ],
    )
    return true
  })
}

async function insertKeys(client: PoolClient, { keys }: Composed): Promise<void> {
  await client.query(
    `insert into data_key (id, purpose, wrapped, kek_id) select n.id, 'archive-item', n.wrapped, n.kek_id
     from unnest($1::uuid[], $2::bytea[], $3::text[]) as n(id, wrapped, kek_id)`,
    [keys.map(({ id }) => id), keys.map(({ wrapped }) => wrapped), keys.map(({ kekId }) => kekId)],
  )
}

async function conversationOf({ inbox }: Archive, packageId: string): Promise<string | null> {
  const { rows } = await inbox.pool.query<{ conversation_id: string }>(
    `select conversation_id from archive_task t where package_id = $1 and state = 'waiting'
       and not exists (select from archive_task o where o.conversation_id = t.conversation_id and o.state <> 'waiting')`,
    [packageId],
  )
  return rows[0]?.conversation_id ?? null
}

type Encrypted = {
  readonly attempt: string
  readonly matter: MatterRead
  readonly composed: Composed
  readonly manifest: Uint8Array
}

/** Reads the matter and writes what it holds, encrypted and durable. Null: it is not to be sealed now, or there is nothing new to seal. */
async function encrypt(
  archive: Archive,
  packageId: string,
  conversationId: string,
): Promise<Encrypted | null> {
  const { inbox, archiveDir, render } = archive
  const matter = await readMatter(inbox, conversationId, archive.authority)
  if (matter === null) {
    await inbox.pool.query(
      `update archive_task set next_try_at = now() + $2 * interval '1 millisecond' where package_id = $1`,
      [packageId, laterMs],
    )
    return null
  }
  const { before, previous } = await readBefore(archive, conversationId)
  const createdAt = inbox.now()
  const attempt = randomUUID()
  const composing = { inbox, packageId, matter, before, continues: previous, createdAt, render }
  const { ciphertext, composed } = composeItems(composing)
  try {
    await writeDurably(preparedPath(archiveDir, attempt), ciphertext)
  } catch (error) {
    if (!(error instanceof NothingNew)) throw error
    await inbox.pool.query(`delete from archive_task where package_id = $1 and state = 'waiting'`, [
      packageId,
    ])
    return null
  }
  const done = composed()
  return { attempt, matter, composed: done, manifest: manifestOf(packageId, createdAt, matter, done) }
}

/**
 * Prepares a package that waits: its items are encrypted and durable, their keys are in the key table, and its manifest is written. May be repeated, by
 * several at once and after a kill anywhere. False: there is nothing to prepare, or it changed meanwhile and still waits; why it did not work stands
 * with the task.
 */
export async function preparePackage(archive: Archive, packageId: string): Promise<boolean> {
  const conversationId = await conversationOf(archive, packageId)
  if (conversationId === null) return false
  const encrypted = await orFailure(archive, packageId, () => encrypt(archive, packageId, conversationId))
  if (encrypted === null) return false
  await archive.reached?.('written')
  // Where it is not sure whether it was kept, the file stays, and whoever leads removes it when nothing names it.
  const isKept = await orFailure(archive, packageId, () => keep(archive, packageId, encrypted))
  if (isKept === false) await rm(preparedPath(archive.archiveDir, encrypted.attempt), { force: true })
  if (isKept === true) await archive.reached?.('prepared')
  return isKept === true
}
