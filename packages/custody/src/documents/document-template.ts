/** Any of the documents in Typst (A4 landscape, tagged). Data come as JSON under `data`, as `pageOf` makes them; every word is put in as a value. */
export const documentTemplate = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: "Bürgerdraht", date: datetime(year: data.made.year, month: data.made.month, day: data.made.day))
#set text(lang: "de", size: 9pt, hyphenate: true)
#set page(paper: "a4", flipped: true, margin: 16mm, footer: context align(right)[#data.title, #data.issue, Seite #counter(page).display("1 / 1", both: true)])
#set table(stroke: 0.4pt + luma(60%), inset: 4pt)
#show table.cell.where(y: 0): strong

#heading(level: 1, data.title)

#par(data.issue)

#par(data.basis)

#if data.changes != none {
  heading(level: 2, data.changes.heading)
  if data.changes.items.len() == 0 { par("Nichts.") } else { list(..data.changes.items.map(one => [#one])) }
}

#for section in data.sections {
  heading(level: section.level + 1, section.heading)
  for block in section.blocks {
    if block.kind == "text" { par(block.text) } else if block.rows.len() == 0 { par("Keine.") } else {
      table(
        columns: (auto,) + (block.columns.len() - 1) * (1fr,),
        table.header(..block.columns.map(one => [#one])),
        ..block.rows.flatten().map(one => [#one])
      )
    }
  }
}
`
