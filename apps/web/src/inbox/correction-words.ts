const de = {
  mark: 'Berichtigung vermerken',
  title: 'Berichtigung vermerken (Art. 16 DSGVO)',
  what: 'Wovon?',
  ofMessage: 'von dieser Nachricht',
  ofMatter: 'vom Vorgang insgesamt, etwa Name oder Anschrift der Person',
  contested: 'Was bestreitet die Person?',
  correct: 'Was ist nach ihren Angaben richtig?',
  stays: 'Was geschrieben wurde, bleibt unverändert stehen. Der Vermerk steht dabei, auch in Auskünften.',
  done: 'Die Berichtigung ist vermerkt.',
  entry: 'Berichtigung',
  said: (contested: string, correct: string) =>
    `Bestritten: ${contested}. Richtig nach Angaben der Person: ${correct}.`,
  by: (name: string, when: string) => `Vermerkt von ${name}, ${when}`,
  somebody: 'jemandem, der nicht mehr hier arbeitet',
  withdrawnEntry: 'Berichtigung (zurückgenommen)',
  replacedEntry: 'Berichtigung (ersetzt)',
  withdrawnBy: (name: string, when: string, reason: string) =>
    `Zurückgenommen von ${name}, ${when}. Grund: ${reason}`,
  replacedBy: (name: string, when: string, reason: string) =>
    `Ersetzt von ${name}, ${when}. Grund: ${reason}`,
  withdraw: 'Vermerk zurücknehmen oder ersetzen',
  how: 'Was soll gelten?',
  nothing: 'Der Vermerk gilt nicht mehr',
  another: 'An seiner Stelle gilt ein anderer Vermerk',
  reason: 'Warum?',
  withdrawnStays:
    'Der Vermerk bleibt lesbar, mit Grund und Datum, auch in Auskünften. Was schon versiegelt ist, bleibt, wie es ist; ein Folgepaket sagt, was sich geändert hat.',
  withdrawNow: 'Zurücknehmen',
  replaceNow: 'Ersetzen',
  withdrawn: 'Der Vermerk ist zurückgenommen.',
  replaced: 'Der Vermerk ist ersetzt.',
}

type CorrectionWords = typeof de

const en: CorrectionWords = {
  mark: 'Mark a correction',
  title: 'Mark a correction (Art. 16 GDPR)',
  what: 'Of what?',
  ofMessage: 'of this message',
  ofMatter: 'of the matter as a whole, for example the person’s name or address',
  contested: 'What does the person contest?',
  correct: 'What do they say is right?',
  stays: 'What was written stays unchanged. The mark stands beside it, in copies for the person too.',
  done: 'The correction has been marked.',
  entry: 'Correction',
  said: (contested, correct) => `Contested: ${contested}. Right, as the person says: ${correct}.`,
  by: (name, when) => `Marked by ${name}, ${when}`,
  somebody: 'somebody who no longer works here',
  withdrawnEntry: 'Correction (withdrawn)',
  replacedEntry: 'Correction (replaced)',
  withdrawnBy: (name, when, reason) => `Withdrawn by ${name}, ${when}. Reason: ${reason}`,
  replacedBy: (name, when, reason) => `Replaced by ${name}, ${when}. Reason: ${reason}`,
  withdraw: 'Withdraw or replace the mark',
  how: 'What should count?',
  nothing: 'The mark counts no more',
  another: 'Another mark counts in its place',
  reason: 'Why?',
  withdrawnStays:
    'The mark can still be read, with reason and date, in copies for the person too. What is sealed already stays as it is; a further package says what has changed.',
  withdrawNow: 'Withdraw',
  replaceNow: 'Replace',
  withdrawn: 'The mark is withdrawn.',
  replaced: 'The mark is replaced.',
}

export const correctionWords: Readonly<Record<'de' | 'en', CorrectionWords>> = { de, en }
