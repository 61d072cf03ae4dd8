import { answerFaults } from './hand-over-faults.ts'
import type { Language, Sentence } from './language.ts'

/** Why a field cannot be used, with a sentence for a human; `#` stands for the refusal's detail. It never repeats the value. */
const fieldFaults = {
  ...answerFaults,
  missing: { de: 'Bitte ausfüllen.', en: 'Please fill this in.' },
  format: { de: 'Dieses Format wird nicht verstanden.', en: 'This format is not understood.' },
  'not-possible': {
    de: 'Dieser Wert ist hier nicht möglich.',
    en: 'This value is not possible here.',
  },
  'min-characters': { de: 'Mindestens # Zeichen.', en: 'At least # characters.' },
  'max-characters': { de: 'Höchstens # Zeichen.', en: 'At most # characters.' },
  'min-entries': { de: 'Mindestens # Einträge.', en: 'At least # entries.' },
  'max-entries': { de: 'Höchstens # Einträge.', en: 'At most # entries.' },
  min: { de: 'Mindestens #.', en: 'At least #.' },
  max: { de: 'Höchstens #.', en: 'At most #.' },
  taken: { de: 'Das ist schon vergeben.', en: 'This is taken.' },
  'named-twice': { de: 'Das ist doppelt genannt.', en: 'This is named twice.' },
  'template-alone': {
    de: 'Eine Vorlage wird ohne eigenen Text und ohne Dateien gesendet.',
    en: 'A template is sent without text or files of your own.',
  },
  'no-such-placeholder': {
    de: 'Diesen Platzhalter hat die Vorlage nicht.',
    en: 'The template has no such placeholder.',
  },
  'no-such-notice-placeholder': {
    de: 'Einen Platzhalter # gibt es nicht.',
    en: 'There is no placeholder #.',
  },
  'notice-placeholder-needed': {
    de: 'Im Text fehlt #.',
    en: 'The text lacks #.',
  },
  'notice-placeholder-empty': {
    de: 'Der Text nennt #. Bitte ausfüllen oder aus dem Text nehmen.',
    en: 'The text names #. Please fill it in, or take it out of the text.',
  },
  'one-line': {
    de: 'Keine Zeilenumbrüche, Tabulatoren oder mehr als vier Leerzeichen nacheinander.',
    en: 'No line breaks, tabs or more than four spaces in a row.',
  },
  'max-filled-in': {
    de: 'Ausgefüllt ist die Vorlage länger als # Zeichen.',
    en: 'Filled in, the template has more than # characters.',
  },
  'placeholders-in-order': {
    de: 'Platzhalter sind {{1}}, {{2}} … ohne Lücke.',
    en: 'Placeholders are {{1}}, {{2}} … without a gap.',
  },
  'examples-for-all': {
    de: 'Ein Beispiel für jeden der # Platzhalter.',
    en: 'One example for each of the # placeholders.',
  },
  'provider-code': { de: '#', en: '#' },
  'in-the-future': { de: 'Dieser Zeitpunkt liegt in der Zukunft.', en: 'This moment is in the future.' },
  'before-first-message': {
    de: 'Davor hatte hier noch niemand geschrieben. Eine Antwort liegt danach.',
    en: 'Nobody had written here before then. An answer comes after that.',
  },
  'not-of-team': { de: 'Diese Person gehört nicht zum Team.', en: 'This person is not in the team.' },
  'no-such-person': { de: 'Diese Person gibt es hier nicht.', en: 'There is no such person here.' },
  'day-out-of-range': {
    de: 'Ein Tag von morgen an, höchstens ein Jahr voraus.',
    en: 'A day from tomorrow on, a year ahead at most.',
  },
  'no-such-team': { de: 'Dieses Team gibt es nicht.', en: 'There is no such team.' },
  network: {
    de: 'Das ist keine Adresse und kein Netz wie 10.20.0.0/16 oder 2001:db8::/32. Stellen hinter der Netzlänge sind null.',
    en: 'This is no address, and no network like 10.20.0.0/16 or 2001:db8::/32. Bits beyond the prefix are zero.',
  },
  'network-of-everybody': {
    de: 'Das wären alle. Ohne Eintrag darf man von überall.',
    en: 'This would be everybody. Without an entry one may come from everywhere.',
  },
  'no-certificates-handed-on': {
    de: 'Kein Proxy reicht Zertifikate weiter (Einstellung CLIENT_CERTIFICATE_HEADER).',
    en: 'No proxy hands on certificates (setting CLIENT_CERTIFICATE_HEADER).',
  },
  'number-set-up': { de: 'Diese Nummer ist schon eingerichtet.', en: 'This number is set up already.' },
  'host-not-allowed': {
    de: 'An # wird nichts gesendet: Der Anbieter ist nicht freigegeben (Einstellung BSP_HOSTS), oder die Adresse ist nicht verschlüsselt.',
    en: 'Nothing is sent to #: the provider is not allowed (setting BSP_HOSTS), or the address is not encrypted.',
  },
  'key-for-new-host': {
    de: 'Für einen neuen Anbieter muss der Schlüssel neu eingegeben werden.',
    en: 'A new host needs the key to be entered again.',
  },
  'period-unknown': {
    de: 'Diese Frist gibt es nicht. Möglich sind: #.',
    en: 'There is no such period. Possible are: #.',
  },
  'end-of-year-wants-years': {
    de: '„Ab Jahresende“ geht nur mit einer Frist in ganzen Jahren.',
    en: '“From the end of the year” goes only with a period of whole years.',
  },
  'variant-unknown': {
    de: 'Diese Unterscheidung hat die Regel nicht.',
    en: 'The rule does not make this distinction.',
  },
  'under-min-keep': {
    de: 'Das ist kürzer, als diese Daten mindestens aufbewahrt werden müssen.',
    en: 'This is shorter than these data have to be kept at least.',
  },
  'columns-missing': {
    de: 'Es fehlt die Spalte: #. Die erste Zeile muss die Spalten nennen.',
    en: 'The column is missing: #. The first line has to name the columns.',
  },
  'not-a-table': {
    de: 'Das ist keine Tabelle im Format CSV.',
    en: 'This is no table in the format CSV.',
  },
  'quotes-open': {
    de: 'Anführungszeichen sind nicht geschlossen oder stehen mitten im Feld.',
    en: 'Quotation marks are not closed, or stand within a field.',
  },
  'of-another-offer': {
    de: 'Diese Prozess-ID gehört nicht zu diesem Angebot.',
    en: 'This process ID does not belong to this offer.',
  },
  'not-in-offer': {
    de: 'Diese Nummer steht nicht in diesem Angebot.',
    en: 'This number is not in this offer.',
  },
  'no-valuation': {
    de: 'Möglich sind A (archivwürdig), B (Bewertung offen) und V (vernichten).',
    en: 'Possible are A (archive), B (not valued yet) and V (destroy).',
  },
  'no-basis': {
    de: 'Das Aktenzeichen der Entscheidung fehlt oder hat nicht die Form EE-2026-01 (EE, BK oder GV).',
    en: 'The file reference of the decision is missing, or has not the form EE-2026-01 (EE, BK or GV).',
  },
  'nothing-decided': {
    de: 'In dieser Datei steht keine Entscheidung.',
    en: 'There is no decision in this file.',
  },
  'years-unknown': {
    de: 'Als Frist geht eine Zahl von 1 bis 30 (Jahre), „dauernd“ oder nichts.',
    en: 'A period is a number from 1 to 30 (years), “permanent”, or nothing.',
  },
  'listed-before': {
    de: 'Dieses Kennzeichen steht schon in Zeile #.',
    en: 'This reference stands in line # already.',
  },
  'silence-releases-nothing': {
    de: 'In diesem Land gibt das Schweigen des Archivs nichts frei. Das ist nur in Sachsen-Anhalt und Schleswig-Holstein so.',
    en: 'In this Land the silence of the archive releases nothing. Only in Saxony-Anhalt and Schleswig-Holstein it does.',
  },
  'answer-time-too-short': {
    de: 'Wo Schweigen freigibt, hat das Archiv so lange Zeit, wie das Gesetz sagt: in Sachsen-Anhalt 12 Monate, in Schleswig-Holstein 6.',
    en: 'Where silence releases, the archive has the time that the law gives it: 12 months in Saxony-Anhalt, 6 in Schleswig-Holstein.',
  },
  'ends-before-it-begins': {
    de: 'Der letzte Tag liegt vor dem ersten.',
    en: 'The last day is before the first.',
  },
  'no-period-at-all': {
    de: 'Kein Eintrag hat eine Frist.',
    en: 'No entry has a period.',
  },
  'cursor-unknown': { de: 'Diese Stelle der Liste gibt es nicht.', en: 'This is not a cursor of this list.' },
  'file-empty': { de: 'Die Datei ist leer.', en: 'The file is empty.' },
  'file-unreadable': { de: 'Die Datei ist nicht lesbar.', en: 'The file cannot be read.' },
  'password-wrong': {
    de: 'Das ist nicht Ihr jetziges Passwort.',
    en: 'This is not your current password.',
  },
  'password-common': {
    de: 'Dieses Passwort ist leicht zu erraten. Besser sind mehrere Wörter, die nichts miteinander zu tun haben.',
    en: 'This password is easy to guess. Several words that have nothing to do with each other are better.',
  },
  'password-own-words': {
    de: 'Name und E-Mail-Adresse zählen im Passwort nicht mit; ohne sie fehlen Zeichen (mindestens #).',
    en: 'Name and e-mail address do not count in a password; without them it is too short (at least #).',
  },
} as const satisfies Record<string, Sentence>

type FieldFaultCode = keyof typeof fieldFaults

/** A field that was refused; `path` as in `attachments.0`. */
export type FieldRefusal = {
  readonly path: string
  readonly fault: FieldFaultCode
  /** A limit, or a code word of a provider. */
  readonly detail?: number | string
}

export function sentenceOfField({ fault, detail }: FieldRefusal, language: Language): string {
  return fieldFaults[fault][language].replace('#', String(detail))
}
