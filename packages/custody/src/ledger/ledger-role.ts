import type { roles } from '@buergerdraht/records'
import type { PoolClient } from 'pg'

export type LedgerRole = (typeof roles)[number]

const ledgerRoles: Readonly<Record<string, LedgerRole>> = {
  clerk: 'SACHBEARBEITUNG',
  'team-lead': 'TEAMLEITUNG',
  records: 'SCHRIFTGUT',
  dpo: 'DATENSCHUTZ',
  admin: 'ADMINISTRATION',
}

/** A role as the ledger writes it. @throws Error for one that takes no part in what the ledger tells */
export function ledgerRoleOf(role: string | null): LedgerRole {
  const word = role === null ? undefined : ledgerRoles[role]
  if (word === undefined) throw new Error('Only roles that may take part stand in the ledger')
  return word
}

/** Who proposed and who agreed, as the ledger writes it. */
export async function rolesOf(
  client: Pick<PoolClient, 'query'>,
  proposedBy: string,
  approverRole: string,
): Promise<LedgerRole[]> {
  const { rows } = await client.query<{ role: string }>(
    'select role::text as role from account where id = $1',
    [proposedBy],
  )
  return [ledgerRoleOf(rows[0]?.role ?? null), ledgerRoleOf(approverRole)]
}
