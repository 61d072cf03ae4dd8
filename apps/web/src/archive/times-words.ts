const de = {
  title: 'Zeit, in Ihrem Browser geprüft',
  judging: 'Zeitstempel und Beweisdatensatz werden in Ihrem Browser geprüft …',
  failed:
    'Ihr Browser konnte das Prüfprogramm für Zeitstempel nicht laden. Das Urteil des Servers steht für sich.',
  files: {
    'checkpoint.tsr': 'Zeitstempel (RFC 3161)',
    'evidence.er': 'Beweisdatensatz (RFC 4998)',
  } as Readonly<Record<string, string>>,
  erasure: (place: string) => `Beweisdatensatz einer Löschung: ${place}`,
  verdicts: {
    good: 'Ihr Browser hat geprüft: hält.',
    bad: 'Ihr Browser hat geprüft: hält nicht.',
    open: 'Ihr Browser hat geprüft: nicht entscheidbar.',
    'not-here': 'Hier nicht prüfbar.',
  },
  same: 'Der Server kommt zum selben Ergebnis.',
  differs:
    'Browser und Server kommen zu verschiedenen Ergebnissen. Trauen Sie keinem von beiden: Laden Sie das Paket, prüfen Sie es mit buergerdraht-verify und verständigen Sie die Revision.',
  serverSays: 'Der Server sagt:',
  serverSilent: 'nichts',
  stopped:
    'Der Server konnte die Datei nicht so weit lesen, dass er über die Zeit urteilt. Verglichen wird deshalb nichts.',
  ownRoots: 'Geprüft wurde mit den Wurzelzertifikaten aus Ihrer Datei, nicht mit denen dieses Amts.',
  officeRoots: 'Geprüft wurde mit den Wurzelzertifikaten, denen dieses Amt vertraut.',
  noRoots:
    'Dieses Amt hat kein Wurzelzertifikat für Zeitstempel hinterlegt. Wählen Sie eine Datei, um zu prüfen.',
  stamp: (when: string, authority: string, until: string) =>
    `${when}, ausgestellt von ${authority} (Zertifikat bis ${until}).`,
  root: (name: string) => `Wurzel ${name}, Fingerabdruck (SHA-256):`,
  copy: (name: string) => `Fingerabdruck der Wurzel ${name} kopieren`,
  file: 'Eigene Wurzelzertifikate für Zeitstempel (PEM)',
  fileHint:
    'Dann urteilt Ihr Browser nur nach diesen. Die Datei verlässt Ihr Gerät nicht. Zertifikate veröffentlichen die Zeitstempelstelle und die Vertrauensliste der EU.',
  optional: 'freiwillig',
  unreadable:
    'Diese Datei enthält kein lesbares Zertifikat. Gebraucht wird PEM („-----BEGIN CERTIFICATE-----“).',
  /** In a row of a table. */
  row: {
    judging: 'Browser prüft …',
    good: 'Browser: hält',
    bad: (codes: string) => `Browser: hält nicht (${codes})`,
    open: (codes: string) => `Browser: nicht entscheidbar (${codes})`,
    'not-here': 'Browser: hier nicht prüfbar',
    own: 'nach Ihren Wurzelzertifikaten',
    differs: 'ALARM: Der Server sagt etwas anderes als Ihr Browser. Bitte verständigen Sie die Revision.',
  },
}

type TimesWords = typeof de

const en: TimesWords = {
  title: 'Time, judged in your browser',
  judging: 'Time stamp and evidence record are being judged in your browser …',
  failed: 'Your browser could not load what judges time stamps. The server’s judgement stands alone.',
  files: { 'checkpoint.tsr': 'Time stamp (RFC 3161)', 'evidence.er': 'Evidence record (RFC 4998)' },
  erasure: (place) => `Evidence record of an erasure: ${place}`,
  verdicts: {
    good: 'Judged by your browser: it holds.',
    bad: 'Judged by your browser: it does not hold.',
    open: 'Judged by your browser: it cannot be decided.',
    'not-here': 'Cannot be judged here.',
  },
  same: 'The server comes to the same result.',
  differs:
    'Browser and server come to different results. Trust neither: load the package, verify it with buergerdraht-verify, and tell the auditors.',
  serverSays: 'The server says:',
  serverSilent: 'nothing',
  stopped: 'The server could not read the file far enough to judge times. So nothing is compared.',
  ownRoots: 'Judged by the root certificates of your file, not by those of this office.',
  officeRoots: 'Judged by the root certificates that this office trusts.',
  noRoots: 'This office has no root certificate for time stamps. Choose a file to judge by.',
  stamp: (when, authority, until) => `${when}, made by ${authority} (certificate until ${until}).`,
  root: (name) => `Root ${name}, fingerprint (SHA-256):`,
  copy: (name) => `Copy the fingerprint of the root ${name}`,
  file: 'Root certificates of your own for time stamps (PEM)',
  fileHint:
    'Then your browser judges by these alone. The file does not leave your device. Authorities and the EU trusted list publish certificates.',
  optional: 'optional',
  unreadable: 'This file has no certificate that can be read. It takes PEM (“-----BEGIN CERTIFICATE-----”).',
  row: {
    judging: 'Browser: judging …',
    good: 'Browser: it holds',
    bad: (codes) => `Browser: it does not hold (${codes})`,
    open: (codes) => `Browser: cannot be decided (${codes})`,
    'not-here': 'Browser: cannot be judged here',
    own: 'by your root certificates',
    differs: 'ALARM: the server says something else than your browser. Please tell the auditors.',
  },
}

export const timesWords: Readonly<Record<'de' | 'en', TimesWords>> = { de, en }
