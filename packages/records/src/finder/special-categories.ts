/** The special categories of Article 9 (1) GDPR, and criminal matters (Article 10). */
export const specialCategories = [
  'HEALTH',
  'RELIGION_OR_BELIEF',
  'POLITICAL_OPINION',
  'TRADE_UNION',
  'ETHNIC_ORIGIN',
  'SEX_LIFE',
  'GENETIC_OR_BIOMETRIC',
  'CRIMINAL_MATTER',
] as const
export type SpecialCategory = (typeof specialCategories)[number]
