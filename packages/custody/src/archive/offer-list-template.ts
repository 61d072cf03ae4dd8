/** The offering list in Typst (A4 landscape, tagged). Data come as JSON under `data`, as `offerList` makes them. */
export const offerListTemplate = `
#let data = json(bytes(sys.inputs.data))
#set document(title: "Anbietungsliste", author: "Bürgerdraht", date: datetime(year: data.made.year, month: data.made.month, day: data.made.day))
#set text(lang: "de", size: 9pt)
#set page(paper: "a4", flipped: true, margin: 16mm, footer: context align(right)[Anbietungsliste, Seite #counter(page).display("1 / 1", both: true)])
#set table(stroke: 0.4pt + luma(60%), inset: 4pt)
#show table.cell.where(y: 0): strong

= Anbietungsliste

Angeboten am #data.offered. #if data.until != "" [Die Antwort wird erbeten bis #data.until.]
Prozess-ID: #data.id. Erstellt am #data.made.text.

A: archivwürdig. B: Bewertung offen. V: zu vernichten.

#if data.rows.len() == 0 [
  Von diesem Angebot ist nichts mehr da.
] else [
  #table(
    columns: (auto, 1.6fr, 1.2fr, 1.4fr, auto, auto, 1fr, auto, auto, 1fr),
    table.header([Nr.], [Gruppe], [Aktenzeichen], [Inhalt laut Aktenplan], [Laufzeit von], [bis], [Umfang], [Vorschlag], [Entscheidung], [Aktenzeichen der Entscheidung]),
    ..data.rows.map(row => (
      row.number, row.group, row.reference, row.title, row.from, row.to, row.volume, row.proposal, row.valuation, row.basis,
    )).flatten()
  )
]
`
