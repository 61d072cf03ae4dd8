import type { Reply } from '../api.ts'

type Hold = Reply<'listHolds'>['items'][number]

/** Words of holds and restrictions, for the desk and for whoever sets one from a conversation. */
const de = {
  kind: 'Was soll geschehen?',
  kinds: {
    hold: 'Löschung aussetzen',
    restriction: 'Verarbeitung einschränken (Art. 18 DSGVO)',
  } satisfies Record<Hold['kind'], string> as Record<Hold['kind'], string>,
  follows: {
    hold: 'Ab sofort löscht kein Löschlauf, was darunter fällt. Sonst ändert sich nichts.',
    restriction:
      'Ab sofort wird nichts gelöscht, und was bis jetzt geschrieben wurde, verschwindet aus Listen, Suche und Zahlen. Nur die Teamleitung sieht es noch. Offene Vorgänge werden geschlossen; schreibt die Person wieder, beginnt ein neuer Vorgang.',
  } satisfies Record<Hold['kind'], string> as Record<Hold['kind'], string>,
  reason: 'Grund',
  reasons: {
    LITIGATION: 'Gerichtsverfahren',
    OBJECTION_PROCEDURE: 'Widerspruchsverfahren',
    AUDIT: 'Prüfung',
    CRIMINAL_INVESTIGATION: 'Strafverfolgung',
    COUNCIL_INQUIRY: 'Anfrage aus dem Rat',
    ART18_1A: 'Richtigkeit wird bestritten (Art. 18 Abs. 1 Buchst. a)',
    ART18_1B: 'unrechtmäßig verarbeitet, Löschung abgelehnt (Buchst. b)',
    ART18_1C: 'Person braucht die Daten für Ansprüche (Buchst. c)',
    ART18_1D: 'Widerspruch eingelegt, noch nicht entschieden (Buchst. d)',
  } satisfies Record<Hold['reason'], string> as Record<Hold['reason'], string>,
  basis: 'Rechtsgrundlage',
  bases: {
    ART17_3B: 'rechtliche Verpflichtung oder öffentliche Aufgabe (Art. 17 Abs. 3 Buchst. b DSGVO)',
    ART17_3D: 'Archivzwecke (Art. 17 Abs. 3 Buchst. d DSGVO)',
    ART17_3E: 'Rechtsansprüche (Art. 17 Abs. 3 Buchst. e DSGVO)',
  } satisfies Record<NonNullable<Hold['basis']>, string> as Record<NonNullable<Hold['basis']>, string>,
  reference: 'Aktenzeichen des Verfahrens',
  referenceHint: 'Zum Beispiel 3 K 1234/26. Keine Namen: Wörter über vier Buchstaben werden abgelehnt.',
  optional: 'freiwillig',
  review: 'Wieder prüfen am',
  expires: 'Gilt bis einschließlich',
  expiresHint: 'Höchstens zwölf Monate. Danach muss neu entschieden werden.',
  set: 'Sperre setzen',
  done: 'Die Sperre gilt ab jetzt.',
}

export type HoldWords = typeof de

const en: HoldWords = {
  kind: 'What is to happen?',
  kinds: { hold: 'Suspend deletion', restriction: 'Restrict processing (Art. 18 GDPR)' },
  follows: {
    hold: 'From now on no deletion run deletes what it covers. Nothing else changes.',
    restriction:
      'From now on nothing is deleted, and what has been written so far is gone from lists, search and counts. Only the team lead still sees it. Open matters are closed; when the person writes again, a new matter begins.',
  },
  reason: 'Reason',
  reasons: {
    LITIGATION: 'litigation',
    OBJECTION_PROCEDURE: 'objection procedure',
    AUDIT: 'audit',
    CRIMINAL_INVESTIGATION: 'criminal investigation',
    COUNCIL_INQUIRY: 'inquiry of the council',
    ART18_1A: 'accuracy is contested (Art. 18(1)(a))',
    ART18_1B: 'processed unlawfully, erasure opposed (b)',
    ART18_1C: 'the person needs the data for claims (c)',
    ART18_1D: 'objection raised and not decided yet (d)',
  },
  basis: 'Legal basis',
  bases: {
    ART17_3B: 'legal obligation or public task (Art. 17(3)(b) GDPR)',
    ART17_3D: 'archiving purposes (Art. 17(3)(d) GDPR)',
    ART17_3E: 'legal claims (Art. 17(3)(e) GDPR)',
  },
  reference: 'Reference of the proceedings',
  referenceHint: 'For example 3 K 1234/26. No names: words of more than four letters are refused.',
  optional: 'optional',
  review: 'Look again on',
  expires: 'Holds up to and including',
  expiresHint: 'Twelve months at most. After that it has to be decided anew.',
  set: 'Set hold',
  done: 'The hold is in force from now on.',
}

export const holdWords: Readonly<Record<'de' | 'en', HoldWords>> = { de, en }
