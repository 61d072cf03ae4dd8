import { atFullSpeed, type Pace, transactionOn } from '@buergerdraht/office'
import { europeBerlin, instantAt, type LedgerEntry, type LocalDate } from '@buergerdraht/records'
import { archivedItemsOf } from '../destroy/erase-from-archive.ts'
import { removeLeftoverWords } from '../destroy/leftover-words.ts'
import { objectsOf } from '../destroy/objects.ts'
import { youngSince } from '../destroy/young-messages.ts'
import { enterActs } from '../ledger/acts.ts'
import { readApplied } from '../ledger/judge-ledger.ts'
import type { Deletion } from '../ledger/ledger.ts'
import { ledgerRoleOf } from '../ledger/ledger-role.ts'
import { applyEntry } from './apply.ts'
import { type Condemned, condemn, type Decide, type Facts, type Item } from './condemn.ts'
import type { Custody } from './custody.ts'
import { patiently } from './patiently.ts'
import { residueUntil } from './residue.ts'

/**
 * What is condemned together: one flush of the ledger for all of it. So many matters, and no more of them than have so many messages, so that
 * neither memory nor the time that a transaction takes hangs on how long matters are.
 */
type BatchSize = { readonly maxMatters: number; readonly maxMessages: number }
const wholeBatch: BatchSize = { maxMatters: 500, maxMessages: 5000 }
/** While somebody is at work: what they ask waits behind one flush of the disk and one transaction at most. */
const smallBatch: BatchSize = { maxMatters: 100, maxMessages: 1000 }

/** Objects of a run that are next, so many matters and messages at most, and the first whatever it has. */
const nextSql = `with next as (select kind, object_id as id from deletion_run_item where run_id = $1 and state = 'planned' order by object_id limit $2),
    counted as (select n.*, sum(m.count) over (order by n.id rows between unbounded preceding and 1 preceding) as before from next n,
      lateral (select count(*) from (select from message where conversation_id = n.id limit $3) own) m)
  select kind, id from counted where coalesce(before, 0) < $3 order by id`

type Run = {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly paused: boolean
  readonly planned_role: string | null
  readonly approved_role: string | null
}

function todayIn({ now }: Custody['inbox']): LocalDate {
  const at = instantAt(now().getTime())
  if (at === undefined) throw new Error('A moment outside the years of the law')
  return europeBerlin.localDate(at)
}

