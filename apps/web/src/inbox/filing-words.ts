import type { Needs } from '../api.ts'

type Relevance = Needs<'decideFiling'>['body']['relevance']

const de = {
  question: 'Gehört der Vorgang zur Akte?',
  choices: {
    none: 'Nein, keine Akte',
    'to-file': 'Ja, zur Akte nehmen',
    'already-filed': 'Ist schon in der Akte',
  } satisfies Record<Relevance, string> as Record<Relevance, string>,
  reference: 'Aktenzeichen',
  optional: 'freiwillig',
  missing: 'Bitte geben Sie das Aktenzeichen an.',
  help: 'Hilfe bei der Entscheidung',
  helpLead: 'Muss man später nachvollziehen können, …',
  signs: [
    'warum das Amt tätig geworden ist?',
    'wer wann und wie beteiligt war?',
    'welche Möglichkeiten es gab?',
    'was aus welchen Gründen entschieden wurde?',
  ],
  procedure:
    'Beginnt damit ein Verfahren, etwa ein Antrag oder ein Widerspruch? Das geht auch ohne Formular.',
  forFile: 'Das spricht dafür, den Vorgang zur Akte zu nehmen.',
  forNone: 'Nichts davon: Der Vorgang braucht keine Akte.',
  follows: {
    none: 'Wird nach Ablauf der Frist gelöscht, Dateien früher.',
    'to-file': 'Bleibt, solange der Aktenplan es vorsieht.',
    'already-filed': 'Unsere Kopie wird bald gelöscht; die Akte bleibt.',
  } satisfies Record<Relevance, string> as Record<Relevance, string>,
  entry: 'Akte',
  undecided: 'Noch nicht entschieden',
  due: 'Zu löschen',
  dueOn: (day: string) => `ab ${day}`,
  dueWaits: 'wartet auf die Akte',
  change: 'Akte ändern',
  decide: 'Akte entscheiden',
  save: 'Speichern',
  saved: 'Die Entscheidung zur Akte ist gespeichert.',
}

export type FilingWords = typeof de

const en: FilingWords = {
  question: 'Does the matter belong to a file?',
  choices: {
    none: 'No, no file',
    'to-file': 'Yes, take it to the file',
    'already-filed': 'It is in the file already',
  },
  reference: 'File reference',
  optional: 'optional',
  missing: 'Please give the file reference.',
  help: 'Help with the decision',
  helpLead: 'Must it be possible to see later …',
  signs: [
    'why the office acted?',
    'who took part, when and how?',
    'which options there were?',
    'what was decided, for which reasons?',
  ],
  procedure: 'Does a procedure begin with it, like an application or an objection? It takes no form.',
  forFile: 'That speaks for taking the matter to the file.',
  forNone: 'None of these: the matter needs no file.',
  follows: {
    none: 'Will be deleted when its period has ended, files earlier.',
    'to-file': 'Stays for as long as the filing plan says.',
    'already-filed': 'Our copy will be deleted soon; the file stays.',
  },
  entry: 'File',
  undecided: 'Not decided yet',
  due: 'To be deleted',
  dueOn: (day) => `from ${day}`,
  dueWaits: 'waits for the file',
  change: 'Change the file',
  decide: 'Decide about the file',
  save: 'Save',
  saved: 'The decision about the file is saved.',
}

/** The words of deciding whether a matter belongs to a file. */
export const filingWords: Readonly<Record<'de' | 'en', FilingWords>> = { de, en }
