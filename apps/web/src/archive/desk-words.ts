const de = {
  title: 'Archiv',
  intro:
    'Was zur Akte gegeben wurde, wird hier versiegelt: verschlüsselt, mit Prüfsummen, in einem Log, das nur wächst. Inhalte stehen auf dieser Seite nicht.',
  inspect: 'Ein Paket prüfen, Prüfpunkte und Selbstprüfungen ansehen',
  offers: 'Angebote an das öffentliche Archiv',
  wrong: (n: number) =>
    n === 1
      ? 'Ein Vorgang konnte noch nicht versiegelt werden. Es wird weiter versucht; der Grund steht dabei.'
      : `${n} Vorgänge konnten noch nicht versiegelt werden. Es wird weiter versucht; der Grund steht jeweils dabei.`,
  trial:
    'Testbetrieb: Der Name der Behörde ist nicht eingestellt (AUTHORITY). Was jetzt versiegelt wird, nennt „Behörde ohne Namen“, und das lässt sich nie mehr ändern. Bitte verständigen Sie die Administration.',
  fine: 'Alles ist versiegelt.',
  busy: (n: number) =>
    n === 1
      ? 'Ein Vorgang wartet darauf, versiegelt zu werden. Das dauert wenige Minuten.'
      : `${n} Vorgänge warten darauf, versiegelt zu werden. Das dauert wenige Minuten.`,
  gathered: (n: number) =>
    n === 1
      ? 'Was in einem versiegelten Vorgang seither geschehen ist, wird gesammelt und nach einem ruhigen Tag versiegelt.'
      : `Was in ${n} versiegelten Vorgängen seither geschehen ist, wird gesammelt und nach einem ruhigen Tag versiegelt.`,
  figures: {
    waiting: 'warten',
    failed: 'nicht gelungen',
    sealed: 'versiegelt',
    erased: 'Inhalt gelöscht',
    checkpoint: 'letzter Prüfpunkt',
    check: 'letzte Selbstprüfung',
  },
  leaves: (n: number) => (n === 1 ? 'über ein Blatt' : `über ${n} Blätter`),
  checked: (packages: number, contents: number) =>
    `${packages} Pakete gegen das Log, ${contents} davon mit Inhalt`,
  checkWrong: (n: number) =>
    `Die letzte Selbstprüfung hat ${n === 1 ? 'eine Abweichung' : `${n} Abweichungen`} gefunden. Bitte verständigen Sie die Revision; ändern Sie nichts am Server.`,
  gone: 'aufgelöst',
  filter: 'Auswahl',
  state: 'Stand',
  every: 'Alle',
  states: {
    waiting: 'wartet',
    failed: 'nicht gelungen',
    sealed: 'versiegelt',
    erased: 'Inhalt gelöscht',
  },
  gathering: (until: string) => `wird gesammelt, versiegelt nach einem ruhigen Tag (${until})`,
  team: 'Team',
  from: 'Geschlossen ab',
  to: 'bis',
  reference: 'Aktenzeichen',
  referenceHint: 'Das ganze Aktenzeichen oder sein Anfang bis zu einem Trennzeichen.',
  id: 'Kennung des Pakets',
  idHint: 'Ihr Anfang genügt.',
  search: 'Suchen',
  all: 'Suche aufheben',
  found: (n: number) => (n === 1 ? 'Ein Paket gefunden.' : `${n} Pakete gefunden.`),
  never: 'noch nie',
  nothing: 'Zur Akte ist noch nichts gegeben worden.',
  empty: 'Hier ist nichts, was zu dieser Auswahl passt.',
  more: 'Weitere zeigen',
  shown: (n: number) => `${n} Pakete werden gezeigt.`,
  list: 'Pakete',
  columns: {
    package: 'Paket',
    state: 'Stand',
    reference: 'Aktenzeichen',
    team: 'Team',
    closed: 'Geschlossen',
    volume: 'Umfang',
  },
  volume: (messages: number, files: number, systemLines: number) =>
    [
      messages === 1 ? '1 Nachricht' : `${messages} Nachrichten`,
      files === 1 ? '1 Datei' : `${files} Dateien`,
      ...(systemLines === 0 ? [] : [systemLines === 1 ? '1 Systemzeile' : `${systemLines} Systemzeilen`]),
    ].join(', '),
  none: 'ohne',
  failures: {
    'disk-full': 'Der Datenträger ist voll.',
    'clock-behind': 'Die Uhr des Servers geht nach: Es gibt schon einen späteren Prüfpunkt.',
    'file-missing': 'Eine Datei des Vorgangs fehlt oder ist beschädigt.',
    'key-missing': 'Ein Schlüssel ist nicht mehr da.',
    'not-verified': 'Das geschriebene Paket hat die eigene Prüfung nicht bestanden und wurde verworfen.',
    defect: 'Ein Fehler im Programm. Bitte die Administration verständigen.',
  },
  tried: (n: number, next: string | null) =>
    `${n === 1 ? 'Einmal' : `${n}-mal`} versucht${next === null ? '' : `, wieder ${next}`}.`,
  back: 'Zu allen Paketen',
  package: (id: string) => `Archivpaket ${id}`,
  facts: {
    reference: 'Aktenzeichen',
    state: 'Stand',
    team: 'Team',
    run: 'Laufzeit',
    sealed: 'Versiegelt',
    rule: 'Löschregel',
    size: 'Größe',
    number: 'Paket des Vorgangs',
    others: 'Weitere Pakete',
  },
  nth: (n: number, of: number) => `${n} von ${of}`,
  noProof: 'Der Nachweis entsteht, sobald das Paket versiegelt ist.',
  items: 'Was im Paket ist',
  itemColumns: {
    kind: 'Art',
    type: 'Format',
    size: 'Größe',
    commit: 'Prüfsumme des Inhalts',
    state: 'Stand',
  },
  kinds: {
    METADATA: 'Angaben zur Akte',
    MESSAGE: 'Nachricht',
    ATTACHMENT: 'Datei',
    NOTE: 'Vermerk',
    RENDERING: 'Niederschrift (PDF)',
  },
  there: 'vorhanden',
  erased: (on: string, rule: string, entry: string) =>
    `gelöscht am ${on} nach ${rule}, Löschregister Nr. ${entry}`,
  copyHash: (n: number, kind: string) => `Prüfsumme kopieren: ${n}, ${kind}`,
  bytes: (n: string) => `${n} Byte`,
}

