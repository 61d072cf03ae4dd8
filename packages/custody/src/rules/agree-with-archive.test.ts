import { lands as inTheContract, valuations } from '@buergerdraht/contract'
import { lands, type Valuation } from '@buergerdraht/records'
import { expect, test } from 'vitest'

test('what may be agreed with an archive is what the law of the records knows: the same Länder, the same valuations', () => {
  expect([...inTheContract].toSorted()).toEqual([...lands].toSorted())
  const known: Readonly<Record<Valuation, true>> = { A: true, B: true, V: true }
  expect([...valuations].toSorted()).toEqual(Object.keys(known).toSorted())
})
