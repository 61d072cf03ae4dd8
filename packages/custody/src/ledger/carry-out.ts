import { transactionOn } from '@buergerdraht/office'
import type { Custody } from '../runs/custody.ts'
import { readApplied } from './judge-ledger.ts'

type Transaction = Parameters<Parameters<typeof transactionOn<void>>[1]>[0]

/**
 * Does what an entry asks for in this database, and notes that the ledger has been carried out so far, with one commit. May be repeated: an entry that has
 * been carried out is passed over. @throws Error where one before it has not been, and what `work` throws
 */
export async function carryOut(
  { client, ledger }: Pick<Custody, 'client' | 'ledger'>,
  seq: number,
  work: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const root = await ledger.rootAt(seq + 1)
  await transactionOn(client, async (transaction) => {
    const applied = await readApplied(client, 'for update')
    if (applied === null || applied.size > seq) return
    if (applied.size < seq) throw new Error('Entries of the ledger are carried out in their order')
    await work(transaction)
    await client.query('update ledger_state set applied_size = $1, applied_root = $2', [
      ledger.placeOf(seq + 1),
      root,
    ])
  })
}
