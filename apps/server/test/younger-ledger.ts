import { rename } from 'node:fs/promises'
import { type Act, type Deletion, findBroken, Ledger } from '@buergerdraht/custody'
import { logKeyOf, newId } from '@buergerdraht/office'
import { deletionLedgerOf } from '../src/process/wait-for-ledger.ts'
import type { StoryOffice } from './start-office.ts'

/**
 * Enters what another database, younger than this one, has done: to this office it looks as if its database had been restored from a backup. Api and worker
 * stand still. @param acts in which `'somebody'` is an object that this database does not know
 */
export async function ledgerGoesOn(
  { config, database, keys }: StoryOffice,
  deletions: readonly Deletion[],
  acts: readonly Act[] = [],
): Promise<void> {
  const { rows } = await database.pool.query<{ ledger: number; size: number; root: Buffer }>(
    'select (applied_size / 10000000)::int as ledger, (applied_size % 10000000)::int as size, applied_root as root from ledger_state',
  )
  const ledger = await Ledger.open(
    deletionLedgerOf(config),
    await logKeyOf(keys, 'deletion-ledger'),
    rows[0] ?? null,
  )
  if (deletions.length > 0) await ledger.append(deletions, new Date())
  if (acts.length > 0)
    await ledger.appendActs(
      acts.map(({ fields, ids }) => ({
        fields,
        ids: ids.map((id) => (id === 'somebody' ? newId(new Date()) : id)),
      })),
      new Date(),
    )
  await ledger.close()
}

/** The folder of the ledger is gone, and an operator says so. Api and worker stand still. */
export async function loseLedger({ config, database, keys }: StoryOffice): Promise<void> {
  const folder = deletionLedgerOf(config)
  await rename(folder, `${folder}-lost-${Date.now()}`)
  const found = await findBroken(
    { pool: database.pool, keys, now: () => new Date() },
    folder,
    'SYSTEM_FAILURE',
  )
  if ('not' in found) throw new Error(`The ledger is not broken: ${found.not}`)
}
