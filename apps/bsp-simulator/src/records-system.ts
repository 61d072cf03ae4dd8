import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type FaultBoard, type RecordsAnswer, recordsAnswers } from './faults.ts'

/** What came in, as the room shows it: names, never content. */
type Received = {
  readonly process: string
  readonly message: string
  readonly matter: string
  readonly files: readonly string[]
  /** Files that the message names and that are not there. */
  readonly missing: readonly string[]
  /** Codes of the messages that were sent back. */
  readonly answers: string[]
}
type Kept = Received & {
  readonly version: string
  /** Of 0511: what is to be valued, by its id. */
  readonly units: ReadonlyMap<string, string>
}

/** Receipt (0511 asks for none) and answer for each message that is understood, in the version of xdomea in which it came. */
const codes = {
  '0401': { receipt: '0403', taken: '0402', group: 'Abgabe', object: 'AbgegebenesObjekt' },
  '0503': { receipt: '0507', taken: '0506', group: 'Aussonderung', object: 'AusgesondertesSGO' },
  '0511': { receipt: null, taken: '0513', group: 'Aussonderung', object: null },
  '0605': { receipt: '0629', taken: '0630', group: 'FVDaten', object: null },
} as const
const names = {
  '0402': 'Abgabe.ImportBestaetigen.0402',
  '0403': 'Abgabe.EmpfangBestaetigen.0403',
  '0506': 'Aussonderung.AussonderungImportBestaetigen.0506',
  '0507': 'Aussonderung.AussonderungEmpfangBestaetigen.0507',
  '0513': 'Aussonderung.Bewertungskatalog.0513',
  '0629': 'FVDaten.EmpfangBestaetigen.0629',
  '0630': 'FVDaten.ImportBestaetigen.0630',
} as const
type Answered = keyof typeof names

/** What a message is: the office stores files in its ZIP uncompressed, so the text lies in it as it is. */
function receivedIn(zip: Buffer): Kept | null {
  const text = zip.toString('latin1')
  const root = /<xdomea:[A-Za-z.]+\.(\d{4}) xmlns:xdomea="urn:xoev-de:xdomea:schema:([\d.]+)"[^>]*>/.exec(
    text,
  )
  const process = /<xdomea:ProzessID>([0-9a-f-]{36})</.exec(text)?.[1]
  const matter =
    /<xdomea:(?:Vorgang><xdomea:Identifikation|Aktenplan)><xdomea:(?:ID|xdomeaUUID)>([0-9a-f-]{36})</.exec(
      text,
    )?.[1]
  const [, message = '', version = ''] = root ?? []
  if (!(message in codes) || process === undefined || matter === undefined) return null
  const files = [...text.matchAll(/<xdomea:Dateiname>([^<]+)</g)].map(([, name = '']) => name)
  // Beside the message each name stands before the file and in the directory.
  const missing = files.filter((name) => text.split(name).length - 1 < 3)
  const named = text.matchAll(/<xdomea:Einheit><xdomea:Kennzeichen>([^<]+)<.*?<xdomea:ID>([0-9a-f-]{36})</g)
  const units = new Map([...named].map(([, code = '', id = '']) => [id, code]))
  return { process, message, version, matter, files, missing, answers: [], units }
}

/** 4.0.0 has the head of XÖV-Basisnachricht. */
function messageOf(of: Answered, { process, version }: Kept, body: string): string {
  const root = `<?xml version="1.0" encoding="UTF-8"?>
<x:${names[of]} xmlns:x="urn:xoev-de:xdomea:schema:${version}"`
  const now = new Date().toISOString()
  if (version === '4.0.0')
    return `${root} produkt="Vorführung" produkthersteller="Vorführung" standard="xdomea" version="4.0.0"><x:nachrichtenkopf><x:identifikation.nachricht><nachrichtenUUID>${randomUUID()}</nachrichtenUUID><nachrichtentyp><code>${of}</code></nachrichtentyp><erstellungszeitpunkt>${now}</erstellungszeitpunkt></x:identifikation.nachricht><x:leser/><x:autor><x:NameInstitution><x:Name>E-Akte der Vorführung</x:Name></x:NameInstitution></x:autor><x:ProzessID>${process}</x:ProzessID></x:nachrichtenkopf>${body}</x:${names[of]}>
`
  const ends = {
    '0513': '<x:Empfangsbestaetigung>0</x:Empfangsbestaetigung>',
    '0630': '<x:FVSessionID>1</x:FVSessionID>',
  } as const
  const end = of in ends ? ends[of as keyof typeof ends] : ''
  return `${root}><x:Kopf><x:ProzessID>${process}</x:ProzessID><x:Nachrichtentyp><code>${of}</code></x:Nachrichtentyp><x:Erstellungszeitpunkt>${now}</x:Erstellungszeitpunkt><x:Absender><x:Institution><x:Name>E-Akte der Vorführung</x:Name></x:Institution></x:Absender><x:Empfaenger/>${end}</x:Kopf>${body}</x:${names[of]}>
`
}

