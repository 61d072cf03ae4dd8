/**
 * What 4.0.0 has within an element, as far as it is written or read here: names in their order, `?` at most once, `*` any number, `+` at least one, and
 * after a colon the type where it is not called like the element. `~` has no namespace, `#` is text of a form. Taken from the element model of the
 * standard's building blocks and from examples of 0401 and 0503 (ADR 73), and not from what writes here.
 */
const types: Readonly<Record<string, string>> = {
  'Abgabe.Abgabe.0401':
    'nachrichtenkopf Importbestaetigung:#1 Empfangsbestaetigung:#truth LfdNrNachrichtProTyp:#count GesamtanzahlNachrichtenProTyp:#count Schriftgutobjekt+',
  'Aussonderung.Aussonderung.0503':
    'nachrichtenkopf Importbestaetigung:#1 RueckmeldungArchivkennung:#truth Empfangsbestaetigung:#truth LfdNrNachrichtProTyp:#count GesamtanzahlNachrichtenProTyp:#count Schriftgutobjekt:SchriftgutobjektAussonderung+',
  nachrichtenkopf:
    'identifikation.nachricht leser:Kontakt autor:Kontakt ProzessID:#uuid InstanzID:#text? Hinweis:#text?',
  'identifikation.nachricht':
    '~nachrichtenUUID:#uuid ~nachrichtentyp:Code ~erstellungszeitpunkt:#millisecond',
  Kontakt: 'NameInstitution? NameOrganisationseinheit?',
  NameInstitution: 'Name:#text? Kurzbezeichnung:#text?',
  NameOrganisationseinheit: 'Name:#text',
  Schriftgutobjekt: 'Vorgang',
  SchriftgutobjektAussonderung: 'Vorgang:VorgangAussonderung',
  Vorgang:
    'Identifikation AllgemeineMetadaten? Aussonderungsmetadaten? Aktenbetreff:#text? Typ:#text? ZdA:#truth? ZdADatum:#date? Laufzeit? DokumentOderDokumentMitSchriftstueck*',
  VorgangAussonderung:
    'Identifikation Kontextobjekt:#truth AllgemeineMetadaten? Aussonderungsmetadaten? Laufzeit? DokumentOderDokumentMitSchriftstueck*',
  Identifikation: 'xdomeaUUID:#uuid NummerImUebergeordnetenContainer:#count?',
  AllgemeineMetadaten:
    'Betreff:#text? Kennzeichen:#text? Federfuehrung:#text? Aktenfuehrung:#text? Bemerkung:#text? Medium:Code?',
  Aussonderungsmetadaten: 'Aufbewahrungsdauer? Aussonderungsart? Kennung:#text? Bewertungsvorschlag:Code?',
  Aufbewahrungsdauer: 'AnzahlJahre:#count? Unbefristet:#1?',
  Aussonderungsart: 'Aussonderungsart:Code? AussonderungsartKonfigurierbar:#text?',
  Laufzeit: 'Beginn:#date? Ende:#date?',
  DokumentOderDokumentMitSchriftstueck: 'Dokument?',
  Dokument:
    'Identifikation AllgemeineMetadaten? DatumDesSchreibens:#date? Bezug:#text? Hier:#text? Bearbeiter:#text? Typ:#text? Anlage* Version*',
  Anlage: 'Dokument? Nummer:#text?',
  Version: 'Nummer:#text Format+',
  Format: 'Name:Code SonstigerName:#text? Version:#text Primaerdokument',
  Primaerdokument:
    'Dateiname:#file DateinameOriginal:#text? Ersteller:#text? DatumUhrzeit:#moment? ZeitpunktLetzteAenderung:#moment?',
  Code: '~code:#text ~name:#text?',
}

const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'
const forms: Readonly<Record<string, RegExp>> = {
  '#text': /^/,
  '#1': /^1$/,
  '#truth': /^(?:0|1|true|false)$/,
  '#count': /^\d{1,5}$/,
  '#uuid': new RegExp(`^${uuid}$`),
  '#file': new RegExp(`^${uuid}(?:_[^/\\\\]+)?\\.[A-Za-z0-9]+$`),
  '#date': /^\d{4}-\d\d-\d\d$/,
  '#moment': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  '#millisecond': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
}

type Element = {
  readonly name: string
  readonly namespace: string
  readonly children: readonly Element[]
  readonly text: string
}

function faultsIn(of: Element, type: string, path: string): string[] {
  const form = forms[type]
  if (form !== undefined) return of.children.length === 0 && form.test(of.text) ? [] : [`${path}: no ${type}`]
  const declared = types[type]
  if (declared === undefined) return [`${path}: unknown`]
  const faults: string[] = []
  let at = 0
  for (const one of declared.split(' ')) {
    const [, bare, name = '', called, often] = /^(~?)([\w.]+)(?::([#\w.]+?))?([?*+]?)$/.exec(one) ?? []
    const namespace = bare === '~' ? '' : 'urn:xoev-de:xdomea:schema:4.0.0'
    let found = 0
    for (; of.children[at]?.name === name && of.children[at]?.namespace === namespace; at += 1) {
      found += 1
      const child = of.children[at]
      if (child !== undefined) faults.push(...faultsIn(child, called ?? name, `${path}/${name}`))
    }
    if (found === 0 && often !== '?' && often !== '*') faults.push(`${path}/${name}: missing`)
    if (found > 1 && often !== '*' && often !== '+') faults.push(`${path}/${name}: more than one`)
  }
  const left = of.children[at]
  return left === undefined ? faults : [...faults, `${path}/${left.name}: not expected here`]
}

/** What a message has against the elements of 4.0.0, where the official schema is not given; empty: nothing. */
export function elementFaults(root: Element): string[] {
  return faultsIn(root, root.name, root.name)
}
