/** Why somebody needs what is another team's, in words of a closed list. */
export const emergencyReasons = [
  'danger',
  'team-absent',
  'legal-deadline',
  'fault',
  'security-incident',
] as const
export type EmergencyReason = (typeof emergencyReasons)[number]

export const minEmergencyMinutes = 5
export const maxEmergencyMinutes = 60
export const usualEmergencyMinutes = 30
