import type { Role, RuleClass } from '@buergerdraht/contract'
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

/** As the ledger writes it: `CASE_CLOSED/30d` → `30 Tage ab Ende des Vorgangs` */
export function deletionClassInWords(code: string): string {
  const [start = '', period] = code.split('/')
  return period === undefined || startWords[start] === undefined
    ? code
    : `${periodInWords(period)} ${startWords[start]}`
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
