const de = {
  title: 'Löschregister',
  overview: 'Ansehen, was im Löschregister steht',
  intro:
    'Hier steht, was gelöscht wurde, wann, nach welcher Regel und wer beteiligt war. Namen und Inhalte enthält das Register nicht. Es wird nur fortgeschrieben: Was einmal darin steht, kann niemand ändern, ohne dass es auffällt.',
  entries: 'Einträge',
  empty: 'Es ist noch nichts gelöscht worden.',
  entry: (seq: number) => `Nr. ${seq}`,
  removed: 'Der Text dieses Eintrags wurde nach seiner Frist entfernt. Sein Platz ist weiter nachgewiesen.',
  older: 'Ältere zeigen',
  loading: 'Ältere werden geladen',
  shown: (n: number) => `${n} Einträge werden gezeigt.`,
  checkpoints: 'Prüfpunkte',
  checkpointsHint:
    'Ein Prüfpunkt ist eine unterschriebene Zusammenfassung aller Einträge bis zu einer Nummer. Wer einen aufbewahrt, kann später zeigen, dass davor nichts geändert wurde. Nachgeprüft wird ohne dieses Programm, mit buergerdraht-verify und dem Prüfschlüssel.',
  noCheckpoints: 'Es gibt noch keinen Prüfpunkt.',
  columns: { size: 'Einträge', root: 'Wurzel', state: 'Stand', note: 'Prüfpunkt' },
  good: 'Unterschrift gültig',
  agrees: 'Unterschrift gültig, stimmt mit der Datenbank überein',
  bad: 'Unterschrift ungültig: Bitte die Revision verständigen.',
  differs: 'Stimmt nicht mit der Datenbank überein: Bitte die Revision verständigen.',
  copy: (size: number) => `Prüfpunkt über ${size} Einträge kopieren`,
  key: 'Prüfschlüssel',
  copyKey: 'Prüfschlüssel kopieren',
  carriedOut: (n: number) =>
    n === 1
      ? 'Einen Eintrag hat diese Datenbank ausgeführt.'
      : `${n} Einträge hat diese Datenbank ausgeführt.`,
} as const

export const ledgerWords = {
  de,
  en: {
    title: 'Deletion ledger',
    overview: 'See what the deletion ledger holds',
    intro:
      'What was deleted, when, under which rule, and who took part. The ledger holds no names and no content. It only ever grows: what it holds nobody can change without being noticed.',
    entries: 'Entries',
    empty: 'Nothing has been deleted yet.',
    entry: (seq: number) => `No. ${seq}`,
    removed: 'The text of this entry was removed when its period ended. Its place is still proven.',
    older: 'Show older ones',
    loading: 'Older ones are being loaded',
    shown: (n: number) => `${n} entries are shown.`,
    checkpoints: 'Checkpoints',
    checkpointsHint:
      'A checkpoint is a signed summary of all entries up to a number. Whoever keeps one can show later that nothing before it was changed. It is verified without this program, with buergerdraht-verify and the verifier key.',
    noCheckpoints: 'There is no checkpoint yet.',
    columns: { size: 'Entries', root: 'Root', state: 'State', note: 'Checkpoint' },
    good: 'signature valid',
    agrees: 'signature valid, agrees with the database',
    bad: 'Signature invalid: please tell the auditors.',
    differs: 'Does not agree with the database: please tell the auditors.',
    copy: (size: number) => `Copy the checkpoint of ${size} entries`,
    key: 'Verifier key',
    copyKey: 'Copy the verifier key',
    carriedOut: (n: number) =>
      n === 1 ? 'This database has carried out one entry.' : `This database has carried out ${n} entries.`,
  },
} as const satisfies Record<'de' | 'en', object>
