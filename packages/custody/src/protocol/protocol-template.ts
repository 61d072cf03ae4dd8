/** The Löschprotokoll in Typst (design: A4 landscape, tagged). Data come as JSON under `data`, as `pdfOf` makes them. */
export const protocolTemplate = `
#let data = json(bytes(sys.inputs.data))
#set document(title: "Löschprotokoll", author: "Bürgerdraht", date: datetime(year: data.made.year, month: data.made.month, day: data.made.day))
#set text(lang: "de", size: 9pt)
#set page(paper: "a4", flipped: true, margin: 16mm, footer: context align(right)[Löschprotokoll, Seite #counter(page).display("1 / 1", both: true)])
#set table(stroke: 0.4pt + luma(60%), inset: 4pt)
#show table.cell.where(y: 0): strong

= Löschprotokoll

#data.subject. Erstellt am #data.made.text aus dem Löschregister allein; es enthält keine personenbezogenen Daten.

#if data.rows.len() == 0 [
  In dieser Auswahl steht im Löschregister keine Löschung.
] else [
  == Summen

  #table(
    columns: (auto, auto, auto),
    table.header([Datenart], [Objekte], [Anzahl]),
    ..data.totals.map(one => (one.cluster, one.kind, str(one.count))).flatten()
  )

  == Einträge

  #table(
    columns: (auto, auto, 1.4fr, auto, 1.2fr, 1.4fr, 1.2fr, 1.2fr, 22mm),
    table.header([Nr.], [Zeitpunkt], [Datenart], [Regel], [Löschklasse], [Gelöscht], [Rechtsgrund], [Archiv; beteiligt], [Rest in Sicherungen bis]),
    ..data.rows.map(row => (
      row.seq, row.at, row.cluster, row.rule, row.class.replace(regex("[_+/]"), sign => sign.text + "\\u{200b}"), row.objects, row.ground, row.archive + "; " + row.approvals, row.residueUntil,
    )).flatten()
  )
]

== Nachweis

Die Nummern sind die Plätze im Löschregister (RFC 6962). Der unterschriebene Stand, gegen den sich jeder Eintrag mit buergerdraht-verify ohne diesen Server prüfen lässt:

#raw(data.checkpoint, block: true)
`
