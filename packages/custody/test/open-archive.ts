import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeConversation, type Inbox } from '@buergerdraht/inbox'
import { alone, atFullSpeed, logKeyOf, newId } from '@buergerdraht/office'
import { type Desk, minutesAfter, noon, openDesk } from '../../inbox/test/desk/desk.ts'
import {
  checkArchive,
  type Decide,
  executeDeletionRun,
  type Item,
  Ledger,
  leadOnce,
  mayLetIn,
  preparePackage,
  type SealingArchive,
  type SealingStep,
  type Step,
} from '../src/index.ts'
import { readApplied } from '../src/ledger/judge-ledger.ts'
import type { Facts } from '../src/runs/condemn.ts'

/** A desk, and an archive that seals what is closed to the file. */
export type TestArchive = {
  readonly desk: Desk
  readonly inbox: Inbox
  readonly archive: SealingArchive
  /** A matter that Frau Yılmaz has closed to the file. @returns its id */
  filed(text?: string, from?: string): Promise<string>
  close(conversationId: string, fileReference?: string): Promise<void>
  /** What the worker does of what waits: prepares and seals. `reached` may kill it. @returns how many are sealed */
  seal(reached?: (step: SealingStep) => void | Promise<void>, more?: Partial<SealingArchive>): Promise<number>
  /** A run that two persons have agreed to destroys these: carried out by a worker, whom `reached` may kill. The ledger's checkpoint is signed then. */
  erase(
    items: readonly Item[],
    reached?: (step: Step) => void | Promise<void>,
    cluster?: 'DA02' | 'DA03' | 'DA06',
  ): Promise<void>
  /** Everything that the check finds, with all contents. */
  found(): Promise<readonly string[]>
  rows<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>
  end(): Promise<void>
}

/** A process ends there; it is no failure of what it was doing. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** What the law would say of filed matters when their time is over; or of our copy of what has been handed over. */
function asFiled(cluster: 'DA02' | 'DA03' | 'DA06'): Decide {
  const classes = {
    DA02: 'CASE_CLOSED/7d',
    DA03: 'CASE_CLOSED+END_OF_YEAR/30y',
    DA06: 'RELATION_ENDED/0d',
  } as const
  const facts: Facts = {
    cluster,
    rule: `LR-${cluster}@1`,
    class: classes[cluster],
    ground: 'ART5_1E',
    archive: { decision: 'NOT_REQUIRED' },
  }
  return async (_client, _runId, items) => items.map((item) => ({ item, facts }))
}

export const reference = '10.2-7/2026'

export async function openArchive(): Promise<TestArchive> {
  const desk = await openDesk()
  const parent = await mkdtemp(join(tmpdir(), 'archive-'))
  // The desk is made from the sources of the inbox, custody uses what is compiled of it: the same shapes.
  const inbox = desk.office as unknown as Inbox
  const archive: SealingArchive = {
    inbox,
    folder: join(parent, 'log'),
    ledgerFolder: join(parent, 'ledger'),
    archiveDir: join(parent, 'packages'),
    timeAuthorities: null,
    authority: 'Stadt Musterstadt',
    render: null,
  }
  async function rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await inbox.pool.query<T>(sql, [...values])).rows
  }
  async function close(conversationId: string, fileReference = reference): Promise<void> {
    await closeConversation(inbox, desk.yilmaz, conversationId, {
      filing: { relevance: 'to-file', fileReference },
    })
  }
  return {
    desk,
    inbox,
    archive,
    rows,
    close,
    filed: async (text = 'Bitte legen Sie das zu meiner Akte.', from = '491713920011') => {
      const id = await desk.citizenWrites({ text, from })
      await close(id)
      return id
    },
    seal: async (reached, more = {}) => {
      const at = { ...archive, ...more, ...(reached && { reached }) }
      const waiting = await rows<{ package_id: string }>(
        `select package_id from archive_task where state = 'waiting' order by wanted_at`,
      )
      for (const { package_id } of waiting) await preparePackage(at, package_id)
      return leadOnce(at)
    },
    erase: async (items, reached, cluster = 'DA03') => {
      if (!(await mayLetIn(inbox, { folder: archive.ledgerFolder }, 'worker')))
        throw new Error('Nobody is let in')
      const open = await rows<{ id: string }>(
        `select id from deletion_run where state in ('approved', 'running')`,
      )
      const id = open[0]?.id ?? newId(noon)
      if (open.length === 0) {
        await rows(
          `insert into deletion_run (id, kind, state, planned_by, planned_role, planned_at, approved_by, approved_role, approved_at)
           values ($1, 'manual', 'approved', $2, 'records', $4, $3, 'dpo', $4)`,
          [id, desk.yilmaz.accountId, desk.brandt.accountId, noon],
        )
        await rows(
          `insert into deletion_run_item (run_id, kind, object_id, state) select $1, n.kind, n.id, 'planned' from unnest($2::text[], $3::uuid[]) as n(kind, id)`,
          [id, items.map(({ kind }) => kind), items.map((item) => item.id)],
        )
      }
      await alone(inbox.pool, 'destroying', async (client) => {
        const key = await logKeyOf(inbox.keys, 'deletion-ledger')
        const ledger = await Ledger.open(archive.ledgerFolder, key, await readApplied(client))
        try {
          const custody = { inbox, ledger, client, ...(reached && { reached }) }
          await executeDeletionRun(custody, id, asFiled(cluster), atFullSpeed, new AbortController().signal)
        } finally {
          await ledger.close()
        }
      })
    },
    found: async () => {
      const checked = await checkArchive(inbox, archive, 1)
      return (checked?.findings ?? [{ code: 'NO_ARCHIVE', place: '' }]).map(({ code }) => code)
    },
    end: async () => {
      await desk.close()
      await rm(parent, { recursive: true })
    },
  }
}

export { minutesAfter, noon }
