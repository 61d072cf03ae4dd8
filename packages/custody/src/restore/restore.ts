import { type ProposalPayload, Refusal, type Restore, type Sentence } from '@buergerdraht/contract'
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
}

const lookItUp: Sentence = {
  de: 'Der Datenschutz sieht den Eintrag im Löschregister an und entscheidet, was erneut zu tun ist.',
  en: 'Data protection looks at the entry in the deletion ledger and decides what is to be done again.',
}

async function readTasks(client: Client, restoreId: string): Promise<Restore['tasks']> {
  const { rows } = await client.query<{ seq: number; entry: LedgerEntry | null; taken_at: Date | null }>(
    'select ledger_entry as seq, entry, taken_at from restore_task where restore_id = $1 order by ledger_entry',
    [restoreId],
  )
  return rows.map(({ seq, entry, taken_at }) => ({
    entry: seq,
    title: entry === null ? null : titleOfEntry(entry),
    facts: entry === null ? [] : factsOf(entry),
    todo: (entry === null ? undefined : todo[entry.type]) ?? lookItUp,
    takenAt: taken_at?.toISOString() ?? null,
  }))
}

/** The entries of which nobody has taken over what is to be done again. */
export async function openTaskEntries(client: Client, restoreId: string): Promise<number[]> {
  const { rows } = await client.query<{ seq: number }>(
    'select ledger_entry as seq from restore_task where restore_id = $1 and taken_at is null order by ledger_entry',
    [restoreId],
  )
  return rows.map(({ seq }) => seq)
}

/**
 * Takes over what is to be done again after the release: with the commit it stands in the audit log who has. Once; a second one changes nothing.
 * @throws Refusal `not-allowed`, `not-found`
 */
export async function takeRestoreTask(office: OfficeContext, viewer: Viewer, entry: number): Promise<void> {
  requireMay(viewer, 'release-restore')
  const now = office.now()
  await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const restore = await openRestore(client)
      const { rows } = await client.query<{ taken_at: Date | null }>(
        'select taken_at from restore_task where restore_id = $1 and ledger_entry = $2 for update',
        [restore?.id ?? null, entry],
      )
      const [task] = rows
      if (restore === null || task === undefined) throw new Refusal('not-found')
      if (task.taken_at !== null) return
      await client.query(
        'update restore_task set taken_by = $3, taken_role = $4, taken_at = $5 where restore_id = $1 and ledger_entry = $2',
        [restore.id, entry, viewer.accountId, viewer.role, now],
      )
      await recordActOn(client, now, viewer, {
        act: 'restore-task-taken',
        object: { kind: 'deletion-run', id: restore.id },
        facts: { entry },
      })
    }),
  )
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
        tasks: await readTasks(client, row.id),
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
