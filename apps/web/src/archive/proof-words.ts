const de = {
  title: 'Warum dieser Nachweis hält',
  intro:
    'Jeder Schritt stützt sich auf den vorigen. Die Schritte 2, 3 und 5 hat Ihr Browser eben selbst nachgerechnet und geprüft; wer dieser Seite nicht glaubt, prüft alles mit buergerdraht-verify ohne Netz und ohne diesen Server.',
  computing: 'Wird nachgerechnet …',
  holds: 'Nachgerechnet: Das Verzeichnis steht unverändert im Archivlog.',
  unsigned:
    'Der Prüfpunkt trägt keine gültige Unterschrift dieses Amts. Bitte verständigen Sie die Revision.',
  fails:
    'Das Nachrechnen führt nicht zur unterschriebenen Wurzel. Bitte verständigen Sie die Revision und heben Sie das Paket auf.',
  steps: {
    items: 'Inhalte',
    itemsText: (n: number, erased: number) =>
      `${n === 1 ? 'Ein Inhalt steht' : `${n} Inhalte stehen`} mit Größe und Prüfsummen im Verzeichnis. Wer ein Zeichen ändert, ändert die Prüfsumme.${erased === 0 ? '' : ` ${erased === n ? 'Alle sind' : erased === 1 ? 'Einer davon ist' : `${erased} davon sind`} inzwischen gelöscht; die Prüfsumme bleibt, damit man sieht, dass nichts heimlich fehlt.`}`,
    leaf: 'Prüfsumme des Verzeichnisses',
    leafText: (place: string, size: string) =>
      `Das Verzeichnis hat selbst eine Prüfsumme. Sie ist das Blatt ${place} von ${size} im Archivlog.`,
    path: 'Weg zur Wurzel',
    pathText: (n: number) =>
      n === 0
        ? 'Es ist das einzige Blatt: Seine Prüfsumme ist die Wurzel.'
        : `Mit ${n === 1 ? 'einer fremden Prüfsumme' : `${n} fremden Prüfsummen`} ergibt sie Schritt für Schritt die Wurzel. Wäre etwas anders, käme eine andere Wurzel heraus.`,
    checkpoint: 'Unterschriebener Prüfpunkt',
    checkpointText: (size: string) =>
      `Diese Wurzel steht im Prüfpunkt über ${size === '1' ? 'ein Blatt' : `${size} Blätter`}, unterschrieben mit dem Schlüssel dieses Amts.`,
    time: 'Zeit',
    someTime:
      'Eine fremde Stelle bestätigt mit einem Zeitstempel (RFC 3161), dass es diesen Prüfpunkt zu ihrer Zeit gab.',
    evidence:
      'Ein Beweisdatensatz (RFC 4998) hält den Nachweis auch dann, wenn Verfahren veralten: Er wird vorher erneuert.',
    noTime:
      'Für diesen Prüfpunkt liegt noch kein Zeitstempel vor. Bis dahin steht die Zeit nur auf der Uhr dieses Servers.',
    witnesses: 'Zeugen',
    witnessesText: (names: string) => `Dass das Archivlog nur gewachsen ist, haben mitgezeichnet: ${names}.`,
    noWitnesses:
      'Niemand hat diesen Prüfpunkt mitgezeichnet. Bewahren Sie ihn selbst auf: Mit ihm lässt sich später zeigen, dass davor nichts geändert wurde.',
  },
  root: 'Wurzel',
  leafHash: 'Blatt',
  note: 'Prüfpunkt',
  key: 'Prüfschlüssel',
  copy: (what: string) => `${what} kopieren`,
  copyStep: (step: number, what: string) => `Schritt ${step}, ${what}: kopieren`,
  drawn: { root: 'Wurzel', own: 'dieses Paket' },
  drawing: 'Der Weg als Tabelle',
  columns: { step: 'Schritt', own: 'Von diesem Paket', neighbour: 'Nachbar', above: 'Ergibt' },
  left: 'links',
  right: 'rechts',
}

export type ProofWords = typeof de

const en: ProofWords = {
  title: 'Why this proof holds',
  intro:
    'Each step rests on the one before. Your browser has just computed and judged steps 2, 3 and 5 itself; who does not believe this page verifies everything by buergerdraht-verify, without a network and without this server.',
  computing: 'Computing …',
  holds: 'Computed: the manifest stands unchanged in the archive log.',
  unsigned: 'The checkpoint has no good signature of this office. Please tell the auditors.',
  fails: 'The computation does not lead to the signed root. Please tell the auditors, and keep the package.',
  steps: {
    items: 'Contents',
    itemsText: (n, erased) =>
      `${n === 1 ? 'One content is' : `${n} contents are`} in the manifest, with size and checksums. Whoever changes one character changes the checksum.${erased === 0 ? '' : ` ${erased === n ? 'All of them have' : erased === 1 ? 'One of them has' : `${erased} of them have`} been erased since; the checksum stays, so that one sees that nothing is missing in secret.`}`,
    leaf: 'Checksum of the manifest',
    leafText: (place, size) =>
      `The manifest has a checksum itself. It is leaf ${place} of ${size} in the archive log.`,
    path: 'Way to the root',
    pathText: (n) =>
      n === 0
        ? 'It is the only leaf: its checksum is the root.'
        : `With ${n === 1 ? 'one foreign checksum' : `${n} foreign checksums`} it gives the root, step by step. If anything were different, another root would come out.`,
    checkpoint: 'Signed checkpoint',
    checkpointText: (size) =>
      `This root stands in the checkpoint of ${size === '1' ? 'one leaf' : `${size} leaves`}, signed with this office’s key.`,
    time: 'Time',
    someTime:
      'Somebody else confirms with a time stamp (RFC 3161) that this checkpoint was there at the time that it says.',
    evidence:
      'An evidence record (RFC 4998) keeps the proof when algorithms grow old: it is renewed before they do.',
    noTime:
      'There is no time stamp of this checkpoint yet. Until then the time is only that of this server’s clock.',
    witnesses: 'Witnesses',
    witnessesText: (names) => `That the archive log only grew has been cosigned by: ${names}.`,
    noWitnesses:
      'Nobody has cosigned this checkpoint. Keep it yourself: with it one can show later that nothing before it was changed.',
  },
  root: 'Root',
  leafHash: 'Leaf',
  note: 'Checkpoint',
  key: 'Verifier key',
  copy: (what) => `Copy ${what.toLowerCase()}`,
  copyStep: (step, what) => `Step ${step}, ${what.toLowerCase()}: copy`,
  drawn: { root: 'root', own: 'this package' },
  drawing: 'The way as a table',
  columns: { step: 'Step', own: 'Of this package', neighbour: 'Neighbour', above: 'Gives' },
  left: 'left',
  right: 'right',
}

export const proofWords: Readonly<Record<'de' | 'en', ProofWords>> = { de, en }
