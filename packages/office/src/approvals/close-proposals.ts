import type { Proposal, RefusalReason } from '@buergerdraht/contract'
import type { Change } from '../database/publish.ts'
import type { OfficeContext } from '../office-context.ts'
import { destroyKeys } from '../sealing/destroy-keys.ts'

export type Closable = { readonly id: string; readonly key_id: string | null }

/**
 * Closes proposals and destroys what lay sealed beside them, in the transaction that the connection is in, which has them locked.
 * What nobody has decided names nobody: the worker, which lets them expire, may not write who decided.
 */
export async function closeProposals(
  keys: OfficeContext['keys'],
  client: Pick<Change['client'], 'query'>,
  proposals: readonly Closable[],
  state: Exclude<Proposal['state'], 'open'>,
  decided: { readonly by: string | null; readonly at: Date; readonly refusal?: RefusalReason | null } | null,
): Promise<void> {
  const ids = proposals.map(({ id }) => id)
  await client.query(
    `update proposal set ${decided ? 'decided_by = $3, decided_at = $4, refusal = $5, ' : ''}state = $2, key_id = null, secret_sealed = null
     where id = any($1::uuid[])`,
    [ids, state, ...(decided ? [decided.by, decided.at, decided.refusal ?? null] : [])],
  )
  await destroyKeys(
    client,
    keys,
    'proposal',
    proposals.flatMap(({ key_id }) => key_id ?? []),
  )
}
