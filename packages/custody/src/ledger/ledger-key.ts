import { type Keys, type LogKey, logKeyOf } from '@buergerdraht/office'

/** The key that signs checkpoints of this office's deletion ledger. Its origin is in no other office's ledger. */
export function ledgerKeyOf(keys: Pick<Keys, 'theOne'>): Promise<LogKey> {
  return logKeyOf(keys, 'deletion-ledger')
}
