import {
  type ProposalPayload,
  Refusal,
  type Restore,
  type RestoreTask,
  type RestoreTaskList,
  type Role,
} from '@buergerdraht/contract'
import {
  asViewer,
  type OfficeContext,
  type ProposalKind,
  recordActOn,
  requireMay,
  transaction,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { LedgerEntry } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { factsOf, titleOfEntry } from '../ledger/entry-words.ts'
import { decidedWhileClosed } from './decided-while-closed.ts'
import { todoOf } from './restore-todo.ts'

type Client = Pick<PoolClient, 'query'>

export type RestoreRow = {
  readonly id: string
  readonly from_seq: number
  readonly to_seq: number
  readonly backup_on: string
  readonly begun_at: Date
  readonly replayed_at: Date | null
  readonly holds: number
  readonly restrictions: number
  readonly anew: number
  readonly decisions: number
  readonly proposed_role: string | null
  readonly approved_role: string | null
  readonly released_at: Date | null
}

/** The restore for which nobody is let in. Null: there is none. */
export async function openRestore(client: Client): Promise<RestoreRow | null> {
  const { rows } = await client.query<RestoreRow>(
    `select id, from_seq, to_seq, to_char(backup_on, 'YYYY-MM-DD') as backup_on, begun_at, replayed_at, holds, restrictions, anew, decisions, proposed_role, approved_role,
       released_at from restore where entered_in is null`,
  )
  return rows[0] ?? null
}

type TaskRow = {
  readonly seq: number
  readonly entry: LedgerEntry | null
  readonly roles: readonly Role[]
  readonly taken_at: Date | null
  readonly taken_by: string | null
  readonly taken_name: string | null
  readonly done_at: Date | null
  readonly arose_at: Date
}

/** @param where over `t`, a task, and `r`, its restore */
async function readTasks(
  client: Client,
  viewer: Viewer,
  where: string,
  values: readonly unknown[] = [],
): Promise<RestoreTask[]> {
  const { rows } = await client.query<TaskRow>(
    `select t.ledger_entry as seq, t.entry, t.roles, t.taken_at, t.taken_by, t.done_at, r.begun_at as arose_at,
       (select display_name from account where id = t.taken_by) as taken_name
     from restore_task t join restore r on r.id = t.restore_id where ${where} order by t.done_at desc nulls first, t.ledger_entry`,
    [...values],
  )
  return rows.map(({ seq, entry, roles, taken_at, taken_by, taken_name, done_at, arose_at }) => ({
    entry: seq,
    title: entry === null ? null : titleOfEntry(entry),
    facts: entry === null ? [] : factsOf(entry),
    todo: todoOf(entry).what,
    roles: [...roles],
    isForMe: roles.includes(viewer.role),
    aroseAt: arose_at.toISOString(),
    takenAt: taken_at?.toISOString() ?? null,
    takenBy: taken_name,
    isMine: taken_by === viewer.accountId,
    doneAt: done_at?.toISOString() ?? null,
  }))
}

/** Without the restore for which the office is closed: its tasks stand on the page of the release. */
const afterRelease = 'r.entered_in is not null'

/**
 * What has to be done again after restores, open ones first; they stand there until each is done.
 * @throws Refusal `not-allowed`
 */
export async function listRestoreTasks(
  office: OfficeContext,
  viewer: Viewer,
  of: RestoreTaskList,
): Promise<{ counts: Record<RestoreTaskList, number>; items: RestoreTask[] }> {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<Record<RestoreTaskList, number>>(
        `select (count(*) filter (where t.done_at is null))::int as open, (count(*) filter (where t.done_at is not null))::int as done
         from restore_task t join restore r on r.id = t.restore_id where ${afterRelease}`,
      )
      const isOf = of === 'open' ? 't.done_at is null' : 't.done_at is not null'
      return {
        counts: rows[0] ?? { open: 0, done: 0 },
        items: await readTasks(client, viewer, `${afterRelease} and ${isOf}`),
      }
    }),
  )
}

/** The entries of which nobody has taken over what is to be done again. */
export async function openTaskEntries(client: Client, restoreId: string): Promise<number[]> {
  const { rows } = await client.query<{ seq: number }>(
    'select ledger_entry as seq from restore_task where restore_id = $1 and taken_at is null order by ledger_entry',
    [restoreId],
  )
  return rows.map(({ seq }) => seq)
}

type LockedTask = {
  readonly restore_id: string
  readonly roles: readonly Role[]
  readonly taken_by: string | null
  readonly taken_at: Date | null
  readonly done_at: Date | null
  readonly released: boolean
}

/** One task, locked until commit. Each entry is carried out once in a database, so it has one. @throws Refusal `not-found` */
async function lockTask(client: Client, entry: number): Promise<LockedTask> {
  const { rows } = await client.query<LockedTask>(
    `select t.restore_id, t.roles, t.taken_by, t.taken_at, t.done_at, r.entered_in is not null as released
     from restore_task t join restore r on r.id = t.restore_id where t.ledger_entry = $1 order by r.begun_at desc limit 1 for update of t`,
    [entry],
  )
  if (rows[0] === undefined) throw new Refusal('not-found')
  return rows[0]
}

async function changeTask(
  office: OfficeContext,
  viewer: Viewer,
  entry: number,
  act: 'restore-task-taken' | 'restore-task-done',
  change: (client: Client, task: LockedTask, now: Date) => Promise<boolean>,
): Promise<void> {
  requireMay(viewer, 'release-restore')
  const now = office.now()
  await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const task = await lockTask(client, entry)
      if (!task.roles.includes(viewer.role)) throw new Refusal('restore-task-for-others')
      if (!(await change(client, task, now))) return
      await recordActOn(client, now, viewer, {
        act,
        object: { kind: 'deletion-run', id: task.restore_id },
        facts: { entry },
      })
    }),
  )
}

