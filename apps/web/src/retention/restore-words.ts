const de = {
  title: 'Bürgerdraht ist geschlossen',
  closed:
    'Die Datenbank stammt aus einer Sicherung, oder das Löschregister ist nicht benutzbar. Bis zwei Personen entschieden haben, sieht niemand einen Vorgang, und nichts wird gelöscht, was nicht schon gelöscht war. Was Bürgerinnen und Bürger inzwischen schreiben, wird verschlüsselt aufbewahrt und erst nach der Freigabe gelesen.',
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
  decisions: 'wiederhergestellte Entscheidungen',
  anew: 'Entscheidungen, die erneut zu treffen sind',
  anewHint:
    'Wiederhergestellt sind Löschregeln, ihre Unterzeichnung, die Vereinbarung mit dem Archiv, Angebote an das Archiv, dessen Antworten, aufgehobene Sperren, Anträge betroffener Personen und Übergaben, so wie das Löschregister sie nennt. Neu gesetzte Sperren sind bald zu prüfen.',
  tasks: 'Erneut zu entscheiden',
  tasksHint:
    'Von diesen Einträgen sagt das Löschregister zu wenig, um sie wiederherzustellen. Freigeben kann man erst, wenn jede Aufgabe jemand aus einer Rolle übernommen hat, die dafür zuständig ist; erledigt wird sie nach der Freigabe und steht bis dahin unter „Löschkonzept“. Wer sie übernommen hat, steht im Protokoll.',
  entryOf: (entry: number, title: string) => `Nr. ${entry}: ${title}`,
  removed: 'Der Text dieses Eintrags ist entfernt.',
  isFor: (roles: string) => `Zuständig: ${roles}.`,
  take: 'Aufgabe übernehmen',
  taken: 'Die Aufgabe ist übernommen.',
  takenAt: (who: string, at: string) => `Übernommen am ${at} von ${who}.`,
  since: (at: string) => `Offen seit ${at}.`,
  nobody: 'Niemand hat sie übernommen.',
  somebody: 'jemandem an der Kommandozeile',
  done: 'Als erledigt melden',
  isDone: 'Die Aufgabe ist erledigt.',
  doneAt: (who: string, at: string) => `Erledigt am ${at} von ${who}.`,
  tasksTitle: 'Nach einer Wiederherstellung',
  tasksIntro:
    'Entscheidungen, die nach der Sicherung gefallen sind und die das Löschregister nicht von selbst wiederherstellen konnte. Wer eine Aufgabe übernommen hat, erledigt sie und meldet das; auch jemand anderes aus einer zuständigen Rolle kann sie übernehmen. Beides steht im Protokoll.',
  lists: { open: 'offen', done: 'erledigt' },
  none: 'Hier steht nichts.',
  overview: 'Aufgaben ansehen',
  stillOpen: (n: number) =>
    n === 1
      ? 'Nach einer Wiederherstellung ist noch eine Aufgabe offen.'
      : `Nach einer Wiederherstellung sind noch ${n} Aufgaben offen.`,
  propose: 'Freigabe vorschlagen',
  proposed: 'Die Freigabe ist vorgeschlagen. Eine andere Person muss zustimmen.',
  approve: 'Freigeben',
  approved: 'Freigegeben.',
  opened: 'Bürgerdraht ist wieder geöffnet.',
  brokenTitle: 'Das Löschregister aufgeben?',
  brokenIntro:
    'Am Server wurde gemeldet, dass das Löschregister verloren oder beschädigt ist und keine Sicherung davon hilft. Prüfen Sie das zuerst: Wird das richtige Register zurückgelegt, öffnet Bürgerdraht von selbst. Sonst können zwei Personen es aufgeben.',
  consequences: [
    'Ein neues Löschregister beginnt, mit eigenem Namen und Schlüssel. Sein erster Eintrag sagt, was von dem alten bekannt war und welche Rollen entschieden haben.',
    'Was von dem alten da ist, wird beiseitegelegt und bleibt lesbar. Mit seinem Schlüssel kann niemand mehr unterschreiben.',
    'Was bisher gelöscht wurde, bleibt gelöscht. Nachweisen lässt es sich nur noch, soweit das alte Register lesbar ist.',
    'Datensicherungen von vorher lassen sich danach nicht mehr öffnen: Legen Sie sofort eine neue an.',
    'Das lässt sich nicht zurücknehmen.',
  ],
  fault: 'Was mit ihm ist',
  faults: {
    missing: 'Es fehlt.',
    foreign: 'An seiner Stelle liegt eines, das dieses Amt nicht unterschrieben hat.',
    damaged: 'Es ist beschädigt oder verändert.',
    behind: 'Es endet vor dem, was die Datenbank ausgeführt hat.',
    inconsistent: 'Es ist nicht das, das die Datenbank kennt.',
  },
  foundAt: 'Gemeldet am',
  carriedOut: 'Einträge, die diese Datenbank ausgeführt hat',
  lastProven: 'Zuletzt von Dritten bestätigt',
  neverProven: 'nie',
  provenOf: (entries: number, at: string) => `${entries} Einträge, ${at}`,
  origin: 'Name',
  root: 'Wurzel dabei',
  findings: 'Befunde',
  proposeGivingUp: 'Vorschlagen, es aufzugeben',
  givingUpProposed: 'Es aufzugeben ist vorgeschlagen. Eine andere Person muss zustimmen.',
  approveGivingUp: 'Aufgeben und ein neues beginnen',
  givenUp: 'Aufgegeben. Das neue Löschregister beginnt in wenigen Sekunden.',
}

