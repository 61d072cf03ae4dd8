const de = {
  title: 'Algorithmenkalender',
  overview: 'Ansehen und ändern, bis wann Verfahren als sicher gelten',
  intro:
    'Beweise halten nur so lange wie die Verfahren, auf denen sie ruhen. Hier steht zu jedem der letzte Tag, an dem es als geeignet gilt. Bevor er kommt, werden Zeitstempel und Nachweise erneuert; danach wird keinem neuen Zeitstempel mehr geglaubt, der darauf ruht.',
  builtIn:
    'Es gelten die Planungswerte, die das Programm mitbringt. Bitte mit den Veröffentlichungen von BSI (TR-02102), SOG-IS und Bundesnetzagentur vergleichen und den eigenen Kalender eintragen.',
  builtInSource: 'Planungswerte des Programms, nicht im Ganzen verglichen',
  decided: (by: string, second: string, when: string) =>
    `Vorgeschlagen von ${by}, gebilligt von ${second}, ${when}`,
  somebody: 'jemandem, dessen Konto es nicht mehr gibt',
  asOf: (day: string) => `Zuletzt angesehen am ${day}. Quelle:`,
  ending: (names: string) => `Endet innerhalb eines Jahres: ${names}`,
  columns: { name: 'Verfahren', until: 'Letzter Tag', left: 'Stand' },
  ended: 'beendet',
  left: (days: number) => (days === 1 ? 'noch 1 Tag' : `noch ${days} Tage`),
  hash: (name: string) =>
    `Prüfsumme ${name
      .toUpperCase()
      .replace('SHA1', 'SHA-1')
      .replace(/^SHA(\d{3})$/, 'SHA-$1')}`,
  signature: (scheme: string, bits: number) => `Unterschrift ${scheme}, Schlüssel ab ${bits} Bit`,
  copy: 'Kalender kopieren, für buergerdraht-verify --calendar',
  copied: 'Kopiert.',
  proposedTitle: 'Was vorgeschlagen ist',
  proposed: 'Der Kalender ist vorgeschlagen und wartet unter „Vier-Augen“ auf eine zweite Person.',
  change: 'Kalender ändern',
  changeHint:
    'Ein Verfahren, dessen letzter Tag vorbei ist, kann nicht wieder gelten. Der Vorschlag ersetzt den Kalender als Ganzes.',
  source: 'Quelle',
  sourceHint: 'Zum Beispiel: BSI TR-02102-1, Fassung 2027-01.',
  propose: 'Zur Zustimmung vorschlagen',
}
export type AlgorithmsPageWords = typeof de

const en: AlgorithmsPageWords = {
  title: 'Calendar of algorithms',
  overview: 'See and change until when algorithms are relied on',
  intro:
    'Proofs hold as long as the algorithms that they rest on. Here is the last day of each on which it is thought suitable. Before it comes time stamps and evidence are renewed; after it no new time stamp is believed that rests on it.',
  builtIn:
    'The planning values hold that the program brings along. Please compare them with what BSI (TR-02102), SOG-IS and Bundesnetzagentur publish, and enter a calendar of your own.',
  builtInSource: 'planning values of the program, not compared in full',
  decided: (by, second, when) => `Proposed by ${by}, approved by ${second}, ${when}`,
  somebody: 'somebody whose account is gone',
  asOf: (day) => `Looked at last on ${day}. Source:`,
  ending: (names) => `Ends within a year: ${names}`,
  columns: { name: 'Algorithm', until: 'Last day', left: 'State' },
  ended: 'ended',
  left: (days) => (days === 1 ? '1 day left' : `${days} days left`),
  hash: (name) =>
    `Hash ${name
      .toUpperCase()
      .replace('SHA1', 'SHA-1')
      .replace(/^SHA(\d{3})$/, 'SHA-$1')}`,
  signature: (scheme, bits) => `Signature ${scheme}, keys from ${bits} bits on`,
  copy: 'Copy the calendar, for buergerdraht-verify --calendar',
  copied: 'Copied.',
  proposedTitle: 'What is proposed',
  proposed: 'The calendar is proposed and waits under “Two persons” for a second person.',
  change: 'Change the calendar',
  changeHint:
    'An algorithm whose last day is over cannot be relied on again. The proposal replaces the calendar as a whole.',
  source: 'Source',
  sourceHint: 'For example: BSI TR-02102-1, version 2027-01.',
  propose: 'Propose for approval',
}

export const algorithmsPageWords: Readonly<Record<'de' | 'en', AlgorithmsPageWords>> = { de, en }
