import type { Sentence } from './language.ts'

/** After so many days without a confirmation a hand-over shows as failed; nothing is deleted by that. */
export const handOverDays = 7

/** Why an answer of a records system or of the public archive (xdomea) is refused, with a sentence for a human. Nothing follows from a refused answer. */
export const answerFaults = {
  'too-large': {
    de: 'Die Datei ist zu groß für eine Antwort.',
    en: 'The file is too large for an answer.',
  },
  'not-one-message': {
    de: 'Die ZIP-Datei ist beschädigt, oder in ihr liegt nicht genau eine Nachricht (.xml).',
    en: 'The ZIP file is damaged, or there is not exactly one message (.xml) in it.',
  },
  'not-xml': {
    de: 'Die Datei ist kein lesbares XML, oder sie definiert eigene Kürzel (DOCTYPE). Solche Dateien werden nicht ausgewertet.',
    en: 'The file is no readable XML, or it defines abbreviations of its own (DOCTYPE). Such files are not interpreted.',
  },
  'not-xdomea': {
    de: 'Die Datei ist keine Nachricht im Format xdomea.',
    en: 'The file is no message in the format xdomea.',
  },
  'unsupported-version': {
    de: 'Diese Nachricht wird in dieser Version von xdomea nicht verstanden. Verstanden werden 3.0.0 und 3.1.0, und von 4.0.0 die Antworten auf eine Abgabe oder Aussonderung (0402, 0403, 0506 und 0507).',
    en: 'This message is not understood in this version of xdomea. 3.0.0 and 3.1.0 are, and of 4.0.0 the answers to what was handed over to another office or to the archive (0402, 0403, 0506 and 0507).',
  },
  'unknown-message': {
    de: 'Diese Nachricht ist keine Antwort, die hier erwartet wird. Erwartet werden 0402, 0403, 0502, 0504, 0506, 0507, 0513, 0629 und 0630.',
    en: 'This message is no answer that is expected here. Expected are 0402, 0403, 0502, 0504, 0506, 0507, 0513, 0629 and 0630.',
  },
  'invalid-message': {
    de: 'Die Nachricht hält sich nicht an den Standard xdomea. Die Stelle ist genannt.',
    en: 'The message does not follow the standard xdomea. The place is named.',
  },
  'foreign-process': {
    de: 'Die Prozess-ID gehört zu keiner Übergabe dieser Stelle.',
    en: 'The process ID belongs to no hand-over of this office.',
  },
  'foreign-object': {
    de: 'Die Antwort nennt etwas, das mit dieser Übergabe nicht übergeben wurde.',
    en: 'The answer names something that was not handed over with this process.',
  },
  'object-missing': {
    de: 'Die Antwort sagt nicht, was aus dem übergebenen Vorgang geworden ist.',
    en: 'The answer does not say what has become of the matter that was handed over.',
  },
  'wrong-answer': {
    de: 'Diese Art von Antwort passt nicht zu dem, was übergeben wurde.',
    en: 'This kind of answer does not fit what was handed over.',
  },
  'finished-process': {
    de: 'Diese Übergabe ist zurückgezogen oder anders beendet. Die Antwort kommt zu spät.',
    en: 'This hand-over was withdrawn or has ended otherwise. The answer comes too late.',
  },
  'not-sent': {
    de: 'Diese Übergabe ist noch nicht abgesendet: Niemand kann sie bestätigen.',
    en: 'This hand-over has not been sent: nobody can confirm it.',
  },
  duplicate: {
    de: 'Diese Antwort ist schon eingegangen. Sie sagt dasselbe noch einmal.',
    en: 'This answer has been received before. It says the same again.',
  },
  contradiction: {
    de: 'Zu dieser Übergabe gibt es schon eine Antwort, und sie sagt etwas anderes. Es gilt weiter die erste. Klären Sie es mit der Gegenseite.',
    en: 'This hand-over has an answer already, and it says something else. The first one goes on to count. Clear it up with the other side.',
  },
} as const satisfies Record<string, Sentence>

export type AnswerFault = keyof typeof answerFaults

/** Why something could not be sent yet; it is tried again. */
export const handOverFailures = {
  unreachable: { de: 'Die Gegenseite ist nicht erreichbar.', en: 'The other side cannot be reached.' },
  refused: {
    de: 'Die Gegenseite nimmt die Datei nicht an.',
    en: 'The other side does not accept the file.',
  },
  'wrong-host': {
    de: 'Der Server weist sich mit einem anderen Schlüssel aus als dem, der hinterlegt ist. Es wurde nichts gesendet. Fragen Sie die Administration.',
    en: 'The server shows another key than the one that is known here. Nothing was sent. Ask the administration.',
  },
  'login-refused': {
    de: 'Die Gegenseite nimmt die Anmeldung nicht an.',
    en: 'The other side does not accept the login.',
  },
  'disk-full': { de: 'Im Übergabeordner ist kein Platz.', en: 'There is no room in the drop folder.' },
  'not-writable': {
    de: 'In den Übergabeordner kann nicht geschrieben werden.',
    en: 'The drop folder cannot be written to.',
  },
  'package-missing': {
    de: 'Das versiegelte Paket fehlt oder ist beschädigt.',
    en: 'The sealed package is missing or damaged.',
  },
  'key-missing': {
    de: 'Schlüssel von Inhalten fehlen: Sie sind gelöscht oder noch nicht wiederhergestellt.',
    en: 'Keys of contents are missing: they are erased, or not restored yet.',
  },
  'too-large': {
    de: 'Das Paket ist größer als 4 GiB. Mehr fasst eine Nachricht nicht.',
    en: 'The package is larger than 4 GiB. A message cannot hold more.',
  },
  defect: { de: 'Es ist ein Fehler aufgetreten.', en: 'Something went wrong.' },
} as const satisfies Record<string, Sentence>
export type HandOverFailure = keyof typeof handOverFailures

/** Why answers cannot be fetched; it is tried again. */
export const answersFaults = {
  unreachable: { de: 'Die Gegenseite ist nicht erreichbar.', en: 'The other side cannot be reached.' },
  'wrong-host': {
    de: 'Der Server weist sich mit einem anderen Schlüssel aus als dem, der hinterlegt ist. Fragen Sie die Administration.',
    en: 'The server shows another key than the one that is known here. Ask the administration.',
  },
  'login-refused': {
    de: 'Die Gegenseite nimmt die Anmeldung nicht an.',
    en: 'The other side does not accept the login.',
  },
  'no-access': {
    de: 'Der Ordner der Antworten, oder eine Antwort darin, ist nicht lesbar.',
    en: 'The folder of answers, or an answer in it, cannot be read.',
  },
  'not-put-away': {
    de: 'Gelesene Antworten lassen sich dort nicht entfernen oder beiseitelegen. Sie sind eingegangen.',
    en: 'Answers that were read cannot be removed or put aside there. They have been taken in.',
  },
  'not-understood': {
    de: 'Der Server antwortet nicht so, wie WebDAV es verlangt.',
    en: 'The server does not answer as WebDAV demands.',
  },
  defect: { de: 'Es ist ein Fehler aufgetreten.', en: 'Something went wrong.' },
} as const satisfies Record<string, Sentence>
export type AnswersFault = keyof typeof answersFaults
