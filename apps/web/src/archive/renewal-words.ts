import type { Ending, LogName } from '@buergerdraht/contract'

const de = {
  title: 'Erneuerungen',
  open: 'Worauf die Nachweise ruhen, und was erneuert werden muss',
  intro:
    'Zertifikate und Verfahren gelten nicht ewig. Vorher erneuert das Amt die Nachweise von selbst mit einem neuen Zeitstempel. Wie lange mit welchem Verfahren gerechnet wird, beschließen zwei Personen im Algorithmenkalender.',
  covered: 'Pakete mit Beweisdatensatz',
  due: 'Zu erneuern',
  dueHint: (days: number) => `Ende in höchstens ${days} Tagen`,
  bare: 'Noch ohne Beweisdatensatz',
  allGood: 'Nichts ist zu erneuern.',
  someDue: (n: number) =>
    n === 1
      ? 'Ein Paket wird jetzt erneuert. Bleibt es dabei, antwortet der Zeitstempeldienst nicht.'
      : `${n} Pakete werden jetzt erneuert. Bleibt es dabei, antwortet der Zeitstempeldienst nicht.`,
  nothing:
    'Es gibt noch keine Zeitstempel, deren Ende man zeigen könnte. Mit einem Zeitstempeldienst (TSA_URLS) entstehen sie von selbst.',
  line: 'Was wann endet',
  columns: { what: 'Was', until: 'Gilt bis', left: 'Noch', drawn: 'Von heute an', rests: 'Darauf ruhen' },
  kinds: {
    certificate: 'Zertifikat',
    hash: 'Prüfsumme',
    signature: 'Unterschrift',
  } as Record<Ending['kind'], string>,
  days: (n: number) => (n === 1 ? 'ein Tag' : `${n} Tage`),
  years: (n: string) => `${n} Jahre`,
  ended: 'abgelaufen',
  packages: (n: number) => (n === 1 ? 'ein Paket' : `${n} Pakete`),
  logs: {
    'archive-log': 'Archivlog',
    'deletion-ledger': 'Löschregister',
    'audit-log': 'Protokoll',
  } as Record<LogName, string>,
  checks: {
    title: 'Selbstprüfungen',
    open: 'Alle Selbstprüfungen',
    intro:
      'Jede Nacht hält das Amt alle Pakete gegen das Archivlog und entschlüsselt ein Prozent von ihnen. Was nicht übereinstimmt, steht hier, in den Kennzahlen und auf diesem Schreibtisch.',
    none: 'Es hat noch keine Selbstprüfung gegeben. Sie läuft jede Nacht.',
    columns: {
      at: 'Wann',
      leaves: 'Blätter',
      packages: 'Pakete',
      contents: 'Entschlüsselt',
      findings: 'Gefunden',
    },
    agrees: 'Alles stimmt überein.',
    older: 'Ältere laden',
    loading: 'Wird geladen …',
    shown: (n: number) => `${n} Selbstprüfungen`,
  },
}

export type RenewalWords = typeof de

const en: RenewalWords = {
  title: 'Renewals',
  open: 'What the proofs rest on, and what has to be renewed',
  intro:
    'Certificates and algorithms do not last for ever. Before they end the office renews the proofs by itself with a new time stamp. How long which algorithm is relied on is decided by two persons in the calendar of algorithms.',
  covered: 'Packages with an evidence record',
  due: 'To be renewed',
  dueHint: (days) => `End within ${days} days`,
  bare: 'Without an evidence record yet',
  allGood: 'Nothing has to be renewed.',
  someDue: (n) =>
    n === 1
      ? 'One package is being renewed now. If that stays so, the time-stamping authority does not answer.'
      : `${n} packages are being renewed now. If that stays so, the time-stamping authority does not answer.`,
  nothing:
    'There are no time stamps yet whose end could be shown. With a time-stamping authority (TSA_URLS) they come by themselves.',
  line: 'What ends when',
  columns: { what: 'What', until: 'Holds until', left: 'Left', drawn: 'From today', rests: 'Rests on it' },
  kinds: { certificate: 'Certificate', hash: 'Checksum', signature: 'Signature' },
  days: (n) => (n === 1 ? 'one day' : `${n} days`),
  years: (n) => `${n} years`,
  ended: 'ended',
  packages: (n) => (n === 1 ? 'one package' : `${n} packages`),
  logs: { 'archive-log': 'Archive log', 'deletion-ledger': 'Deletion ledger', 'audit-log': 'Audit log' },
  checks: {
    title: 'Self-checks',
    open: 'All self-checks',
    intro:
      'Each night the office holds all packages against the archive log and decrypts one in a hundred. What does not agree is shown here, in the metrics and on this desk.',
    none: 'There has been no self-check yet. It runs every night.',
    columns: {
      at: 'When',
      leaves: 'Leaves',
      packages: 'Packages',
      contents: 'Decrypted',
      findings: 'Found',
    },
    agrees: 'Everything agrees.',
    older: 'Load older ones',
    loading: 'Loading …',
    shown: (n) => `${n} self-checks`,
  },
}

export const renewalWords: Readonly<Record<'de' | 'en', RenewalWords>> = { de, en }
