import type { roles } from '@buergerdraht/records'

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
