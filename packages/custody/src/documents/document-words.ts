import type { Act, ProposalKindName, Role, RuleClass } from '@buergerdraht/contract'
import type { OfferingDuty, Valuation } from '@buergerdraht/records'

// The documents are German: what a German authority answers for.

export const roleWords: Readonly<Record<Role, string> & Record<string, string>> = {
  clerk: 'Sachbearbeitung',
  'team-lead': 'Teamleitung',
  records: 'Schriftgutverwaltung',
  dpo: 'Datenschutz',
  admin: 'Administration',
  auditor: 'Prüfung',
}

export function rolesInWords(roles: readonly Role[]): string {
  return roles.length === 0 ? 'keine' : roles.map((role) => roleWords[role]).join(', ')
}

export const actWords: Readonly<Record<Act, string>> = {
  'answer-citizens': 'Gespräche lesen und beantworten',
  'show-numbers': 'Rufnummern anzeigen',
  'open-files': 'Dateien öffnen',
  'download-files': 'Dateien herunterladen, wo das Amt es erlaubt',
  'administer-channels': 'Kanäle verwalten',
  'change-office-settings': 'Einstellungen des Amts ändern',
  'watch-operation': 'den Betrieb beobachten',
  'see-people': 'Personen und Teams sehen',
  'change-people': 'Personen und Teams ändern',
  'see-proposals': 'Vorschläge sehen',
  'approve-proposals': 'als zweite Person entscheiden',
  'ask-for-emergency-access': 'Notfallzugriff auf ein fremdes Team beantragen',
  'see-emergency-access': 'eigene, gewährte oder zu überwachende Notfallzugriffe sehen und beenden',
  'read-dpo-notices': 'Hinweise an den Datenschutz lesen und bestätigen',
  'read-sign-in-settings': 'Regeln der Anmeldung sehen',
  'change-sign-in-settings': 'Regeln der Anmeldung ändern',
  'change-own-sign-in': 'die eigene Anmeldung ändern',
  'see-roles': 'sehen, wer was darf',
  'read-audit-log': 'das Protokoll lesen',
  'see-coverage': 'sehen, ob alles eine Frist hat',
  'watch-retention': 'sehen, wie lange was aufbewahrt wird',
  'see-algorithm-calendar': 'sehen, bis wann Verfahren als sicher gelten',
  'change-algorithm-calendar': 'den Algorithmenkalender ändern',
  'see-ledger': 'das Löschregister lesen',
  'see-archive': 'sehen, was versiegelt ist und wie es bewiesen wird',
  'take-packages': 'Archivpakete mitnehmen, die ohne Schlüssel niemand öffnet',
  'open-packages': 'Schlüssel von Archivpaketen bekommen und ihren Inhalt lesen',
  'propose-rules': 'Löschregeln vorschlagen',
  'see-privacy-notice': 'den Datenschutzhinweis sehen, und wie viele ihn bekommen haben',
  'propose-privacy-notice': 'einen Datenschutzhinweis vorschlagen',
  'issue-documents': 'Löschkonzept und andere Dokumente herausgeben',
  'ask-for-names': 'den Namen hinter einem Kennzeichen aufdecken lassen',
  'see-deletion-runs': 'Löschläufe sehen',
  'plan-deletion': 'Löschläufe planen',
  'approve-deletion': 'Löschläufe und das Ende von Sperren freigeben',
  'ask-processors': 'Dienstleister sofort erneut um Löschung bitten',
  'release-restore': 'nach einer wiederhergestellten Sicherung wieder einlassen',
  'give-standing-approvals':
    'Dauerfreigaben für Löschregeln vorschlagen und beenden, vorbereitete Löschläufe vorlegen',
  'tidy-up': 'in der Löschwerkstatt über alte Vorgänge der eigenen Teams entscheiden',
  'review-batches': 'Löschstapel an ihren Eckdaten prüfen',
  'open-samples': 'die Stichprobe eines Löschstapels lesen',
  'see-holds': 'Sperren sehen',
  'offer-to-archive': 'dem Archiv anbieten und dessen Entscheidungen eintragen',
  'see-hand-overs': 'sehen, was an eAkte und Archiv übergeben ist',
  'hand-over': 'an eAkte und Archiv übergeben und deren Antworten aufnehmen',
  'set-holds': 'Sperren setzen, prüfen und ihre Aufhebung vorschlagen',
  'hold-own-matters': 'Vorgänge des eigenen Teams sperren',
  'see-requests': 'Anträge betroffener Personen sehen und als beantwortet festhalten',
  'open-requests': 'Anträge in Vorgängen des eigenen Teams aufnehmen und die Identität festhalten',
  'decide-requests': 'über Anträge entscheiden und ihre Frist verlängern',
  'decide-redactions': 'entscheiden, was in einer Kopie geschwärzt wird',
  'make-copies': 'die Kopie der Daten einer Person erstellen',
}

