import type { LedgerFact, Sentence } from '@buergerdraht/contract'
import { catalogue, type LedgerEntry } from '@buergerdraht/records'

type Type = LedgerEntry['type']
type Deleted = Extract<LedgerEntry, { type: 'DELETE' }>
type Words<K extends string> = Readonly<Record<K, Sentence>>

function words(de: string, en: string): Sentence {
  return { de, en }
}

export const objectWords: Words<keyof Deleted['objects']> = {
  conversations: words('Vorgänge', 'matters'),
  messages: words('Nachrichten', 'messages'),
  attachments: words('Dateien', 'files'),
  notes: words('Notizen', 'notes'),
  contacts: words('Kontakte', 'contacts'),
  keys: words('Schlüssel', 'keys'),
  searchTokens: words('Sucheinträge', 'search entries'),
  rawEvents: words('Rohdaten', 'raw events'),
  deadLetters: words('nicht lesbare Eingänge', 'deliveries that could not be read'),
  logRows: words('Protokollzeilen', 'log entries'),
  packages: words('Pakete', 'packages'),
  handOvers: words('Übergaben', 'hand-overs'),
  accounts: words('Konten', 'accounts'),
  requests: words('Anträge', 'requests'),
  evidence: words('Nachweise', 'pieces of evidence'),
}

/** Art. 17 (1) GDPR, by its letter. */
function erasure(letter: string): Sentence {
  return words(`Art. 17 Abs. 1 lit. ${letter} DSGVO`, `Art. 17 (1) (${letter}) GDPR`)
}

export const groundWords: Words<Deleted['ground']> = {
  ART5_1E: words(
    'Art. 5 Abs. 1 lit. e DSGVO (Speicherbegrenzung)',
    'Art. 5 (1) (e) GDPR (storage limitation)',
  ),
  ART17_1A: erasure('a'),
  ART17_1B: erasure('b'),
  ART17_1C: erasure('c'),
  ART17_1D: erasure('d'),
  ART17_1E: erasure('e'),
  ART17_1F: erasure('f'),
}

export const roleWords: Words<Deleted['approvals'][number]> = {
  SACHBEARBEITUNG: words('Sachbearbeitung', 'clerk'),
  TEAMLEITUNG: words('Teamleitung', 'team lead'),
  SCHRIFTGUT: words('Schriftgutverwaltung', 'records management'),
  ARCHIV: words('Archiv', 'archive'),
  DATENSCHUTZ: words('Datenschutz', 'data protection'),
  INFORMATIONSSICHERHEIT: words('Informationssicherheit', 'information security'),
  ADMINISTRATION: words('Administration', 'administration'),
  HAUPTAMT: words('Hauptamt', 'head office'),
  BEHOERDENLEITUNG: words('Behördenleitung', 'head of the authority'),
}

const clearances: Words<Deleted['archive']['decision']> = {
  A: words('übernommen', 'taken over'),
  V: words('zur Vernichtung freigegeben', 'released for destruction'),
  NOT_REQUIRED: words('nicht anzubieten', 'not to be offered'),
  SILENCE_RELEASED: words('durch Fristablauf frei', 'released by the end of the period'),
  NOT_HELD_BACK: words('nicht aufgehalten', 'not held back'),
}

export function archiveWords(archive: Deleted['archive']): Sentence {
  const { de, en } = clearances[archive.decision]
  return 'basis' in archive ? words(`${de} (${archive.basis})`, `${en} (${archive.basis})`) : words(de, en)
}

