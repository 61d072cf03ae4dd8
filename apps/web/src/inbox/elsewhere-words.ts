/** The words of noting that somebody was answered in another way. */
export const elsewhereWords = {
  de: {
    intro:
      'Es wird nichts gesendet. Die Person gilt damit als beantwortet, und der Eintrag steht im Gespräch.',
    way: 'Auf welchem Weg',
    at: 'Wann',
    atHint: 'Leer lassen, wenn es gerade eben war.',
    text: 'Was gesagt wurde',
    textHint:
      'Wird Teil des Gesprächs: findbar, zur Akte und mit ihm gelöscht. Adressen und Nummern, an die geantwortet wurde, gehören nicht hierher.',
    optional: 'freiwillig',
    notice: (version: number) => `Datenschutzhinweis beifügen (Fassung ${version})`,
    noticeHint:
      'Gesendet werden kann er nicht. Wer zum ersten Mal beantwortet wird, bekommt ihn mit der Antwort; am Telefon sagen Sie, wo er steht.',
    copyNotice: 'Datenschutzhinweis kopieren',
    note: 'Festhalten',
    noted: 'Festgehalten: Die Person wurde anders beantwortet.',
  },
  en: {
    intro: 'Nothing is sent. The person counts as answered, and the entry stands in the conversation.',
    way: 'In which way',
    at: 'When',
    atHint: 'Leave it empty if it was just now.',
    text: 'What was said',
    textHint:
      'Becomes part of the conversation: found, filed and deleted with it. Addresses and numbers that the answer went to do not belong here.',
    optional: 'optional',
    notice: (version: number) => `Add the privacy notice (version ${version})`,
    noticeHint:
      'It cannot be sent. Whoever is answered for the first time gets it with the answer; on the telephone, say where it can be read.',
    copyNotice: 'Copy the privacy notice',
    note: 'Note it',
    noted: 'Noted: the person was answered elsewhere.',
  },
} as const
