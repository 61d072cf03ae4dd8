import { releaseHeld } from '@buergerdraht/inbox'
import { asInstant, newId, transactionOn } from '@buergerdraht/office'
import { europeBerlin, type LedgerEntry } from '@buergerdraht/records'
import { type ObjectKind, objectsOf } from '../destroy/objects.ts'
import { type ActEntry, isAct } from '../ledger/acts.ts'
import { carryOut } from '../ledger/carry-out.ts'
import { LedgerUnusable, readApplied } from '../ledger/judge-ledger.ts'
import { ledgerRoleOf } from '../ledger/ledger-role.ts'
import { readEntries } from '../ledger/read-entries.ts'
import { applyEntry, applyKnown, partsOf } from '../runs/apply.ts'
import type { Custody } from '../runs/custody.ts'
import {
  agreeAgain,
  changeRuleAgain,
  offerAgain,
  signAgain,
  valueAgain,
  withdrawAgain,
} from './decide-again.ts'
import {
  type Found,
  foundAt,
  type Hits,
  hitsOf,
  markedSql,
  readFirstMarks,
  withArchiveSql,
} from './found-by-marks.ts'
import { handOverAgain } from './hand-over-again.ts'
import { endAgain, holdAgain } from './hold-again.ts'
import type { Outcome } from './outcome.ts'
import { requestAgain } from './request-again.ts'
import { openRestore, type RestoreRow } from './restore.ts'
import { todoOf } from './restore-todo.ts'

/** What is asked of the ledger once, before its entries are gone through. */
type Known = {
  readonly dead: Hits<ObjectKind>
  readonly marks: Hits
  readonly acts: readonly ActEntry[]
  readonly firstMarkOf: Awaited<ReturnType<typeof readFirstMarks>>
}

/** Whether no later entry of its kind is about the same; where nobody can say, each is taken for the last. */
function isLast(
  entry: Extract<ActEntry, { type: 'REQUEST' | 'HAND_OVER' }>,
  { acts, firstMarkOf }: Known,
): boolean {
  const mark = firstMarkOf(entry.marks)
  return !acts.some(
    (act) =>
      act.type === entry.type && act.seq > entry.seq && mark !== null && firstMarkOf(act.marks) === mark,
  )
}

async function begin({ client, inbox, ledger }: Custody, fromSeq: number): Promise<RestoreRow> {
  const id = newId(inbox.now())
  await transactionOn(client, async () => {
    const now = inbox.now()
    await client.query(
      `insert into restore (id, from_seq, to_seq, backup_on, begun_at, ledger)
       select $1, $2, $3, (coalesce(max(at), $4::timestamptz) at time zone 'Europe/Berlin')::date, $4, $5 from audit_entry`,
      [id, fromSeq, ledger.size, now, ledger.number],
    )
    await client.query(
      `insert into deletion_run (id, kind, state, planned_at, begun_at) values ($1, 'restore', 'running', $2, $2)`,
      [id, now],
    )
    // They may have been ended since.
    await client.query('delete from session')
  })
  const begun = await openRestore(client)
  if (begun === null) throw new Error('What has just begun is there')
  return begun
}

/** Carried out, counted, and noted as carried out, with one commit; what people have to decide anew becomes a task of the restore. */
async function pass(
  { client, ledger }: Custody,
  seq: number,
  restoreId: string,
  work: () => Promise<Outcome>,
  entry?: LedgerEntry,
): Promise<void> {
  await carryOut({ client, ledger }, seq, async () => {
    const what = await work()
    if (what !== null)
      await client.query(`update restore set ${what} = ${what} + 1 where id = $1`, [restoreId])
    if (what === 'anew')
      await client.query(
        'insert into restore_task (restore_id, ledger_entry, entry, roles) values ($1, $2, $3, $4)',
        [restoreId, seq, JSON.stringify(entry ?? null), todoOf(entry ?? null).roles],
      )
  })
}

/** What a decision becomes again in this database. */
async function decideAgain(
  { client, inbox, ledger }: Custody,
  entry: LedgerEntry | undefined,
  known: Known,
): Promise<Outcome> {
  const { marks, acts } = known
  const now = inbox.now()
  switch (entry?.type) {
    case 'HOLD_SET':
    case 'RESTRICT':
      return holdAgain(client, entry, { marks, acts, today: europeBerlin.localDate(asInstant(now)) })
    case 'HOLD_RELEASE':
    case 'UNRESTRICT':
      return endAgain(client, entry, { marks, acts, now })
    case 'RULES_SIGNED':
      return signAgain(client, entry, ledger.placeOf(entry.seq))
    case 'RULE_CHANGE':
      return changeRuleAgain(client, entry, ledger.placeOf(entry.seq), now)
    case 'ARCHIVE_OFFER':
      return offerAgain(client, entry, { marks, acts, placeOf: (seq) => ledger.placeOf(seq) })
    case 'ARCHIVE_DECISION':
      return valueAgain(client, entry, marks)
    case 'ARCHIVE_WITHDRAWAL':
      return withdrawAgain(client, entry, marks)
    case 'ARCHIVE_AGREEMENT':
      return agreeAgain(client, entry)
    case 'REQUEST':
      return requestAgain(client, entry, {
        marks,
        place: ledger.placeOf(entry.seq),
        isLast: isLast(entry, known),
      })
    case 'HAND_OVER':
      return handOverAgain(client, entry, {
        marks,
        place: ledger.placeOf(entry.seq),
        isLast: isLast(entry, known),
      })
    // What processors have done is asked for again with what is destroyed again.
    case 'PROCESSOR_DONE':
    case 'RESTORE_REPLAY':
      return null
    default:
      return 'anew'
  }
}