export type RestoreWords = typeof de

const en: RestoreWords = {
  title: 'Bürgerdraht is closed',
  closed:
    'Its database comes from a backup, or its deletion ledger cannot be used. Until two people have decided nobody is shown a matter, and nothing is deleted that was not deleted before. What citizens write meanwhile is kept encrypted and read after the release only.',
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
  decisions: 'decisions restored',
  anew: 'decisions to be made again',
  anewHint:
    'Deletion rules, their signing, the agreement with the archive, offers to the archive, its answers, holds that were released, requests of data subjects and hand-overs are as the deletion ledger says. Holds that were set anew are to be reviewed soon.',
  tasks: 'To be decided again',
  tasksHint:
    'Of these entries the deletion ledger tells too little to restore them. The office can be released when somebody of a role that it is for has taken over each task; it is done after the release and stands under “Deletion concept” until then. Who has taken it over stands in the audit log.',
  entryOf: (entry: number, title: string) => `No. ${entry}: ${title}`,
  removed: 'The text of this entry has been removed.',
  isFor: (roles) => `For: ${roles}.`,
  take: 'Take over the task',
  taken: 'The task is taken over.',
  takenAt: (who: string, at: string) => `Taken over on ${at} by ${who}.`,
  since: (at: string) => `Open since ${at}.`,
  nobody: 'Nobody has taken it over.',
  somebody: 'somebody at the command line',
  done: 'Say that it is done',
  isDone: 'The task is done.',
  doneAt: (who: string, at: string) => `Done on ${at} by ${who}.`,
  tasksTitle: 'After a restore',
  tasksIntro:
    'Decisions that were made after the backup and that the deletion ledger could not restore by itself. Whoever has taken over a task does it and says so; somebody else of a role that it is for can take it over too. Both stand in the audit log.',
  lists: { open: 'open', done: 'done' },
  none: 'Nothing is here.',
  overview: 'See the tasks',
  stillOpen: (n: number) =>
    n === 1 ? 'One task is still open after a restore.' : `${n} tasks are still open after a restore.`,
  propose: 'Propose the release',
  proposed: 'The release is proposed. Another person has to agree.',
  approve: 'Release',
  approved: 'Released.',
  opened: 'Bürgerdraht is open again.',
  brokenTitle: 'Give up the deletion ledger?',
  brokenIntro:
    'At the server it was reported that the deletion ledger is lost or damaged and that no backup of it helps. Check that first: when the right ledger is put back, Bürgerdraht opens by itself. Otherwise two people can give it up.',
  consequences: [
    'A new deletion ledger begins, with a name and a key of its own. Its first entry says what was known of the old one and which roles have decided.',
    'What is there of the old one is set aside and can still be read. With its key nobody can sign any more.',
    'What was deleted stays deleted. It can be proven only as far as the old ledger can be read.',
    'Backups from before cannot be opened afterwards: make a new one at once.',
    'This cannot be undone.',
  ],
  fault: 'What is wrong with it',
  faults: {
    missing: 'It is missing.',
    foreign: 'One lies in its place that this office has not signed.',
    damaged: 'It is damaged or has been changed.',
    behind: 'It ends before what the database has carried out.',
    inconsistent: 'It is not the one that the database knows.',
  },
  foundAt: 'Reported on',
  carriedOut: 'Entries that this database has carried out',
  lastProven: 'Last confirmed by others',
  neverProven: 'never',
  provenOf: (entries: number, at: string) => `${entries} entries, ${at}`,
  origin: 'Name',
  root: 'Root then',
  findings: 'Findings',
  proposeGivingUp: 'Propose to give it up',
  givingUpProposed: 'It is proposed to give it up. Another person has to agree.',
  approveGivingUp: 'Give it up and begin a new one',
  givenUp: 'Given up. The new deletion ledger begins within seconds.',
}

/** The words of this page alone; they come with it. */
export const restoreWords: Readonly<Record<'de' | 'en', RestoreWords>> = { de, en }
