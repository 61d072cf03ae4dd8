import { type ClusterCode, catalogue, type LedgerEntry } from '@buergerdraht/records'

export type DeleteEntry = Extract<LedgerEntry, { type: 'DELETE' }>

const objects: Readonly<Record<keyof DeleteEntry['objects'], string>> = {
  conversations: 'Vorgänge',
  messages: 'Nachrichten',
  attachments: 'Dateien',
  notes: 'Notizen',
  contacts: 'Kontakte',
  keys: 'Schlüssel',
  searchTokens: 'Sucheinträge',
  rawEvents: 'Rohdaten',
  deadLetters: 'nicht lesbare Eingänge',
  logRows: 'Protokollzeilen',
  packages: 'Pakete',
  accounts: 'Konten',
  requests: 'Anträge',
  evidence: 'Nachweise',
}

const grounds: Readonly<Record<DeleteEntry['ground'], string>> = {
  ART5_1E: 'Art. 5 Abs. 1 lit. e DSGVO (Speicherbegrenzung)',
  ART17_1A: 'Art. 17 Abs. 1 lit. a DSGVO',
  ART17_1B: 'Art. 17 Abs. 1 lit. b DSGVO',
  ART17_1C: 'Art. 17 Abs. 1 lit. c DSGVO',
  ART17_1D: 'Art. 17 Abs. 1 lit. d DSGVO',
  ART17_1E: 'Art. 17 Abs. 1 lit. e DSGVO',
  ART17_1F: 'Art. 17 Abs. 1 lit. f DSGVO',
}

const roles: Readonly<Record<DeleteEntry['approvals'][number], string>> = {
  SACHBEARBEITUNG: 'Sachbearbeitung',
  TEAMLEITUNG: 'Teamleitung',
  SCHRIFTGUT: 'Schriftgutverwaltung',
  ARCHIV: 'Archiv',
  DATENSCHUTZ: 'Datenschutz',
  INFORMATIONSSICHERHEIT: 'Informationssicherheit',
  ADMINISTRATION: 'Administration',
  HAUPTAMT: 'Hauptamt',
  BEHOERDENLEITUNG: 'Behördenleitung',
}

const clearances: Readonly<Record<DeleteEntry['archive']['decision'], string>> = {
  A: 'übernommen',
  V: 'zur Vernichtung freigegeben',
  NOT_REQUIRED: 'nicht anzubieten',
  SILENCE_RELEASED: 'durch Fristablauf frei',
  NOT_HELD_BACK: 'nicht aufgehalten',
}

/** Of an entry, what a person reads. It has no names, because the ledger has none. */
export type ProtocolRow = {
  readonly seq: number
  /** `2026-11-23 02:00 UTC` */
  readonly at: string
  readonly cluster: string
  readonly rule: string
  readonly class: string
  readonly ground: string
  readonly objects: string
  readonly archive: string
  readonly approvals: string
  readonly residueUntil: string
}

function inWords<K extends string>(words: Readonly<Record<K, string>>, code: K): string {
  return words[code]
}

export function countsOf(entry: DeleteEntry): readonly (readonly [string, number])[] {
  return (Object.entries(entry.objects) as [keyof DeleteEntry['objects'], number][]).map(([kind, n]) => [
    objects[kind],
    n,
  ])
}

export function titleOf(cluster: ClusterCode): string {
  return `${cluster} ${catalogue[cluster].title.de}`
}

export function rowOf(entry: DeleteEntry): ProtocolRow {
  const { archive } = entry
  return {
    seq: entry.seq,
    at: `${entry.at.slice(0, 10)} ${entry.at.slice(11, 16)} UTC`,
    cluster: titleOf(entry.cluster),
    rule: entry.rule,
    class: entry.class,
    ground: inWords(grounds, entry.ground),
    objects: countsOf(entry)
      .map(([kind, n]) => `${kind}: ${n}`)
      .join(', '),
    archive:
      'basis' in archive
        ? `${clearances[archive.decision]} (${archive.basis})`
        : clearances[archive.decision],
    approvals: entry.approvals.map((role) => inWords(roles, role)).join(', '),
    residueUntil: entry.residueUntil,
  }
}
