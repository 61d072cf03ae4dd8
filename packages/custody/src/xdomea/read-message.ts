import type { AnswerFault } from '@buergerdraht/contract'
import { readZipDirectory, unpack } from '@buergerdraht/inbox'
import { Invalid, Place } from './message-place.ts'
import {
  type MessageCode,
  messageNames,
  type Profile,
  profileOf,
  versionIn,
  type XdomeaVersion,
} from './profile.ts'
import { readXml } from './read-xml.ts'

/** Largest answer that is read, in bytes: a catalogue for a whole filing plan. */
export const maxMessageBytes = 8 * 1024 * 1024
const maxReasons = 20

/** What became of one thing that was handed over. Reasons are the other side's own words, shortened. */
type ObjectOutcome = {
  readonly id: string
  readonly taken: boolean
  readonly reasons: readonly string[]
  /** Under which the public archive has it from now on. */
  readonly archiveReference: string | null
}

/** What the archive wants of something. */
export type Valued = { readonly id: string; readonly valuation: 'A' | 'B' | 'V' }

/** What an answer says. */
export type Said =
  /** It has arrived (0403, 0504, 0507, 0629). */
  | { readonly kind: 'receipt' }
  /** It was taken in, or was not (0402, 0506: by object; 0630: of what the message carried, with objects where they are named). */
  | {
      readonly kind: 'import'
      /** Of the message as a whole; null: each object speaks for itself. */
      readonly taken: boolean | null
      readonly reasons: readonly string[]
      readonly objects: readonly ObjectOutcome[]
    }
  /** What the archive wants of what was offered (0502), or of units of the filing plan (0513). */
  | { readonly kind: 'valuation' | 'catalogue'; readonly values: readonly Valued[] }

export type AnswerCode = '0402' | '0403' | '0502' | '0504' | '0506' | '0507' | '0513' | '0629' | '0630'

export type Answer = {
  readonly code: AnswerCode
  readonly version: XdomeaVersion
  readonly processId: string
  readonly said: Said
}

/** `place`: the element at fault, as a path of names; never a value. */
export type Unreadable = {
  readonly fault: Extract<
    AnswerFault,
    | 'too-large'
    | 'not-one-message'
    | 'not-xml'
    | 'not-xdomea'
    | 'unsupported-version'
    | 'unknown-message'
    | 'invalid-message'
  >
  readonly place?: string
}

/** One object is spoken of once: a message that says two things of it says nothing. */
function distinct<Value extends { readonly id: string }>(
  places: readonly Place[],
  read: (one: Place) => Value,
) {
  const seen = new Set<string>()
  return places.map((place) => {
    const value = read(place)
    if (seen.has(value.id)) place.fault()
    seen.add(value.id)
    return value
  })
}

/** ErfolgOderMisserfolgImportType, as which 4.0.0 has made one of what each answer said by itself before. */
function importOutcome(place: Place) {
  const codes = place.all('FehlermeldungCode').map((one) => one.code())
  const words = place.all('Fehlermeldung').map((one) => one.reason())
  return {
    taken: place.one('Erfolgreich').truth(),
    reasons: [...words, ...codes].slice(0, maxReasons),
  }
}

/** ErfolgOderMisserfolgAbgabeType, …AussonderungType. */
function outcomeOf(place: Place, idName: 'IDSGO' | 'xdomeaUUID'): ObjectOutcome {
  return {
    id: place.one(idName).uuid(),
    ...importOutcome(place),
    archiveReference: place.maybe('Archivkennung')?.reason() ?? null,
  }
}

const wholeParts: ReadonlySet<string> = new Set(['Erfolgreich', 'Fehlermeldung', 'FehlermeldungCode'])
const objectParts: ReadonlySet<string> = new Set([...wholeParts, 'xdomeaUUID', 'Archivkennung'])

/**
 * 0402 and 0506 of 4.0.0: elements beside the head that each say by the same building block what became of an object, or of the message where they
 * name none. What they are called there no source says, so each is known by what is in it; and anything else in it, or a second one of the message, is a
 * fault, because what is not understood confirms nothing (ADR 73).
 */
function importByParts(root: Place): Said {
  const outcomes = root.every().filter(({ name }) => name !== 'nachrichtenkopf')
  if (outcomes.length === 0) root.fault()
  const ofObjects = outcomes.filter((one) => one.maybe('xdomeaUUID') !== undefined)
  const [whole, second] = outcomes.filter((one) => !ofObjects.includes(one))
  second?.fault()
  for (const one of outcomes) {
    const known = one === whole ? wholeParts : objectParts
    for (const part of one.every()) if (!known.has(part.name)) part.fault()
  }
  const { taken, reasons } = whole === undefined ? { taken: null, reasons: [] } : importOutcome(whole)
  return {
    kind: 'import',
    taken,
    reasons,
    objects: distinct(ofObjects, (one) => outcomeOf(one, 'xdomeaUUID')),
  }
}

/** Of 0630: this one code of the list of general answers says that everything went well; each other one, and each further element, is a fault. */
const success = '0000000'

/** One Rueckmeldung (a choice): null for success, else what went wrong, in words or by its code. */
function complaintIn(place: Place): string | null {
  const [said, second] = place.any()
  if (said === undefined || second !== undefined) return place.fault()
  if (said.name === 'SonstigeFehlermeldung') return said.reason()
  const value = said.code()
  return said.name === 'AllgemeineRueckmeldung' && value === success ? null : value
}

/** What a parameter of 0630 says of an object (RueckgabeparameterFVDatenType), or of the whole where it names none. */
function parameterOf(place: Place) {
  const reasons = place.all('Rueckmeldung').flatMap((one) => complaintIn(one) ?? [])
  const taken = place.one('Erfolgreich').truth() && reasons.length === 0
  return { id: place.maybe('IDSGO')?.uuid() ?? null, taken, reasons }
}

