/** What an account may be. */
export const roles = ['clerk', 'team-lead', 'records', 'dpo', 'admin', 'auditor'] as const
export type Role = (typeof roles)[number]

/**
 * What may be done, and by whom: the one place that says so. Routes, the access gate, the live stream and the pages read it; what is not
 * listed, nobody may do. Which objects somebody may do it to is the access gate's to say.
 */
const policy = {
  // Conversations: of the own teams, for nobody else.
  'answer-citizens': ['clerk', 'team-lead'],
  'show-numbers': ['clerk', 'team-lead'],
  'open-files': ['clerk', 'team-lead'],
  // Beside that the office says which of these roles it allows it to, and there has to be a reason.
  'download-files': ['clerk', 'team-lead'],
  // The installation: never what citizens write.
  'administer-channels': ['admin'],
  'change-office-settings': ['admin'],
  'watch-operation': ['admin'],
  // Signing in.
  'read-sign-in-settings': ['admin'],
  'change-sign-in-settings': ['admin'],
  'change-own-sign-in': roles,
  // Who did what.
  'read-audit-log': ['dpo', 'auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Act = keyof typeof policy
export const acts = Object.keys(policy) as readonly Act[]

/** The roles that may do it. */
export function rolesFor(act: Act): readonly Role[] {
  return policy[act]
}

export function may(role: Role, act: Act): boolean {
  return rolesFor(act).includes(role)
}

/** Acts for which signing in, or a step-up, must not lie further back than {@link stepUpMinutes}. */
const wantsStepUp: ReadonlySet<Act> = new Set<Act>(['change-own-sign-in', 'change-sign-in-settings'])
export const stepUpMinutes = 5

export function needsStepUp(act: Act): boolean {
  return wantsStepUp.has(act)
}
