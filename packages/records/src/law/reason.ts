import type { Sentence } from './person.ts'

/** Why something may not go yet. Closed: product, table of truth and tests know the same words. */
export const keepCodes = [
  'LEGAL_HOLD',
  'RESTRICTED',
  'ACCESS_REQUEST_PENDING',
  'PERMANENT',
  'FILING_UNDECIDED',
  'HANDOVER_UNCONFIRMED',
  'NO_RULE_IN_FORCE',
  'WAITING_FOR_START_EVENT',
  'NOT_DUE',
  'MINIMUM_KEEP',
  'SHORTENED_RULE_NOT_APPROVED',
  'ARCHIVE_DECISION_PENDING',
  'ARCHIVE_SILENCE_RELEASES_NOTHING',
  'ARCHIVE_VALUATION_PENDING',
  'TRANSFER_UNCONFIRMED',
] as const
export type KeepCode = (typeof keepCodes)[number]

/** Why something goes, or what has to be done with it first. */
export type ReasonCode =
  | KeepCode
  | 'NOT_OFFERED'
  | 'ARCHIVE_WANTS_IT'
  | 'DUE'
  | 'ERASURE_GRANTED'
  | 'UNLAWFULLY_PROCESSED'

/** A reason with its sentence for the clerk, the DPO and the answer to the citizen. */
export type Reason<Code extends ReasonCode = ReasonCode> = { readonly code: Code } & Sentence

const sentences: Readonly<Record<ReasonCode, Sentence>> = {
  LEGAL_HOLD: {
    de: 'Die Löschung ist ausgesetzt, weil die Daten für ein Verfahren oder eine Prüfung gebraucht werden.',
    en: 'Deletion is suspended because the data are needed for proceedings or an audit.',
  },
  RESTRICTED: {
    de: 'Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO); bis zur Aufhebung wird nichts gelöscht.',
    en: 'Processing is restricted (Art. 18 GDPR); nothing is deleted until that is lifted.',
  },
  ACCESS_REQUEST_PENDING: {
    de: 'Ein Auskunftsersuchen (Art. 15 DSGVO) ist noch nicht beantwortet.',
    en: 'A request for access (Art. 15 GDPR) has not been answered yet.',
  },
  PERMANENT: {
    de: 'Diese Datenart enthält keine personenbezogenen Daten und bleibt dauerhaft.',
    en: 'This data cluster holds no personal data and stays permanently.',
  },
  FILING_UNDECIDED: {
    de: 'Es ist noch nicht entschieden, ob der Vorgang in die Akte gehört.',
    en: 'It has not been decided yet whether the case belongs in the file.',
  },
  HANDOVER_UNCONFIRMED: {
    de: 'Die Übernahme in die Akte ist noch nicht bestätigt.',
    en: 'The import into the file has not been confirmed yet.',
  },
  NO_RULE_IN_FORCE: {
    de: 'Für diese Datenart ist noch keine Löschregel in Kraft.',
    en: 'No deletion rule is in force for this data cluster yet.',
  },
  WAITING_FOR_START_EVENT: {
    de: 'Die Löschfrist hat noch nicht begonnen: Das Ereignis, mit dem sie beginnt, ist nicht eingetreten.',
    en: 'The deletion period has not begun: the event that starts it has not happened.',
  },
  NOT_DUE: {
    de: 'Die Löschfrist läuft noch.',
    en: 'The deletion period is still running.',
  },
  MINIMUM_KEEP: {
    de: 'Eine gesetzliche Mindestaufbewahrung läuft noch (Art. 17 Abs. 3 Buchst. b DSGVO).',
    en: 'A statutory minimum retention is still running (Art. 17(3)(b) GDPR).',
  },
  SHORTENED_RULE_NOT_APPROVED: {
    de: 'Die Frist wurde verkürzt; die Löschung nach der kürzeren Frist ist noch nicht freigegeben.',
    en: 'The period was shortened; deletion under the shorter period has not been approved yet.',
  },
  ARCHIVE_DECISION_PENDING: {
    de: 'Die Unterlagen sind dem Archiv angeboten; die Entscheidung steht aus.',
    en: 'The records have been offered to the archive; its decision is outstanding.',
  },
  ARCHIVE_SILENCE_RELEASES_NOTHING: {
    de: 'Das Archiv hat nicht fristgerecht geantwortet; sein Schweigen gibt in diesem Land nichts zur Löschung frei.',
    en: 'The archive has not answered in time; in this Land its silence releases nothing for deletion.',
  },
  ARCHIVE_VALUATION_PENDING: {
    de: 'Das Archiv hat die Unterlagen noch nicht bewertet (B).',
    en: 'The archive has not valued the records yet (B).',
  },
  TRANSFER_UNCONFIRMED: {
    de: 'Die Unterlagen sind an das Archiv abgegeben; die Bestätigung der Übernahme steht aus.',
    en: 'The records have been transferred to the archive; its confirmation is outstanding.',
  },
  NOT_OFFERED: {
    de: 'Die Unterlagen müssen zuerst dem Archiv angeboten und bis zur Entscheidung gesperrt werden.',
    en: 'The records must first be offered to the archive and be locked until it decides.',
  },
  ARCHIVE_WANTS_IT: {
    de: 'Das Archiv übernimmt die Unterlagen (A); sie müssen zuerst abgegeben werden.',
    en: 'The archive takes the records (A); they must be transferred first.',
  },
  DUE: {
    de: 'Die Löschfrist ist abgelaufen (Art. 5 Abs. 1 Buchst. e DSGVO).',
    en: 'The deletion period has ended (Art. 5(1)(e) GDPR).',
  },
  ERASURE_GRANTED: {
    de: 'Einem Löschantrag wurde stattgegeben (Art. 17 DSGVO).',
    en: 'A request for erasure was granted (Art. 17 GDPR).',
  },
  UNLAWFULLY_PROCESSED: {
    de: 'Die Daten wurden unrechtmäßig verarbeitet (Art. 17 Abs. 1 Buchst. d DSGVO); die Anbietung hält das nicht auf.',
    en: 'The data were processed unlawfully (Art. 17(1)(d) GDPR); the duty to offer does not hold this back.',
  },
}

export function reason<Code extends ReasonCode>(code: Code): Reason<Code> {
  return { code, ...sentences[code] }
}
