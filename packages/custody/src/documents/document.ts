/** What a section holds. The first cell of a row names it: by it the row is found again in the next issue. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

export type Section = {
  readonly heading: string
  /** 2: part of the section before it. */
  readonly level: 1 | 2
  readonly blocks: readonly Block[]
}

/**
 * A document as data: words and tables, no markup. An issue is stored like this, so that it can be printed again as it was, whatever the product
 * writes by then.
 */
export type OfficeDocument = {
  readonly title: string
  /** The law or standard whose structure it has. */
  readonly basis: string
  readonly sections: readonly Section[]
}

export function text(words: string): Block {
  return { kind: 'text', text: words }
}

export function table(columns: readonly string[], rows: readonly (readonly string[])[]): Block {
  return { kind: 'table', columns, rows }
}

type Row = {
  readonly name: string
  readonly columns: readonly string[]
  readonly cells: readonly string[]
}

/** The rows of a section by what they are called; of the same name, the first, the second … */
function rowsOf({ blocks }: Section): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>()
  for (const block of blocks) {
    if (block.kind !== 'table') continue
    for (const [name = '', ...cells] of block.rows) {
      const columns = block.columns.slice(1)
      let n = 1
      while (rows.has(JSON.stringify([block.columns[0], name, n]))) n++
      rows.set(JSON.stringify([block.columns[0], name, n]), { name, columns, cells })
    }
  }
  return rows
}

function textsOf({ blocks }: Section): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []))
}

function inFull({ name, columns, cells }: Row): string {
  const said = columns.map((column, n) => `${column}: ${cells[n] ?? ''}`)
  return said.length === 0 ? name : `${name} (${said.join('; ')})`
}

function changedRows(before: Section, after: Section): string[] {
  const [old, now] = [rowsOf(before), rowsOf(after)]
  const gone = [...old].flatMap(([key, row]) => (now.has(key) ? [] : [`entfallen: ${inFull(row)}`]))
  const others = [...now].flatMap(([key, row]) => {
    const was = old.get(key)
    if (was === undefined) return [`neu: ${inFull(row)}`]
    return row.columns.flatMap((column, n) => {
      const cells = [was.cells[was.columns.indexOf(column)] ?? '–', row.cells[n] ?? '']
      return cells[0] === cells[1]
        ? []
        : [`geändert: ${row.name}, ${column}: bisher „${cells[0]}“, jetzt „${cells[1]}“`]
    })
  })
  return [...gone, ...others]
}

function changedSection(before: Section, after: Section): string[] {
  const [old, now] = [textsOf(before), textsOf(after)]
  return [
    ...old.flatMap((one) => (now.includes(one) ? [] : [`entfallen: ${one}`])),
    ...now.flatMap((one) => (old.includes(one) ? [] : [`neu: ${one}`])),
    ...changedRows(before, after),
  ].map((one) => `${after.heading} – ${one}`)
}

/** What one issue says otherwise than the one before it, a sentence each, in the order of the document. */
export function differences(before: OfficeDocument, after: OfficeDocument): string[] {
  const old = new Map(before.sections.map((section) => [section.heading, section]))
  const now = new Set(after.sections.map(({ heading }) => heading))
  function nothingUnder(section: Section): Section {
    return { ...section, blocks: [] }
  }
  const said = [
    ...before.sections.flatMap((section) =>
      now.has(section.heading) ? [] : changedSection(section, nothingUnder(section)),
    ),
    ...after.sections.flatMap((section) =>
      changedSection(old.get(section.heading) ?? nothingUnder(section), section),
    ),
  ]
  return [...new Set(said)]
}
