import type { Reply } from '../api.ts'

type Request = Reply<'listRequests'>['items'][number]
type Decision = NonNullable<Request['decision']>

type Part = Request['part']
type Counts = Pick<NonNullable<Part>, 'messages' | 'files'>

/** `2 Nachrichten, 1 Datei` */
function counted(
  { messages, files }: Counts,
  [message, ofMessages, file, ofFiles]: readonly [string, string, string, string],
): string {
  return [
    ...(messages === 0 ? [] : [`${messages} ${messages === 1 ? message : ofMessages}`]),
    ...(files === 0 ? [] : [`${files} ${files === 1 ? file : ofFiles}`]),
  ].join(', ')
}

const de = {
  title: 'Betroffenenanfragen',
  intro:
    'Wer Auskunft, Berichtigung, Löschung, Einschränkung oder seine Daten verlangt, bekommt binnen eines Monats Antwort (Art. 12 Abs. 3 DSGVO). Hier stehen keine Inhalte und keine Namen.',
  state: (open: number, overdue: number) =>
    overdue > 0
      ? `${overdue} von ${open} offenen Anfragen ${overdue === 1 ? 'ist' : 'sind'} überfällig.`
      : open === 0
        ? 'Keine Anfrage ist offen.'
        : `${open === 1 ? 'Eine Anfrage ist' : `${open} Anfragen sind`} offen, keine überfällig.`,
  open: 'Zu beantworten, die dringendste zuerst',
  none: 'Keine Anfrage wartet auf eine Antwort.',
  closed: 'Beantwortet',
  noneClosed: 'Noch keine Anfrage ist beantwortet.',
  received: 'Eingegangen',
  how: 'Weg',
  about: 'Worum es geht',
  partOf: (part: Part) =>
    part === null
      ? 'alles von dieser Person'
      : `ausgewählt: ${counted(part, ['Nachricht', 'Nachrichten', 'Datei', 'Dateien'])}`,
  choose: 'Auswählen, worum es geht',
  chooseTitle: 'Worum geht es bei der Löschung?',
  chooseIntro:
    'Wer nur einen Teil gelöscht haben will, bekommt nur ihn gelöscht. Wählen Sie Nachrichten, dann gehen ihre Dateien mit; oder einzelne Dateien, dann bleibt ihre Nachricht, und an ihr steht, wann und nach welcher Regel die Datei gelöscht wurde. Damit wird noch nichts gelöscht: Darüber wird danach entschieden.',
  withoutContent:
    'Inhalte sehen Sie hier nicht. Nennt die Person einen Zeitpunkt, finden Sie die Nachricht daran.',
  messages: 'Nachrichten und Dateien, die neuesten zuerst',
  noMessages: 'Von dieser Person ist hier keine Nachricht zu sehen.',
  fileAlone: (name: string) => `Nur die Datei: ${name}`,
  goesAlong: 'geht mit der Nachricht',
  nowChosen: (part: Counts) =>
    part.messages + part.files === 0
      ? 'Noch ist nichts ausgewählt.'
      : `Ausgewählt: ${counted(part, ['Nachricht', 'Nachrichten', 'Datei', 'Dateien'])}.`,
  nothingChosen: 'Wählen Sie Nachrichten oder Dateien aus, oder sagen Sie, dass es um alles geht.',
  savePart: 'Nur darum geht es',
  saveAll: 'Es geht um alles',
  partSaved: 'Festgehalten, worum es geht.',
  unsaved: 'eine Auswahl, worum es bei der Löschung geht',
  partWaits:
    'Solange nicht entschieden ist, ob ein Vorgang in die Akte gehört, bleibt auch das Ausgewählte daraus; es sei denn, es wurde unrechtmäßig verarbeitet (Buchst. d).',
  recognised: 'in einer Nachricht erkannt',
  taken: 'von einer Person aufgenommen',
  due: 'Zu beantworten bis',
  left: (days: number) =>
    days < 0
      ? 'Die Frist ist abgelaufen.'
      : days === 0
        ? 'Die Frist endet heute.'
        : days === 1
          ? 'Noch ein Tag.'
          : `Noch ${days} Tage.`,
  extended: 'Frist verlängert',
  identity: 'Identität',
  unconfirmed: 'noch nicht bestätigt',
  ways: {
    SAME_CHAT: 'im selben Chat bestätigt',
    IN_PERSON: 'persönlich bestätigt',
  } satisfies Record<NonNullable<Request['identity']>['way'], string>,
  decision: 'Entscheidung',
  outcomes: {
    GRANTED: 'stattgegeben',
    REFUSED: 'abgelehnt',
    NOT_MEANT: 'war kein Antrag',
  } satisfies Record<Decision['outcome'], string>,
  answered: 'Beantwortet am',
  matter: 'Zum Vorgang',
  confirm: 'Identität bestätigen',
  way: 'Wie wurde sie geprüft?',
  reason: 'Grund der Verlängerung',
  reasons: {
    COMPLEXITY: 'Der Antrag ist komplex',
    NUMBER: 'Es liegen viele Anträge vor',
  } satisfies Record<NonNullable<Request['extended']>['reason'], string>,
  extend: 'Um zwei Monate verlängern',
  told: 'Die Person ist benachrichtigt, mit Grund.',
  outcome: 'Wie wird entschieden?',
  ground: 'Grund der Löschung',
  grounds: {
    ART17_1A: 'nicht mehr notwendig (Art. 17 Abs. 1 Buchst. a)',
    ART17_1B: 'Einwilligung widerrufen (Buchst. b)',
    ART17_1C: 'Widerspruch (Buchst. c)',
    ART17_1D: 'unrechtmäßig verarbeitet (Buchst. d)',
    ART17_1E: 'rechtliche Pflicht zur Löschung (Buchst. e)',
    ART17_1F: 'Dienst für ein Kind (Buchst. f)',
  } satisfies Record<NonNullable<Decision['ground']>, string>,
  exception: 'Grund der Ablehnung',
  exceptions: {
    ART17_3A: 'freie Meinungsäußerung und Information (Art. 17 Abs. 3 Buchst. a)',
    ART17_3B: 'rechtliche Verpflichtung oder öffentliche Aufgabe (Buchst. b)',
    ART17_3C: 'öffentliche Gesundheit (Buchst. c)',
    ART17_3D: 'Archivzwecke (Buchst. d)',
    ART17_3E: 'Rechtsansprüche (Buchst. e)',
    ART12_2: 'Person nicht identifizierbar (Art. 12 Abs. 2)',
    ART12_5: 'offensichtlich unbegründet oder exzessiv (Art. 12 Abs. 5)',
  } satisfies Record<NonNullable<Decision['exception']>, string>,
  decide: 'Entscheiden',
  erasureFollows:
    'Die Entscheidung löscht nichts. Danach planen Sie hier den Löschlauf; eine zweite Person gibt ihn frei.',
  matters: {
    goes: (n: number) =>
      n === 0
        ? 'Kein Vorgang würde gelöscht.'
        : n === 1
          ? 'Ein Vorgang würde gelöscht.'
          : `${n} Vorgänge würden gelöscht.`,
    inRun: (n: number) =>
      n === 1
        ? 'Über einen Vorgang ist ein Löschlauf geplant. Wie weit er ist, steht unter „Löschläufe“.'
        : `Über ${n} Vorgänge ist ein Löschlauf geplant. Wie weit er ist, steht unter „Löschläufe“.`,
  },
  chosen: {
    goes: (n: number) =>
      n === 0
        ? 'Von dem Ausgewählten würde nichts gelöscht.'
        : n === 1
          ? 'Von dem Ausgewählten würde eines gelöscht: eine Nachricht mit ihren Dateien oder eine Datei allein.'
          : `Von dem Ausgewählten würden ${n} gelöscht: Nachrichten mit ihren Dateien oder Dateien allein.`,
    inRun: (n: number) =>
      n === 1
        ? 'Über eines davon ist ein Löschlauf geplant. Wie weit er ist, steht unter „Löschläufe“.'
        : `Über ${n} davon ist ein Löschlauf geplant. Wie weit er ist, steht unter „Löschläufe“.`,
  },
  gone: (n: number) => (n === 1 ? 'Eines davon gibt es nicht mehr.' : `${n} davon gibt es nicht mehr.`),
  stays: (n: number) => (n === 1 ? 'Einer bleibt:' : `${n} bleiben:`),
  plan: 'Löschlauf planen',
  planned: 'Geplant. Unter „Vier-Augen“ entscheidet eine zweite Person.',
  close: 'Als beantwortet festhalten',
  toldAnswer: 'Die Person hat die Antwort.',
  done: 'Festgehalten.',
  copy: 'Kopie der Daten',
  teams: 'Teil der Kopie',
  made: (day: string) => `erstellt am ${day}`,
  notMade: 'noch nicht erstellt',
  review: 'Durchsehen und schwärzen',
  download: (format: string) => `Kopie erstellen (${format})`,
  making: 'Die Kopie wird erstellt …',
  kept: 'Die Kopie entsteht bei jedem Herunterladen neu und wird hier nicht aufbewahrt. Löschen Sie sie bei sich, sobald die Person sie hat.',
  restrict: 'Einschränkung setzen',
  restrictGround: 'Grund der Einschränkung',
  reviewOn: 'Wiedervorlage am',
  restrictFollows:
    'Ab dann sind alle Vorgänge dieser Person ausgeblendet und werden nicht gelöscht. Aufgehoben wird sie unter „Sperren“, von zwei Personen, und erst, wenn die Person davon weiß (Art. 18 Abs. 3 DSGVO).',
  restriction: 'Einschränkung',
  restrictionOn: 'gesetzt',
  restrictionEnded: (day: string) => `aufgehoben am ${day}`,
  letter: 'Schreiben über die Löschung',
  letterPdf: 'Als PDF herunterladen',
  letterText: 'Als Text herunterladen',
  letterSend: 'Im Chat senden',
  letterSent: 'Das Schreiben ist unterwegs.',
  back: 'Zurück zu den Anträgen',
  reviewTitle: 'Was gehört anderen Personen?',
  reviewIntro:
    'Eine Kopie darf die Rechte anderer nicht beeinträchtigen (Art. 15 Abs. 4, Art. 20 Abs. 4 DSGVO). Markiert ist, was ein Programm erkennt: Nummern, Adressen, Kontaktkarten; dazu jede Datei. Namen erkennt es nicht, die finden nur Sie. Was Sie schwärzen, steht nirgends in der Kopie.',
  toDecide: (n: number) =>
    n === 0
      ? 'Alles ist entschieden.'
      : n === 1
        ? 'Eine Stelle ist zu entscheiden.'
        : `${n} Stellen sind zu entscheiden.`,
  elsewhere: (team: string, n: number) =>
    n === 1
      ? `Ein Vorgang bei ${team}: Dessen Teil erstellt, wer ihn dort sieht.`
      : `${n} Vorgänge bei ${team}: Deren Teil erstellt, wer sie dort sieht.`,
  parts: 'Stellen und Dateien',
  showOpen: 'Nur zu entscheidende',
  showAll: 'Alles',
  show: 'Anzeigen',
  nothingOpen: 'Hier ist nichts mehr zu entscheiden.',
  of: {
    message: 'Nachricht',
    'earlier-wording': 'früherer Wortlaut',
    file: 'Datei',
    note: 'begonnene Antwort',
    correction: 'Vermerk zur Berichtigung',
  },
  from: { person: 'von der Person', office: 'vom Amt' },
  openFile: 'Datei ansehen',
  blacken: 'Schwärzen',
  leave: 'Belassen',
  blackened: 'geschwärzt',
  leftAsIs: 'belassen',
  whole: 'ganzer Text',
  wholeFile: 'ganze Datei',
  blackenWhole: 'Ganzen Text schwärzen',
  words: 'Wörter, die geschwärzt werden',
  notInText: 'Diese Wörter stehen nicht in diesem Text.',
  more: 'Weitere zeigen',
}

