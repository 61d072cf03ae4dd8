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
  // Who works here, and as what. What two persons decide, one proposes and another approves.
  'see-people': ['admin'],
  'change-people': ['admin'],
  'see-proposals': ['records', 'dpo', 'admin', 'auditor'],
  'approve-proposals': ['records', 'dpo', 'admin', 'auditor'],
  // What is not one's own team's, for an hour; and what is told to whoever watches over it.
  'ask-for-emergency-access': ['clerk', 'team-lead', 'records', 'admin'],
  'see-emergency-access': ['clerk', 'team-lead', 'records', 'dpo', 'admin'],
  'read-dpo-notices': ['dpo'],
  // Signing in.
  'read-sign-in-settings': ['admin'],
  'change-sign-in-settings': ['admin'],
  'change-own-sign-in': roles,
  // Who may what, and who did what.
  'see-roles': ['dpo', 'auditor'],
  'read-audit-log': ['dpo', 'auditor'],
  // How long what is kept: figures, never content or names.
  'see-coverage': ['team-lead', 'records', 'dpo', 'admin'],
  'watch-retention': ['records', 'dpo', 'admin'],
  'propose-rules': ['records', 'admin'],
  // Deletion concept, record of processing, measures: issued by whoever answers for them, as the configuration is.
  'ask-processors': ['records', 'dpo', 'admin'],
  'issue-documents': ['records', 'dpo'],
  // Until when algorithms are relied on, and with them what was proven by them.
  'see-algorithm-calendar': ['records', 'dpo', 'admin', 'auditor'],
  'change-algorithm-calendar': ['records'],
  // What citizens are told about their data (Art. 13 GDPR).
  'see-privacy-notice': ['records', 'dpo', 'admin'],
  'propose-privacy-notice': ['admin'],
  // An office whose database was restored: closed until two have let people in.
  'release-restore': ['records', 'dpo', 'admin'],
  'see-ledger': ['records', 'dpo', 'auditor'],
  // What is due, offered to the archive before it may go; the list names file references, so it is records management's alone.
  'offer-to-archive': ['records'],
  // What is sealed, how it is proven and what waits: without content. A package opens for nobody who has no keys; those, and file references, are
  // records management's alone.
  'see-archive': ['records', 'auditor'],
  'take-packages': ['records', 'auditor'],
  'open-packages': ['records'],
  // What is sealed leaves for the electronic file or the public archive, and its copy here goes by that: records management alone.
  'see-hand-overs': ['records', 'auditor'],
  'hand-over': ['records'],
  // Who stands behind a pseudonym, for a day; by two of them.
  'ask-for-names': ['dpo', 'auditor'],
  // What is deleted: planned by one, approved by another, seen by counts.
  'see-deletion-runs': ['team-lead', 'records', 'dpo'],
  'plan-deletion': ['team-lead', 'records', 'dpo'],
  // A run, or that a hold or a restriction ends: the seconds of both.
  'approve-deletion': ['records', 'dpo'],
  // What goes under one rule without being asked about each week, because two have said so for a year at most; ended by one.
  'give-standing-approvals': ['records', 'dpo'],
  // Old matters of the own teams: decided about there, and a batch looked through by the second person. Into the sample looks who answers for
  // what is kept, never data protection, which has no content.
  'tidy-up': ['clerk', 'team-lead'],
  'review-batches': ['records', 'dpo'],
  'open-samples': ['records'],
  // What suspends deletion or restricts processing: set by one, at once; lifted by two.
  'see-holds': ['records', 'dpo'],
  'set-holds': ['records', 'dpo'],
  'hold-own-matters': ['clerk', 'team-lead'],
  // Requests of data subjects: opened and answered where the person is spoken to; decided by who answers for it, by ids alone outside the team.
  'see-requests': ['clerk', 'team-lead', 'records', 'dpo'],
  'open-requests': ['clerk', 'team-lead'],
  'decide-requests': ['team-lead', 'records', 'dpo'],
  // What of a copy is another person's is decided where the content is read; so is the copy made (Art. 15 and 20 GDPR).
  'decide-redactions': ['clerk', 'team-lead'],
  'make-copies': ['clerk', 'team-lead'],
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

/**
 * Roles that are given by two persons. Whoever is the second person for anything has one of them: nobody can make a second person for
 * themselves alone.
 */
const givenByTwo: ReadonlySet<Role> = new Set<Role>(['records', 'dpo', 'admin', 'auditor'])

export function isGivenByTwo(role: Role): boolean {
  return givenByTwo.has(role)
}

/** What one person proposes and a second one approves, and who may be that second one. */
const seconds = {
  'grant-role': ['dpo', 'admin'],
  'change-provider-rules': ['dpo', 'admin'],
  'change-channel-account': ['dpo', 'admin'],
  'sign-catalogue': ['dpo'],
  'change-rule': ['dpo'],
  'change-filing-plan': ['dpo'],
  'change-privacy-notice': ['dpo'],
  'agree-with-archive': ['dpo'],
  'withdraw-offer': ['records', 'dpo'],
  'change-algorithm-calendar': ['records', 'dpo'],
  'emergency-access': ['records', 'dpo', 'admin'],
  'lift-pseudonym': ['dpo', 'auditor'],
  'deletion-run': ['records', 'dpo'],
  'release-restore': ['records', 'dpo', 'admin'],
  'give-up-ledger': ['records', 'dpo', 'admin'],
  'standing-approval': ['records', 'dpo'],
  'lift-hold': ['records', 'dpo'],
} as const satisfies Record<string, readonly Role[]>

export type ProposalKindName = keyof typeof seconds
export const proposalKindNames = Object.keys(seconds) as [ProposalKindName, ...ProposalKindName[]]

/** The roles that may approve it, where it is not their own proposal and does not concern them. */
export function secondsFor(kind: ProposalKindName): readonly Role[] {
  return seconds[kind]
}

/** Acts for which signing in, or a step-up, must not lie further back than {@link stepUpMinutes}. */
const wantsStepUp: ReadonlySet<Act> = new Set<Act>([
  'change-own-sign-in',
  'change-sign-in-settings',
  'change-people',
  'approve-proposals',
  'approve-deletion',
  'release-restore',
  'ask-for-emergency-access',
  'ask-for-names',
  // Not for a clerk's own matter: what protects must not wait for a forgotten second factor.
  'set-holds',
  'make-copies',
  'open-packages',
])
export const stepUpMinutes = 5

export function needsStepUp(act: Act): boolean {
  return wantsStepUp.has(act)
}
