const de = {
  rules: 'Löschregeln',
  rulesHint:
    'Jede Datenart hat genau eine Regel. Eine geänderte Frist gilt, wenn die oder der Datenschutzbeauftragte zustimmt; alle Fassungen bleiben stehen.',
  matrix: 'Löschklassen',
  matrixHint:
    'Welche Datenarten in welcher Klasse liegen: die Spalte sagt, womit die Frist beginnt, die Zeile, wie lange sie läuft.',
  period: 'Frist',
  starts: {
    COLLECTED: 'ab Erhebung',
    CASE_CLOSED: 'ab Ende des Vorgangs',
    'CASE_CLOSED+END_OF_YEAR': 'ab Ende des Jahres, in dem der Vorgang endete',
    RELATION_ENDED: 'ab Ende der Beziehung',
  } as Record<string, string>,
  empty: '–',
  cluster: 'Datenart',
  rule: 'Regel',
  basis: 'Rechtsgrundlage',
  archive: 'Archiv',
  offering: {
    OFFER: 'vor dem Löschen anzubieten',
    NOT_A_RECORD: 'keine Unterlage',
    OFFERED_BY_DMS: 'bietet das DMS an',
  },
  since: 'Gilt',
  version: (n: number) => `Fassung ${n}`,
  inForceSince: (n: number, when: string) => `Fassung ${n}, seit ${when}`,
  unsigned: (n: number) => `Fassung ${n}, noch nicht freigegeben`,
  waits: 'Änderung vorgeschlagen',
  back: 'Löschkonzept',
  purpose: 'Zweck',
  subjects: 'Betroffene',
  remark: 'Hinweis',
  versions: 'Fassungen',
  signedBy: (by: string, second: string, when: string) =>
    `vorgeschlagen von ${by}, gebilligt von ${second}, ${when}`,
  somebody: 'jemandem, dessen Konto es nicht mehr gibt',
  proposalOfProduct: 'Vorschlag des Produkts, von niemandem freigegeben',
  change: 'Frist ändern',
  changeHint:
    'Sehen Sie erst, was sich ändert. Eine Verkürzung löscht nichts von selbst, und eine weitere Fassung macht sie rückgängig.',
  notChangeable: 'Diese Frist hält das Programm fest ein. Sie lässt sich hier noch nicht ändern.',
  newPeriod: 'Neue Frist',
  endOfYear: 'Beginnt erst am Ende des Kalenderjahres',
  endOfYearHint: 'Geht nur mit Fristen in ganzen Jahren.',
  preview: 'Zeigen, was sich ändert',
  effect: 'Was sich ändert',
  unsaved: (code: string) => `andere Fristen für ${code}`,
  propose: 'Zur Zustimmung vorschlagen',
  proposed:
    'Die Änderung ist vorgeschlagen und wartet unter „Vier-Augen“ auf die oder den Datenschutzbeauftragten.',
  unknown: 'Diese Datenart gibt es nicht.',
}

export type RulesWords = typeof de

const en: RulesWords = {
  rules: 'Deletion rules',
  rulesHint:
    'Each data cluster has exactly one rule. A changed period holds when the data-protection officer agrees; all versions stay.',
  matrix: 'Deletion classes',
  matrixHint:
    'Which data clusters lie in which class: the column says with what the period begins, the row how long it is.',
  period: 'Period',
  starts: {
    COLLECTED: 'from collection',
    CASE_CLOSED: 'from the end of the case',
    'CASE_CLOSED+END_OF_YEAR': 'from the end of the year in which the case ended',
    RELATION_ENDED: 'from the end of the relation',
  },
  empty: '–',
  cluster: 'Data cluster',
  rule: 'Rule',
  basis: 'Legal basis',
  archive: 'Archive',
  offering: {
    OFFER: 'to be offered before deletion',
    NOT_A_RECORD: 'not a record',
    OFFERED_BY_DMS: 'the DMS offers it',
  },
  since: 'In force',
  version: (n) => `Version ${n}`,
  inForceSince: (n, when) => `Version ${n}, since ${when}`,
  unsigned: (n) => `Version ${n}, not signed yet`,
  waits: 'change proposed',
  back: 'Deletion concept',
  purpose: 'Purpose',
  subjects: 'Whose data',
  remark: 'Remark',
  versions: 'Versions',
  signedBy: (by, second, when) => `proposed by ${by}, approved by ${second}, ${when}`,
  somebody: 'somebody whose account is gone',
  proposalOfProduct: 'the product’s proposal, signed by nobody',
  change: 'Change the period',
  changeHint:
    'First see what changes. A shorter period deletes nothing by itself, and a further version puts it back.',
  notChangeable: 'The program keeps a fixed period here. It cannot be changed yet.',
  newPeriod: 'New period',
  endOfYear: 'Begins only at the end of the calendar year',
  endOfYearHint: 'Goes only with periods of whole years.',
  preview: 'Show what changes',
  effect: 'What changes',
  unsaved: (code) => `other periods for ${code}`,
  propose: 'Propose for agreement',
  proposed: 'The change is proposed, and waits for the data-protection officer under “Second person”.',
  unknown: 'There is no such data cluster.',
}

/** The words of the rules on the retention desk; they come with it. */
export const rulesWords: Readonly<Record<'de' | 'en', RulesWords>> = { de, en }
