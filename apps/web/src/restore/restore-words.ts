const de = {
  title: 'Wiederherstellung',
  closed:
    'Bürgerdraht ist geschlossen: Die Datenbank stammt aus einer Sicherung. Was seither gelöscht wurde, wird zuerst wieder gelöscht. Bis zwei Personen freigeben, sieht niemand einen Vorgang, und es wird nichts angenommen; der Anbieter sendet eine Woche lang erneut.',
  notYou:
    'Freigeben können Schriftgutverwaltung, Datenschutz und Administration. Sobald das geschehen ist, öffnet sich diese Seite von selbst.',
  waiting: 'Der Hintergrunddienst hat das Löschregister noch nicht gelesen.',
  states: {
    replaying: 'Das Löschregister wird nachvollzogen.',
    replayed:
      'Das Löschregister ist nachvollzogen; nichts ist mehr da, was gelöscht war. Zwei Personen müssen freigeben.',
    released: 'Freigegeben. Bürgerdraht öffnet in wenigen Sekunden.',
  },
  backupOn: 'Stand der Sicherung',
  entries: 'Einträge, die ihr fehlten',
  destroyed: 'erneut gelöschte Objekte',
  holds: 'neu gesetzte Sperren',
  restrictions: 'neu gesetzte Einschränkungen',
  anew: 'Entscheidungen, die verloren sind',
  anewHint:
    'Aufgehobene Sperren, geänderte Regeln, Angebote an das Archiv und dessen Antworten aus dieser Zeit nennt das Löschregister; treffen Sie sie nach der Freigabe neu. Neu gesetzte Sperren sind bald zu prüfen.',
  propose: 'Freigabe vorschlagen',
  proposed: 'Die Freigabe ist vorgeschlagen. Eine andere Person muss zustimmen.',
  approve: 'Freigeben',
  approved: 'Freigegeben.',
}

export type RestoreWords = typeof de

const en: RestoreWords = {
  title: 'Restore',
  closed:
    'Bürgerdraht is closed: its database comes from a backup. What was deleted since is deleted again first. Until two people release it nobody is shown a matter, and nothing is taken in; the provider sends again for a week.',
  notYou:
    'Records management, data protection and administration can release it. As soon as that has happened, this page opens by itself.',
  waiting: 'The worker has not read the deletion ledger yet.',
  states: {
    replaying: 'The deletion ledger is being carried out.',
    replayed:
      'The deletion ledger is carried out; nothing is left that was deleted. Two people have to release it.',
    released: 'Released. Bürgerdraht opens within seconds.',
  },
  backupOn: 'State of the backup',
  entries: 'entries that it lacked',
  destroyed: 'objects deleted again',
  holds: 'holds set anew',
  restrictions: 'restrictions set anew',
  anew: 'decisions that are lost',
  anewHint:
    'Holds that were lifted, rules that were changed, offers to the archive and its answers of that time stand in the deletion ledger; decide them anew after the release. Holds that were set anew are to be reviewed soon.',
  propose: 'Propose the release',
  proposed: 'The release is proposed. Another person has to agree.',
  approve: 'Release',
  approved: 'Released.',
}

/** The words of this page alone; they come with it. */
export const restoreWords: Readonly<Record<'de' | 'en', RestoreWords>> = { de, en }
