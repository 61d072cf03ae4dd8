import { addDays, type LocalDate } from '@buergerdraht/records'

/** Data backups are gone after that, those of keys after a week (cluster DA16). */
export const backupDays = 35
/** Messages and files that a provider still has are gone there after that: what WhatsApp keeps of its own. */
const providerDays = 30

/** The last day on which a rest of what was destroyed that day may lie somewhere: in backups, unreadable without its key, or with the provider. */
export function residueUntil(destroyedOn: LocalDate): LocalDate {
  return addDays(destroyedOn, Math.max(backupDays, providerDays))
}
