import type { LogName } from '@buergerdraht/contract'

const de = {
  title: 'Prüfpunkte',
  open: 'Alle Prüfpunkte, und was zwischen zweien geschah',
  back: 'Zur Prüfung',
  intro:
    'Jedes der drei Register wird laufend unterschrieben. Ein Prüfpunkt nennt, wie viele Einträge es da hatte, und eine Prüfsumme über alle. Wer zwei davon hat, kann nachrechnen, dass dazwischen nur etwas dazukam.',
  log: 'Register',
  logs: {
    'archive-log': 'Archivlog',
    'deletion-ledger': 'Löschregister',
    'audit-log': 'Protokoll',
  } as Record<LogName, string>,
  list: (log: string) => `Prüfpunkte: ${log}`,
  none: 'In diesem Register ist noch nichts unterschrieben.',
  columns: {
    size: 'Einträge',
    at: 'Unterschrieben',
    root: 'Wurzel',
    stamp: 'Zeitstempel',
    witnesses: 'Zeugen',
  },
  copyRoot: (size: string) => `Wurzel über ${size} kopieren`,
  copyNote: (size: string) => `Prüfpunkt über ${size} kopieren`,
  unknownTime: 'Zeitpunkt nicht festgehalten',
  badSignature: 'Unterschrift dieses Amts fehlt oder ist falsch',
  noStamp: 'keiner',
  stampedAt: (when: string) => `am ${when}`,
  by: (name: string, until: string) => `${name}, Zertifikat bis ${until}`,
  chain: (names: string) => `Kette bis zur Wurzel: ${names}`,
  noWitness: 'keine',
  witnessedAt: (name: string, when: string) => `${name}, ${when}`,
  unknownWitness: (name: string) => `${name}, hier nicht prüfbar`,
  older: 'Ältere laden',
  loading: 'Wird geladen …',
  shown: (n: number) => `${n} Prüfpunkte`,
  compare: {
    title: 'Zwei Prüfpunkte vergleichen',
    intro:
      'Ihr Browser rechnet mit denselben Schritten wie das Prüfprogramm nach, ob das Register zwischen beiden nur gewachsen ist. Am meisten beweist ein Prüfpunkt, den Sie selbst außerhalb der IT aufgehoben haben.',
    one: 'Erster Prüfpunkt',
    other: 'Zweiter Prüfpunkt',
    own: 'einer, den ich aufgehoben habe',
    option: (size: string, when: string) => (when === '' ? `über ${size}` : `über ${size}, ${when}`),
    note: 'Text des Prüfpunkts',
    noteHint: 'Mit allen Zeilen, auch denen mit der Unterschrift.',
    unreadable:
      'Das ist kein Prüfpunkt. Er beginnt mit dem Namen des Registers, darunter stehen Anzahl und Wurzel.',
    otherLog: 'Dieser Prüfpunkt gehört zu einem anderen Register als dem gewählten.',
    check: 'Nachrechnen',
    checking: 'Wird nachgerechnet …',
    holds: (from: string, to: string) =>
      `Nachgerechnet: Von ${from} auf ${to} Einträge ist nur etwas dazugekommen. Geändert oder entfernt wurde nichts.`,
    same: 'Nachgerechnet: Beide sagen dasselbe.',
    fails:
      'Das Nachrechnen führt nicht zu beiden Wurzeln: Das Register wurde dazwischen umgeschrieben, oder einer der Prüfpunkte ist falsch. Heben Sie beide auf und verständigen Sie die Revision.',
    damaged:
      'Das gespeicherte Register ergibt die Wurzel seines eigenen Prüfpunkts nicht. Bitte verständigen Sie die Revision.',
    missing:
      'Über so viele Einträge gibt es hier keinen Prüfpunkt. Ist Ihrer echt, dann wurde das Register auf einen älteren Stand zurückgesetzt. Heben Sie ihn auf und verständigen Sie die Revision.',
    unsigned: (size: string) =>
      `Der Prüfpunkt über ${size} trägt keine gültige Unterschrift dieses Registers. Er beweist nichts.`,
    unchecked:
      'Dieser Browser kann die Unterschriften nicht prüfen; das Prüfprogramm kann es. Die Wurzeln sind nachgerechnet.',
    drawing:
      'So rechnet man: Links der ältere, rechts der neuere Prüfpunkt, dazwischen die Stücke, aus denen ihre Wurzeln entstehen. Die durchgezogen umrandeten haben beide gemeinsam.',
    pieces: 'Die Stücke als Tabelle',
    columns: { leaves: 'Einträge', hash: 'Prüfsumme', in: 'Gehört zu' },
    leaves: (from: string, to: string) => (from === to ? from : `${from} bis ${to}`),
    both: 'beiden',
    newerOnly: 'nur dem neueren',
    made: 'Ergebnis der Stücke',
    rootOf: (size: string) => `Wurzel über ${size}`,
    copyPiece: (leaves: string) => `Prüfsumme der Einträge ${leaves} kopieren`,
  },
}

