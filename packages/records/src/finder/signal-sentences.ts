import type { Sentence } from '../law/person.ts'
import type { SignalDetail } from './signal.ts'

/** What each hint says, without figures: so that whoever keeps codes alone can still say why. */
export const signalSentences: Readonly<Record<SignalDetail, Sentence>> = {
  SILENT: {
    de: 'Seit langem schreibt niemand, und der Vorgang ist nicht abgeschlossen.',
    en: 'Nobody has written for a long time, and the matter is not closed.',
  },
  CLOSED_UNDECIDED: {
    de: 'Abgeschlossen, aber niemand hat entschieden, ob er zur Akte gehört.',
    en: 'Closed, but nobody has decided whether it belongs to a file.',
  },
  LAST_MESSAGE_IS_THANKS: {
    de: 'Die letzte Nachricht ist nur noch ein Dank oder eine Bestätigung.',
    en: 'The last message only says thanks or yes.',
  },
  NEITHER_FILE_NOR_NOTE: {
    de: 'Der Vorgang hat weder ein Aktenzeichen noch einen Vermerk.',
    en: 'The conversation has neither a file reference nor a note.',
  },
  MEDIA_WITHOUT_REFERENCE: {
    de: 'Es gibt Dateien ohne zugehörige Nachricht.',
    en: 'There are files that belong to no message.',
  },
  PERSONAL_DATA: { de: 'Personenbezogene Daten erkannt.', en: 'Personal data recognised.' },
  SPECIAL_CATEGORY: {
    de: 'Hinweise auf besondere Kategorien erkannt (Art. 9, 10 DSGVO).',
    en: 'Hints at special categories recognised (Art. 9, 10 GDPR).',
  },
  SPAM: { de: 'Sieht nach Werbung oder Betrug aus.', en: 'Looks like advertising or fraud.' },
  MISDIRECTED: {
    de: 'War nach eigener Angabe nicht für das Amt bestimmt.',
    en: 'Was not meant for the office, as the sender says.',
  },
  OTHER_MUNICIPALITY: {
    de: 'Betrifft nach den Angaben eine andere Gemeinde.',
    en: 'Concerns another municipality, by what was written.',
  },
  DUPLICATE: {
    de: 'Alle Nachrichten stehen wortgleich oder fast wortgleich in einem anderen Vorgang.',
    en: 'All messages stand word for word, or nearly so, in another conversation.',
  },
  CONTACT_WITHOUT_CONVERSATION: {
    de: 'Zu diesem Kontakt gibt es keinen Vorgang mehr.',
    en: 'No conversation belongs to this contact any more.',
  },
  HOLD_EXPIRED: { de: 'Eine Aussetzung ist abgelaufen.', en: 'A hold has expired.' },
  HOLD_REVIEW_OVERDUE: {
    de: 'Die Prüfung einer Aussetzung ist überfällig.',
    en: 'The review of a hold is overdue.',
  },
  NEVER_ACCEPTED: {
    de: 'Außerhalb der Sprechzeiten eingegangen und nie angenommen.',
    en: 'Came in outside office hours and was never accepted.',
  },
  RULE_SHORTENED: { de: 'Die Löschregel wurde verkürzt.', en: 'The deletion rule was shortened.' },
  FORMAL_REQUEST: {
    de: 'Offen: Widerspruch, Antrag, Beschwerde oder Ähnliches.',
    en: 'Open: an objection, application, complaint or the like.',
  },
  UNANSWERED: {
    de: 'Offen: Auf die letzte Nachricht fehlt eine Antwort.',
    en: 'Open: the last message has no answer.',
  },
  OFFICE_ASKED: {
    de: 'Offen: Das Amt hat etwas gefragt oder erbeten.',
    en: 'Open: the office asked for something.',
  },
  PROMISE: { de: 'Offen: Das Amt hat etwas zugesagt.', en: 'Open: the office promised something.' },
  APPOINTMENT: { de: 'Offen: Ein Termin steht noch aus.', en: 'Open: an appointment is still to come.' },
  ANNOUNCED: {
    de: 'Offen: Es wurde etwas angekündigt, das noch fehlt.',
    en: 'Open: something was announced and is still missing.',
  },
}