export type RequestsWords = typeof de

const en: RequestsWords = {
  title: 'Data subject requests',
  intro:
    'Whoever asks for access, rectification, erasure, restriction or their data is answered within a month (Art. 12(3) GDPR). Neither content nor names stand here.',
  state: (open, overdue) =>
    overdue > 0
      ? `${overdue} of ${open} open requests ${overdue === 1 ? 'is' : 'are'} overdue.`
      : open === 0
        ? 'No request is open.'
        : `${open === 1 ? 'One request is' : `${open} requests are`} open, none overdue.`,
  open: 'To be answered, the most urgent first',
  none: 'No request waits for an answer.',
  closed: 'Answered',
  noneClosed: 'No request has been answered yet.',
  received: 'Received',
  how: 'How',
  about: 'What it is about',
  partOf: (part) =>
    part === null
      ? 'everything of this person'
      : `chosen: ${counted(part, ['message', 'messages', 'file', 'files'])}`,
  choose: 'Choose what it is about',
  chooseTitle: 'What is the erasure about?',
  chooseIntro:
    'Whoever wants a part erased has only that erased. Choose messages, and their files go with them; or single files, and their message stays and says when and under which rule the file was erased. Nothing is erased by this: that is decided afterwards.',
  withoutContent: 'You see no content here. Where the person names a time, you find the message by it.',
  messages: 'Messages and files, the newest first',
  noMessages: 'No message of this person can be seen here.',
  fileAlone: (name) => `Only the file: ${name}`,
  goesAlong: 'goes with the message',
  nowChosen: (part) =>
    part.messages + part.files === 0
      ? 'Nothing is chosen yet.'
      : `Chosen: ${counted(part, ['message', 'messages', 'file', 'files'])}.`,
  nothingChosen: 'Choose messages or files, or say that it is about everything.',
  savePart: 'It is about these alone',
  saveAll: 'It is about everything',
  partSaved: 'Written down what it is about.',
  unsaved: 'a choice of what the erasure is about',
  partWaits:
    'As long as nobody has decided whether a matter belongs to a file, what was chosen of it stays too; unless it was unlawfully processed (d).',
  recognised: 'recognised in a message',
  taken: 'taken up by somebody',
  due: 'To be answered by',
  left: (days) =>
    days < 0
      ? 'The period has ended.'
      : days === 0
        ? 'The period ends today.'
        : days === 1
          ? 'One day left.'
          : `${days} days left.`,
  extended: 'Period extended',
  identity: 'Identity',
  unconfirmed: 'not confirmed yet',
  ways: { SAME_CHAT: 'confirmed in the same chat', IN_PERSON: 'confirmed in person' },
  decision: 'Decision',
  outcomes: { GRANTED: 'granted', REFUSED: 'refused', NOT_MEANT: 'was no request' },
  answered: 'Answered on',
  matter: 'To the matter',
  confirm: 'Confirm identity',
  way: 'How was it checked?',
  reason: 'Reason of the extension',
  reasons: { COMPLEXITY: 'The request is complex', NUMBER: 'There are many requests' },
  extend: 'Extend by two months',
  told: 'The person has been told, with the reason.',
  outcome: 'What is decided?',
  ground: 'Ground of the erasure',
  grounds: {
    ART17_1A: 'no longer necessary (Art. 17(1)(a))',
    ART17_1B: 'consent withdrawn (b)',
    ART17_1C: 'objection (c)',
    ART17_1D: 'processed unlawfully (d)',
    ART17_1E: 'legal obligation to erase (e)',
    ART17_1F: 'service offered to a child (f)',
  },
  exception: 'Ground of the refusal',
  exceptions: {
    ART17_3A: 'freedom of expression and information (Art. 17(3)(a))',
    ART17_3B: 'legal obligation or public task (b)',
    ART17_3C: 'public health (c)',
    ART17_3D: 'archiving purposes (d)',
    ART17_3E: 'legal claims (e)',
    ART12_2: 'person cannot be identified (Art. 12(2))',
    ART12_5: 'manifestly unfounded or excessive (Art. 12(5))',
  },
  decide: 'Decide',
  erasureFollows:
    'The decision deletes nothing. Afterwards you plan the deletion run here; a second person approves it.',
  matters: {
    goes: (n) =>
      n === 0
        ? 'No matter would be deleted.'
        : n === 1
          ? 'One matter would be deleted.'
          : `${n} matters would be deleted.`,
    inRun: (n) =>
      `A deletion run is planned over ${n === 1 ? 'one matter' : `${n} matters`}. How far it is stands under “Deletion runs”.`,
  },
  chosen: {
    goes: (n) =>
      n === 0
        ? 'Nothing of what was chosen would be deleted.'
        : n === 1
          ? 'One of what was chosen would be deleted: a message with its files, or a file alone.'
          : `${n} of what was chosen would be deleted: messages with their files, or files alone.`,
    inRun: (n) => `A deletion run is planned over ${n} of these. How far it is stands under “Deletion runs”.`,
  },
  gone: (n) => (n === 1 ? 'One of these is there no more.' : `${n} of these are there no more.`),
  stays: (n) => (n === 1 ? 'One stays:' : `${n} stay:`),
  plan: 'Plan a deletion run',
  planned: 'Planned. Under “Second person” somebody else decides.',
  close: 'Write down that it is answered',
  toldAnswer: 'The person has the answer.',
  done: 'Written down.',
  copy: 'Copy of the data',
  teams: 'Part of the copy',
  made: (day) => `made on ${day}`,
  notMade: 'not made yet',
  review: 'Look through and black out',
  download: (format) => `Make the copy (${format})`,
  making: 'The copy is being made …',
  kept: 'The copy is made anew with each download and is not kept here. Delete yours as soon as the person has it.',
  restrict: 'Set the restriction',
  restrictGround: 'Ground of the restriction',
  reviewOn: 'Look again on',
  restrictFollows:
    'From then on all matters of this person are hidden and are not deleted. It is lifted under “Holds”, by two persons, and only once the person knows of it (Art. 18(3) GDPR).',
  restriction: 'Restriction',
  restrictionOn: 'set',
  restrictionEnded: (day) => `lifted on ${day}`,
  letter: 'Letter about the erasure',
  letterPdf: 'Download as PDF',
  letterText: 'Download as text',
  letterSend: 'Send in the chat',
  letterSent: 'The letter is on its way.',
  back: 'Back to the requests',
  reviewTitle: 'What belongs to other people?',
  reviewIntro:
    'A copy must not adversely affect the rights of others (Art. 15(4), Art. 20(4) GDPR). Marked is what a program recognises: numbers, addresses, contact cards; and every file. It knows no names: only you find those. What you black out is nowhere in the copy.',
  toDecide: (n) =>
    n === 0
      ? 'Everything is decided.'
      : n === 1
        ? 'One place is to be decided.'
        : `${n} places are to be decided.`,
  elsewhere: (team, n) =>
    n === 1
      ? `One matter with ${team}: whoever sees it there makes its part.`
      : `${n} matters with ${team}: whoever sees them there makes their part.`,
  parts: 'Passages and files',
  showOpen: 'Only what is to be decided',
  showAll: 'Everything',
  show: 'Show',
  nothingOpen: 'Nothing is left to be decided here.',
  of: {
    message: 'message',
    'earlier-wording': 'earlier wording',
    file: 'file',
    note: 'answer that was begun',
    correction: 'mark of correction',
  },
  from: { person: 'of the person', office: 'of the office' },
  openFile: 'Look at the file',
  blacken: 'Black out',
  leave: 'Leave',
  blackened: 'blacked out',
  leftAsIs: 'left as it is',
  whole: 'the whole text',
  wholeFile: 'the whole file',
  blackenWhole: 'Black out the whole text',
  words: 'Words that are blacked out',
  notInText: 'These words are not in this text.',
  more: 'Show more',
}

/** The words of this desk alone; they come with it. */
export const requestsWords: Readonly<Record<'de' | 'en', RequestsWords>> = { de, en }