export type CheckpointWords = typeof de

const en: CheckpointWords = {
  title: 'Checkpoints',
  open: 'All checkpoints, and what happened between two',
  back: 'To the inspection',
  intro:
    'Each of the three logs is signed again and again. A checkpoint says how many entries there were, and a checksum over all. Whoever has two of them can compute that things were only added in between.',
  log: 'Log',
  logs: { 'archive-log': 'Archive log', 'deletion-ledger': 'Deletion ledger', 'audit-log': 'Audit log' },
  list: (log) => `Checkpoints: ${log}`,
  none: 'Nothing is signed in this log yet.',
  columns: { size: 'Entries', at: 'Signed', root: 'Root', stamp: 'Time stamp', witnesses: 'Witnesses' },
  copyRoot: (size) => `Copy root of ${size}`,
  copyNote: (size) => `Copy checkpoint of ${size}`,
  unknownTime: 'time not written down',
  badSignature: 'signature of this office is missing or wrong',
  noStamp: 'none',
  stampedAt: (when) => `on ${when}`,
  by: (name, until) => `${name}, certificate until ${until}`,
  chain: (names) => `Path to the root: ${names}`,
  noWitness: 'none',
  witnessedAt: (name, when) => `${name}, ${when}`,
  unknownWitness: (name) => `${name}, cannot be checked here`,
  older: 'Load older ones',
  loading: 'Loading …',
  shown: (n) => `${n} checkpoints`,
  compare: {
    title: 'Compare two checkpoints',
    intro:
      'Your browser computes, by the same steps as the verifier, whether the log only grew between both. A checkpoint that you have kept yourself outside of IT proves most.',
    one: 'First checkpoint',
    other: 'Second checkpoint',
    own: 'one that I have kept',
    option: (size, when) => (when === '' ? `of ${size}` : `of ${size}, ${when}`),
    note: 'Text of the checkpoint',
    noteHint: 'With all lines, those with the signature too.',
    unreadable: 'This is no checkpoint. It begins with the name of the log; number and root follow.',
    otherLog: 'This checkpoint belongs to another log than the chosen one.',
    check: 'Compute',
    checking: 'Computing …',
    holds: (from, to) =>
      `Computed: from ${from} to ${to} entries things were only added. Nothing was changed or removed.`,
    same: 'Computed: both say the same.',
    fails:
      'The computation does not lead to both roots: the log was rewritten in between, or one of the checkpoints is wrong. Keep both and tell the auditors.',
    damaged:
      'What is stored of the log does not give the root of its own checkpoint. Please tell the auditors.',
    missing:
      'There is no checkpoint of so many entries here. If yours is genuine, the log was put back to an older state. Keep it and tell the auditors.',
    unsigned: (size) => `The checkpoint of ${size} has no good signature of this log. It proves nothing.`,
    unchecked: 'This browser cannot check the signatures; the verifier can. The roots have been computed.',
    drawing:
      'How it is computed: on the left the older checkpoint, on the right the newer one, in between the pieces that their roots are made of. Those with a solid outline belong to both.',
    pieces: 'The pieces as a table',
    columns: { leaves: 'Entries', hash: 'Checksum', in: 'Belongs to' },
    leaves: (from, to) => (from === to ? from : `${from} to ${to}`),
    both: 'both',
    newerOnly: 'the newer one alone',
    made: 'made of the pieces',
    rootOf: (size) => `Root of ${size}`,
    copyPiece: (leaves) => `Copy checksum of entries ${leaves}`,
  },
}

export const checkpointWords: Readonly<Record<'de' | 'en', CheckpointWords>> = { de, en }
