/** The messages that are written or read, with the names that the standard gives them. */
export const messageNames = {
  '0401': 'Abgabe.Abgabe.0401',
  '0402': 'Abgabe.ImportBestaetigen.0402',
  '0403': 'Abgabe.EmpfangBestaetigen.0403',
  '0501': 'Aussonderung.Anbieteverzeichnis.0501',
  '0502': 'Aussonderung.Bewertungsverzeichnis.0502',
  '0503': 'Aussonderung.Aussonderung.0503',
  '0504': 'Aussonderung.AnbietungEmpfangBestaetigen.0504',
  '0506': 'Aussonderung.AussonderungImportBestaetigen.0506',
  '0507': 'Aussonderung.AussonderungEmpfangBestaetigen.0507',
  '0511': 'Aussonderung.AktenplanZurBewertung.0511',
  '0513': 'Aussonderung.Bewertungskatalog.0513',
  '0605': 'FVDaten.SGOAblegen.0605',
  '0629': 'FVDaten.EmpfangBestaetigen.0629',
  '0630': 'FVDaten.ImportBestaetigen.0630',
} as const
export type MessageCode = keyof typeof messageNames

/** To the DMS of a Fachverfahren, to a DMS, offer to the archive, hand over to the archive, ask the archive for a catalogue. */
export type WrittenCode = '0605' | '0401' | '0501' | '0503' | '0511'

/** What differs between the versions of xdomea, as far as it is written or read here. */
export type Profile = {
  readonly version: string
  readonly namespace: string
  /** What is known well enough to be written: a guessed message is one that nobody can take in. */
  readonly writes: readonly WrittenCode[]
  /** Name of the file, without its ending, in which a message is sent. */
  readonly fileName: (processId: string, code: MessageCode) => string
  /** `own`: a head of xdomea's, with what is asked of the reader in it. `xoev`: that of XÖV-Basisnachricht, with what is asked, and counts, behind it. */
  readonly head: 'own' | 'xoev'
  /** What the id of an object is called, and what archives are told of it. */
  readonly id: 'ID' | 'xdomeaUUID'
  readonly archival: 'ArchivspezifischeMetadaten' | 'Aussonderungsmetadaten'
  /**
   * `plain`: a document says its versions, then its attachments, which are documents with a number. `chosen`: it stands within a choice, also within an
   * attachment, and says its versions last.
   */
  readonly documents: 'plain' | 'chosen'
  /** Whether 0503 says of a matter that it is handed over, and not named as context alone. Such a matter is of another type, which has no closing. */
  readonly marksContext: boolean
  /**
   * The code list of file formats is no part of the schema: a format is written as another one than those listed, with its name as text, which every
   * version of the list has.
   */
  readonly otherFormat: { readonly value: string; readonly list: string }
}

const before4 = {
  fileName: (processId, code) => `${processId}_${messageNames[code]}`,
  head: 'own',
  id: 'ID',
  archival: 'ArchivspezifischeMetadaten',
  documents: 'plain',
  marksContext: false,
  otherFormat: { value: 'Sonstiges', list: '1.0' },
} as const satisfies Partial<Profile>

const profiles = [
  {
    ...before4,
    version: '3.0.0',
    namespace: 'urn:xoev-de:xdomea:schema:3.0.0',
    // A unit of 0511 has an id and a valuation here, and no name: nobody could value it.
    writes: ['0401', '0501', '0503', '0605'],
  },
  {
    ...before4,
    version: '3.1.0',
    namespace: 'urn:xoev-de:xdomea:schema:3.1.0',
    // The list has numbers since then.
    otherFormat: { value: '100', list: '1.0' },
    writes: ['0401', '0501', '0503', '0511', '0605'],
  },
  {
    version: '4.0.0',
    namespace: 'urn:xoev-de:xdomea:schema:4.0.0',
    // ADR 73.
    writes: ['0401', '0503'],
    // The last number counts the messages of this code within the process: here it is one.
    fileName: (processId, code) => `${processId}_${code}_1`,
    head: 'xoev',
    id: 'xdomeaUUID',
    archival: 'Aussonderungsmetadaten',
    documents: 'chosen',
    marksContext: true,
    otherFormat: { value: '100', list: '2.0' },
  },
] as const satisfies readonly Profile[]

export type XdomeaVersion = (typeof profiles)[number]['version']

export function profileOf(version: XdomeaVersion): Profile {
  const found = profiles.find((one) => one.version === version)
  if (found === undefined) throw new Error('Every version has a profile')
  return found
}

/** Whether a message is written in a version. */
export function isWritten(code: WrittenCode, version: XdomeaVersion): boolean {
  return profileOf(version).writes.includes(code)
}

/** Undefined: no namespace of xdomea at all; null: one of a version that is not known here. */
export function versionIn(namespace: string): XdomeaVersion | null | undefined {
  if (!namespace.startsWith('urn:xoev-de:xdomea:schema:')) return undefined
  return profiles.find((one) => one.namespace === namespace)?.version ?? null
}
