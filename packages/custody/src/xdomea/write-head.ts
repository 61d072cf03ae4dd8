import { idWithin } from './id-within.ts'
import { messageNames, profileOf, type WrittenCode, type XdomeaVersion } from './profile.ts'
import { bare, type Content, code, document, element, leaf, text, type Xml } from './xml.ts'

type Party = { readonly institution: string; readonly unit: string | null }

/** Who says what to whom. */
export type MessageHead = {
  readonly version: XdomeaVersion
  readonly processId: string
  readonly at: Date
  readonly from: Party
  readonly to: Party
  /** Name of the program that writes, of letters; also whose program it is. */
  readonly product: string
}

export type Written = { readonly fileName: string; readonly content: Buffer }

export function dateTime(at: Date): string {
  return at.toISOString()
}

/**
 * What is asked of the reader. A receipt is asked for, so that one knows that it has arrived; that it was taken in says another message. 0511 asks for
 * none: the catalogue is its answer.
 */
const asks: Readonly<Record<WrittenCode, (sender: string) => Xml[]>> = {
  '0401': () => [leaf('Importbestaetigung', 1), leaf('Empfangsbestaetigung', 1)],
  '0501': () => [leaf('Empfangsbestaetigung', 1)],
  '0503': () => [
    leaf('Importbestaetigung', 1),
    leaf('RueckmeldungArchivkennung', 1),
    leaf('Empfangsbestaetigung', 1),
  ],
  '0511': () => [leaf('Empfangsbestaetigung', 0)],
  '0605': (sender) => [
    leaf('Empfangsbestaetigung', 1),
    leaf('Importbestaetigung', 1),
    leaf('Erstellerkennung', sender),
    leaf('Stapel', 0),
  ],
}

function party(name: string, prefix: '' | 'Name', { institution, unit }: Party): Xml {
  return element(
    name,
    element(`${prefix}Institution`, leaf('Name', institution)),
    unit === null ? undefined : element(`${prefix}Organisationseinheit`, leaf('Name', unit)),
  )
}

/** NkBasisType and what the head of each message says further. */
function ownHead(of: WrittenCode, { processId, at, from, to, product }: MessageHead): Xml[] {
  return [
    element(
      'Kopf',
      leaf('ProzessID', processId),
      code('Nachrichtentyp', of),
      leaf('Erstellungszeitpunkt', dateTime(at)),
      party('Absender', '', from),
      party('Empfaenger', '', to),
      element('SendendesSystem', leaf('Produktname', product)),
      asks[of](from.institution),
    ),
  ]
}

/** NachrichtenkopfType (XÖV-Basisnachricht G2G, whose own elements have no namespace). Sent again, the message is the same and so is its UUID. */
function xoevHead(of: WrittenCode, { processId, at, from, to }: MessageHead): Xml[] {
  return [
    element(
      'nachrichtenkopf',
      element(
        'identifikation.nachricht',
        bare('nachrichtenUUID', text(idWithin(processId, `message-${of}`))),
        bare('nachrichtentyp', bare('code', text(of))),
        bare('erstellungszeitpunkt', text(dateTime(at))),
      ),
      party('leser', 'Name', to),
      party('autor', 'Name', from),
      leaf('ProzessID', processId),
    ),
    ...asks[of](from.institution),
    leaf('LfdNrNachrichtProTyp', 1),
    leaf('GesamtanzahlNachrichtenProTyp', 1),
  ]
}

/** NachrichtType: by which program, of whom, and which standard. */
function rootAttributes({ version, product }: MessageHead): Readonly<Record<string, string>> {
  return { produkt: product, produkthersteller: product, standard: 'xdomea', version }
}

/** A message with its head as the file that is sent, named by the standard. */
export function messageOf(of: WrittenCode, about: MessageHead, ...content: Content): Written {
  const { namespace, fileName, head } = profileOf(about.version)
  return {
    fileName: `${fileName(about.processId, of)}.xml`,
    content:
      head === 'own'
        ? document(namespace, messageNames[of], {}, ownHead(of, about), ...content)
        : document(namespace, messageNames[of], rootAttributes(about), xoevHead(of, about), ...content),
  }
}
