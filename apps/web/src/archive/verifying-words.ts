const de = {
  title: 'Ein Paket prüfen',
  intro:
    'Geprüft wird mit demselben Programm, das die Revision ohne Netz benutzt. Zeitstempel und Beweisdatensätze prüft Ihr Browser außerdem selbst. Die Datei wird nicht aufgehoben. Inhalte werden dabei nicht entschlüsselt.',
  file: 'Archivpaket (ZIP)',
  key: 'Weiterer Prüfschlüssel',
  keyHint:
    'Für das Paket eines anderen Amts. Die Schlüssel dieses Amts und die Wurzelzertifikate seiner Zeitstempel sind bekannt.',
  optional: 'freiwillig',
  verify: 'Prüfen',
  sending: (percent: number) => `Wird übertragen: ${percent} %`,
  checking: 'Wird geprüft …',
  verdicts: {
    valid: 'GÜLTIG: Das Paket ist vollständig und unverändert.',
    invalid: 'UNGÜLTIG: Das Paket ist nicht so, wie es versiegelt wurde.',
    unusable: 'NICHT PRÜFBAR: Die Datei ist kein lesbares Archivpaket.',
    indeterminate: 'NICHT ENTSCHEIDBAR: Es fehlt etwas, um zu urteilen.',
  },
  validWithErasures:
    'GÜLTIG: Was fehlt, ist nachweislich rechtmäßig gelöscht. Alles andere ist vollständig und unverändert.',
  older: (n: number) =>
    `Ein älterer Stand: Dieses Amt hat ${n === 1 ? 'einen Inhalt' : `${n} Inhalte`} dieses Pakets seither rechtmäßig gelöscht, und die Datei enthält ${n === 1 ? 'ihn' : 'sie'} noch.`,
  noPackage: 'UNGÜLTIG: Die Datei ist kein Archivpaket, oder es ist abgeschnitten oder verlängert.',
  findings: 'Befunde',
  columns: { severity: 'Gewicht', finding: 'Befund', place: 'Stelle' },
  severities: {
    error: 'Fehler',
    indeterminate: 'offen',
    notice: 'Hinweis',
    unusable: 'nicht lesbar',
  },
  notChecked: 'Nicht geprüft',
  unchecked: {
    TIME_STAMPS_WITHOUT_ROOT: 'Zeitstempel: Dafür braucht es das Wurzelzertifikat der Zeitstempelstelle.',
    REVOCATION_NOT_KEPT: 'Ob ein Zertifikat gesperrt war: Der Zeitstempel sagt dazu nichts.',
    QUALIFIED_STATUS: 'Ob ein Zeitstempel qualifiziert ist.',
    ITEM_CONTENTS: 'Die Inhalte selbst: Dafür braucht es die Schlüssel.',
    WITNESSES: 'Mitzeichnungen von Zeugen.',
    NEWEST_STATE: 'Ob es einen neueren Stand des Pakets gibt.',
    LEDGER: 'Ob Löschungen im Löschregister stehen.',
  } as Readonly<Record<string, string>>,
}

type VerifyingWords = typeof de

const en: VerifyingWords = {
  title: 'Verify a package',
  intro:
    'It is verified by the same program that auditors use without a network. Time stamps and evidence records are judged by your browser too. The file is not kept. No content is decrypted.',
  file: 'Archive package (zip)',
  key: 'Another verifier key',
  keyHint:
    'For a package of another office. The keys of this office and the root certificates of its time stamps are known.',
  optional: 'optional',
  verify: 'Verify',
  sending: (percent) => `Sending: ${percent} %`,
  checking: 'Verifying …',
  verdicts: {
    valid: 'VALID: the package is complete and unchanged.',
    invalid: 'INVALID: the package is not as it was sealed.',
    unusable: 'UNUSABLE: the file is no archive package that can be read.',
    indeterminate: 'INDETERMINATE: something is missing that a judgement needs.',
  },
  validWithErasures:
    'VALID: what is missing was lawfully erased, as is proven. Everything else is complete and unchanged.',
  older: (n) =>
    `An older state: since then this office has lawfully erased ${n === 1 ? 'one content' : `${n} contents`} of this package that the file still holds.`,
  noPackage: 'INVALID: the file is no archive package, or one that was cut off or added to.',
  findings: 'Findings',
  columns: { severity: 'Weight', finding: 'Finding', place: 'Place' },
  severities: { error: 'error', indeterminate: 'open', notice: 'notice', unusable: 'unreadable' },
  notChecked: 'Not checked',
  unchecked: {
    TIME_STAMPS_WITHOUT_ROOT: 'Time stamps: that takes the root certificate of the authority.',
    REVOCATION_NOT_KEPT: 'Whether a certificate had been revoked: the time stamp does not say.',
    QUALIFIED_STATUS: 'Whether a time stamp is a qualified one.',
    ITEM_CONTENTS: 'The contents themselves: that takes their keys.',
    WITNESSES: 'Cosignatures of witnesses.',
    NEWEST_STATE: 'Whether there is a newer state of the package.',
    LEDGER: 'Whether erasures stand in the deletion ledger.',
  },
}

export const verifyingWords: Readonly<Record<'de' | 'en', VerifyingWords>> = { de, en }
