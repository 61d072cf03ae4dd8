const de = {
  title: 'Löschkonzept',
  intro:
    'Wie lange welche Daten bleiben, und ob das für jede Zeile feststeht. Hier werden keine Gespräche angezeigt und keine Namen.',
  complete:
    'Für jeden Datensatz mit Personenbezug steht fest, wann er gelöscht sein muss oder worauf das wartet.',
  gaps: (n: number, inWords: string) =>
    `${n === 1 ? 'Ein Datensatz sagt nicht, wann er gelöscht sein muss.' : `${inWords} Datensätze sagen nicht, wann sie gelöscht sein müssen.`} Die Prüfung in der Nacht versucht es zu berichtigen; bleibt es so, sagen Sie der Administration Bescheid.`,
  notYet: 'Noch nie gezählt. Das geschieht in den nächsten Sekunden von selbst.',
  overdue: (n: number, inWords: string) =>
    n === 1
      ? 'Ein Datensatz ist noch da, obwohl seine Frist abgelaufen ist und nichts ihn aufhält.'
      : `${inWords} Datensätze sind noch da, obwohl ihre Frist abgelaufen ist und nichts sie aufhält.`,
  trial:
    'Testbetrieb: Die Löschregeln sind Vorschläge des Produkts. Bevor sich Bürgerinnen und Bürger melden, muss die oder der Datenschutzbeauftragte sie freigeben. Nach nicht freigegebenen Regeln wird nichts gelöscht.',
  propose: 'Zur Freigabe vorschlagen',
  proposed:
    'Die Freigabe ist vorgeschlagen und wartet unter „Vier-Augen“ auf die oder den Datenschutzbeauftragten.',
  figures: {
    share: 'eingeordnet',
    rows: 'Datensätze mit Personenbezug',
    waiting: 'warten auf ihren Beginn',
    overdue: 'überfällig',
    kept: 'fällig, aber aufgehalten',
    counted: 'gezählt',
  },
  recount: 'Neu zählen',
  counting: 'Wird gezählt …',
  table: 'Nach Datenart',
  cluster: 'Datenart',
  rows: 'Datensätze',
  waiting: 'wartet auf Beginn',
  late: 'überfällig',
  kept: 'aufgehalten',
  missing: 'nicht eingeordnet',
  where: 'Wo',
}

export type RetentionWords = typeof de

const en: RetentionWords = {
  title: 'Deletion concept',
  intro:
    'How long which data stay, and whether that is settled for every row. Neither conversations nor names are shown here.',
  complete: 'Of every record about a person it is settled when it has to be deleted, or what that waits for.',
  gaps: (n, inWords) =>
    `${n === 1 ? 'One record does not say when it has to be deleted.' : `${inWords} records do not say when they have to be deleted.`} The check at night tries to put that right; if it stays so, tell the administrators.`,
  notYet: 'Never counted yet. That happens by itself within seconds.',
  overdue: (n, inWords) =>
    n === 1
      ? 'One record is still there although its period has ended and nothing keeps it.'
      : `${inWords} records are still there although their period has ended and nothing keeps them.`,
  trial:
    'Trial: the deletion rules are the product’s proposals. Before citizens write in, the data-protection officer has to sign them. Nothing is deleted by rules that are not signed.',
  propose: 'Propose for signing',
  proposed: 'Signing is proposed, and waits for the data-protection officer under “Second person”.',
  figures: {
    share: 'classified',
    rows: 'records about persons',
    waiting: 'wait for their beginning',
    overdue: 'overdue',
    kept: 'due, but kept',
    counted: 'counted',
  },
  recount: 'Count anew',
  counting: 'Counting …',
  table: 'By data cluster',
  cluster: 'Data cluster',
  rows: 'Records',
  waiting: 'waits to begin',
  late: 'overdue',
  kept: 'kept',
  missing: 'not classified',
  where: 'Where',
}

/** The words of this desk alone; they come with it. */
export const retentionWords: Readonly<Record<'de' | 'en', RetentionWords>> = { de, en }
