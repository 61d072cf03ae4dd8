import type { LocalDate } from '@buergerdraht/records'
import { isWritten, type Profile, profileOf, type WrittenCode } from './profile.ts'
import { dateTime, type MessageHead, messageOf, type Written } from './write-head.ts'
import { code, element, leaf, type Xml } from './xml.ts'

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

/** xdomea file names begin with the UUID; ours have nothing else before the ending, so that no citizen's text gets into a path. */
export function fileNameOf({ id, extension }: Pick<MessageFile, 'id' | 'extension'>): string {
  return `${id}.${extension}`
}

function version({ otherFormat }: Profile, file: MessageFile): Xml {
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

function identification({ id }: Profile, value: string, number: number | null = null): Xml {
  return element('Identifikation', leaf(id, value), leaf('NummerImUebergeordnetenContainer', number))
}

function attachment(profile: Profile, file: MessageFile, number: number): Xml {
  const document = [
    identification(profile, file.id, number),
    element('AllgemeineMetadaten', leaf('Betreff', file.title)),
    version(profile, file),
  ]
  return element(
    'Anlage',
    profile.documents === 'plain' ? document : element('Dokument', document),
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

function documentOf(profile: Profile, document: Document): Xml {
  const { id, number, subject, kind, on, file } = document
  const versions = file === null ? [] : [version(profile, file)]
  const attachments = document.attachments.map((one, at) => attachment(profile, one, at + 1))
  const said = [
    identification(profile, id, number),
    element('AllgemeineMetadaten', leaf('Betreff', subject), code('Medium', '001')),
    leaf('DatumDesSchreibens', on),
    leaf('Typ', kind),
  ]
  if (profile.documents === 'plain') return element('Dokument', said, versions, attachments)
  return element('DokumentOderDokumentMitSchriftstueck', element('Dokument', said, attachments, versions))
}

function documentsOf(profile: Profile, { record, subject, to }: MessageMatter): Xml[] {
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
  const documents = proofs.length === 0 ? [chat] : [chat, proof]
  return documents.map((one) => documentOf(profile, one))
}

export function valued(kind: 'A' | 'B' | 'V'): Xml {
  return element('Aussonderungsart', code('Aussonderungsart', kind))
}

function retention(
  { archival }: Profile,
  { keptForYears, valuation, proposal }: MessageMatter,
): Xml | undefined {
  const period =
    keptForYears === null
      ? undefined
      : element(
          'Aufbewahrungsdauer',
          keptForYears === 'permanent' ? leaf('Unbefristet', 1) : leaf('AnzahlJahre', keptForYears),
        )
  if (period === undefined && valuation === null && proposal === null) return undefined
  return element(
    archival,
    period,
    valuation === null ? undefined : valued(valuation),
    proposal === null ? undefined : code('Bewertungsvorschlag', proposal),
  )
}

function matterOf(profile: Profile, of: WrittenCode, matter: MessageMatter): Xml {
  const { id, subject, fileReference, unit, from, to } = matter
  const marksContext = profile.marksContext && of === '0503'
  return element(
    'Vorgang',
    identification(profile, id),
    marksContext ? leaf('Kontextobjekt', 0) : undefined,
    element(
      'AllgemeineMetadaten',
      leaf('Betreff', subject),
      leaf('Kennzeichen', fileReference),
      leaf('Federfuehrung', unit),
      code('Medium', '001'),
    ),
    retention(profile, matter),
    marksContext ? [] : [leaf('ZdA', 1), leaf('ZdADatum', to)],
    element('Laufzeit', leaf('Beginn', from), leaf('Ende', to)),
    documentsOf(profile, matter),
  )
}

/** The matter as each message carries it. 0605 says under which id it is known here, and which folder of the delivery it is in. */
function carried(profile: Profile, of: WrittenCode, matter: MessageMatter): Xml {
  const object = element('Schriftgutobjekt', matterOf(profile, of, matter))
  if (of !== '0605') return object
  return element(
    'SchriftgutobjektZumAblegen',
    leaf('FachverfahrenObjektID', matter.id),
    object,
    leaf('Ablageort', '.'),
  )
}

/**
 * A message of xdomea as the file that is sent, named by the standard. `unsupported-version`: it is not written in that version. Valid against the
 * schema for every text in it (of 4.0.0: see ADR 73).
 */
export function writeMessage(
  of: Exclude<WrittenCode, '0511'>,
  about: MessageHead,
  matters: readonly MessageMatter[],
): Written | 'unsupported-version' {
  if (!isWritten(of, about.version)) return 'unsupported-version'
  // A batch is counted and answered in one: 0605 is sent for each matter by itself.
  if (matters.length === 0 || (of === '0605' && matters.length > 1))
    throw new RangeError('A message carries a matter, and 0605 one only')
  const profile = profileOf(about.version)
  return messageOf(
    of,
    about,
    matters.map((matter) => carried(profile, of, matter)),
  )
}
