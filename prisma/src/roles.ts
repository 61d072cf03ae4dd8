/** Who logs in: whoever migrates and owns the tables, and the two programs. */
export const loginRoles = {
  owner: 'buergerdraht_owner',
  api: 'buergerdraht_api',
  worker: 'buergerdraht_worker',
} as const
export type LoginRole = keyof typeof loginRoles

/** Whom the database tells what to: the api takes one of these on for a transaction. Nobody logs in as one. */
export const viewerRoles = {
  /** Content of the teams that the transaction names. */
  staff: 'buergerdraht_staff',
  /** What is filed or offered, and every conversation's metadata. */
  records: 'buergerdraht_records',
  /** Metadata by pseudonymous ids. */
  metadata: 'buergerdraht_metadata',
  /** Channels, people and the state of the installation. */
  technical: 'buergerdraht_technical',
  /** Proofs. */
  auditor: 'buergerdraht_auditor',
} as const
export type ViewerRole = keyof typeof viewerRoles

/**
 * How to connect so that the database grants what this role may and no more. Whoever the address names acts as the role from the first
 * statement on; they have to be a member of it, or it.
 */
export function connectionAs(url: string, role: LoginRole): { connectionString: string; options?: string } {
  const name = loginRoles[role]
  const isLogin = decodeURIComponent(new URL(url).username) === name
  return isLogin ? { connectionString: url } : { connectionString: url, options: `-c role=${name}` }
}
