/** Why an offer is withdrawn: a closed list, because it stands in the ledger. */
export const withdrawalReasons = ['BY_MISTAKE', 'STILL_NEEDED', 'WRONG_LIST'] as const
export type WithdrawalReason = (typeof withdrawalReasons)[number]
