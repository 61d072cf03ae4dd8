/**
 * What differs between the versions of xdomea. 3.0.0 and 3.1.0 differ in nothing that is written or read here but the namespace, and in 0511. Of 4.0.0
 * only the names of files are known here, not the schema: messages of it are neither written nor read, so that nothing is guessed.
 */
type Profile = {
  readonly version: string
  readonly namespace: string
  readonly writes: boolean
  /** Whether 0511 says what it wants valued: in 3.0.0 a unit has an id and a valuation, and no name. */
  readonly namesUnits: boolean
  /** Name of the file, without its ending, in which a message is sent. */
  readonly fileName: (processId: string, code: MessageCode) => string
}

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

function named(processId: string, code: MessageCode): string {
  return `${processId}_${messageNames[code]}`
}

const profiles = [
  {
    version: '3.0.0',
    namespace: 'urn:xoev-de:xdomea:schema:3.0.0',
    writes: true,
    namesUnits: false,
    fileName: named,
  },
  {
    version: '3.1.0',
    namespace: 'urn:xoev-de:xdomea:schema:3.1.0',
    writes: true,
    namesUnits: true,
    fileName: named,
  },
  {
    version: '4.0.0',
    namespace: 'urn:xoev-de:xdomea:schema:4.0.0',
    writes: false,
    namesUnits: false,
    fileName: (processId, code) => `${processId}_${code}_1`,
  },
] as const satisfies readonly Profile[]

export type XdomeaVersion = (typeof profiles)[number]['version']

export function profileOf(version: XdomeaVersion): Profile {
  const found = profiles.find((one) => one.version === version)
  if (found === undefined) throw new Error('Every version has a profile')
  return found
}

/** Undefined: no namespace of xdomea at all; null: one of a version that is not read here. */
export function versionIn(namespace: string): XdomeaVersion | null | undefined {
  if (!namespace.startsWith('urn:xoev-de:xdomea:schema:')) return undefined
  return profiles.find((one) => one.writes && one.namespace === namespace)?.version ?? null
}