/**
 * Takes over what is to be done again after the release, as one of the roles whose it is: with the commit it stands in the audit log who has. After the release somebody else may take it over
 * from whoever has it; asked twice by one person it changes nothing.
 * @throws Refusal `not-allowed`, `not-found`, `restore-task-done`, `restore-task-for-others`
 */
export async function takeRestoreTask(office: OfficeContext, viewer: Viewer, entry: number): Promise<void> {
  await changeTask(office, viewer, entry, 'restore-task-taken', async (client, task, now) => {
    if (task.done_at !== null) throw new Refusal('restore-task-done')
    if (task.taken_by === viewer.accountId || (task.taken_at !== null && !task.released)) return false
    await client.query(
      'update restore_task set taken_by = $3, taken_role = $4, taken_at = $5 where restore_id = $1 and ledger_entry = $2',
      [task.restore_id, entry, viewer.accountId, viewer.role, now],
    )
    return true
  })
}

/**
 * Whoever has taken it over says that it is done; from the commit on it stands among what is done. Asked twice it changes nothing.
 * @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` before the release, `restore-task-of-another`,
 * `restore-task-for-others` where they have another role by now
 */
export async function completeRestoreTask(
  office: OfficeContext,
  viewer: Viewer,
  entry: number,
): Promise<void> {
  await changeTask(office, viewer, entry, 'restore-task-done', async (client, task, now) => {
    if (!task.released) throw new Refusal('changed-meanwhile')
    if (task.taken_by !== viewer.accountId) throw new Refusal('restore-task-of-another')
    if (task.done_at !== null) return false
    await client.query(
      'update restore_task set done_by = $3, done_role = $4, done_at = $5 where restore_id = $1 and ledger_entry = $2',
      [task.restore_id, entry, viewer.accountId, viewer.role, now],
    )
    return true
  })
}

/** How far an office is whose database was restored. @throws Refusal `not-allowed` */
export async function readRestore(office: OfficeContext, viewer: Viewer): Promise<Restore | null> {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const row = await openRestore(client)
      if (row === null) return null
      const { rows } = await client.query<{ destroyed: number; proposed: boolean }>(
        `select (select destroyed from deletion_run where id = $1) as destroyed,
           exists (select from proposal where kind = 'release-restore' and state = 'open' and expires_at > $2) as proposed`,
        [row.id, office.now()],
      )
      return {
        id: row.id,
        state: row.released_at !== null ? 'released' : row.replayed_at !== null ? 'replayed' : 'replaying',
        backupOn: row.backup_on,
        begunAt: row.begun_at.toISOString(),
        replayedAt: row.replayed_at?.toISOString() ?? null,
        entries: row.to_seq - row.from_seq,
        destroyed: rows[0]?.destroyed ?? 0,
        holds: row.holds,
        restrictions: row.restrictions,
        anew: row.anew,
        decisions: row.decisions,
        tasks: await readTasks(client, viewer, 't.restore_id = $1', [row.id]),
        proposed: rows[0]?.proposed ?? false,
      }
    }),
  )
}

/** Letting people in again; refused with `changed-meanwhile` while the ledger is not carried out, with `restore-tasks-open` while a task waits for somebody. */
export const restoreRelease = decidedWhileClosed('release-restore', openRestore, (restoreId) => ({
  restoreId,
}))

/** Two persons let people in again. The worker says so in the ledger, and then everybody is. */
export function releasingOfRestores(): ProposalKind<ProposalPayload<'release-restore'>> {
  return {
    object: ({ restoreId }) => ({ kind: 'deletion-run', id: restoreId }),
    concerns: () => null,
    facts: () => ({}),
    async basis({ client }, { restoreId }) {
      const { rows } = await client.query<Pick<RestoreRow, 'replayed_at' | 'released_at'>>(
        'select replayed_at, released_at from restore where id = $1 for update',
        [restoreId],
      )
      const [row] = rows
      if (row === undefined || row.replayed_at === null || row.released_at !== null)
        throw new Refusal('changed-meanwhile')
      if ((await openTaskEntries(client, restoreId)).length > 0) throw new Refusal('restore-tasks-open')
      return 'replayed'
    },
    async apply({ client }, { payload: { restoreId }, at, proposedBy, approverRole }) {
      await client.query(
        `update restore set released_at = $2, approved_role = $3, proposed_role = (select role::text from account where id = $4) where id = $1`,
        [restoreId, at, approverRole, proposedBy],
      )
    },
  }
}

/**
 * The same by two operators at the command line, where nobody is left who could sign in; they take over what is to be done again, of which `restore status`
 * names the entries.
 * @returns false: nothing waits to be released
 */
export async function releaseByOperators({
  pool,
  now,
}: Pick<OfficeContext, 'pool' | 'now'>): Promise<boolean> {
  return transaction(pool, async ({ client }) => {
    const waiting = 'entered_in is null and replayed_at is not null and released_at is null'
    await client.query(
      `update restore_task set taken_role = 'admin', taken_at = $1
       where taken_at is null and restore_id in (select id from restore where ${waiting})`,
      [now()],
    )
    const { rowCount } = await client.query(
      `update restore set released_at = $1, proposed_role = 'admin', approved_role = 'admin' where ${waiting}`,
      [now()],
    )
    return rowCount === 1
  })
}