/** 0630 speaks of the whole message. Several parameters may be of one object, which was taken when each of them says so. */
function importOf0630(root: Place): Said {
  const outcome = root.one('ErfolgOderMisserfolg')
  const complaints = outcome.some('Rueckmeldung').flatMap((one) => complaintIn(one) ?? [])
  const parameters = outcome.all('Rueckgabeparameter').map(parameterOf)
  const ids = new Set(parameters.flatMap(({ id }) => id ?? []))
  const reasons = [...complaints, ...parameters.flatMap((one) => (one.id === null ? one.reasons : []))]
  return {
    kind: 'import',
    taken: complaints.length === 0 && parameters.every(({ taken }) => taken),
    reasons: reasons.slice(0, maxReasons),
    objects: [...ids].map((id) => {
      const own = parameters.filter((one) => one.id === id)
      return {
        id,
        taken: own.every(({ taken }) => taken),
        reasons: own.flatMap((one) => one.reasons).slice(0, maxReasons),
        archiveReference: null,
      }
    }),
  }
}

/** Of the three values alone: how an archive names its own (AussonderungsartKonfigurierbar) nobody here knows. */
function valuedOf(place: Place): Valued {
  const value = place.one('Aussonderungsart').one('Aussonderungsart').code()
  if (value !== 'A' && value !== 'B' && value !== 'V') return place.fault()
  return { id: place.one('ID').uuid(), valuation: value }
}

function imported(name: string) {
  return (root: Place): Said => ({
    kind: 'import',
    taken: null,
    reasons: [],
    objects: distinct(root.some(name), (one) => outcomeOf(one, 'IDSGO')),
  })
}
function receipt(): Said {
  return { kind: 'receipt' }
}

type Reader = (root: Place) => Said

const readers: Readonly<Record<AnswerCode, Reader>> = {
  '0402': imported('AbgegebenesObjekt'),
  '0403': receipt,
  '0502': (root) => ({ kind: 'valuation', values: distinct(root.some('BewertetesObjekt'), valuedOf) }),
  '0504': receipt,
  '0506': imported('AusgesondertesSGO'),
  '0507': receipt,
  '0513': (root) => ({
    kind: 'catalogue',
    values: distinct(root.some('BewerteteAktenplaneinheit'), valuedOf),
  }),
  '0629': receipt,
  '0630': importOf0630,
}

/** Of 4.0.0: to what is written in it. */
const readersByParts: Partial<typeof readers> = {
  '0402': importByParts,
  '0403': receipt,
  '0506': importByParts,
  '0507': receipt,
}

/** The two things that the head of an answer is read for. */
function headOf(root: Place, { head }: Profile): { readonly type: Place; readonly process: Place } {
  if (head === 'own') {
    const place = root.one('Kopf')
    return { type: place.one('Nachrichtentyp'), process: place.one('ProzessID') }
  }
  const place = root.one('nachrichtenkopf')
  return {
    type: place.one('identifikation.nachricht').bare('nachrichtentyp'),
    process: place.one('ProzessID'),
  }
}

function isAnswerCode(of: string): of is AnswerCode {
  return of in readers
}

function codeOf(rootName: string): MessageCode | undefined {
  return (Object.keys(messageNames) as MessageCode[]).find((one) => messageNames[one] === rootName)
}

/** The message itself: an answer may come as a ZIP, with the one message in it and what belongs to it. Undefined: there is not exactly one. */
async function messageIn(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (given.toString('latin1', 0, 2) !== 'PK') return bytes
  const zip = {
    sizeBytes: given.length,
    read: async (start: number, length: number) => given.subarray(start, start + length),
  }
  const messages = (await readZipDirectory(zip))?.filter(({ name }) => /^[^/\\]+\.xml$/i.test(name)) ?? []
  const [entry] = messages
  if (entry === undefined || messages.length > 1) return undefined
  return (await unpack(zip, entry, maxMessageBytes)) ?? undefined
}

/**
 * Reads an answer of a DMS or of the public archive: xdomea 3.0.0, 3.1.0, or what of 4.0.0 is known, as XML or as a ZIP with it. Whatever else the bytes
 * are is said, with the place where a message breaks the standard. Only what is needed is looked at; that the rest fits the schema is not checked.
 * Bounded: by size, packed and unpacked, depth and number of elements.
 */
export async function readMessage(
  bytes: Uint8Array,
): Promise<{ readonly answer: Answer } | { readonly unreadable: Unreadable }> {
  if (bytes.length > maxMessageBytes) return { unreadable: { fault: 'too-large' } }
  const message = await messageIn(bytes)
  if (message === undefined) return { unreadable: { fault: 'not-one-message' } }
  const root = await readXml(message)
  if (root === undefined) return { unreadable: { fault: 'not-xml' } }
  const version = versionIn(root.namespace)
  if (version === undefined) return { unreadable: { fault: 'not-xdomea' } }
  if (version === null) return { unreadable: { fault: 'unsupported-version' } }
  const of = codeOf(root.name)
  if (of === undefined || !isAnswerCode(of)) return { unreadable: { fault: 'unknown-message' } }
  const profile = profileOf(version)
  const read = (profile.head === 'own' ? readers : readersByParts)[of]
  if (read === undefined) return { unreadable: { fault: 'unsupported-version' } }
  try {
    const place = new Place(root, root.name)
    const { type, process } = headOf(place, profile)
    if (type.code() !== of) type.fault()
    return { answer: { code: of, version, processId: process.uuid(), said: read(place) } }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return { unreadable: { fault: 'invalid-message', place: error.place } }
  }
}
