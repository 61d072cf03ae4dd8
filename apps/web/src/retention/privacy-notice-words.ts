import type { NoticeValue } from '@buergerdraht/contract'

const de = {
  title: 'Datenschutzhinweis',
  overview: 'Datenschutzhinweis ansehen und ändern',
  intro:
    'Wer zum ersten Mal schreibt, bekommt diesen Hinweis einmal als Nachricht (Art. 13 DSGVO), und nach jeder neuen Fassung mit der nächsten eigenen Nachricht wieder. Er zählt nicht als Antwort: Die Person wartet weiter auf das Amt. Wer nie geschrieben hat, bekommt nichts.',
  missing:
    'Es gilt noch kein Datenschutzhinweis: Wer schreibt, wird nicht informiert. Vor dem Echtbetrieb muss die Administration einen vorschlagen und der Datenschutz zustimmen.',
  untold: (n: number) =>
    `${n === 1 ? 'Eine Person hat' : `${n} Personen haben`} geschrieben und den Datenschutzhinweis nicht bekommen: Ein Kanal ist angehalten, oder die Zeit zum Antworten ist abgelaufen.`,
  inForce: (n: number, by: string, second: string, when: string) =>
    `Es gilt Fassung ${n}, vorgeschlagen von ${by}, gebilligt von ${second}, ${when}.`,
  somebody: 'jemandem, dessen Konto es nicht mehr gibt',
  proposed:
    'Eine Fassung ist vorgeschlagen und wartet unter „Vier-Augen“ auf die oder den Datenschutzbeauftragten.',
  told: 'Wer die geltende Fassung bekommen hat',
  counts: {
    delivered: 'zugestellt',
    underWay: 'unterwegs',
    failed: 'nicht zugestellt',
    unknown: 'ungewiss',
    waiting: 'noch nicht gesendet',
  },
  toldHint:
    'Was nicht zugestellt wurde, wird mit der nächsten Nachricht der Person noch einmal gesendet; was ungewiss ist, nie von selbst. Noch nicht gesendet ist es, solange ein Kanal angehalten oder die Zeit zum Antworten abgelaufen ist.',
  inForceText: 'Was die Leute jetzt lesen',
  proposedText: 'Was die Leute nach der Zustimmung lesen würden',
  preview: 'Vorschau: was die Leute lesen würden',
  onPhone: 'So steht es auf dem Telefon',
  easy: 'In Leichter Sprache, auf die Antwort LEICHT',
  noEasy: 'Einen Text in Leichter Sprache gibt es nicht. Wer LEICHT antwortet, bekommt nichts von selbst.',
  easyUntested:
    'Nicht geprüft: Leichte Sprache muss von Menschen geprüft werden, die sie brauchen (DIN SPEC 33429).',
  easyTested: (when: string) => `Von Menschen geprüft, die Leichte Sprache brauchen: ${when}`,
  editor: 'Ändern',
  editorHint: (names: string) =>
    `Wörter in geschweiften Klammern füllt das Programm aus: ${names}. {Behörde} und {Hinweise} müssen in jedem Text stehen.`,
  plainLabel: 'Text in einfachem Deutsch',
  englishLabel: 'Englischer Text',
  englishHint: 'Steht in derselben Nachricht unter dem deutschen. Leer: es gibt keinen.',
  easyLabel: 'Text in Leichter Sprache',
  easyHint: 'Eine kurze Aussage in jeder Zeile. Leer: es gibt keinen.',
  easyTestedLabel: 'Leichte Sprache geprüft am',
  easyTestedHint: 'Leer: noch nicht von der Zielgruppe geprüft.',
  optional: 'kann leer bleiben',
  values: {
    office: 'Verantwortliche Behörde',
    phone: 'Telefon statt WhatsApp',
    email: 'E-Mail statt WhatsApp',
    form: 'Formular statt WhatsApp',
    retention: 'Wie lange Chats bleiben',
    link: 'Adresse aller Datenschutzhinweise',
  } satisfies Record<NoticeValue, string>,
  valueHints: {
    office: 'mit Ort, wie im Impressum',
    phone: 'wo jemand abhebt',
    email: '',
    form: 'Adresse des Formulars',
    retention: 'etwa: 30 Tage',
    link: 'beginnt mit https://',
  } satisfies Record<NoticeValue, string>,
  standsFor: (name: string) => `steht für {${name}}`,
  faults: 'Daraus wird noch kein Datenschutzhinweis:',
  propose: 'Zur Zustimmung vorschlagen',
  discard: 'Änderungen verwerfen',
  draft: 'der Entwurf des Datenschutzhinweises',
}

