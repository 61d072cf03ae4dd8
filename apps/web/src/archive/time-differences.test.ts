import { expect, test } from 'vitest'
import { timeDifferences } from './time-differences.ts'

function said(code: string, location = 'checkpoint.tsr', detail = '') {
  return { code, location, detail }
}

test('the same findings in any order are no difference, and what is not about time does not count', () => {
  const found = [said('TIME_STAMP_GOOD', undefined, '2026-11-29'), said('TIME_STAMP_REVOCATION_UNKNOWN')]
  expect(timeDifferences(found, found.toReversed())).toEqual([])
  expect(timeDifferences(found, [...found, said('PROOF_GOOD', 'proof.tlog-proof')])).toEqual([])
  expect(timeDifferences([], [])).toEqual([])
})

test('another code, another time, one finding more or less, on either side, is a difference of that file alone', () => {
  const good = said('TIME_STAMP_GOOD', undefined, '2026-11-29')
  const record = said('EVIDENCE_GOOD', 'evidence.er')
  for (const other of [
    [said('TIME_STAMP_SIGNATURE')],
    [said('TIME_STAMP_GOOD', undefined, '2026-11-30')],
    [good, said('TIME_STAMP_FUTURE')],
    [],
  ]) {
    expect(timeDifferences([good, record], [...other, record])).toEqual(['checkpoint.tsr'])
    expect(timeDifferences([...other, record], [good, record])).toEqual(['checkpoint.tsr'])
  }
})

test('what cannot be judged here, and an erasure that the server refuses for another reason, are not compared', () => {
  expect(timeDifferences([said('TIME_STAMP_NOT_HERE')], [said('TIME_STAMP_GOOD')])).toEqual([])
  const place = 'erasures/000001/evidence.er'
  const record = said('EVIDENCE_GOOD', place)
  expect(timeDifferences([record], [])).toEqual([place])
  expect(timeDifferences([record], [said('ERASURE_UNPROVEN', 'erasures/000001')])).toEqual([])
})
