/** Why somebody needs to know who stands behind a pseudonym of the audit log, in words of a closed list. */
export const nameReasons = [
  'suspected-misuse',
  'security-incident',
  'data-subject-request',
  'commissioned-audit',
] as const
export type NameReason = (typeof nameReasons)[number]

/** A name is shown for a day at most. */
export const maxNameHours = 24