/** What two persons decide. */
export const kindWords: Readonly<Record<ProposalKindName, string>> = {
  'grant-role': 'Rolle Schriftgutverwaltung, Datenschutz, Administration oder Prüfung geben',
  'change-provider-rules': 'Zuordnung des Anmeldedienstes, die eine solche Rolle gibt',
  'change-channel-account': 'Adresse oder Zugangsdaten eines Kanals ändern',
  'sign-catalogue': 'das Löschkonzept freigeben',
  'change-rule': 'eine Frist des Löschkonzepts ändern',
  'change-filing-plan': 'den Aktenplan ändern',
  'change-privacy-notice': 'den Datenschutzhinweis ändern',
  'agree-with-archive': 'festhalten, was mit dem Archiv vereinbart ist',
  'change-algorithm-calendar': 'den Algorithmenkalender ändern',
  'lift-pseudonym': 'Name hinter einem Kennzeichen des Protokolls, höchstens einen Tag',
  'emergency-access': 'Notfallzugriff auf die Gespräche eines Teams, höchstens eine Stunde',
  'deletion-run': 'einen Löschlauf freigeben',
  'lift-hold': 'eine Sperre vor ihrer Zeit aufheben',
  'release-restore': 'nach einer wiederhergestellten Sicherung wieder einlassen',
  'give-up-ledger': 'ein verlorenes oder beschädigtes Löschregister aufgeben',
  'standing-approval': 'eine Löschregel für höchstens zwölf Monate dauerhaft freigeben',
}

export const stateWords: Readonly<Record<string, string>> = {
  enabled: 'in Betrieb',
  stopped: 'Versand angehalten',
  disabled: 'abgeschaltet',
}

export const vendorWords: Readonly<Record<string, string>> = {
  '360dialog': '360dialog',
  meta: 'Meta (Cloud-API)',
}

export const offeringWords: Readonly<Record<OfferingDuty, string>> = {
  OFFER: 'wird angeboten',
  NOT_A_RECORD: 'keine Unterlage',
  OFFERED_BY_DMS: 'bietet das DMS an',
}

export const valuationWords: Readonly<Record<Valuation, string>> = {
  A: 'A (archivwürdig)',
  B: 'B (Bewertung offen)',
  V: 'V (zu vernichten)',
}

/** With what a period begins; the columns of the class matrix. */
export const startWords: Readonly<Record<string, string>> = {
  COLLECTED: 'ab Erhebung',
  CASE_CLOSED: 'ab Ende des Vorgangs',
  'CASE_CLOSED+END_OF_YEAR': 'ab Ende des Jahres, in dem der Vorgang endete',
  RELATION_ENDED: 'ab Ende der Beziehung zur Person',
  'COLLECTED+END_OF_YEAR': 'ab Ende des Jahres der Erhebung',
  'RELATION_ENDED+END_OF_YEAR': 'ab Ende des Jahres, in dem die Beziehung zur Person endete',
}

const variantWords: Readonly<Record<string, string>> = {
  FILE_PLAN_1Y: 'Aktenplan 1 Jahr',
  FILE_PLAN_2Y: 'Aktenplan 2 Jahre',
  FILE_PLAN_5Y: 'Aktenplan 5 Jahre',
  FILE_PLAN_10Y: 'Aktenplan 10 Jahre',
  FILE_PLAN_30Y: 'Aktenplan 30 Jahre',
  RAW_EVENT: 'gelesener Eingang',
  DEAD_LETTER: 'nicht lesbarer Eingang',
  JOB_DONE: 'erledigter Auftrag',
  JOB_FAILED: 'gescheiterter Auftrag',
  DATA_BACKUP: 'Sicherung der Daten',
  KEY_BACKUP: 'Sicherung der Schlüssel',
}

/** `0d` → `sofort`, `30d` → `30 Tage`, `1y` → `1 Jahr` */
export function periodInWords(period: string): string {
  if (period === '0d') return 'sofort'
  const n = Number.parseInt(period, 10)
  const [one, more] = { h: ['Stunde', 'Stunden'], d: ['Tag', 'Tage'], y: ['Jahr', 'Jahre'] }[
    period.slice(-1) as 'h' | 'd' | 'y'
  ] as [string, string]
  return `${n} ${n === 1 ? one : more}`
}

export function startOf({ start, endOfYear }: RuleClass): string {
  return endOfYear ? `${start}+END_OF_YEAR` : start
}

export function classInWords(one: RuleClass): string {
  const period = `${periodInWords(one.period)} ${startWords[startOf(one)] ?? startOf(one)}`
  return one.variant === null ? period : `${variantWords[one.variant] ?? one.variant}: ${period}`
}

/** The catalogue names laws in English; here as they are cited in German. */
export function basisInWords(legalBasis: string): string {
  return legalBasis
    .replaceAll('GDPR', 'DSGVO')
    .replaceAll(/(Art\. \d+)\((\d+)\)(?:\(([a-z])\))?/g, (_, article, paragraph, letter) =>
      letter === undefined ? `${article} Abs. ${paragraph}` : `${article} Abs. ${paragraph} lit. ${letter}`,
    )
    .replace('with the data protection act of the Land', 'mit dem Datenschutzgesetz des Landes')
    .replace('with the civil service law of the Land', 'mit dem Beamtenrecht des Landes')
    .replace('filing plan of the municipality', 'Aktenplan der Kommune')
}