const titles: Words<Type> = {
  DELETE: words('Gelöscht', 'Deleted'),
  KEY_DESTROY: words('Schlüssel vernichtet', 'Keys destroyed'),
  HOLD_SET: words('Löschsperre gesetzt', 'Hold set'),
  HOLD_RELEASE: words('Löschsperre aufgehoben', 'Hold released'),
  RESTRICT: words('Verarbeitung eingeschränkt', 'Processing restricted'),
  UNRESTRICT: words('Einschränkung aufgehoben', 'Restriction lifted'),
  RECTIFY_MARK: words('Berichtigung vermerkt', 'Rectification marked'),
  ARCHIVE_OFFER: words('Dem Archiv angeboten', 'Offered to the archive'),
  ARCHIVE_DECISION: words('Das Archiv hat entschieden', 'The archive has decided'),
  RULE_CHANGE: words('Löschregel geändert', 'Deletion rule changed'),
  RULES_SIGNED: words('Löschregeln unterzeichnet', 'Deletion rules signed'),
  ARCHIVE_WITHDRAWAL: words('Angebot zurückgezogen', 'Offer withdrawn'),
  ARCHIVE_AGREEMENT: words('Mit dem Archiv vereinbart', 'Agreed with the archive'),
  FILING_PLAN: words('Aktenplan geändert', 'Filing plan changed'),
  REQUEST: words('Antrag einer betroffenen Person', 'Request of a data subject'),
  HAND_OVER: words('Übergabe', 'Hand-over'),
  PROCESSOR_DONE: words('Bei einem Dienstleister gelöscht', 'Deleted at a processor'),
  BACKUP_EXPIRED: words('Sicherung abgelaufen', 'Backup expired'),
  RESTORE_REPLAY: words('Nach einer Wiederherstellung nachvollzogen', 'Carried out again after a restore'),
  BREAK_GLASS: words('Notfallzugriff', 'Emergency access'),
  ROLE_CHANGE: words('Rolle geändert', 'Role changed'),
}

export function titleOfEntry(entry: LedgerEntry): Sentence {
  if (entry.type === 'BREAK_GLASS' && entry.broken !== undefined)
    return words(
      'Neues Löschregister nach einem aufgegebenen',
      'New deletion ledger after one that was given up',
    )
  return titles[entry.type]
}

/** Why something is held, and on what it rests. */
const holdReasonWords: Words<Extract<LedgerEntry, { type: 'HOLD_SET' }>['reason']> = {
  LITIGATION: words('Rechtsstreit', 'litigation'),
  OBJECTION_PROCEDURE: words('Widerspruchsverfahren', 'objection procedure'),
  AUDIT: words('Prüfung', 'audit'),
  CRIMINAL_INVESTIGATION: words('Strafverfahren', 'criminal investigation'),
  COUNCIL_INQUIRY: words('Anfrage des Rates', 'inquiry of the council'),
}

const holdBasisWords: Words<Extract<LedgerEntry, { type: 'HOLD_SET' }>['basis']> = {
  ART17_3B: words('Art. 17 Abs. 3 lit. b DSGVO', 'Art. 17 (3) (b) GDPR'),
  ART17_3D: words('Art. 17 Abs. 3 lit. d DSGVO', 'Art. 17 (3) (d) GDPR'),
  ART17_3E: words('Art. 17 Abs. 3 lit. e DSGVO', 'Art. 17 (3) (e) GDPR'),
}

const withdrawalWords: Words<Extract<LedgerEntry, { type: 'ARCHIVE_WITHDRAWAL' }>['reason']> = {
  BY_MISTAKE: words('irrtümlich angeboten', 'offered by mistake'),
  STILL_NEEDED: words('wird noch gebraucht', 'still needed'),
  WRONG_LIST: words('die Liste war falsch', 'the list was wrong'),
}

const restrictionWords: Words<Extract<LedgerEntry, { type: 'RESTRICT' }>['ground']> = {
  ART18_1A: words(
    'Richtigkeit bestritten (Art. 18 Abs. 1 lit. a DSGVO)',
    'accuracy contested (Art. 18 (1) (a) GDPR)',
  ),
  ART18_1B: words(
    'unrechtmäßig, Löschung abgelehnt (Art. 18 Abs. 1 lit. b DSGVO)',
    'unlawful, erasure opposed (Art. 18 (1) (b) GDPR)',
  ),
  ART18_1C: words(
    'für Ansprüche gebraucht (Art. 18 Abs. 1 lit. c DSGVO)',
    'needed for claims (Art. 18 (1) (c) GDPR)',
  ),
  ART18_1D: words(
    'Widerspruch läuft (Art. 18 Abs. 1 lit. d DSGVO)',
    'objection pending (Art. 18 (1) (d) GDPR)',
  ),
}

function coveredWords(covers: Extract<LedgerEntry, { type: 'HOLD_SET' }>['covers']): Sentence | undefined {
  if (covers === undefined) return undefined
  if (covers === 'EVERYTHING') return words('alles', 'everything')
  const { de, en } = catalogue[covers].title
  return words(`alles von ${covers} ${de}`, `everything of ${covers} ${en}`)
}