export type DeskWords = typeof de

const en: DeskWords = {
  title: 'Archive',
  intro:
    'What was put to the file is sealed here: encrypted, with checksums, in a log that only grows. No content stands on this page.',
  inspect: 'Verify a package, see checkpoints and self-checks',
  offers: 'Offers to the public archive',
  wrong: (n) =>
    n === 1
      ? 'One matter could not be sealed yet. It is still being tried; the reason stands beside it.'
      : `${n} matters could not be sealed yet. They are still being tried; the reason stands beside each.`,
  trial:
    'Trial: the name of the authority is not set (AUTHORITY). What is sealed now says “Behörde ohne Namen”, and that can never be changed. Please tell the administrators.',
  fine: 'Everything is sealed.',
  busy: (n) =>
    n === 1
      ? 'One matter waits to be sealed. That takes a few minutes.'
      : `${n} matters wait to be sealed. That takes a few minutes.`,
  gathered: (n) =>
    n === 1
      ? 'What has happened in one sealed matter since is gathered, and sealed after a quiet day.'
      : `What has happened in ${n} sealed matters since is gathered, and sealed after a quiet day.`,
  figures: {
    waiting: 'waiting',
    failed: 'not sealed',
    sealed: 'sealed',
    erased: 'content erased',
    checkpoint: 'last checkpoint',
    check: 'last self-check',
  },
  leaves: (n) => (n === 1 ? 'of one leaf' : `of ${n} leaves`),
  checked: (packages, contents) => `${packages} packages against the log, ${contents} of them with content`,
  checkWrong: (n) =>
    `The last self-check has found ${n === 1 ? 'one difference' : `${n} differences`}. Please tell the auditors, and change nothing on the server.`,
  gone: 'dissolved',
  filter: 'Choice',
  state: 'State',
  every: 'All',
  states: { waiting: 'waits', failed: 'not sealed', sealed: 'sealed', erased: 'content erased' },
  gathering: (until) => `gathered, and sealed after a quiet day (${until})`,
  team: 'Team',
  from: 'Closed from',
  to: 'to',
  reference: 'File reference',
  referenceHint: 'The whole file reference, or its beginning up to a separator.',
  id: 'Id of the package',
  idHint: 'Its beginning is enough.',
  search: 'Search',
  all: 'Clear the search',
  found: (n) => (n === 1 ? 'One package found.' : `${n} packages found.`),
  never: 'never yet',
  nothing: 'Nothing has been put to the file yet.',
  empty: 'There is nothing here that fits.',
  more: 'Show more',
  shown: (n) => `${n} packages are shown.`,
  list: 'Packages',
  columns: {
    package: 'Package',
    state: 'State',
    reference: 'File reference',
    team: 'Team',
    closed: 'Closed',
    volume: 'Volume',
  },
  volume: (messages, files, systemLines) =>
    [
      messages === 1 ? '1 message' : `${messages} messages`,
      files === 1 ? '1 file' : `${files} files`,
      ...(systemLines === 0 ? [] : [systemLines === 1 ? '1 system line' : `${systemLines} system lines`]),
    ].join(', '),
  none: 'none',
  failures: {
    'disk-full': 'The disk is full.',
    'clock-behind': 'The server’s clock is behind: there is a later checkpoint already.',
    'file-missing': 'A file of the matter is missing or damaged.',
    'key-missing': 'A key is not there any more.',
    'not-verified': 'The package did not pass its own verification and was thrown away.',
    defect: 'A fault in the program. Please tell the administrators.',
  },
  tried: (n, next) => `Tried ${n === 1 ? 'once' : `${n} times`}${next === null ? '' : `, again ${next}`}.`,
  back: 'To all packages',
  package: (id) => `Archive package ${id}`,
  facts: {
    reference: 'File reference',
    state: 'State',
    team: 'Team',
    run: 'Run-time',
    sealed: 'Sealed',
    rule: 'Deletion rule',
    size: 'Size',
    number: 'Package of the matter',
    others: 'Other packages',
  },
  nth: (n, of) => `${n} of ${of}`,
  noProof: 'The proof comes when the package is sealed.',
  items: 'What the package holds',
  itemColumns: {
    kind: 'Kind',
    type: 'Format',
    size: 'Size',
    commit: 'Checksum of the content',
    state: 'State',
  },
  kinds: {
    METADATA: 'About the file',
    MESSAGE: 'Message',
    ATTACHMENT: 'File',
    NOTE: 'Note',
    RENDERING: 'Chat document (PDF)',
  },
  there: 'there',
  erased: (on, rule, entry) => `erased on ${on} under ${rule}, deletion ledger no. ${entry}`,
  copyHash: (n, kind) => `Copy checksum: ${n}, ${kind}`,
  bytes: (n) => `${n} bytes`,
}

export const deskWords: Readonly<Record<'de' | 'en', DeskWords>> = { de, en }
