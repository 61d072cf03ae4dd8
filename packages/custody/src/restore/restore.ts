import {
  type ProposalPayload,
  Refusal,
  type Restore,
  type RestoreTask,
  type RestoreTaskList,
  type Sentence,
} from '@buergerdraht/contract'
import {
  approveProposalOf,
  asViewer,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  recordActOn,
  requireMay,
  transaction,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { LedgerEntry } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { factsOf, titleOfEntry } from '../ledger/entry-words.ts'

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

/** What is to be done about a decision that the ledger cannot make again, and by whom. */
const todo: Readonly<Partial<Record<LedgerEntry['type'], Sentence>>> = {
  RULE_CHANGE: {
    de: 'Schriftgutverwaltung oder Administration schlägt diese Fassung unter „Löschkonzept“ erneut vor, der Datenschutz stimmt zu.',
    en: 'Records management or administration proposes this version again under “Deletion concept”, data protection agrees.',
  },
  HOLD_RELEASE: {
    de: 'Eine Löschsperre, die aufgehoben war, gilt hier noch, und mehrere kommen in Frage: Schriftgutverwaltung und Datenschutz heben die richtige unter „Aussetzungen“ erneut auf.',
    en: 'A hold that was released is still in force here, and more than one could be meant: records management and data protection release the right one again under “Holds”.',
  },
  UNRESTRICT: {
    de: 'Eine Einschränkung, die aufgehoben war, gilt hier noch, und mehrere kommen in Frage: Schriftgutverwaltung und Datenschutz heben die richtige unter „Aussetzungen“ erneut auf.',
    en: 'A restriction that was lifted is still in force here, and more than one could be meant: records management and data protection lift the right one again under “Holds”.',
  },
  ARCHIVE_OFFER: {
    de: 'Die Schriftgutverwaltung bietet die Vorgänge unter „Archivanbietung“ erneut an und sagt dem Archiv, dass die neue Liste gilt.',
    en: 'Records management offers the matters again under “Offers to the archive” and tells the archive that the new list counts.',
  },
  ARCHIVE_DECISION: {
    de: 'Die Schriftgutverwaltung trägt die Antwort des Archivs unter „Archivanbietung“ erneut ein, sobald die Vorgänge wieder angeboten sind.',
    en: 'Records management enters the answer of the archive again under “Offers to the archive”, as soon as the matters are offered again.',
  },
  ARCHIVE_WITHDRAWAL: {
    de: 'Die Schriftgutverwaltung sieht unter „Archivanbietung“ nach, was von den zurückgezogenen Vorgängen noch angeboten ist, und zieht es mit einer zweiten Person erneut zurück.',
    en: 'Records management looks under “Offers to the archive” which of the withdrawn matters are still offered, and withdraws them again with a second person.',
  },
  ARCHIVE_AGREEMENT: {
    de: 'Schriftgutverwaltung oder Administration schlägt diese Vereinbarung unter „Vereinbarung mit dem Archiv“ erneut vor, der Datenschutz stimmt zu.',
    en: 'Records management or administration proposes this agreement again under “Agreement with the archive”, data protection agrees.',
  },
  FILING_PLAN: {
    de: 'Schriftgutverwaltung oder Administration liest den Aktenplan, der an diesem Tag galt, unter „Aktenplan“ erneut ein und schlägt ihn vor, der Datenschutz stimmt zu. Das Löschregister enthält keine Titel.',
    en: 'Records management or administration reads in the filing plan that was in force on this day again under “Filing plan” and proposes it, data protection agrees. The deletion ledger has no titles.',
  },
  REQUEST: {
    de: 'Jemand hat einen Antrag nach der DSGVO gestellt, dessen Vorgang diese Sicherung nicht kennt. Der Datenschutz stellt mit dem zuständigen Team fest, wer es war (Ausgangspost, weitergeleitetes Protokoll), und nimmt den Antrag mit dem Tag des Eingangs neu auf, sobald die Person hier wieder einen Vorgang hat. Die Frist läuft seit dem Eingang.',
    en: 'Somebody has made a request under the GDPR whose matter this backup does not know. Data protection finds out with the team in charge who it was (outgoing mail, the forwarded log) and writes the request down again with the day of its receipt, as soon as the person has a matter here again. The period runs from the receipt.',
  },
  HAND_OVER: {
    de: 'Eine Übergabe, von der die Sicherung nichts oder zu wenig weiß. Die Schriftgutverwaltung fragt bei der Gegenseite (Akte oder Archiv), was angekommen ist, bevor sie etwas erneut übergibt. Eine Antwort darauf kann unter einer Prozess-ID kommen, die hier niemand kennt; dann steht sie unter „Übergaben“ bei den abgelehnten Antworten.',
    en: 'A hand-over of which the backup knows nothing or too little. Records management asks the other side (file or archive) what has arrived before anything is handed over again. An answer may come under a process id that nobody knows here; then it stands among the refused answers under “Hand-overs”.',
  },
}

const copyMade: Sentence = {
  de: 'Von den Daten dieser Person ist nach der Sicherung schon eine Kopie erstellt worden, und der Antrag ist noch nicht beantwortet. Der Datenschutz klärt mit dem Team, ob sie schon ausgehändigt ist, bevor jemand eine zweite gibt.',
  en: 'A copy of this person’s data was already made after the backup, and the request is not answered yet. Data protection finds out with the team whether it has been handed out before anybody gives a second one.',
}

const lookItUp: Sentence = {
  de: 'Der Datenschutz sieht den Eintrag im Löschregister an und entscheidet, was erneut zu tun ist.',
  en: 'Data protection looks at the entry in the deletion ledger and decides what is to be done again.',
}

function todoOf(entry: LedgerEntry | null): Sentence {
  if (entry?.type === 'REQUEST' && entry.copy === 'MADE') return copyMade
  return (entry === null ? undefined : todo[entry.type]) ?? lookItUp
}

type TaskRow = {
  readonly seq: number
  readonly entry: LedgerEntry | null
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
    `select t.ledger_entry as seq, t.entry, t.taken_at, t.taken_by, t.done_at, r.begun_at as arose_at,
       (select display_name from account where id = t.taken_by) as taken_name
     from restore_task t join restore r on r.id = t.restore_id where ${where} order by t.done_at desc nulls first, t.ledger_entry`,
    [...values],
  )
  return rows.map(({ seq, entry, taken_at, taken_by, taken_name, done_at, arose_at }) => ({
    entry: seq,
    title: entry === null ? null : titleOfEntry(entry),
    facts: entry === null ? [] : factsOf(entry),
    todo: todoOf(entry),
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
  readonly taken_by: string | null
  readonly taken_at: Date | null
  readonly done_at: Date | null
  readonly released: boolean
}

/** One task, locked until commit. Each entry is carried out once in a database, so it has one. @throws Refusal `not-found` */
async function lockTask(client: Client, entry: number): Promise<LockedTask> {
  const { rows } = await client.query<LockedTask>(
    `select t.restore_id, t.taken_by, t.taken_at, t.done_at, r.entered_in is not null as released
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
 * Takes over what is to be done again after the release: with the commit it stands in the audit log who has. After the release somebody else may take it over
 * from whoever has it; asked twice by one person it changes nothing.
 * @throws Refusal `not-allowed`, `not-found`, `restore-task-done`
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
 * @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` before the release, `restore-task-of-another`
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

/** @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` while it is not carried out, `restore-tasks-open`, `proposal-open` */
export async function proposeRelease(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
): Promise<void> {
  requireMay(viewer, 'release-restore')
  await asViewer(office, viewer, async (changing) => {
    const row = await withOwnRights(changing, () => openRestore(changing.client))
    if (row === null) throw new Refusal('not-found')
    await propose(office, kinds, changing, viewer, 'release-restore', { restoreId: row.id })
  })
}

/** The second person. @throws Refusal as `approveProposal` */
export async function approveRelease(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
): Promise<void> {
  const row = await openRestore(office.pool)
  if (row === null) throw new Refusal('not-found')
  await approveProposalOf(office, kinds, viewer, 'release-restore', row.id)
}

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
