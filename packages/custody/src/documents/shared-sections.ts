import { acts, actWords, kindWords, proposalKindNames, rolesFor, secondsFor } from '@buergerdraht/contract'
import type { ClusterCode, Retention } from '@buergerdraht/records'
import { tables } from '../coverage/tables.ts'
import { classesOf, isChangeable } from '../rules/rule-periods.ts'
import type { Configuration, RuleInForce } from './configuration.ts'
import { type Block, table } from './document.ts'
import { classInWords, rolesInWords, stateWords, vendorWords } from './document-words.ts'

function ownPeriods(retention: Retention): string {
  const classes = classesOf(retention).map(classInWords).join('; ')
  if (retention.kind === 'PERMANENT') return 'dauerhaft, ohne Personenbezug'
  if (retention.kind !== 'WITH_PARENT') return classes
  return classes === ''
    ? 'mit dem, wozu es gehört'
    : `mit dem, wozu es gehört, ohne Akte spätestens: ${classes}`
}

/** How long it is kept, in a sentence. */
export function periodsOf({ rule }: RuleInForce): string {
  return rule === null ? 'keine Regel' : ownPeriods(rule.retention)
}

/** The tables of the database that hold rows of a cluster; those that say it row by row are not among them. */
export function tablesOf(code: ClusterCode): readonly string[] {
  return Object.entries(tables)
    .filter(([, { fates }]) => fates.some((fate) => 'cluster' in fate && fate.cluster === code))
    .map(([name]) => name)
    .toSorted()
}

const fixed = 'feste Frist des Programms'
const carriedOut: Readonly<Partial<Record<ClusterCode, string>>> = {
  DA08: `${fixed}; der Zustellstatus geht mit der Nachricht`,
  DA10: fixed,
  DA14: 'bleibt',
  DA15: `${fixed}; nach Monaten, sobald keine Sicherung mehr so alt sein darf`,
  DA16: 'Betrieb',
}

/** Whether the program keeps to the period by the rule, by a constant of its own, or not at all: whoever signs has to know. */
export function carriedOutBy({ cluster: { code } }: RuleInForce): string {
  if (isChangeable(code)) return 'Programm, nach dieser Regel'
  return carriedOut[code] ?? (tablesOf(code).length > 0 ? fixed : 'wird nicht gesondert gespeichert')
}

/** Who transports what citizens write; the host alone, which is what the contract on processing (Art. 28 GDPR) is held against. */
export function channelsTable({ channels }: Configuration): Block {
  return table(
    ['Kanal', 'Team', 'Dienstleister', 'Server des Dienstleisters', 'Zustand', 'Lesebestätigungen'],
    channels.map(({ name, team, vendor, host, state, readReceipts }) => [
      name,
      team,
      vendorWords[vendor] ?? vendor,
      host,
      stateWords[state] ?? state,
      readReceipts ? 'ja' : 'nein',
    ]),
  )
}

export function actsTable(): Block {
  return table(
    ['Darf', 'Rollen'],
    acts.map((act) => [actWords[act].de, rolesInWords(rolesFor(act))]),
  )
}

export function secondsTable(): Block {
  return table(
    ['Entscheidung zweier Personen', 'Zweite Person'],
    proposalKindNames.map((kind) => [kindWords[kind].de, rolesInWords(secondsFor(kind))]),
  )
}