const breakGlassWords: Words<Extract<LedgerEntry, { type: 'BREAK_GLASS' }>['reason']> = {
  LEDGER_UNREACHABLE: words('Löschregister nicht erreichbar', 'deletion ledger out of reach'),
  DANGER_TO_LIFE: words('Gefahr für Leib und Leben', 'danger to life'),
  SYSTEM_FAILURE: words('Störung der Technik', 'system failure'),
  LEGAL_ORDER: words('Anordnung', 'legal order'),
}
const faultWords: Words<NonNullable<Extract<LedgerEntry, { type: 'BREAK_GLASS' }>['broken']>['fault']> = {
  MISSING: words('verloren', 'lost'),
  FOREIGN: words('an seiner Stelle lag das eines anderen Amts', 'another office’s lay in its place'),
  DAMAGED: words('beschädigt oder verändert', 'damaged or changed'),
  BEHIND: words('abgeschnitten', 'cut off'),
  INCONSISTENT: words('nicht das, das die Datenbank kennt', 'not the one that the database knows'),
}

/** What was known of the ledger before this one. */
function brokenFacts(entry: LedgerEntry): [Sentence, Sentence | undefined][] {
  if (entry.type !== 'BREAK_GLASS' || entry.broken === undefined) return []
  const { origin, fault, size, root, proven } = entry.broken
  return [
    [words('Aufgegebenes Register', 'Ledger given up'), plain(origin)],
    [words('Was mit ihm war', 'What was wrong with it'), faultWords[fault]],
    [words('Ausgeführte Einträge', 'Entries carried out'), plain(size)],
    [words('Prüfsumme dabei', 'Root then'), plain(root)],
    [
      words('Zuletzt von Dritten bestätigt', 'Last confirmed by others'),
      proven === undefined
        ? words('nie', 'never')
        : words(
            `${proven.size} Einträge, ${proven.at.slice(0, 10)} ${proven.at.slice(11, 16)} UTC`,
            `${proven.size} entries, ${proven.at.slice(0, 10)} ${proven.at.slice(11, 16)} UTC`,
          ),
    ],
  ]
}

/** Why, of what protects or is taken back. */
function reasonOf(entry: LedgerEntry): Sentence | undefined {
  switch (entry.type) {
    case 'HOLD_SET':
    case 'HOLD_RELEASE':
      return holdReasonWords[entry.reason]
    case 'RESTRICT':
    case 'UNRESTRICT':
      return restrictionWords[entry.ground]
    case 'BREAK_GLASS':
      return breakGlassWords[entry.reason]
    case 'ARCHIVE_WITHDRAWAL':
      return withdrawalWords[entry.reason]
    default:
      return undefined
  }
}

const processors = {
  BSP: words('Dienstleister des Kanals', 'provider of the channel'),
  META_CONTACT_BOOK: words('Kontaktbuch von Meta', 'Meta’s contact book'),
  SMS: words('SMS-Dienst', 'SMS service'),
  MAIL: words('E-Mail-Dienst', 'mail service'),
} as const
const processorStates = {
  done: words('gelöscht', 'deleted'),
  failed: words('fehlgeschlagen', 'failed'),
} as const

type Request = Extract<LedgerEntry, { type: 'REQUEST' }>
const requestKinds: Words<Request['kind']> = {
  ACCESS: words('Auskunft (Art. 15 DSGVO)', 'access (Art. 15 GDPR)'),
  RECTIFICATION: words('Berichtigung (Art. 16 DSGVO)', 'rectification (Art. 16 GDPR)'),
  ERASURE: words('Löschung (Art. 17 DSGVO)', 'erasure (Art. 17 GDPR)'),
  RESTRICTION: words('Einschränkung (Art. 18 DSGVO)', 'restriction (Art. 18 GDPR)'),
  PORTABILITY: words('Übertragbarkeit (Art. 20 DSGVO)', 'portability (Art. 20 GDPR)'),
}
const requestStates: Words<Request['state']> = {
  OPEN: words('offen', 'open'),
  ANSWERED: words('beantwortet', 'answered'),
}
const outcomes: Words<NonNullable<Request['outcome']>> = {
  GRANTED: words('stattgegeben', 'granted'),
  REFUSED: words('abgelehnt', 'refused'),
  NOT_MEANT: words('kein Antrag', 'no request'),
}

