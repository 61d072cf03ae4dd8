const de = {
  title: 'Bei Dienstleistern',
  overview: 'Ansehen, was Dienstleister noch haben',
  intro:
    'Was hier vernichtet wurde, liegt noch eine Weile beim Dienstleister des Kanals und im Kontaktbuch von Meta. Das Programm lässt es dort löschen und fragt so lange nach, bis es geschehen ist. Inhalte, Namen und Nummern stehen hier nicht.',
  refusing: (n: number) =>
    n === 1
      ? 'Ein Dienstleister hat eine Löschung abgelehnt. Das Programm fragt weiter nach.'
      : `Dienstleister haben ${n} Löschungen abgelehnt. Das Programm fragt weiter nach.`,
  calm: 'Kein Dienstleister hat eine Löschung abgelehnt.',
  lists: {
    open: 'offen',
    refused: 'abgelehnt',
    resting: 'Rest liegt noch dort',
    ended: 'nichts mehr dort',
  },
  oldest: 'ältestes Offene seit',
  last: 'letzter Rest bis',
  none: 'nichts',
  empty: 'In dieser Liste steht nichts.',
  limited: 'Es werden die ältesten 200 gezeigt.',
  processors: { BSP: 'Dienstleister', META_CONTACT_BOOK: 'Kontaktbuch von Meta' },
  kinds: { media: 'Datei', messages: 'Nachrichten', 'contact-entry': 'Eintrag einer Person' },
  states: {
    open: 'wird noch gefragt',
    refused: 'abgelehnt, wird wieder gefragt',
    done: 'dort gelöscht',
    lapsed: 'abgelehnt, inzwischen dort von selbst weg',
    'not-possible': 'lässt sich dort nicht löschen',
    unnameable: 'nicht zu erfragen: Von dieser Person ist keine Kennung bekannt, unter der Meta sie führt',
  },
  columns: {
    what: 'Was',
    channel: 'Kanal',
    since: 'seit',
    state: 'Stand',
    attempts: 'Versuche',
    next: 'nächster Versuch',
    residue: 'Rest bis',
    ledger: 'Löschregister Nr.',
  },
  unknownEnd: 'kein Ende bekannt',
  askAgain: 'Jetzt erneut fragen',
  askedAgain: 'Der Dienstleister wird in den nächsten Sekunden gefragt.',
}

export type ProcessorsWords = typeof de

const en: ProcessorsWords = {
  title: 'At processors',
  overview: 'See what processors still have',
  intro:
    'What was destroyed here still lies at the channel’s provider and in Meta’s contact book for a while. The program has it deleted there, and goes on asking until that is done. No content, no names and no numbers stand here.',
  refusing: (n) =>
    n === 1
      ? 'A processor has refused to delete something. The program goes on asking.'
      : `Processors have refused to delete ${n} things. The program goes on asking.`,
  calm: 'No processor has refused to delete anything.',
  lists: {
    open: 'open',
    refused: 'refused',
    resting: 'something still rests there',
    ended: 'nothing there any more',
  },
  oldest: 'oldest open since',
  last: 'last of it until',
  none: 'nothing',
  empty: 'There is nothing in this list.',
  limited: 'The oldest 200 are shown.',
  processors: { BSP: 'Provider', META_CONTACT_BOOK: 'Meta’s contact book' },
  kinds: { media: 'file', messages: 'messages', 'contact-entry': 'entry of a person' },
  states: {
    open: 'still to be asked for',
    refused: 'refused, will be asked for again',
    done: 'deleted there',
    lapsed: 'refused, gone there by itself since',
    'not-possible': 'cannot be deleted there',
    unnameable: 'cannot be asked for: no identifier is known by which Meta has this person',
  },
  columns: {
    what: 'What',
    channel: 'Channel',
    since: 'since',
    state: 'State',
    attempts: 'Attempts',
    next: 'next attempt',
    residue: 'Rests until',
    ledger: 'Deletion ledger no.',
  },
  unknownEnd: 'no end known',
  askAgain: 'Ask again now',
  askedAgain: 'The processor is asked within seconds.',
}

export const processorsWords: Readonly<Record<'de' | 'en', ProcessorsWords>> = { de, en }
