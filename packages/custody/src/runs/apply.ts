import { removeNamedMedia } from '@buergerdraht/inbox'
import { publishSql, publishValues } from '@buergerdraht/office'
import type { LedgerEntry } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { destroyObjects } from '../destroy/destroy.ts'
import { archivedItemsOf, eraseFromArchive } from '../destroy/erase-from-archive.ts'
import { losingFiles } from '../destroy/files-alone.ts'
import { type ObjectKind, type Objects, objectsOf, withFiles } from '../destroy/objects.ts'
import { findRawTraces } from '../destroy/raw-traces.ts'
import { findYoung } from '../destroy/young-messages.ts'
import { isAct, noteAct } from '../ledger/acts.ts'
import { carryOut } from '../ledger/carry-out.ts'
import { noteExpiry } from '../ledger/expire-segments.ts'
import { readApplied } from '../ledger/judge-ledger.ts'
import { type PlacedEntry, readEntries } from '../ledger/read-entries.ts'
import { recognisedBy } from '../ledger/segments.ts'
import { findAtProcessors } from '../processors/find-at-processors.ts'
import { knowsReport, noteReport } from '../processors/report-processors.ts'
import { writeProcessorTasks } from '../processors/write-tasks.ts'
import type { Custody } from './custody.ts'
import { patiently } from './patiently.ts'

/** Whoever has a matter open looks again when a single message or file of it has gone, and is not shown it from memory any longer. */
async function eventsOf(client: PoolClient, { messages, attachments }: Objects) {
  const { rows } = await client.query<{ id: string; team_id: string }>(
    `select id, team_id from conversation where id in (select conversation_id from message where id = any($1::uuid[])
       union all select conversation_id from attachment where id = any($2::uuid[]))`,
    [messages, attachments],
  )
  return rows.map(({ id, team_id }) => ({
    type: 'message.erased' as const,
    teamId: team_id,
    conversationId: id,
    messageId: null,
    inbound: false,
  }))
}

/**
 * Carries an entry out: what it speaks of is destroyed, what processors are to be asked for is written down, and the database knows that the ledger has
 * been carried out so far, with one commit. Files follow. May be repeated: an entry that has been carried out is passed over.
 */
export async function applyEntry(
  { inbox, ledger, client, reached }: Custody,
  { seq, rule, ground, at }: Extract<LedgerEntry, { type: 'DELETE' }>,
  named: Objects,
  runId: string | null,
): Promise<void> {
  const place = ledger.placeOf(seq)
  const objects = await withFiles(client, named)
  await patiently(async () => {
    const young = await findYoung(inbox, client, objects)
    const losing = await losingFiles(client, objects)
    // Of a file that goes alone the provider told with its message.
    const told = await findYoung(inbox, client, {
      ...objects,
      messages: [...objects.messages, ...losing.map(({ id }) => id)],
    })
    const raw = await findRawTraces(inbox, client, objects, told)
    const elsewhere = await findAtProcessors(inbox, client, objects, young)
    await carryOut({ client, ledger }, seq, async (transaction) => {
      await eraseFromArchive(client, inbox.keys, await archivedItemsOf(client, objects), { place, rule, at })
      const events = await eventsOf(client, objects)
      await destroyObjects(inbox, transaction, objects, { ...raw, young, losing })
      await client.query(
        `insert into erased_file (message_id, ledger_entry, files, rule, ground, erased_at)
         select n.id, $3, n.files, $4, $5, $6 from unnest($1::uuid[], $2::int[]) as n(id, files) on conflict do nothing`,
        [losing.map(({ id }) => id), losing.map(({ files }) => files), place, rule, ground, at],
      )
      await writeProcessorTasks(inbox, client, place, elsewhere)
      const count = Object.values(named).reduce((sum, ids) => sum + ids.length, 0)
      await client.query(
        'update deletion_run set destroyed = destroyed + $2, ledger_entries = ledger_entries || $3::int where id = $1',
        [runId, count, place],
      )
      if (events.length > 0) await client.query(publishSql, publishValues(events, inbox.now()))
    })
  })
  await reached?.('destroyed')
  await removeNamedMedia(inbox)
  await reached?.('files-removed')
}

type Doomed = { readonly kind: ObjectKind; readonly id: string; readonly run_id: string }

/** Everything that is condemned and not destroyed: no more than a batch of each run. */
async function readCondemned(client: PoolClient): Promise<readonly Doomed[]> {
  const { rows } = await client.query<Doomed>(
    `select kind, object_id as id, run_id from deletion_run_item where state = 'condemned'`,
  )
  return rows
}

/** The objects of an entry that goes with whole matters are more than those that were condemned. */
export async function partsOf(client: PoolClient, conversations: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from message where conversation_id = any($1::uuid[]) union all select id from attachment where conversation_id = any($1::uuid[])`,
    [conversations],
  )
  return rows.map(({ id }) => id)
}

/** What an entry that has not been carried out speaks of. Null: this database does not know all of it, so it is older than the entry. */
async function known(
  { ledger, client }: Custody,
  entry: LedgerEntry | undefined,
): Promise<{ entry: Extract<LedgerEntry, { type: 'DELETE' }>; objects: Objects; runId: string } | null> {
  if (entry?.type !== 'DELETE') return null
  const buried = await recognisedBy(ledger.folder, 'tombstones', entry.tombstones)
  if (buried === null) return null
  const doomed = (await readCondemned(client)).filter(({ id }) => buried.recognises(id))
  const objects = objectsOf(doomed)
  const whole = await withFiles(client, objects)
  const archived = (await archivedItemsOf(client, whole)).map(({ id }) => id)
  const parts = [...(await partsOf(client, objects.conversations)), ...whole.attachments, ...archived].filter(
    (id) => buried.recognises(id),
  )
  const [first] = doomed
  const all = new Set([...doomed.map(({ id }) => id), ...parts])
  return first === undefined || all.size !== buried.count ? null : { entry, objects, runId: first.run_id }
}

/** Carries out an entry that this database knows of. @returns false: it does not */
export async function applyKnown(custody: Custody, { entry }: PlacedEntry): Promise<boolean> {
  if (entry?.type === 'PROCESSOR_DONE') {
    if (!(await knowsReport(custody, entry))) return false
    await noteReport(custody, entry)
    return true
  }
  if (entry?.type === 'BACKUP_EXPIRED') {
    await noteExpiry(custody, entry)
    return true
  }
  if (entry !== undefined && isAct(entry)) return noteAct(custody, entry)
  const found = await known(custody, entry)
  if (found === null) return false
  await applyEntry(custody, found.entry, found.objects, found.runId)
  return true
}

/**
 * Carries out what the ledger holds and the database has not done: a process was killed in between. Before anybody is let in.
 * @returns false, and nothing more is carried out, at an entry of which this database does not know the objects: it was restored from a backup
 */
export async function applyWaiting(custody: Custody): Promise<boolean> {
  const { ledger, client } = custody
  const applied = await readApplied(client)
  if (applied === null) throw new Error('The database does not know its ledger')
  for await (const placed of readEntries(ledger.folder, applied.size))
    if (!(await applyKnown(custody, placed))) return false
  return true
}
