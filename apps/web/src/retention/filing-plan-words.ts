const de = {
  title: 'Aktenplan',
  intro:
    'Wie lange aufbewahrt wird, was zur Akte gegeben ist: nach dem Eintrag, mit dem das Aktenzeichen beginnt. Einträge ohne Frist sind Überschriften; darunter gilt die Frist des Eintrags darüber.',
  none: 'Es gibt noch keinen Aktenplan. Vorgänge, die zur Akte gegeben werden, warten so lange auf ihre Frist.',
  inForce: (n: number, by: string, second: string, when: string) =>
    `Fassung ${n}, vorgeschlagen von ${by}, gebilligt von ${second}, ${when}`,
  somebody: 'jemandem, dessen Konto es nicht mehr gibt',
  waiting: (n: number) =>
    n === 0
      ? 'Für jeden Vorgang, der zur Akte gegeben ist, steht die Frist fest.'
      : `${n === 1 ? 'Ein Vorgang wartet' : `${n} Vorgänge warten`} auf eine Frist: Der Aktenplan kennt das Aktenzeichen nicht. Ergänzen Sie den Aktenplan, oder lassen Sie im Team das Aktenzeichen berichtigen.`,
  overview: 'Aktenplan ansehen und ändern',
  reference: 'Kennzeichen',
  name: 'Bezeichnung',
  period: 'Frist',
  years: (n: number | null) => (n === null ? 'wie darüber' : n === 1 ? '1 Jahr' : `${n} Jahre`),
  periodOf: (reference: string) => `Frist für ${reference}`,
  remove: (reference: string) => `${reference} entfernen`,
  find: 'Einträge suchen',
  more: (n: number) => `${n} weitere Einträge. Suchen Sie nach Kennzeichen oder Bezeichnung.`,
  noMatch: 'Kein Eintrag passt.',
  missing: 'Bitte ausfüllen.',
  add: 'Eintrag hinzufügen',
  import: 'Aus einer Datei übernehmen (CSV)',
  importHint:
    'Die erste Zeile nennt die Spalten Kennzeichen, Bezeichnung und Aufbewahrungsfrist. Fristen sind ganze Jahre, „dauernd“ oder leer. Die Datei ersetzt den ganzen Entwurf.',
  imported: (n: number) =>
    `${n} Einträge übernommen. Sie gelten erst, wenn sie vorgeschlagen und gebilligt sind.`,
  rounded: (n: number) =>
    `${n === 1 ? 'Eine Frist ist' : `${n} Fristen sind`} keine Standardfrist und auf die nächstlängere gesetzt:`,
  roundedOne: (line: number, reference: string, from: string, to: number) =>
    `Zeile ${line}, ${reference}: ${from} wird ${to === 1 ? '1 Jahr' : `${to} Jahre`}`,
  faults: 'Die Datei kann so nicht übernommen werden:',
  place: (line: string, column: string | undefined) =>
    column === undefined ? `Zeile ${line}` : `Zeile ${line}, Spalte ${column}`,
  tooLarge: 'Die Datei ist größer als 512 KB.',
  draftPlan: 'Der Entwurf des Aktenplans',
  draft: 'Was sich ändert',
  added: (n: number) => `${n} neu`,
  removed: (n: number) => `${n} entfernt`,
  changed: (n: number) => `${n} geändert`,
  shorter: (n: number) =>
    `davon ${n} mit kürzerer Frist; sie gilt nur für Vorgänge, die danach abgeschlossen werden`,
  propose: 'Zur Zustimmung vorschlagen',
  discard: 'Änderungen verwerfen',
  proposed:
    'Ein Aktenplan ist vorgeschlagen und wartet unter „Vier-Augen“ auf die oder den Datenschutzbeauftragten.',
  proposedPlan: 'Der vorgeschlagene Aktenplan',
  inForcePlan: 'Der geltende Aktenplan',
}

export type FilingPlanWords = typeof de

const en: FilingPlanWords = {
  title: 'Filing plan',
  intro:
    'How long what goes to the file is kept: by the entry with which its file reference begins. Entries without a period are headings; below them holds the period of the entry above.',
  none: 'There is no filing plan yet. Matters that go to a file wait for their period until there is.',
  inForce: (n, by, second, when) => `Version ${n}, proposed by ${by}, approved by ${second}, ${when}`,
  somebody: 'somebody whose account is gone',
  waiting: (n) =>
    n === 0
      ? 'Of every matter that goes to a file the period is settled.'
      : `${n === 1 ? 'One matter waits' : `${n} matters wait`} for a period: the filing plan does not know the file reference. Add to the plan, or have the team put the reference right.`,
  overview: 'See and change the filing plan',
  reference: 'Reference',
  name: 'Title',
  period: 'Period',
  years: (n) => (n === null ? 'as above' : n === 1 ? '1 year' : `${n} years`),
  periodOf: (reference) => `Period for ${reference}`,
  remove: (reference) => `Remove ${reference}`,
  find: 'Find entries',
  more: (n) => `${n} more entries. Search by reference or title.`,
  noMatch: 'No entry fits.',
  missing: 'Please fill in.',
  add: 'Add an entry',
  import: 'Take over from a file (CSV)',
  importHint:
    'The first line names the columns reference, title and period. Periods are whole years, “permanent” or empty. The file replaces the whole draft.',
  imported: (n) => `${n} entries taken over. They hold once they are proposed and approved.`,
  rounded: (n) =>
    `${n === 1 ? 'One period is' : `${n} periods are`} no standard period and set to the next longer one:`,
  roundedOne: (line, reference, from, to) =>
    `Line ${line}, ${reference}: ${from} becomes ${to === 1 ? '1 year' : `${to} years`}`,
  faults: 'The file cannot be taken over like this:',
  place: (line, column) => (column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`),
  tooLarge: 'The file is larger than 512 KB.',
  draftPlan: 'The draft of the filing plan',
  draft: 'What changes',
  added: (n) => `${n} new`,
  removed: (n) => `${n} removed`,
  changed: (n) => `${n} changed`,
  shorter: (n) => `${n} of them with a shorter period; it holds only for matters that are closed after that`,
  propose: 'Propose for agreement',
  discard: 'Discard changes',
  proposed: 'A filing plan is proposed, and waits for the data-protection officer under “Second person”.',
  proposedPlan: 'The proposed filing plan',
  inForcePlan: 'The filing plan in force',
}

/** The words of the filing plan's page; they come with it. */
export const filingPlanWords: Readonly<Record<'de' | 'en', FilingPlanWords>> = { de, en }