/** @throws LedgerUnusable `too-old` where nobody can say any more what an entry destroyed */
async function replayOne(
  custody: Custody,
  { seq, entry }: { readonly seq: number; readonly entry: LedgerEntry | undefined },
  restore: RestoreRow,
  known: Known,
): Promise<void> {
  const { client, ledger } = custody
  if (entry?.type === 'DELETE') {
    const all = foundAt(known.dead, entry.tombstones)
    if (all === null) throw new LedgerUnusable(ledger.folder, 'too-old', [])
    // What belongs to a matter goes with it.
    const parts = new Set(await partsOf(client, objectsOf(all).conversations))
    const found = all.filter(({ id }) => !parts.has(id))
    // Approved when it was entered: no hold of the backup stops it.
    await client.query(
      `insert into deletion_run_item (run_id, kind, object_id, state, facts)
       select $1, n.kind, n.id, 'condemned', '{}' from unnest($2::text[], $3::uuid[]) as n(kind, id) on conflict do nothing`,
      [restore.id, found.map(({ kind }) => kind), found.map(({ id }) => id)],
    )
    await applyEntry(custody, entry, objectsOf(found), restore.id)
    return
  }
  await pass(custody, seq, restore.id, () => decideAgain(custody, entry, known), entry)
}

/** @throws Error where something is left that has a tombstone: nobody must be let in */
async function requireNothingLeft(custody: Custody): Promise<void> {
  const left = await hitsOf(custody.client, custody.ledger.folder, 'tombstones', withArchiveSql)
  if ([...left.values()].some((hits) => hits.size > 0))
    throw new Error('After the replay an object with a tombstone is still there')
}

/**
 * Carries out everything that the ledger holds and this database, restored from a backup, does not know: what was destroyed is destroyed again, what was held,
 * restricted, ended, signed, changed, offered or valued is so again, and what the ledger cannot tell enough of becomes a task that somebody takes over. Killed
 * anywhere, the next call goes on. When it resolves, nothing is left in the database that has a tombstone.
 * @throws LedgerUnusable `too-old` for a backup that is older than the tombstones are kept
 */
export async function replayLedger(custody: Custody): Promise<void> {
  const { client, ledger, inbox } = custody
  const applied = await readApplied(client)
  if (applied === null) throw new Error('The database does not know its ledger')
  const restore = (await openRestore(client)) ?? (await begin(custody, applied.size))
  const [dead, marks] = [
    await hitsOf(client, ledger.folder, 'tombstones'),
    await hitsOf<Found['kind']>(client, ledger.folder, 'marks', markedSql),
  ]
  const firstMarkOf = await readFirstMarks(ledger.folder)
  const acts: ActEntry[] = []
  for await (const { entry } of readEntries(ledger.folder, restore.from_seq))
    if (entry !== undefined && isAct(entry)) acts.push(entry)
  for await (const placed of readEntries(ledger.folder, applied.size)) {
    if (!(await applyKnown(custody, placed)))
      await replayOne(custody, placed, restore, { dead, marks, acts, firstMarkOf })
  }
  await requireNothingLeft(custody)
  await transactionOn(client, async () => {
    const now = inbox.now()
    await client.query('update restore set replayed_at = $2 where id = $1', [restore.id, now])
    await client.query(`update deletion_run set state = 'completed', ended_at = $2 where id = $1`, [
      restore.id,
      now,
    ])
  })
}

/** Says in the ledger who has let people in, and that it has; killed in between, the next call does the rest. @returns false: nobody has yet */
export async function enterRelease(custody: Custody): Promise<boolean> {
  const { client, ledger, inbox } = custody
  const restore = await openRestore(client)
  if (restore === null || restore.released_at === null || restore.replayed_at === null) return false
  const applied = await readApplied(client)
  if (applied?.size === ledger.size) {
    const { rows } = await client.query<{ destroyed: number }>(
      'select destroyed from deletion_run where id = $1',
      [restore.id],
    )
    const minutes = Math.ceil((restore.replayed_at.getTime() - restore.begun_at.getTime()) / 60_000)
    await ledger.appendActs(
      [
        {
          fields: {
            type: 'RESTORE_REPLAY',
            backupOn: restore.backup_on,
            fromSeq: restore.from_seq,
            toSeq: restore.to_seq - 1,
            replayed: {
              deletions: Math.min(rows[0]?.destroyed ?? 0, 999_999),
              keys: 0,
              holds: restore.holds,
              restrictions: restore.restrictions,
              rectifications: 0,
            },
            leftOver: 0,
            minutes: Math.min(minutes, 9999),
            approvals: [ledgerRoleOf(restore.proposed_role), ledgerRoleOf(restore.approved_role)],
          },
          ids: [],
        },
      ],
      inbox.now(),
    )
    await custody.reached?.('act-entered')
  }
  const seq = ledger.size - 1
  await pass(custody, seq, restore.id, async () => {
    await client.query('update restore set entered_in = $2 where id = $1', [restore.id, seq])
    // What has come meanwhile is read now; what had been erased and comes again is recognised.
    await releaseHeld({ pool: client })
    return null
  })
  return true
}
