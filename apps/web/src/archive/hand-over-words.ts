import { handOverWayWords } from '../ui/hand-over-way-words.ts'

const de = {
  title: 'Übergaben',
  overview: 'Übergaben an die E-Akte und das Archiv',
  intro:
    'Was an die E-Akte oder das öffentliche Archiv übergeben wurde, und was die Gegenseite dazu sagt. Die Kopie hier bleibt, bis die Gegenseite bestätigt hat.',
  fine: 'Keine Übergabe ist überfällig, keine abgelehnt.',
  late: (n: number) =>
    n === 1
      ? 'Eine Übergabe ist seit sieben Tagen nicht bestätigt. Fragen Sie bei der Gegenseite nach.'
      : `${n} Übergaben sind seit sieben Tagen nicht bestätigt. Fragen Sie bei der Gegenseite nach.`,
  rejected: (n: number) =>
    n === 1
      ? 'Eine Übergabe hat die Gegenseite abgelehnt; der Grund steht beim Paket.'
      : `${n} Übergaben hat die Gegenseite abgelehnt; der Grund steht jeweils beim Paket.`,
  list: 'Welche',
  lists: {
    open: 'unterwegs',
    late: 'überfällig',
    confirmed: 'bestätigt',
    rejected: 'abgelehnt',
    all: 'alle',
  },
  looks: 'Antworten werden geholt',
  looked: (way: string, when: string) => `${way}: zuletzt nachgesehen ${when}`,
  notLooked: (way: string) => `${way}: noch nicht nachgesehen`,
  lookFails: (way: string, since: string, why: string) =>
    `Antworten über ${way} kommen seit ${since} nicht vollständig an: ${why}`,
  empty: 'Hier ist keine Übergabe.',
  columns: { prepared: 'Begonnen', package: 'Paket', message: 'Wohin', way: 'Weg', state: 'Stand' },
  messages: {
    '0605': 'E-Akte (xdomea 0605)',
    '0401': 'andere Stelle (xdomea 0401)',
    '0503': 'öffentliches Archiv (xdomea 0503)',
  },
  ways: handOverWayWords.de,
  states: {
    prepared: 'vorbereitet',
    sent: 'abgesendet',
    received: 'eingegangen, noch nicht bestätigt',
    confirmed: 'bestätigt',
    rejected: 'abgelehnt',
    withdrawn: 'aufgegeben',
  },
  overdue: 'überfällig',
  refused: 'Antworten, die nicht gelten',
  refusedIntro: 'Aus ihnen folgt nichts. Klären Sie sie mit der Gegenseite.',
  none: 'Es gibt keine.',
  ofPackage: (id: string) => `Paket ${id}`,
  place: (where: string) => `Stelle: ${where}`,
  answer: 'Antwort einlesen',
  answerHint: 'Eine Nachricht der Gegenseite (xdomea), als XML oder ZIP.',
  tooLarge: 'Die Datei ist zu groß.',
  reading: 'Wird gelesen …',
  forPackage: 'Übergeben',
  forPackageIntro:
    'Die Nachricht enthält die Niederschrift, die Originale und den Nachweis samt Schlüsseln: Die Gegenseite kann alles lesen und prüfen. Unsere Kopie läuft erst mit ihrer Bestätigung ab.',
  notYet: 'Dieses Paket ist noch nicht übergeben worden.',
  to: 'Wohin',
  how: 'Weg',
  handOver: 'Übergeben',
  begun: 'Die Übergabe ist vorbereitet.',
  reason: 'Grund für das Herunterladen',
  reasonHint: 'Er wird mit dem Paket verschlüsselt aufbewahrt.',
  download: 'Nachricht laden',
  loading: 'Wird geladen …',
  confirmation: 'Woher Sie wissen, dass es angekommen ist',
  confirm: 'Als angekommen bestätigen',
  withdraw: 'Übergabe aufgeben',
  theirReasons: 'Grund der Gegenseite',
  reference: 'Signatur im Archiv',
  back: 'Zum Archiv',
}

type HandOverWords = typeof de

const en: HandOverWords = {
  title: 'Hand-overs',
  overview: 'Hand-overs to the electronic file and to the archive',
  intro:
    'What was handed over to the electronic file or to the public archive, and what the other side says of it. The copy here stays until the other side has confirmed.',
  fine: 'No hand-over is overdue, and none was rejected.',
  late: (n) =>
    n === 1
      ? 'One hand-over has not been confirmed for seven days. Ask the other side.'
      : `${n} hand-overs have not been confirmed for seven days. Ask the other side.`,
  rejected: (n) =>
    n === 1
      ? 'One hand-over was rejected by the other side; the reason stands with the package.'
      : `${n} hand-overs were rejected by the other side; the reason stands with each package.`,
  list: 'Which',
  lists: {
    open: 'under way',
    late: 'overdue',
    confirmed: 'confirmed',
    rejected: 'rejected',
    all: 'all',
  },
  looks: 'Answers are fetched',
  looked: (way, when) => `${way}: last looked ${when}`,
  notLooked: (way) => `${way}: not looked yet`,
  lookFails: (way, since, why) => `Answers by ${way} have not come in completely since ${since}: ${why}`,
  empty: 'There is no hand-over here.',
  columns: { prepared: 'Begun', package: 'Package', message: 'Where to', way: 'Way', state: 'State' },
  messages: {
    '0605': 'electronic file (xdomea 0605)',
    '0401': 'another office (xdomea 0401)',
    '0503': 'public archive (xdomea 0503)',
  },
  ways: handOverWayWords.en,
  states: {
    prepared: 'prepared',
    sent: 'sent',
    received: 'received, not confirmed yet',
    confirmed: 'confirmed',
    rejected: 'rejected',
    withdrawn: 'given up',
  },
  overdue: 'overdue',
  refused: 'Answers that do not count',
  refusedIntro: 'Nothing follows from them. Clear them up with the other side.',
  none: 'There are none.',
  ofPackage: (id) => `package ${id}`,
  place: (where) => `Place: ${where}`,
  answer: 'Take in an answer',
  answerHint: 'A message of the other side (xdomea), as XML or ZIP.',
  tooLarge: 'The file is too large.',
  reading: 'Reading …',
  forPackage: 'Hand over',
  forPackageIntro:
    'The message holds the chat document, the originals and the proof with its keys: the other side can read and verify everything. Our copy begins to run out with its confirmation.',
  notYet: 'This package has not been handed over yet.',
  to: 'Where to',
  how: 'Way',
  handOver: 'Hand over',
  begun: 'The hand-over is prepared.',
  reason: 'Reason for downloading',
  reasonHint: 'It is kept with the package, encrypted.',
  download: 'Load the message',
  loading: 'Loading …',
  confirmation: 'How you know that it has arrived',
  confirm: 'Confirm that it has arrived',
  withdraw: 'Give the hand-over up',
  theirReasons: 'Reason of the other side',
  reference: 'Reference in the archive',
  back: 'To the archive',
}

export const handOverWords: Readonly<Record<'de' | 'en', HandOverWords>> = { de, en }
