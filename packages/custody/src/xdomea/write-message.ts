import type { LocalDate } from '@buergerdraht/records'
import { type MessageCode, messageNames, profileOf, type XdomeaVersion } from './profile.ts'
import { code, document, element, leaf, type Xml } from './xml.ts'

/** A file that goes with a message, and how the records system shows it. */
export type MessageFile = {
  /** UUID with which the name of the file begins. */
  readonly id: string
  /** Ending without a dot, of letters and digits. */
  readonly extension: string
  /** As it was called, or as it is to be called: free text. */
  readonly title: string
  /** Name and version, like `PDF/A` and `3a`. */
  readonly format: { readonly name: string; readonly version: string }
  readonly madeAt: Date
}

/** A matter that is offered or handed over: a Vorgang of xdomea. All text may be anything; it is written so that it stays text. */
export type MessageMatter = {
  readonly id: string
  readonly subject: string
  readonly fileReference: string | null
  /** Who was in charge: a team. */
  readonly unit: string | null
  readonly from: LocalDate
  readonly to: LocalDate
  readonly keptForYears: number | 'permanent' | null
  /** A: archive, B: to be valued, V: destroy. */
  readonly valuation: 'A' | 'B' | 'V' | null
  readonly proposal: 'A' | 'V' | null
  /** What is read, with what it was made of below it; and what shows that both are unchanged. Null in an offer, which names and does not hand over. */
  readonly record: {
    readonly document: MessageFile
    readonly originals: readonly MessageFile[]
    readonly proofs: readonly MessageFile[]
    /** UUIDs of the two documents of the Vorgang. */
    readonly documentId: string
    readonly proofsId: string
  } | null
}

type Party = { readonly institution: string; readonly unit: string | null }

/** Who says what to whom. */
export type MessageHead = {
  readonly version: XdomeaVersion
  readonly processId: string
  readonly at: Date
  readonly from: Party
  readonly to: Party
  readonly product: string
}

/** File in the DMS (Fachverfahren), hand over to a DMS, offer to the archive, hand over to the archive. */
export type WrittenCode = '0605' | '0401' | '0501' | '0503'

/** xdomea file names begin with the UUID; ours have nothing else before the ending, so that no citizen's text gets into a path. */
export function fileNameOf({ id, extension }: Pick<MessageFile, 'id' | 'extension'>): string {
  return `${id}.${extension}`
}

/**
 * The code list of file formats is no part of the schema: a format is written as another one than those listed, with its name as text, which every
 * version of the list has.
 */
const otherFormat = { value: 'Sonstiges', list: '1.0' }

function dateTime(at: Date): string {
  return at.toISOString()
}

function party(name: 'Absender' | 'Empfaenger', { institution, unit }: Party): Xml {
  return element(
    name,
    element('Institution', leaf('Name', institution)),
    unit === null ? undefined : element('Organisationseinheit', leaf('Name', unit)),
  )
}

/** What every head begins with (NkBasisType). */
export function head(
  of: MessageCode,
  { processId, at, from, to, product }: MessageHead,
  ...more: Xml[]
): Xml {
  return element(
    'Kopf',
    leaf('ProzessID', processId),
    code('Nachrichtentyp', of),
    leaf('Erstellungszeitpunkt', dateTime(at)),
    party('Absender', from),
    party('Empfaenger', to),
    element('SendendesSystem', leaf('Produktname', product)),
    more,
  )
}

/** What the head of each message says further. A receipt is asked for, so that one knows that it has arrived; that it was taken in says another message. */
const headEnds: Readonly<Record<WrittenCode, (sender: string) => Xml[]>> = {
  '0401': () => [leaf('Importbestaetigung', 1), leaf('Empfangsbestaetigung', 1)],
  '0501': () => [leaf('Empfangsbestaetigung', 1)],
  '0503': () => [
    leaf('Importbestaetigung', 1),
    leaf('RueckmeldungArchivkennung', 1),
    leaf('Empfangsbestaetigung', 1),
  ],
  '0605': (sender) => [
    leaf('Empfangsbestaetigung', 1),
    leaf('Importbestaetigung', 1),
    leaf('Erstellerkennung', sender),
    leaf('Stapel', 0),
  ],
}

function version(file: MessageFile): Xml {
  return element(
    'Version',
    leaf('Nummer', 1),
    element(
      'Format',
      code('Name', otherFormat.value, otherFormat.list),
      leaf('SonstigerName', file.format.name),
      leaf('Version', file.format.version),
      element(
        'Primaerdokument',
        leaf('Dateiname', fileNameOf(file)),
        leaf('DateinameOriginal', file.title),
        leaf('DatumUhrzeit', dateTime(file.madeAt)),
      ),
    ),
  )
}