export type PrivacyNoticeWords = typeof de

const en: PrivacyNoticeWords = {
  title: 'Privacy notice',
  overview: 'See and change the privacy notice',
  intro:
    'Whoever writes for the first time is sent this notice once as a message (Art. 13 GDPR), and again after each new version with their next message. It does not count as an answer: the person goes on waiting for the office. Who has never written is sent nothing.',
  missing:
    'No privacy notice is in force yet: whoever writes is not informed. Before real use the administrators have to propose one, and data protection has to agree.',
  untold: (n) =>
    `${n === 1 ? 'One person has' : `${n} people have`} written and not been sent the privacy notice: a channel is stopped, or the time for an answer has run out.`,
  inForce: (n, by, second, when) =>
    `Version ${n} is in force, proposed by ${by}, approved by ${second}, ${when}.`,
  somebody: 'somebody whose account is gone',
  proposed: 'A version has been proposed and waits for the data-protection officer under “Second person”.',
  told: 'Who has been sent the version in force',
  counts: {
    delivered: 'delivered',
    underWay: 'under way',
    failed: 'not delivered',
    unknown: 'uncertain',
    waiting: 'not sent yet',
  },
  toldHint:
    'What was not delivered is sent once more with the next message of the person; what is uncertain never by itself. It is not sent yet while a channel is stopped or the time for an answer has run out.',
  inForceText: 'What people read now',
  proposedText: 'What people would read after the approval',
  preview: 'Preview: what people would read',
  onPhone: 'As it stands on the phone',
  easy: 'In easy language, to the answer LEICHT',
  noEasy: 'There is no text in easy language. Who answers LEICHT is sent nothing by itself.',
  easyUntested: 'Not tested: easy language has to be tested by people who need it (DIN SPEC 33429).',
  easyTested: (when) => `Tested by people who need easy language: ${when}`,
  editor: 'Change',
  editorHint: (names) =>
    `The program fills in words in braces: ${names}. {Behörde} and {Hinweise} have to stand in every text.`,
  plainLabel: 'Text in plain German',
  englishLabel: 'English text',
  englishHint: 'Stands in the same message below the German one. Empty: there is none.',
  easyLabel: 'Text in easy language (Leichte Sprache)',
  easyHint: 'One short statement in each line. Empty: there is none.',
  easyTestedLabel: 'Easy language tested on',
  easyTestedHint: 'Empty: not tested by its readers yet.',
  optional: 'may stay empty',
  values: {
    office: 'Authority in charge',
    phone: 'Phone instead of WhatsApp',
    email: 'E-mail instead of WhatsApp',
    form: 'Form instead of WhatsApp',
    retention: 'How long chats are kept',
    link: 'Address of the whole privacy information',
  },
  valueHints: {
    office: 'with its town, as in the imprint',
    phone: 'where somebody answers',
    email: '',
    form: 'address of the form',
    retention: 'in German, for instance: 30 Tage',
    link: 'begins with https://',
  },
  standsFor: (name) => `stands for {${name}}`,
  faults: 'This is no privacy notice yet:',
  propose: 'Propose for approval',
  discard: 'Discard the changes',
  draft: 'the draft of the privacy notice',
}

export const privacyNoticeWords: Readonly<Record<'de' | 'en', PrivacyNoticeWords>> = { de, en }
