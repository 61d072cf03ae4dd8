import { expect, test } from 'vitest'
import { protocolTemplate } from '../src/protocol/protocol-template.ts'
import { typeset } from '../src/protocol/typeset.ts'

/** What Typst would run, or could not read, if it took it for markup or code. */
const hostile = [
  '#panic("ran")',
  '= #panic("ran")',
  ']; #panic("ran") [',
  '"); panic("ran"); ("',
  '\\u{22}); panic("ran"); (\\u{22}',
  '$ panic("ran") $',
  '```typ #panic("ran") ```',
  '#eval("panic(1)")',
  '#read("/etc/passwd")',
  '[[[ ((( {{{ $ ` * _ @nobody <label> https://x.example/#a //',
  '/* ', // Would swallow the rest of the page.
].join(' | ')

const row = {
  seq: hostile,
  at: hostile,
  cluster: hostile,
  rule: hostile,
  class: `A_B+C/${hostile}`,
  ground: hostile,
  objects: hostile,
  archive: hostile,
  approvals: hostile,
  residueUntil: hostile,
}

function dataWith(text: string) {
  return {
    subject: text,
    made: { year: 2026, month: 11, day: 29, text },
    rows: [row],
    totals: [{ cluster: text, kind: text, count: 1 }],
    checkpoint: text,
  }
}

test('whatever words the ledger holds are words on the page: none is run as Typst', async () => {
  const pdf = await typeset({ template: protocolTemplate, data: JSON.stringify(dataWith(hostile)) })
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
})

test('run as Typst they would fail, and so would a file beside the page', async () => {
  const data = JSON.stringify({ text: '#panic("ran")' })
  const asMarkup = '#eval(json(bytes(sys.inputs.data)).text, mode: "markup")'
  await expect(typeset({ template: asMarkup, data })).rejects.toThrow('Typst refused a template')
  await expect(typeset({ template: '#read("/etc/passwd")', data })).rejects.toThrow(
    'Typst refused a template',
  )
})
