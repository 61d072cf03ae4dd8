/**
 * A filed conversation in Typst (A4, tagged, after the layout of DIN 5008 letters). Data come as JSON under `data`, as `chatPage` makes them: what people
 * wrote is drawn as text and never read as markup; signs without a shape stand in a frame that nobody can write.
 */
export const chatTemplate = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: "Bürgerdraht", date: datetime(year: data.made.year, month: data.made.month, day: data.made.day))
#set text(font: data.fonts, fallback: false, lang: "de", region: "DE", size: 10pt, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.62em)
#set table(stroke: none, inset: (x: 0pt, y: 2.5pt))
#let rule = luma(65%)
#let quiet(body) = text(size: 8.5pt, fill: luma(32%), body)
#let piece(one) = if type(one) == str { one } else {
  box(stroke: 0.4pt + luma(45%), inset: (x: 1.5pt), outset: (y: 1.5pt), radius: 1pt, text(size: 0.75em, one.sign))
}
#let said(groups) = for group in groups {
  set text(dir: if group.rtl { rtl } else { ltr })
  set align(if group.rtl { right } else { left })
  par(group.lines.map(line => line.map(piece).join()).join(linebreak()))
}
#let stated(facts) = if facts.len() > 0 {
  block(breakable: facts.len() > 12, above: 5pt, below: 5pt, grid(
    columns: (auto, 1fr), column-gutter: 10pt, row-gutter: 5.5pt,
    ..facts.map(fact => (text(fill: luma(32%), fact.label), said(fact.text))).flatten(),
  ))
}
#let corrected(all) = for one in all {
  block(stroke: (left: 1.5pt + luma(20%)), inset: (left: 6pt, y: 2pt), {
    strong(one.at)
    stated(one.facts)
  })
}

#set page(
  paper: "a4",
  margin: (left: 25mm, right: 20mm, top: 24mm, bottom: 24mm),
  header: context if counter(page).get().first() > 1 {
    set text(size: 8.5pt, fill: luma(32%))
    grid(columns: (1fr, auto), column-gutter: 8pt, said(data.office), said(data.reference))
    v(-4pt)
    line(length: 100%, stroke: 0.4pt + rule)
  },
  footer: context {
    set text(size: 8.5pt, fill: luma(32%))
    grid(columns: (1fr, auto), [Niederschrift eines WhatsApp-Gesprächs], [Seite #counter(page).display("1 von 1", both: true)])
  },
)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 10.5pt)
#show heading.where(level: 2): set block(above: 16pt, below: 8pt)

#block(below: 16pt, {
  text(size: 12pt, weight: "bold", said(data.office))
  said(data.team)
  v(3pt)
  line(length: 100%, stroke: 0.8pt + luma(20%))
})

= Niederschrift eines WhatsApp-Gesprächs

#v(4pt)
#stated(data.head)
#if data.numberMasked [#v(2pt) #quiet[Die Telefonnummer ist bis auf ihre letzten Ziffern verdeckt.]]
#corrected(data.corrections)

#let sound(levels) = pdf.artifact(box(height: 14pt, baseline: 3pt, stack(dir: ltr, spacing: 0.7pt, ..levels.map(level =>
  align(horizon, box(height: 14pt, align(horizon, rect(width: 1.3pt, height: 1pt + level * 0.12pt, fill: luma(40%), stroke: none))))))))

#let drawn(file) = context {
  let bytes = read(file.picture, encoding: none)
  let across = image(bytes, alt: file.alternative, width: 58mm)
  if measure(across).height > 80mm { image(bytes, alt: file.alternative, height: 80mm) } else { across }
}

#let card(file) = block(stroke: 0.6pt + rule, radius: 2pt, inset: 6pt, width: 100%, breakable: false, above: 6pt, below: 6pt, {
  grid(
    columns: if file.picture == none { (1fr,) } else { (auto, 1fr) },
    column-gutter: 8pt,
    ..if file.picture == none { () } else { (drawn(file),) },
    {
      strong(file.title)
      h(6pt)
      if file.waveform.len() > 0 { sound(file.waveform) }
      said(file.name)
      par(quiet(file.about))
      if file.missing != none { par(file.missing) }
    },
  )
})

#let message(one) = block(above: 9pt, below: 9pt, width: 100%, breakable: not one.short, grid(
  columns: (19mm, 1fr),
  column-gutter: 5mm,
  {
    text(number-width: "tabular", one.at)
    if one.way != "" { linebreak(); quiet(one.way) }
  },
  block(
    width: 100%,
    stroke: (left: if one.system { (paint: rule, thickness: 0.8pt, dash: "dotted") } else if one.own { 2.4pt + luma(25%) } else { 0.8pt + luma(45%) }),
    inset: (left: 3mm, y: 1pt),
    {
      par({ strong(one.who); for mark in one.marks { quiet[ · #mark] } })
      if one.quoted != none {
        block(inset: (left: 6pt, y: 2pt), stroke: (left: 1pt + rule), above: 4pt, below: 5pt, {
          par(quiet(one.quoted.from))
          set text(size: 9pt, fill: luma(25%))
          said(one.quoted.text)
        })
      }
      if one.advertisement.len() > 0 { quiet(said(one.advertisement)) }
      said(one.text)
      if one.empty { par(emph[Der Inhalt liegt nicht vor.]) }
      stated(one.facts)
      for file in one.files { card(file) }
      for version in one.versions {
        block(inset: (left: 6pt), above: 5pt, below: 5pt, {
          par(quiet(version.at))
          set text(size: 9pt)
          said(version.text)
        })
      }
      for reaction in one.reactions { grid(columns: (auto, 1fr), column-gutter: 4pt, said(reaction.emoji), quiet(reaction.by)) }
      if one.status != "" { par(quiet(one.status)) }
      corrected(one.corrections)
    },
  ),
))

#for day in data.days {
  heading(level: 2, day.title)
  for one in day.messages { message(one) }
}
#if data.days.len() == 0 [
  #v(8pt) #data.nothingWritten
]

#if data.notices.len() > 0 [
  == Hinweise zum Datenschutz (Art. 13 DSGVO)

  #table(columns: (auto, auto, 1fr), column-gutter: 8pt, table.header(quiet[Fassung], quiet[gesendet], quiet[Zustellung]), ..data.notices.flatten())
]

== Anlagen und Prüfsummen

In dieses Dokument eingebettet sind die Nachrichten in maschinenlesbarer Form (gespraech.json) und die folgenden Originale, soweit nicht dabeisteht, dass sie nicht eingebettet sind. Die Prüfsumme (SHA-256) steht bei jeder Datei, auch bei einer, die nicht eingebettet ist. Die Datei pruefsummen.sha256 nennt von jeder eingebetteten Datei die Prüfsumme; nach dem Speichern aller Anlagen prüft sie „sha256sum -c pruefsummen.sha256“.

#table(
  columns: (auto, 1fr),
  column-gutter: 8pt,
  table.header(quiet[Nr.], quiet[Datei, Art, Größe, SHA-256]),
  ..data.files.map(file => (file.number, {
    said(file.name)
    par(quiet(file.about))
    par(text(size: 8pt, file.sha256))
  })).flatten(),
)

#for one in data.attached {
  pdf.attach(one.name, read(one.path, encoding: none), relationship: one.relationship, mime-type: one.mediaType, description: one.description)
}
`
