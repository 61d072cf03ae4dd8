import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inbox } from '@buergerdraht/inbox'
import { alone, atFullSpeed, logKeyOf, newId, type Pace } from '@buergerdraht/office'
import { type Desk, noon, openDesk } from '../../inbox/test/desk/desk.ts'
import { type Decide, executeDeletionRun, type Item, Ledger, mayLetIn, type Step } from '../src/index.ts'
import { readApplied } from '../src/ledger/judge-ledger.ts'

/** A desk with citizens, and a folder for the ledger. */
export type Town = {
  readonly desk: Desk
  readonly inbox: Inbox
  readonly folder: string
  /** A run that two persons have agreed to. @returns its id */
  approved(items: readonly Item[]): Promise<string>
  /** A worker starts, lets in, and carries the run out; `reached` may kill it. Without `decide` everything may go. */
  work(
    runId: string,
    reached?: (step: Step) => void | Promise<void>,
    decide?: Decide,
    pace?: Pace,
  ): Promise<void>
  count(sql: string, values?: readonly unknown[]): Promise<number>
  close(): Promise<void>
}

const facts = {
  cluster: 'DA01',
  rule: 'LR-DA01@1',
  class: 'CASE_CLOSED/30d',
  ground: 'ART5_1E',
  archive: { decision: 'NOT_REQUIRED' },
} as const

/** Everything may go, and the people of whom nothing is left. What the law says is asked elsewhere. */
const everything: Decide = async (client, _runId, items) => {
  const ids = items.map(({ id }) => id)
  const { rows } = await client.query<{ id: string }>(
    `select contact_id as id from conversation group by contact_id having bool_and(id = any($1::uuid[]))`,
    [ids],
  )
  const people = rows.map(({ id }) => ({
    item: { kind: 'contact' as const, id },
    facts: { ...facts, cluster: 'DA06', rule: 'LR-DA06@1', class: 'RELATION_ENDED/0d' } as const,
  }))
  return [...items.map((item) => ({ item, facts })), ...people]
}

export async function openTown(): Promise<Town> {
  const desk = await openDesk()
  const parent = await mkdtemp(join(tmpdir(), 'ledger-'))
  const folder = join(parent, 'deletion')
  // The desk is made from the sources of the inbox, custody uses what is compiled of it: the same shapes.
  const inbox = desk.office as unknown as Inbox
  await mayLetIn(inbox, { folder }, 'worker')
  return {
    desk,
    inbox,
    folder,
    approved: async (items) => {
      const id = newId(noon)
      await inbox.pool.query(
        `insert into deletion_run (id, kind, state, planned_by, planned_role, planned_at, approved_by, approved_role, approved_at)
         values ($1, 'manual', 'approved', $2, 'records', $4, $3, 'dpo', $4)`,
        [id, desk.yilmaz.accountId, desk.brandt.accountId, noon],
      )
      await inbox.pool.query(
        `insert into deletion_run_item (run_id, kind, object_id, state) select $1, n.kind, n.id, 'planned' from unnest($2::text[], $3::uuid[]) as n(kind, id)`,
        [id, items.map(({ kind }) => kind), items.map((item) => item.id)],
      )
      return id
    },
    work: async (runId, reached, decide = everything, pace = atFullSpeed) => {
      if (!(await mayLetIn(inbox, { folder }, 'worker'))) throw new Error('Nobody is let in')
      await alone(inbox.pool, 'destroying', async (client) => {
        const ledger = await Ledger.open(
          folder,
          await logKeyOf(inbox.keys, 'deletion-ledger'),
          await readApplied(client),
        )
        try {
          const custody = { inbox, ledger, client, ...(reached && { reached }) }
          await executeDeletionRun(custody, runId, decide, pace, new AbortController().signal)
        } finally {
          await ledger.close()
        }
      })
    },
    count: async (sql, values = []) => {
      const { rows } = await inbox.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`, [
        ...values,
      ])
      return rows[0]?.n ?? -1
    },
    close: async () => {
      await desk.close()
      await rm(parent, { recursive: true })
    },
  }
}
