const de = {
  title: 'Vereinbarung mit dem Archiv',
  overview: 'Vereinbarung mit dem Archiv ansehen und ändern',
  intro:
    'Was Unterlage ist, muss dem öffentlichen Archiv angeboten werden, bevor es gelöscht wird, es sei denn, das Archiv hat darauf verzichtet oder es als nicht archivwürdig bewertet. Hier steht, was vereinbart ist.',
  none: 'Noch ist nichts vereinbart: Vorgänge werden nicht gelöscht, bevor sie angeboten sind.',
  inForce: (by: string, second: string, when: string) =>
    `Vorgeschlagen von ${by}, gebilligt von ${second}, ${when}`,
  somebody: 'jemandem, dessen Konto es nicht mehr gibt',
  current: 'Was gilt',
  proposedTitle: 'Was vorgeschlagen ist',
  proposed:
    'Die Vereinbarung ist vorgeschlagen und wartet unter „Vier-Augen“ auf die oder den Datenschutzbeauftragten.',
  change: 'Neue Vereinbarung eintragen',
  changeHint:
    'Tragen Sie ein, was das Archiv schriftlich erklärt hat. Die Vereinbarung ersetzt die geltende als Ganzes; was schon gelöscht ist, bleibt davon unberührt.',
  silences: { RELEASES_NOTHING: 'gibt nichts frei', RELEASES: 'gibt frei' },
  monthsLabel: 'Frist für die Antwort in Monaten',
  decision: (n: number) => `${n}. Entscheidung`,
  validFrom: 'Gilt ab',
  validUntil: 'Gilt bis einschließlich',
  optional: 'leer: bis auf Weiteres',
  basisHint:
    'Art, Jahr und laufende Nummer: GV-2026-01 (Generalverzicht), BK-2026-01 (Bewertungskatalog) oder EE-2026-01 (Einzelentscheidung).',
  add: 'Weitere Entscheidung',
  remove: (n: number) => `${n}. Entscheidung entfernen`,
  propose: 'Zur Zustimmung vorschlagen',
  requests: 'Bewertungskatalog beim Archiv anfragen',
  requestsHint:
    'Das Archiv wird gebeten, jede Datenart als Ganzes zu bewerten (xdomea 0511). Das ist freiwillig und ersetzt das Anbieten einzelner Vorgänge. Seine Antwort (0513) gilt noch nicht: Sie übernehmen sie unten in eine neue Vereinbarung, der eine zweite Person zustimmt. Kommt sie nicht von selbst, lesen Sie sie unter „Archiv“, „Übergaben“ ein.',
  requestWay: 'Weg der Anfrage',
  ask: 'Katalog anfragen',
  askedNow: 'Die Anfrage ist erstellt.',
  asked: (when: string, way: string) => `Angefragt ${when} (${way}):`,
  notSent: 'wird gesendet.',
  notAnswered: 'noch keine Antwort.',
  answered: (when: string, values: string) => `beantwortet ${when}: ${values}.`,
  requestFile: 'Anfrage herunterladen (xdomea 0511)',
  catalogueSent: (when: string) => `Das Archiv hat am ${when} einen Bewertungskatalog geschickt.`,
  takeCatalogue: 'In diese Vereinbarung übernehmen',
  catalogueTaken:
    'Der Katalog ist eingetragen. Es fehlen noch sein Aktenzeichen und der Tag, ab dem er gilt.',
}
export type ArchivePageWords = typeof de

const en: ArchivePageWords = {
  title: 'Agreement with the archive',
  overview: 'See and change the agreement with the archive',
  intro:
    'What is a record has to be offered to the public archive before it is deleted, unless the archive has waived it or valued it as not worth archiving. Here stands what has been agreed.',
  none: 'Nothing has been agreed yet: matters are not deleted before they are offered.',
  inForce: (by, second, when) => `Proposed by ${by}, approved by ${second}, ${when}`,
  somebody: 'somebody whose account is gone',
  current: 'What holds',
  proposedTitle: 'What is proposed',
  proposed: 'The agreement is proposed, and waits for the data-protection officer under “Second person”.',
  change: 'Enter a new agreement',
  changeHint:
    'Enter what the archive has declared in writing. The agreement replaces the one that holds as a whole; what has been deleted already is not touched by it.',
  silences: { RELEASES_NOTHING: 'releases nothing', RELEASES: 'releases' },
  monthsLabel: 'Time for the answer in months',
  decision: (n) => `Decision ${n}`,
  validFrom: 'Holds from',
  validUntil: 'Holds until, inclusive',
  optional: 'empty: until further notice',
  basisHint:
    'Kind, year and running number: GV-2026-01 (general waiver), BK-2026-01 (valuation catalogue) or EE-2026-01 (single decision).',
  add: 'Another decision',
  remove: (n) => `Remove decision ${n}`,
  propose: 'Propose for approval',
  requests: 'Ask the archive for a valuation catalogue',
  requestsHint:
    'The archive is asked to value each kind of data as a whole (xdomea 0511). That is optional, and takes the place of offering single matters. Its answer (0513) holds nothing yet: you take it into a new agreement below, to which a second person agrees. Where it does not come by itself, read it in under “Archive”, “Hand-overs”.',
  requestWay: 'Way of the request',
  ask: 'Ask for a catalogue',
  askedNow: 'The request is made.',
  asked: (when, way) => `Asked ${when} (${way}):`,
  notSent: 'is being sent.',
  notAnswered: 'no answer yet.',
  answered: (when, values) => `answered ${when}: ${values}.`,
  requestFile: 'Download the request (xdomea 0511)',
  catalogueSent: (when) => `The archive has sent a valuation catalogue, ${when}.`,
  takeCatalogue: 'Take it into this agreement',
  catalogueTaken:
    'The catalogue is entered. Its reference and the day from which it holds are still missing.',
}

export const archivePageWords: Readonly<Record<'de' | 'en', ArchivePageWords>> = { de, en }
