/** The three logs of an office, as the purposes of their keys are called. */
export const logNames = ['archive-log', 'deletion-ledger', 'audit-log'] as const
export type LogName = (typeof logNames)[number]
