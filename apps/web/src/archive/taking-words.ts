const de = {
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
  steps: [
    'Das Prüfprogramm buergerdraht-verify.mjs auf einem eigenen Weg besorgen, am besten bei der Übergabe des Systems. Es ist eine Datei und braucht Node ab Version 20.15, kein Netz.',
    'Paket und Prüfprogramm in einen leeren Ordner legen.',
    'Den Aufruf unten ausführen. GÜLTIG (Status 0) heißt: vollständig und unverändert.',
  ],
  command: 'Aufruf',
  copyCommand: 'Aufruf kopieren',
} as const

type TakingWords = {
  readonly [K in Exclude<keyof typeof de, 'steps' | 'reasons'>]: string
} & {
  readonly steps: readonly string[]
  readonly reasons: { readonly [K in keyof (typeof de)['reasons']]: string }
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
  steps: [
    'Get the verifier buergerdraht-verify.mjs in a way of your own, best when the system is handed over. It is one file and needs Node 20.15 or later, no network.',
    'Put package and verifier into an empty folder.',
    'Run the command below. VALID (status 0) means: complete and unchanged.',
  ],
  command: 'Command',
  copyCommand: 'Copy command',
}

export const takingWords: Readonly<Record<'de' | 'en', TakingWords>> = { de, en }
