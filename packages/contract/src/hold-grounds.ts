/** Why something is kept although its time is up, in words of a closed list (Article 17(3) and 18(1) GDPR). */
export const holdReasons = [
  'LITIGATION',
  'OBJECTION_PROCEDURE',
  'AUDIT',
  'CRIMINAL_INVESTIGATION',
  'COUNCIL_INQUIRY',
] as const
export const holdBases = ['ART17_3B', 'ART17_3D', 'ART17_3E'] as const
export const restrictionGrounds = ['ART18_1A', 'ART18_1B', 'ART18_1C', 'ART18_1D'] as const

export const maxReferenceLength = 40
