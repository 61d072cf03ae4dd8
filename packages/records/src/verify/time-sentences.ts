import type { Severity, TimeCode } from './finding.ts'

/** What is said about time stamps and evidence records: severity, German sentence, English sentence. */
export const timeSentences: Readonly<Record<TimeCode, readonly [Severity, string, string]>> = {
  TIME_STAMP_GOOD: [
    'notice',
    'Der Zeitstempel ist gültig. Ob das Zertifikat widerrufen wurde, wurde nicht nachgeschlagen.',
    'The time stamp is valid. Whether the certificate was revoked was not looked up.',
  ],
  TIME_STAMP_ABSENT: ['notice', 'Es gibt (noch) keinen Zeitstempel.', 'There is no time stamp (yet).'],
  TIME_STAMP_NOT_CHECKED: [
    'notice',
    'Der Zeitstempel wurde nicht geprüft: Es wurde kein Wurzelzertifikat angegeben.',
    'The time stamp was not checked: no root certificate was given.',
  ],
  TIME_STAMP_CERTIFICATES_ENDED: [
    'notice',
    'Die Zertifikate des Zeitstempels sind seitdem abgelaufen: Er allein überzeugt nur, wer ihren Schlüsseln noch traut.',
    'The certificates of the time stamp have ended since: alone it convinces only those who still trust their keys.',
  ],
  TIME_STAMP_UNREADABLE: [
    'error',
    'Der Zeitstempel ist nicht lesbar (RFC 3161).',
    'The time stamp is unreadable (RFC 3161).',
  ],
  TIME_STAMP_NOT_GRANTED: [
    'error',
    'Der Zeitstempeldienst hat keinen Zeitstempel erteilt.',
    'The authority granted no time stamp.',
  ],
  TIME_STAMP_IMPRINT: [
    'error',
    'Der Zeitstempel gehört zu anderen Daten.',
    'The time stamp is about other data.',
  ],
  TIME_STAMP_NONCE: [
    'error',
    'Der Zeitstempel beantwortet eine andere Anfrage.',
    'The time stamp answers another request.',
  ],
  TIME_STAMP_POLICY: [
    'error',
    'Der Zeitstempel folgt einer Regel, die nicht verlangt war.',
    'The time stamp follows a policy that was not asked for.',
  ],
  TIME_STAMP_ALGORITHM: [
    'error',
    'Der Zeitstempel benutzt ein zu schwaches oder unbekanntes Verfahren.',
    'The time stamp uses an algorithm that is too weak or unknown.',
  ],
  TIME_STAMP_ATTRIBUTES: [
    'error',
    'Die unterschriebenen Angaben im Zeitstempel passen nicht zu seinem Inhalt.',
    'The signed attributes of the time stamp do not belong to its content.',
  ],
  TIME_STAMP_SIGNER: [
    'error',
    'Der Zeitstempel nennt ein anderes Zertifikat, als er benutzt.',
    'The time stamp names another certificate than it uses.',
  ],
  TIME_STAMP_SIGNATURE: [
    'error',
    'Die Unterschrift des Zeitstempels ist falsch.',
    'The signature of the time stamp is wrong.',
  ],
  TIME_STAMP_PURPOSE: [
    'error',
    'Das Zertifikat des Zeitstempels ist nicht für Zeitstempel bestimmt.',
    'The certificate of the time stamp is not for time stamping.',
  ],
  TIME_STAMP_PATH: [
    'error',
    'Kein Weg vom Zertifikat des Zeitstempels zu einem angegebenen Wurzelzertifikat war damals gültig.',
    'No path from the certificate of the time stamp to a given root was valid at that time.',
  ],
  TIME_STAMP_UNREACHABLE: [
    'unusable',
    'Der Zeitstempeldienst hat nicht geantwortet.',
    'The authority did not answer.',
  ],
  EVIDENCE_GOOD: [
    'notice',
    'Der Beweisdatensatz ist gültig (RFC 4998). Ob Zertifikate widerrufen wurden, wurde nicht nachgeschlagen.',
    'The evidence record is valid (RFC 4998). Whether certificates were revoked was not looked up.',
  ],
  EVIDENCE_NOT_CHECKED: [
    'notice',
    'Der Beweisdatensatz wurde nicht geprüft: Es wurde kein Wurzelzertifikat angegeben.',
    'The evidence record was not checked: no root certificate was given.',
  ],
  EVIDENCE_CERTIFICATES_ENDED: [
    'notice',
    'Die Zertifikate des jüngsten Zeitstempels sind abgelaufen, ohne dass er erneuert wurde.',
    'The certificates of the newest time stamp have ended without a renewal.',
  ],
  EVIDENCE_ALGORITHM_OVERDUE: [
    'notice',
    'Das Hashverfahren des jüngsten Zeitstempels ist nach dem Kalender nicht mehr geeignet und wurde nicht erneuert.',
    'By the calendar the hash function of the newest time stamp has ended, and it was not renewed.',
  ],
  EVIDENCE_UNREADABLE: [
    'error',
    'Der Beweisdatensatz ist nicht lesbar (RFC 4998).',
    'The evidence record is unreadable (RFC 4998).',
  ],
  EVIDENCE_OTHER_DATA: [
    'error',
    'Der Beweisdatensatz gehört zu anderen Daten.',
    'The evidence record is about other data.',
  ],
  EVIDENCE_BROKEN_RENEWAL: [
    'error',
    'Eine Erneuerung im Beweisdatensatz deckt nicht, was vor ihr war.',
    'A renewal in the evidence record does not cover what came before it.',
  ],
  EVIDENCE_ORDER: [
    'error',
    'Eine Erneuerung im Beweisdatensatz ist älter als das, was sie erneuert.',
    'A renewal in the evidence record is older than what it renews.',
  ],
  EVIDENCE_ALGORITHM_ENDED: [
    'error',
    'Ein Hashverfahren war vor seiner Erneuerung nicht mehr geeignet.',
    'A hash function had ended before its renewal.',
  ],
}
