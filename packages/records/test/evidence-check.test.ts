import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { bouncyCastleMissing, bouncyCastleSays } from './bouncy-castle.ts'
import { type TimeVector, timeVectors } from './time-vectors.ts'

vi.setConfig({ testTimeout: 300_000 })

const missing = bouncyCastleMissing()

/** What the printed program says it leaves out: until when algorithms are trusted. */
const aboutAlgorithms = ['EVIDENCE_ALGORITHM_ENDED', 'EVIDENCE_ALGORITHM_OVERDUE', 'TIME_STAMP_ALGORITHM']

function expected({ verdict, codes }: TimeVector): string {
  if (codes.includes('EVIDENCE_CERTIFICATES_ENDED')) return 'LAPSED'
  if (codes.includes('TIME_STAMP_FUTURE')) return 'FUTURE'
  if (codes.some((code) => aboutAlgorithms.includes(code))) return 'VALID'
  return verdict === 'valid' ? 'VALID' : 'INVALID'
}

it.skipIf(missing !== undefined)(
  `the printed Java program agrees about every evidence record${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const byRoot = new Map<string, TimeVector[]>()
    for (const each of timeVectors('evidence-records')) {
      const root = readFileSync(each.rootPath, 'utf8')
      byRoot.set(root, [...(byRoot.get(root) ?? []), each])
    }
    for (const vectors of byRoot.values()) {
      const pairs = vectors.map(({ path, dataPath }) => [path, dataPath] as const)
      const says = bouncyCastleSays(vectors[0]?.rootPath ?? '', pairs, '2026-11-28')
      expect(vectors.map(({ name }, at) => `${name} ${says[at]?.split(' ')[0]}`)).toEqual(
        vectors.map((each) => `${each.name} ${expected(each)}`),
      )
    }
  },
)