/** How far a request had come. */
function requestState({ state, identity, extended, outcome, copy }: Request): Sentence {
  return listed([
    requestStates[state],
    ...(identity === undefined ? [] : [words('Person bestätigt', 'person confirmed')]),
    ...(extended === undefined ? [] : [words('Frist verlängert', 'period extended')]),
    ...(outcome === undefined ? [] : [outcomes[outcome]]),
    ...(copy === undefined ? [] : [words('Kopie erstellt', 'copy made')]),
  ])
}

const handOverStates: Words<Extract<LedgerEntry, { type: 'HAND_OVER' }>['state']> = {
  SENT: words('gesendet', 'sent'),
  RECEIVED: words('Empfang bestätigt', 'received'),
  CONFIRMED: words('Übernahme bestätigt', 'confirmed'),
  REJECTED: words('abgelehnt', 'refused'),
  WITHDRAWN: words('zurückgezogen', 'withdrawn'),
}

const agreementModes: Words<Extract<LedgerEntry, { type: 'ARCHIVE_AGREEMENT' }>['mode']> = {
  OFFER_EACH: words('jeden Vorgang anbieten', 'offer each matter'),
  GENERAL_WAIVER: words('genereller Verzicht', 'general waiver'),
  CATALOGUE: words('Bewertungskatalog', 'valuation catalogue'),
}

/** How something stood, of what changes its state. */
function stateOf(entry: LedgerEntry): Sentence | undefined {
  switch (entry.type) {
    case 'PROCESSOR_DONE':
      return processorStates[entry.state]
    case 'REQUEST':
      return requestState(entry)
    case 'HAND_OVER':
      return handOverStates[entry.state]
    default:
      return undefined
  }
}

/** What was agreed with the archive: its law, how long it has, and what was said of which kind of data. */
function agreedFacts({
  land,
  answerWithin,
  mode,
  decisions,
}: Extract<LedgerEntry, { type: 'ARCHIVE_AGREEMENT' }>) {
  const said = decisions.map(({ category, basis, valuation }) =>
    plain([category, valuation, basis].filter((one) => one !== undefined).join(' ')),
  )
  return [
    [words('Land', 'Land'), plain(land)],
    [words('Antwort binnen', 'Answer within'), words(`${answerWithin} Monaten`, `${answerWithin} months`)],
    [words('Art', 'Kind'), agreementModes[mode]],
    [
      words('Entscheidungen des Archivs', 'Decisions of the archive'),
      said.length === 0 ? undefined : listed(said),
    ],
  ] satisfies [Sentence, Sentence | undefined][]
}

function listed(items: readonly Sentence[]): Sentence {
  return words(items.map(({ de }) => de).join(', '), items.map(({ en }) => en).join(', '))
}

/** Of `YYYY-MM-DD`. */
function day(date: string): Sentence {
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  return words(
    `${dayOfMonth}.${month}.${year}`,
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date)),
  )
}

function plain(text: string | number): Sentence {
  return words(`${text}`, `${text}`)
}

function counted(objects: Deleted['objects']): Sentence {
  const kinds = Object.entries(objects) as [keyof Deleted['objects'], number][]
  return listed(
    kinds.map(([kind, n]) => words(`${objectWords[kind].de}: ${n}`, `${objectWords[kind].en}: ${n}`)),
  )
}

function askedIn({ of, ledgersBack }: Extract<LedgerEntry, { type: 'PROCESSOR_DONE' }>): Sentence {
  if (ledgersBack === undefined) return plain(of)
  return words(`${of} im Register davor (${ledgersBack})`, `${of} in the ledger before (${ledgersBack})`)
}

