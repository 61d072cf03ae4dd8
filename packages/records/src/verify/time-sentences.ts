import type { Severity, TimeCode } from './finding-code.ts'

/** What is said about time stamps and evidence records: severity, German sentence, English sentence. */
export const timeSentences: Readonly<Record<TimeCode, readonly [Severity, string, string]>> = {
  TIME_STAMP_GOOD: [
    'notice',
    'Der Zeitstempel war gültig, als er ausgestellt wurde.',
    'The time stamp was valid when it was made.',
  ],
  TIME_STAMP_ABSENT: ['notice', 'Es gibt (noch) keinen Zeitstempel.', 'There is no time stamp (yet).'],
  TIME_STAMP_MISSING: [
    'error',
    'Ein gültiger Zeitstempel wird verlangt, und es gibt keinen.',
    'A valid time stamp is required, and there is none.',
  ],
  TIME_STAMP_NOT_CHECKED: [
    'indeterminate',
    'Der Zeitstempel wurde nicht geprüft: Es wurde kein Wurzelzertifikat angegeben.',
    'The time stamp was not checked: no root certificate was given.',
  ],
  TIME_STAMP_NOT_HERE: [
    'indeterminate',
    'Hier lässt sich der Zeitstempel nicht prüfen: Ihm liegt ein Verfahren zugrunde, das nur das Prüfprogramm kennt.',
    'The time stamp cannot be judged here: it rests on an algorithm that the verifier alone knows.',
  ],
  TIME_STAMP_CERTIFICATES_ENDED: [
    'indeterminate',
    'Die Zertifikate des Zeitstempels sind seitdem abgelaufen: Er allein überzeugt nur, wer ihren Schlüsseln noch traut.',
    'The certificates of the time stamp have ended since: alone it convinces only those who still trust their keys.',
  ],
  TIME_STAMP_ALGORITHM_ENDED: [
    'indeterminate',
    'Ein Verfahren, auf dem der Zeitstempel beruht, ist nach dem Kalender nicht mehr geeignet, und er wurde nicht erneuert.',
    'By the calendar an algorithm of the time stamp has ended, and it was not renewed.',
  ],
  TIME_STAMP_RENEWED: [
    'notice',
    'Der Zeitstempel ist inzwischen abgelaufen; der Beweisdatensatz hat ihn rechtzeitig eingeschlossen.',
    'The time stamp has lapsed since; the evidence record took it in before.',
  ],
  TIME_STAMP_FUTURE: [
    'indeterminate',
    'Der Zeitstempel nennt eine Zeit nach dem Tag der Prüfung.',
    'The time stamp says a time after the day of verification.',
  ],
  TIME_STAMP_REVOCATION_UNKNOWN: [
    'notice',
    'Ob ein Zertifikat widerrufen wurde, ist nicht bekannt: Der Zeitstempel enthält keine Auskunft darüber.',
    'Whether a certificate was revoked is not known: the time stamp holds no statement about it.',
  ],
  TIME_STAMP_SURPLUS: [
    'error',
    'Der gespeicherte Zeitstempel enthält etwas, das niemand unterschrieben hat.',
    'The stored time stamp carries something that nobody signed.',
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
  TIME_STAMP_CONTENT: [
    'error',
    'Was der Zeitstempeldienst unterschrieben hat, ist kein Zeitstempel nach RFC 3161.',
    'What the authority signed is no time stamp of RFC 3161.',
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
    'indeterminate',
    'Der Zeitstempel benutzt ein Verfahren, das hier unbekannt ist oder schon damals nicht mehr geeignet war.',
    'The time stamp uses an algorithm that is unknown here or had ended when it was made.',
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
  TIME_STAMP_REVOKED: [
    'error',
    'Ein Zertifikat des Zeitstempels war widerrufen.',
    'A certificate of the time stamp had been revoked.',
  ],
  TIME_STAMP_UNREACHABLE: [
    'unusable',
    'Der Zeitstempeldienst hat nicht geantwortet.',
    'The authority did not answer.',
  ],
  EVIDENCE_GOOD: [
    'notice',
    'Der Beweisdatensatz ist lückenlos bis zu seinem jüngsten Zeitstempel (RFC 4998).',
    'The evidence record is unbroken up to its newest time stamp (RFC 4998).',
  ],
  EVIDENCE_NOT_HERE: [
    'indeterminate',
    'Hier lässt sich der Beweisdatensatz nicht prüfen: Ihm liegt ein Verfahren zugrunde, das nur das Prüfprogramm kennt.',
    'The evidence record cannot be judged here: it rests on an algorithm that the verifier alone knows.',
  ],
  EVIDENCE_NOT_CHECKED: [
    'indeterminate',
    'Der Beweisdatensatz wurde nicht geprüft: Es wurde kein Wurzelzertifikat angegeben.',
    'The evidence record was not checked: no root certificate was given.',
  ],
  EVIDENCE_CERTIFICATES_ENDED: [
    'indeterminate',
    'Die Zertifikate des jüngsten Zeitstempels sind abgelaufen, ohne dass er erneuert wurde.',
    'The certificates of the newest time stamp have ended without a renewal.',
  ],
  EVIDENCE_ALGORITHM_OVERDUE: [
    'indeterminate',
    'Ein Verfahren des jüngsten Zeitstempels ist nach dem Kalender nicht mehr geeignet und wurde nicht erneuert.',
    'By the calendar an algorithm of the newest time stamp has ended, and it was not renewed.',
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
    'Ein Verfahren war vor seiner Erneuerung nicht mehr geeignet.',
    'An algorithm had ended before its renewal.',
  ],
  EVIDENCE_ALGORITHM: [
    'indeterminate',
    'Der Beweisdatensatz benutzt ein Hashverfahren, das hier unbekannt ist, oder beruht auf verschlüsselten Daten.',
    'The evidence record uses a hash function that is unknown here, or is about encrypted data.',
  ],
  EVIDENCE_SURPLUS: [
    'notice',
    'Der Beweisdatensatz hat eine Form, die dieses Programm nicht schreibt, oder enthält etwas, das niemand unterschrieben hat.',
    'The evidence record has a form that this program does not write, or carries something that nobody signed.',
  ],
}
