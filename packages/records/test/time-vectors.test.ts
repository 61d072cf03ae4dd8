import { describe, expect, it } from 'vitest'
import { digest } from '#cryptography'
import { checkTimeStamp } from '../src/time/check-time-stamp.ts'
import { checkEvidence, checkResponse } from '../src/verify/check-time.ts'
import { verdictOf } from '../src/verify/finding.ts'
import { timeVectors } from './time-vectors.ts'

const verdicts = ['valid', 'invalid', 'unusable', 'indeterminate']
const stamps = timeVectors('time-stamps').map((each) => [each.name, each] as const)
const records = timeVectors('evidence-records').map((each) => [each.name, each] as const)

describe('a time stamp', () => {
  it.each(stamps)('%s', (_name, { path, bytes, content, trust, verdict, codes }) => {
    if (path.endsWith('.tsr')) {
      const { findings } = checkResponse(bytes, { name: 'data', bytes: content }, trust, 'answer')
      expect(verdicts[verdictOf(findings)]).toBe(verdict)
      expect(new Set(findings.map(({ code }) => code))).toEqual(
        new Set([...codes, ...(verdict === 'invalid' ? [] : ['TIME_STAMP_REVOCATION_UNKNOWN'])]),
      )
      return
    }
    const found = checkTimeStamp(bytes, {
      roots: trust.roots ?? [],
      digestOf: (algorithm) => digest(algorithm, content),
      ...(trust.on && { latest: trust.on }),
      ...(trust.calendar && { calendar: trust.calendar }),
    })
    expect(found.ok ? 'TIME_STAMP_GOOD' : found.code).toBe(codes[0])
  })
})

describe('an evidence record', () => {
  it.each(records)('%s', (_name, { bytes, content, trust, verdict, codes }) => {
    const { findings } = checkEvidence(bytes, [{ name: 'data', bytes: content }], trust, 'record')
    expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([...codes].sort())
    expect(verdicts[verdictOf(findings)]).toBe(verdict)
  })
})
