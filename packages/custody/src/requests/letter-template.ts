/** The letter after an erasure in Typst (A4, tagged). Its lines come as JSON under `data`; the first is its title. */
export const letterTemplate = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.text.first(), author: "Bürgerdraht", date: datetime(year: data.made.year, month: data.made.month, day: data.made.day))
#set text(lang: "de", size: 11pt)
#set page(paper: "a4", margin: 25mm)

= #data.text.first()

#for line in data.text.slice(1) [#line

]
`
