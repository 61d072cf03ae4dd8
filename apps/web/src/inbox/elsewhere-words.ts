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
    note: 'Note it',
    noted: 'Noted: the person was answered elsewhere.',
  },
} as const