/** Where no file is touched there is little to keep, the rest wants to be seen; or, to contradict oneself, everything is kept. */
function catalogueOf({ units }: Kept, wished: boolean): string {
  return [...units]
    .map(([id, code]) => {
      const value = wished ? (code === 'DA01' ? 'V' : 'B') : 'A'
      return `<x:BewerteteAktenplaneinheit><x:ID>${id}</x:ID><x:Aussonderungsart><x:Aussonderungsart><code>${value}</code></x:Aussonderungsart></x:Aussonderungsart></x:BewerteteAktenplaneinheit>`
    })
    .join('')
}

/** Whether it was taken in. Without its files nothing is. */
function wordOn(kept: Kept, wished: boolean): string {
  if (kept.message === '0511') return catalogueOf(kept, wished)
  const { object } = codes[kept.message as keyof typeof codes]
  const taken = wished && kept.missing.length === 0
  const why = kept.missing.length > 0 ? 'Datei fehlt.' : 'Die Akte ist geschlossen.'
  if (object === null) {
    const said = taken
      ? '<x:AllgemeineRueckmeldung><code>0000000</code></x:AllgemeineRueckmeldung>'
      : `<x:SonstigeFehlermeldung>${why}</x:SonstigeFehlermeldung>`
    return `<x:ErfolgOderMisserfolg><x:Rueckmeldung>${said}</x:Rueckmeldung></x:ErfolgOderMisserfolg>`
  }
  const rest = taken
    ? object === 'AusgesondertesSGO'
      ? '<x:Archivkennung>Best. 7 Nr. 1</x:Archivkennung>'
      : ''
    : `<x:Fehlermeldung>${why}</x:Fehlermeldung>`
  if (kept.version === '4.0.0')
    return `<x:${object}><x:Erfolgreich>${taken}</x:Erfolgreich>${rest}<x:xdomeaUUID>${kept.matter}</x:xdomeaUUID></x:${object}>`
  return `<x:${object}><x:IDSGO>${kept.matter}</x:IDSGO><x:Erfolgreich>${taken}</x:Erfolgreich>${rest}</x:${object}>`
}

const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`

/**
 * The electronic file and the public archive of the demo, at the other end of a drop folder: takes in what lies in `out`, and answers into `in` as it is
 * told to.
 */
export class RecordsSystem {
  readonly #folder: string
  readonly #faults: FaultBoard
  readonly #received = new Map<string, Kept>()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(folder: string, faults: FaultBoard) {
    this.#folder = folder
    this.#faults = faults
  }

  get received(): Received[] {
    return [...this.#received.values()].map(({ version: _, units: _units, ...received }) => received)
  }

  /** Looks into the folder again and again. */
  open(everyMs: number): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look()).catch(() => {})
    }, everyMs)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  async #look(): Promise<void> {
    const out = join(this.#folder, 'out')
    const files = await readdir(out).catch(() => [])
    for (const name of files.filter((one) => /^[^.].*\.zip$/.test(one))) {
      const kept = receivedIn(await readFile(join(out, name)))
      await rm(join(out, name))
      if (kept === null) continue
      this.#received.set(kept.process, kept)
      await this.answer(kept.process, this.#faults.current.records.answer)
    }
  }

  /** False: nothing of this process has come in. */
  async answer(process: string, how: RecordsAnswer): Promise<boolean> {
    const kept = this.#received.get(process)
    if (kept === undefined) return false
    if (how === 'silence') return true
    const { receipt, taken } = codes[kept.message as keyof typeof codes]
    if (how === 'bomb' || how === 'broken') {
      await this.#send(how === 'bomb' ? bomb : messageOf(taken, kept, wordOn(kept, true)).slice(0, -20))
      return true
    }
    const of = how === 'foreign' ? { ...kept, process: randomUUID() } : kept
    const words = [how !== 'reject', ...(how === 'twice' ? [true] : how === 'contradict' ? [false] : [])]
    if (receipt !== null && !kept.answers.includes(receipt)) {
      await this.#send(messageOf(receipt, of, ''))
      kept.answers.push(receipt)
    }
    for (const wished of words) {
      await this.#send(messageOf(taken, of, wordOn(of, wished)))
      kept.answers.push(taken)
    }
    return true
  }

  #sent = 0

  /** It appears as a whole, and in the order in which it was said. */
  async #send(text: string): Promise<void> {
    const folder = join(this.#folder, 'in')
    await mkdir(folder, { recursive: true })
    this.#sent += 1
    const name = `${String(Date.now()).padStart(15, '0')}-${String(this.#sent).padStart(6, '0')}.xml`
    await writeFile(join(folder, `${name}.tmp`), text)
    await rename(join(folder, `${name}.tmp`), join(folder, name))
  }
}

/** The room: what came in, and an answer on demand. */
export function registerRecordsSystem(app: FastifyInstance, records: RecordsSystem): void {
  app.get('/records-system', () => ({ received: records.received }))
  app.post('/records-system/:process/answers', async (request, reply) => {
    const { process } = z.object({ process: z.uuid() }).parse(request.params)
    const { answer } = z.object({ answer: z.enum(recordsAnswers) }).parse(request.body)
    if (await records.answer(process, answer)) return reply.code(204).send()
    return reply.code(404).send({ code: 'not-found', message: 'Nothing of this process has come in.' })
  })
}
