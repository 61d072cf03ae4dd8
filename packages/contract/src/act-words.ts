import type { Sentence } from './language.ts'
import type { Act, ProposalKindName } from './policy.ts'

/** What one may do, after “may”. */
export const actWords: Readonly<Record<Act, Sentence>> = {
  'answer-citizens': { de: 'Gespräche lesen und beantworten', en: 'read and answer conversations' },
  'show-numbers': { de: 'Rufnummern anzeigen', en: 'show numbers' },
  'open-files': { de: 'Dateien öffnen', en: 'open files' },
  'download-files': {
    de: 'Dateien herunterladen, wo das Amt es erlaubt',
    en: 'download files, where the office allows it',
  },
  'administer-channels': { de: 'Kanäle verwalten', en: 'administer channels' },
  'change-office-settings': { de: 'Einstellungen des Amts ändern', en: 'change settings of the office' },
  'watch-operation': { de: 'den Betrieb beobachten', en: 'watch the operation' },
  'see-people': { de: 'Personen und Teams sehen', en: 'see people and teams' },
  'change-people': { de: 'Personen und Teams ändern', en: 'change people and teams' },
  'see-proposals': { de: 'Vorschläge sehen', en: 'see proposals' },
  'approve-proposals': { de: 'als zweite Person entscheiden', en: 'decide as a second person' },
  'ask-for-emergency-access': {
    de: 'Notfallzugriff auf ein fremdes Team beantragen',
    en: 'ask for emergency access to a team not theirs',
  },
  'see-emergency-access': {
    de: 'eigene, gewährte oder zu überwachende Notfallzugriffe sehen und beenden',
    en: 'see and end emergency access that is theirs, granted by them or theirs to watch',
  },
  'read-dpo-notices': {
    de: 'Hinweise an den Datenschutz lesen und bestätigen',
    en: 'read and acknowledge notices to data protection',
  },
  'read-sign-in-settings': { de: 'Regeln der Anmeldung sehen', en: 'see the rules of signing in' },
  'change-sign-in-settings': { de: 'Regeln der Anmeldung ändern', en: 'change the rules of signing in' },
  'change-own-sign-in': { de: 'die eigene Anmeldung ändern', en: 'change how they sign in' },
  'see-roles': { de: 'sehen, wer was darf', en: 'see who may do what' },
  'read-audit-log': { de: 'das Protokoll lesen', en: 'read the audit log' },
  'see-coverage': { de: 'sehen, ob alles eine Frist hat', en: 'see whether everything has a period' },
  'watch-retention': { de: 'sehen, wie lange was aufbewahrt wird', en: 'see how long what is kept' },
  'see-algorithm-calendar': {
    de: 'sehen, bis wann Verfahren als sicher gelten',
    en: 'see until when algorithms are relied on',
  },
  'change-algorithm-calendar': {
    de: 'den Algorithmenkalender ändern',
    en: 'change the calendar of algorithms',
  },
  'see-ledger': { de: 'das Löschregister lesen', en: 'read the deletion ledger' },
  'see-archive': {
    de: 'sehen, was versiegelt ist und wie es bewiesen wird',
    en: 'see what is sealed and how it is proven',
  },
  'take-packages': {
    de: 'Archivpakete mitnehmen, die ohne Schlüssel niemand öffnet',
    en: 'take archive packages away, which nobody opens without keys',
  },
  'open-packages': {
    de: 'Schlüssel von Archivpaketen bekommen und ihren Inhalt lesen',
    en: 'get keys of archive packages and read what is in them',
  },
  'propose-rules': { de: 'Löschregeln vorschlagen', en: 'propose deletion rules' },
  'see-privacy-notice': {
    de: 'den Datenschutzhinweis sehen, und wie viele ihn bekommen haben',
    en: 'see the privacy notice, and how many have been sent it',
  },
  'propose-privacy-notice': { de: 'einen Datenschutzhinweis vorschlagen', en: 'propose a privacy notice' },
  'issue-documents': {
    de: 'Löschkonzept und andere Dokumente herausgeben',
    en: 'issue the deletion concept and other documents',
  },
  'ask-for-names': {
    de: 'den Namen hinter einem Kennzeichen aufdecken lassen',
    en: 'have the name behind a mark revealed',
  },
  'see-deletion-runs': { de: 'Löschläufe sehen', en: 'see deletion runs' },
  'plan-deletion': { de: 'Löschläufe planen', en: 'plan deletion runs' },
  'approve-deletion': {
    de: 'Löschläufe und das Ende von Sperren freigeben',
    en: 'approve deletion runs and the end of holds',
  },
  'ask-processors': {
    de: 'Dienstleister sofort erneut um Löschung bitten',
    en: 'ask processors to delete again at once',
  },
  'release-restore': {
    de: 'nach einer wiederhergestellten Sicherung wieder einlassen',
    en: 'let people in again after a restored backup',
  },
  'give-standing-approvals': {
    de: 'Dauerfreigaben für Löschregeln vorschlagen und beenden, vorbereitete Löschläufe vorlegen',
    en: 'propose and end standing approvals for rules, put prepared runs forward',
  },
  'tidy-up': {
    de: 'in der Löschwerkstatt über alte Vorgänge der eigenen Teams entscheiden',
    en: 'decide about old matters of the own teams at the workbench',
  },
  'review-batches': {
    de: 'Löschstapel an ihren Eckdaten prüfen',
    en: 'review batches for deletion by their metadata',
  },
  'open-samples': {
    de: 'die Stichprobe eines Löschstapels lesen',
    en: 'read the sample of a batch for deletion',
  },
  'see-holds': { de: 'Sperren sehen', en: 'see holds' },
  'offer-to-archive': {
    de: 'dem Archiv anbieten und dessen Entscheidungen eintragen',
    en: 'offer to the archive, and put down its decisions',
  },
  'see-hand-overs': {
    de: 'sehen, was an eAkte und Archiv übergeben ist',
    en: 'see what is handed over to the electronic file and the archive',
  },
  'hand-over': {
    de: 'an eAkte und Archiv übergeben und deren Antworten aufnehmen',
    en: 'hand over to the electronic file and the archive, and take in their answers',
  },
  'set-holds': {
    de: 'Sperren setzen, prüfen und ihre Aufhebung vorschlagen',
    en: 'set and review holds, and propose to lift them',
  },
  'hold-own-matters': { de: 'Vorgänge des eigenen Teams sperren', en: 'hold matters of their own team' },
  'see-requests': {
    de: 'Anträge betroffener Personen sehen und als beantwortet festhalten',
    en: 'see requests of data subjects and write down that they are answered',
  },
  'open-requests': {
    de: 'Anträge in Vorgängen des eigenen Teams aufnehmen und die Identität festhalten',
    en: 'take up requests in matters of their own team and write down the identity',
  },
  'decide-requests': {
    de: 'über Anträge entscheiden und ihre Frist verlängern',
    en: 'decide about requests and extend their period',
  },
  'decide-redactions': {
    de: 'entscheiden, was in einer Kopie geschwärzt wird',
    en: 'decide what is blacked out in a copy',
  },
  'make-copies': { de: 'die Kopie der Daten einer Person erstellen', en: 'make the copy of a person’s data' },
}

