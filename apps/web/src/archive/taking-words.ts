import type { OpeningReason } from '@buergerdraht/contract'

type TakingWords = {
  readonly title: string
  readonly intro: string
  readonly reason: string
  readonly reasons: Readonly<Record<OpeningReason, string>>
  readonly package: string
  readonly keys: string
  readonly keysWarning: string
  readonly loading: string
  readonly how: string
  readonly steps: (stamped: boolean) => readonly string[]
  readonly roots: {
    readonly load: string
    readonly fingerprint: (name: string) => string
    readonly copy: (name: string) => string
    readonly compare: string
  }
  readonly command: string
  readonly copyCommand: string
}

const de: TakingWords = {
  title: 'Mitnehmen und prüfen',
  intro:
    'Das Paket ist verschlüsselt. Mit ihm und den Prüfschlüsseln lässt sich der Nachweis ohne diesen Server prüfen; lesen lässt es sich nur mit den Schlüsseln der Inhalte. Jedes Mitnehmen wird mit dem Grund protokolliert.',
  reason: 'Grund',
  reasons: {
    inspection: 'Akteneinsicht',
    'handing-over': 'Abgabe an eine andere Stelle',
    dispute: 'Streit oder Verfahren',
    'data-subject': 'Antrag einer betroffenen Person',
    audit: 'Prüfung',
    other: 'Anderer Grund',
  },
  package: 'Paket laden',
  keys: 'Schlüssel der Inhalte laden',
  keysWarning:
    'Wer Paket und Schlüssel hat, kann alles lesen. Bewahren Sie beide getrennt auf und löschen Sie sie nach Gebrauch.',
  loading: 'Wird geladen …',
  how: 'So wird geprüft',
  steps: (stamped) => [
    'Das Prüfprogramm buergerdraht-verify.mjs auf einem eigenen Weg besorgen, am besten bei der Übergabe des Systems. Es ist eine Datei und braucht Node ab Version 20.15, kein Netz.',
    ...(stamped
      ? ['Das Wurzelzertifikat der Zeitstempelstelle laden und seinen Fingerabdruck vergleichen.']
      : []),
    `Paket, Prüfprogramm${stamped ? ' und Wurzelzertifikat' : ''} in einen leeren Ordner legen.`,
    'Den Aufruf unten ausführen. GÜLTIG (Status 0) heißt: vollständig und unverändert.',
  ],
  roots: {
    load: 'Wurzelzertifikate der Zeitstempel laden',
    fingerprint: (name) => `Fingerabdruck (SHA-256) von ${name}`,
    copy: (name) => `Fingerabdruck von ${name} kopieren`,
    compare:
      'Vergleichen Sie den Fingerabdruck mit dem, den die Zeitstempelstelle oder die Vertrauensliste der EU veröffentlicht: Dieser Server allein könnte Ihnen jedes Zertifikat geben.',
  },
  command: 'Aufruf',
  copyCommand: 'Aufruf kopieren',
}

const en: TakingWords = {
  title: 'Take along and verify',
  intro:
    'The package is encrypted. With it and the verifier keys the proof can be checked without this server; it can be read only with the keys of its contents. Each taking is recorded with its reason.',
  reason: 'Reason',
  reasons: {
    inspection: 'Inspection of the file',
    'handing-over': 'Handing over to another body',
    dispute: 'Dispute or proceedings',
    'data-subject': 'Request of a data subject',
    audit: 'Audit',
    other: 'Another reason',
  },
  package: 'Load the package',
  keys: 'Load the keys of its contents',
  keysWarning:
    'Whoever has package and keys can read everything. Keep them apart, and delete them after use.',
  loading: 'Loading …',
  how: 'How it is verified',
  steps: (stamped) => [
    'Get the verifier buergerdraht-verify.mjs in a way of your own, best when the system is handed over. It is one file and needs Node 20.15 or later, no network.',
    ...(stamped
      ? ['Load the root certificate of the time-stamping authority, and compare its fingerprint.']
      : []),
    `Put package, verifier${stamped ? ' and root certificate' : ''} into an empty folder.`,
    'Run the command below. VALID (status 0) means: complete and unchanged.',
  ],
  roots: {
    load: 'Load the root certificates of the time stamps',
    fingerprint: (name) => `Fingerprint (SHA-256) of ${name}`,
    copy: (name) => `Copy the fingerprint of ${name}`,
    compare:
      'Compare the fingerprint with the one that the authority or the EU trusted list publishes: this server alone could give you any certificate.',
  },
  command: 'Command',
  copyCommand: 'Copy command',
}

export const takingWords: Readonly<Record<'de' | 'en', TakingWords>> = { de, en }
