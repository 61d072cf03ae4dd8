import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { finding } from './finding.ts'
import { sentences } from './finding-sentences.ts'

const format = readFileSync(new URL('../../../../docs/archive-format.md', import.meta.url), 'utf8')

it.each(Object.keys(sentences))('%s is in the format, so that a second verifier can give it', (code) => {
  // Codes of time stamps stand there without their common beginning.
  const short = code.replace('TIME_STAMP', '…')
  expect(format.includes(code) || format.includes(short)).toBe(true)
})

it('has sentences of its own in both languages for each code', () => {
  const said = Object.values(sentences).flatMap(([, de, en]) => [de, en])
  expect(new Set(said).size).toBe(said.length)
  for (const sentence of said) expect(sentence).toMatch(/^\p{Lu}.*[.)]$|^checkpoint\.txt .*\.$/u)
})

it('repeats nothing that a terminal would obey or that reads backwards', () => {
  const { location, detail } = finding('LEDGER_SHORT', 'checkpoints/\u001b[2J7.txt', 'a\u009b1m \u202etxt')
  expect([location, detail]).toEqual(['checkpoints/\ufffd[2J7.txt', 'a\ufffd1m \ufffdtxt'])
})
