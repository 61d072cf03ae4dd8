import type { Role } from '@buergerdraht/contract'

/** Who asks. Made from a session for each request anew, so that a change of role or team works at once. */
export type Viewer = {
  readonly accountId: string
  readonly displayName: string
  readonly role: Role
  readonly teamIds: readonly string[]
  /** The emergency access under which they ask: role and teams are what it grants. Left away: none. */
  readonly emergencyAccess?: string
}