/** What two persons decide. */
export const kindWords: Readonly<Record<ProposalKindName, Sentence>> = {
  'grant-role': {
    de: 'Rolle Schriftgutverwaltung, Datenschutz, Administration oder Prüfung geben',
    en: 'Give the role of records, data protection, administration or audit',
  },
  'change-provider-rules': {
    de: 'Zuordnung des Anmeldedienstes, die eine solche Rolle gibt',
    en: 'Rules of the sign-in service that give such a role',
  },
  'change-channel-account': {
    de: 'Adresse oder Zugangsdaten eines Kanals ändern',
    en: 'Change address or credentials of a channel',
  },
  'sign-catalogue': { de: 'das Löschkonzept freigeben', en: 'sign the deletion concept' },
  'change-rule': { de: 'eine Frist des Löschkonzepts ändern', en: 'change a period of the deletion concept' },
  'change-filing-plan': { de: 'den Aktenplan ändern', en: 'change the filing plan' },
  'change-privacy-notice': { de: 'den Datenschutzhinweis ändern', en: 'change the privacy notice' },
  'agree-with-archive': {
    de: 'festhalten, was mit dem Archiv vereinbart ist',
    en: 'put down what has been agreed with the archive',
  },
  'withdraw-offer': { de: 'ein Angebot an das Archiv zurückziehen', en: 'withdraw an offer to the archive' },
  'change-algorithm-calendar': {
    de: 'den Algorithmenkalender ändern',
    en: 'change the calendar of algorithms',
  },
  'lift-pseudonym': {
    de: 'Name hinter einem Kennzeichen des Protokolls, höchstens einen Tag',
    en: 'Name behind a mark of the audit log, a day at most',
  },
  'emergency-access': {
    de: 'Notfallzugriff auf die Gespräche eines Teams, höchstens eine Stunde',
    en: 'Emergency access to the conversations of a team, an hour at most',
  },
  'deletion-run': { de: 'einen Löschlauf freigeben', en: 'approve a deletion run' },
  'lift-hold': { de: 'eine Sperre vor ihrer Zeit aufheben', en: 'lift a hold before its time' },
  'release-restore': {
    de: 'nach einer wiederhergestellten Sicherung wieder einlassen',
    en: 'let people in again after a restored backup',
  },
  'standing-approval': {
    de: 'eine Löschregel für höchstens zwölf Monate dauerhaft freigeben',
    en: 'approve a deletion rule for twelve months at most',
  },
  'give-up-ledger': {
    de: 'ein verlorenes oder beschädigtes Löschregister aufgeben',
    en: 'give up a deletion ledger that was lost or damaged',
  },
}
