const de = {
  title: 'Prüfung',
  intro:
    'Ob das Archiv ist, was es sein soll: Prüfpunkte, Selbstprüfungen und Pakete. Inhalte stehen auf dieser Seite nicht.',
  log: 'Archivlog',
  none: 'Es ist noch nichts versiegelt.',
  checkpoint: 'Letzter Prüfpunkt',
  checkpointHint:
    'Heben Sie ihn außerhalb der IT auf. Was bis dahin im Archiv stand, lässt sich danach nicht mehr unbemerkt ändern: Das Prüfprogramm vergleicht ihn mit --checkpoint.',
  copyCheckpoint: 'Prüfpunkt kopieren',
  keys: 'Prüfschlüssel',
  keysHint:
    'Lassen Sie sich die Schlüssel bei der Übergabe des Systems geben und vergleichen Sie sie mit diesen.',
  archiveKey: 'Archivlog',
  ledgerKey: 'Löschregister',
  copyKey: (name: string) => `Schlüssel ${name} kopieren`,
  check: 'Letzte Selbstprüfung',
  noCheck: 'Es hat noch keine Selbstprüfung gegeben. Sie läuft jede Nacht.',
  checked: (when: string, leaves: string, packages: string, contents: string) =>
    `Am ${when}: ${leaves} Blätter, ${packages} Pakete gegen das Log gehalten, ${contents} davon entschlüsselt und verglichen.`,
  agrees: 'Alles stimmt überein.',
  differs: (n: number) => (n === 1 ? 'Eine Abweichung:' : `${n} Abweichungen:`),
  packages: 'Pakete',
} as const

type InspectionWords = {
  readonly [K in keyof typeof de]: (typeof de)[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : string
}

const en: InspectionWords = {
  title: 'Inspection',
  intro:
    'Whether the archive is what it should be: checkpoints, self-checks and packages. No content stands on this page.',
  log: 'Archive log',
  none: 'Nothing is sealed yet.',
  checkpoint: 'Newest checkpoint',
  checkpointHint:
    'Keep it outside of IT. What the archive held until then cannot be changed unnoticed afterwards: the verifier compares it with --checkpoint.',
  copyCheckpoint: 'Copy checkpoint',
  keys: 'Verifier keys',
  keysHint: 'Have the keys given to you when the system is handed over, and compare them with these.',
  archiveKey: 'Archive log',
  ledgerKey: 'Deletion ledger',
  copyKey: (name) => `Copy key ${name}`,
  check: 'Last self-check',
  noCheck: 'There has been no self-check yet. It runs every night.',
  checked: (when, leaves, packages, contents) =>
    `On ${when}: ${leaves} leaves, ${packages} packages held against the log, ${contents} of them decrypted and compared.`,
  agrees: 'Everything agrees.',
  differs: (n) => (n === 1 ? 'One difference:' : `${n} differences:`),
  packages: 'Packages',
}

export const inspectionWords: Readonly<Record<'de' | 'en', InspectionWords>> = { de, en }
