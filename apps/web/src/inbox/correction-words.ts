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
}

export const correctionWords: Readonly<Record<'de' | 'en', CorrectionWords>> = { de, en }