function attachment(file: MessageFile, number: number): Xml {
  return element(
    'Anlage',
    element('Identifikation', leaf('ID', file.id), leaf('NummerImUebergeordnetenContainer', number)),
    element('AllgemeineMetadaten', leaf('Betreff', file.title)),
    version(file),
    leaf('Nummer', number),
  )
}

type Document = {
  readonly id: string
  readonly number: number
  readonly subject: string
  readonly kind: string
  readonly on: LocalDate
  readonly file: MessageFile | null
  readonly attachments: readonly MessageFile[]
}

function documentOf({ id, number, subject, kind, on, file, attachments }: Document): Xml {
  return element(
    'Dokument',
    element('Identifikation', leaf('ID', id), leaf('NummerImUebergeordnetenContainer', number)),
    element('AllgemeineMetadaten', leaf('Betreff', subject), code('Medium', '001')),
    leaf('DatumDesSchreibens', on),
    leaf('Typ', kind),
    file === null ? undefined : version(file),
    attachments.map((one, at) => attachment(one, at + 1)),
  )
}

function documentsOf({ record, subject, to }: MessageMatter): Xml[] {
  if (record === null) return []
  const { document: file, originals, proofs, documentId, proofsId } = record
  const chat = { id: documentId, number: 1, subject, kind: 'Chat', on: to, file, attachments: originals }
  const proof = {
    id: proofsId,
    number: 2,
    subject: 'Nachweis der Unverändertheit',
    kind: 'Nachweis',
    on: to,
    file: null,
    attachments: proofs,
  }
  return proofs.length === 0 ? [documentOf(chat)] : [documentOf(chat), documentOf(proof)]
}

export function valued(kind: 'A' | 'B' | 'V'): Xml {
  return element('Aussonderungsart', code('Aussonderungsart', kind))
}

function retention({ keptForYears, valuation, proposal }: MessageMatter): Xml | undefined {
  const period =
    keptForYears === null
      ? undefined
      : element(
          'Aufbewahrungsdauer',
          keptForYears === 'permanent' ? leaf('Unbefristet', 1) : leaf('AnzahlJahre', keptForYears),
        )
  if (period === undefined && valuation === null && proposal === null) return undefined
  return element(
    'ArchivspezifischeMetadaten',
    period,
    valuation === null ? undefined : valued(valuation),
    proposal === null ? undefined : code('Bewertungsvorschlag', proposal),
  )
}

function matterOf(matter: MessageMatter): Xml {
  const { id, subject, fileReference, unit, from, to } = matter
  return element(
    'Vorgang',
    element('Identifikation', leaf('ID', id)),
    element(
      'AllgemeineMetadaten',
      leaf('Betreff', subject),
      leaf('Kennzeichen', fileReference),
      leaf('Federfuehrung', unit),
      code('Medium', '001'),
    ),
    retention(matter),
    leaf('ZdA', 1),
    leaf('ZdADatum', to),
    element('Laufzeit', leaf('Beginn', from), leaf('Ende', to)),
    documentsOf(matter),
  )
}

/** The matter as each message carries it. 0605 says under which id it is known here, and which folder of the delivery it is in. */
function carried(of: WrittenCode, matter: MessageMatter): Xml {
  const object = element('Schriftgutobjekt', matterOf(matter))
  if (of !== '0605') return object
  return element(
    'SchriftgutobjektZumAblegen',
    leaf('FachverfahrenObjektID', matter.id),
    object,
    leaf('Ablageort', '.'),
  )
}

export type Written = { readonly fileName: string; readonly content: Buffer }

/**
 * A message of xdomea as the file that is sent, named by the standard. `unsupported-version`: nothing is written in a version whose schema is not
 * known here. Valid against the schema for every text in it.
 */
export function writeMessage(
  of: WrittenCode,
  about: MessageHead,
  matters: readonly MessageMatter[],
): Written | 'unsupported-version' {
  const profile = profileOf(about.version)
  if (!profile.writes) return 'unsupported-version'
  // A batch is counted and answered in one: 0605 is sent for each matter by itself.
  if (matters.length === 0 || (of === '0605' && matters.length > 1))
    throw new RangeError('A message carries a matter, and 0605 one only')
  return {
    fileName: `${profile.fileName(about.processId, of)}.xml`,
    content: document(
      profile.namespace,
      messageNames[of],
      head(of, about, ...headEnds[of](about.from.institution)),
      matters.map((matter) => carried(of, matter)),
    ),
  }
}