/** What an entry says, name by name; what its kind does not have is left out. It can name nobody, because the ledger has no names. */
export function factsOf(entry: LedgerEntry): LedgerFact[] {
  const facts: [Sentence, Sentence | undefined][] = [
    [
      words('Was', 'What'),
      'objects' in entry && entry.objects !== undefined ? counted(entry.objects) : undefined,
    ],
    [words('Recht', 'Right'), entry.type === 'REQUEST' ? requestKinds[entry.kind] : undefined],
    [words('Eingang', 'Received'), entry.type === 'REQUEST' ? day(entry.receivedOn) : undefined],
    [
      words('Nachricht', 'Message'),
      entry.type === 'HAND_OVER' ? plain(`xdomea ${entry.message}`) : undefined,
    ],
    ...(entry.type === 'ARCHIVE_AGREEMENT' ? agreedFacts(entry) : []),
    [
      words('Einträge', 'Entries'),
      entry.type === 'FILING_PLAN'
        ? words(
            `${entry.entries} (neu: ${entry.added}, weggefallen: ${entry.removed}, länger: ${entry.longer}, kürzer: ${entry.shorter})`,
            `${entry.entries} (added: ${entry.added}, removed: ${entry.removed}, longer: ${entry.longer}, shorter: ${entry.shorter})`,
          )
        : undefined,
    ],
    [words('Umfang', 'Scope'), 'covers' in entry ? coveredWords(entry.covers) : undefined],
    [words('Grund', 'Reason'), reasonOf(entry)],
    [words('Grundlage', 'Basis'), entry.type === 'HOLD_SET' ? holdBasisWords[entry.basis] : undefined],
    [words('Letzter Tag', 'Last day'), entry.type === 'HOLD_SET' ? day(entry.expiresOn) : undefined],
    [words('Zu prüfen am', 'To be reviewed on'), entry.type === 'RESTRICT' ? day(entry.reviewOn) : undefined],
    [
      words('Löschklassen', 'Deletion classes'),
      entry.type === 'RULE_CHANGE' ? plain(entry.classes.join(', ')) : undefined,
    ],
    [
      words('Fällig', 'Due'),
      entry.type === 'RULE_CHANGE'
        ? words(
            `früher: ${entry.affected.dueEarlier}, später: ${entry.affected.dueLater}, unverändert: ${entry.affected.unchanged}`,
            `earlier: ${entry.affected.dueEarlier}, later: ${entry.affected.dueLater}, unchanged: ${entry.affected.unchanged}`,
          )
        : undefined,
    ],
    [
      words('Datenart', 'Kind of data'),
      'cluster' in entry
        ? words(
            `${entry.cluster} ${catalogue[entry.cluster].title.de}`,
            `${entry.cluster} ${catalogue[entry.cluster].title.en}`,
          )
        : undefined,
    ],
    [words('Regel', 'Rule'), 'rule' in entry ? plain(entry.rule) : undefined],
    [words('Regeln', 'Rules'), 'rules' in entry ? plain(entry.rules.join(', ')) : undefined],
    [words('Löschklasse', 'Deletion class'), 'class' in entry ? plain(entry.class) : undefined],
    [words('Rechtsgrund', 'Legal ground'), entry.type === 'DELETE' ? groundWords[entry.ground] : undefined],
    [words('Archiv', 'Archive'), entry.type === 'DELETE' ? archiveWords(entry.archive) : undefined],
    [
      words('Entscheidung des Archivs', 'Decision of the archive'),
      entry.type === 'ARCHIVE_DECISION' ? plain(`${entry.decision} (${entry.basis})`) : undefined,
    ],
    [
      words('Antwort bis', 'Answer until'),
      entry.type === 'ARCHIVE_OFFER' ? day(entry.answerUntil) : undefined,
    ],
    [
      words('Ab Nummer der Liste', 'From number of the list'),
      entry.type === 'ARCHIVE_OFFER' && entry.firstNumber !== undefined
        ? plain(entry.firstNumber)
        : undefined,
    ],
    [
      words('Sicherungen bis', 'Backups until'),
      entry.type === 'BACKUP_EXPIRED' ? day(entry.madeOn) : undefined,
    ],
    [
      words('Grabsteine vernichtet von', 'Tombstones destroyed of'),
      entry.type === 'BACKUP_EXPIRED' ? plain(entry.segmentsDestroyed.join(', ')) : undefined,
    ],
    [words('Bei', 'At'), entry.type === 'PROCESSOR_DONE' ? processors[entry.processor] : undefined],
    [words('Stand', 'State'), stateOf(entry)],
    [words('Gehört zu Nr.', 'Belongs to no.'), entry.type === 'PROCESSOR_DONE' ? askedIn(entry) : undefined],
    ...brokenFacts(entry),
    [
      words('Beteiligt', 'Took part'),
      'approvals' in entry ? listed(entry.approvals.map((role) => roleWords[role])) : undefined,
    ],
    [
      words('Rest in Sicherungen bis', 'Residue until'),
      'residueUntil' in entry && entry.residueUntil !== undefined
        ? day(entry.residueUntil)
        : entry.type === 'PROCESSOR_DONE'
          ? words('nicht bekannt', 'not known')
          : undefined,
    ],
  ]
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
}
