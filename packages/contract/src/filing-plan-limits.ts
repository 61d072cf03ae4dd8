export const maxFilingPlanEntries = 5000
/** Of a file that is read; 5 000 entries have some 300 kB. */
export const maxFilingPlanBytes = 512 * 1024

/** The periods that a filing plan gives: those that the rule for what is kept in the archive knows. */
export const filingPlanYears = [1, 2, 5, 10, 30] as const