/** Everything of these matters that has an id of its own goes into the ledger with them. */
async function deletionsOf(
  { client, inbox }: Custody,
  run: Run,
  condemned: readonly Condemned[],
): Promise<{ readonly deletion: Deletion; readonly items: readonly Condemned[] }[]> {
  const groups = new Map<string, Condemned[]>()
  for (const one of condemned) {
    const key = JSON.stringify(one.facts)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  const today = todayIn(inbox)
  // Matters before the people they are of.
  const inOrder = [...groups.values()].toSorted(
    (one, other) => Number(one[0]?.kind === 'contact') - Number(other[0]?.kind === 'contact'),
  )
  return Promise.all(
    inOrder.map(async (items) => {
      const { conversations, contacts, messages, attachments, requests, notices } = objectsOf(items)
      const { rows } = await client.query<{ kind: 'message' | 'attachment'; id: string; young: boolean }>(
        `select 'message' as kind, id, sent_at > $4 as young from message where conversation_id = any($1::uuid[])
         union all select 'message', id, sent_at > $4 from message where id = any($2::uuid[])
         union all select 'attachment', a.id, coalesce(m.sent_at > $4, false) from attachment a left join message m on m.id = a.message_id
           where a.conversation_id = any($1::uuid[]) or a.message_id = any($2::uuid[]) or a.id = any($3::uuid[])`,
        [conversations, messages, attachments, youngSince(inbox)],
      )
      const allMessages = new Set(messages)
      const allFiles = new Set(attachments)
      for (const { kind, id } of rows) (kind === 'message' ? allMessages : allFiles).add(id)
      const archived = await archivedItemsOf(client, {
        conversations,
        messages: [...allMessages],
        attachments: [...allFiles],
      })
      const objects = {
        ...(conversations.length > 0 && { conversations: conversations.length }),
        ...(allMessages.size > 0 && { messages: allMessages.size }),
        ...(allFiles.size > 0 && { attachments: allFiles.size }),
        ...(contacts.length > 0 && { contacts: contacts.length }),
        ...(requests.length > 0 && { requests: requests.length }),
        ...(notices.length > 0 && { evidence: notices.length }),
        // Of what is sealed in the archive the keys of its items go, which erases them there.
        ...(archived.length > 0 && { keys: archived.length }),
      }
      const facts = items[0]?.facts
      if (facts === undefined) throw new Error('A group has a member')
      const deletion: Deletion = {
        ...facts,
        ids: [
          ...conversations,
          ...allMessages,
          ...allFiles,
          ...contacts,
          ...requests,
          ...notices,
          ...archived.map(({ id }) => id),
        ],
        objects,
        approvals: [ledgerRoleOf(run.planned_role), ledgerRoleOf(run.approved_role)],
        targets: {
          // Write-ahead: that it is done is what the database knows of the ledger.
          pg: 'requested',
          keys: 'requested',
          blob: allFiles.size > 0 ? 'requested' : 'notApplicable',
          search: 'requested',
          redis: 'notApplicable',
          bsp: rows.some(({ young }) => young) ? 'requested' : 'notApplicable',
          metaContactBook: contacts.length > 0 ? 'requested' : 'notApplicable',
        },
        residueUntil: residueUntil(today),
      }
      return { deletion, items }
    }),
  )
}

/** Enters what is condemned, then destroys it. What was entered before it was cut off has been carried out by `applyWaiting`. */
async function enterAndDestroy(custody: Custody, run: Run): Promise<void> {
  const { client, ledger, inbox, reached } = custody
  const { rows } = await client.query<{ kind: Item['kind']; id: string; facts: Facts }>(
    `select kind, object_id as id, facts from deletion_run_item where run_id = $1 and state = 'condemned' order by object_id`,
    [run.id],
  )
  if (rows.length === 0) return
  const deletions = await deletionsOf(custody, run, rows)
  // On the connection that holds the lock: whoever has lost it enters nothing.
  if ((await readApplied(client))?.size !== ledger.size)
    throw new Error('The ledger is entered only when all of it has been carried out')
  const entries: LedgerEntry[] = await ledger.append(
    deletions.map(({ deletion }) => deletion),
    inbox.now(),
  )
  await reached?.('entered')
  for (const [at, { items }] of deletions.entries()) {
    const entry = entries[at]
    if (entry?.type !== 'DELETE') throw new Error('Each deletion has its entry')
    await applyEntry(custody, entry, objectsOf(items), run.id)
  }
}

async function readRun({ client }: Custody, id: string): Promise<Run> {
  const { rows } = await client.query<Run>(
    'select id, kind, state, paused, planned_role, approved_role from deletion_run where id = $1',
    [id],
  )
  const [run] = rows
  if (run === undefined) throw new Error('There is no such run')
  return run
}

/** Condemns a batch, enters it and destroys it. `nothing-left`: there was none; `ended`: the run is to go no further now. */
async function destroyNext(
  custody: Custody,
  runId: string,
  decide: Decide,
  { maxMatters, maxMessages }: BatchSize,
  signal: AbortSignal,
): Promise<'destroyed' | 'nothing-left' | 'ended'> {
  const { client, ledger, inbox, reached } = custody
  const run = await readRun(custody, runId)
  if (run.state !== 'running' || run.paused || signal.aborted || !ledger.agreesWith(inbox.now()))
    return 'ended'
  const { rows } = await client.query<Item>(nextSql, [runId, maxMatters, maxMessages])
  if (rows.length === 0) return 'nothing-left'
  await patiently(() =>
    transactionOn(client, async (transaction) => {
      await client.query(`set local lock_timeout = '800ms'`)
      await condemn(transaction, runId, rows, decide)
    }),
  )
  await reached?.('condemned')
  await enterAndDestroy(custody, run)
  await enterActs(custody)
  return 'destroyed'
}

/**
 * Carries out an approved run, a batch after the other: condemned, entered, destroyed. Ends when nothing is left, when it is paused, when the
 * clock is behind the ledger, or when the signal fires; what is condemned by then is destroyed first. Killed anywhere, the next call goes on, and everything is destroyed once.
 * @param pace what it gives way to; in an emergency to nobody
 */
export async function executeDeletionRun(
  custody: Custody,
  runId: string,
  decide: Decide,
  pace: Pace,
  signal: AbortSignal,
): Promise<void> {
  const { client, ledger, inbox } = custody
  await ledger.signCheckpoint()
  await client.query(
    `update deletion_run set state = 'running', begun_at = coalesce(begun_at, $2) where id = $1 and state = 'approved'`,
    [runId, inbox.now()],
  )
  const run = await readRun(custody, runId)
  if (run.state !== 'running') return
  const ownPace = run.kind === 'emergency' ? atFullSpeed : pace
  // What a killed process has left condemned.
  await enterAndDestroy(custody, run)
  await enterActs(custody)
  let last: Awaited<ReturnType<typeof destroyNext>>
  do {
    last = await ownPace.turn(
      (isGentle) => destroyNext(custody, runId, decide, isGentle ? smallBatch : wholeBatch, signal),
      signal,
    )
  } while (last === 'destroyed')
  if (last === 'nothing-left') {
    await removeLeftoverWords(client, ownPace, signal)
    await client.query(`update deletion_run set state = 'completed', ended_at = $2 where id = $1`, [
      runId,
      inbox.now(),
    ])
  }
  await ledger.signCheckpoint()
}
