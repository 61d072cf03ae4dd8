import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { sentences } from '../src/verify/finding-sentences.ts'
import { bouncyCastleMissing, bouncyCastleSaysOfStamps, evidenceCheckCommand } from './bouncy-castle.ts'
import { timeVectors } from './time-vectors.ts'
import { cases, expectedOf, vectorFolder } from './vector-cases.ts'

vi.setConfig({ testTimeout: 300_000 })

const missing = bouncyCastleMissing() ?? pythonMissing()
const reader = fileURLToPath(new URL('second-reader/reader.py', import.meta.url))
const answer = z.strictObject({ case: z.string(), verdict: z.string(), codes: z.array(z.string()) })

/** It has no calendar of signatures, as it says. */
const leftOut = ['packages/indeterminate/time-stamp-algorithm-ended']

function pythonMissing(): string | undefined {
  return spawnSync('python3', ['--version']).status === 0 ? undefined : 'Python is not installed'
}

/** It names why time stamps and evidence records are wrong with words of its own. */
function isCompared(code: string): boolean {
  return !code.startsWith('TIME_STAMP_') && !code.startsWith('EVIDENCE_')
}

function isNotice(code: string): boolean {
  return Object.entries(sentences).some(([name, [severity]]) => name === code && severity === 'notice')
}

it.skipIf(missing !== undefined)(
  `a reader that was written from docs/archive-format.md alone finds the same${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const { stdout, stderr } = spawnSync('python3', ['-B', reader, vectorFolder, ...evidenceCheckCommand], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    expect(stderr).toBe('')
    const said = new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => answer.parse(JSON.parse(line)))
        .map((each) => [each.case, each]),
    )
    const paths = [
      ...cases('packages', '.zip'),
      ...cases('ledgers', '.json'),
      ...cases('checkpoints', '.txt'),
      ...cases('proofs', '.json'),
      ...cases('ledger-entries', '.json'),
    ].filter(([path]) => !leftOut.includes(path))
    expect(paths.length).toBeGreaterThan(150)
    for (const [path, side] of paths) {
      const found = said.get(path)
      const verdict = found?.verdict === 'unusable' ? 'invalid' : found?.verdict
      expect(`${path}: ${verdict}`).toBe(`${path}: ${side}`)
      if (!/^(?:packages|ledgers|checkpoints)\//.test(path)) continue
      const expected = expectedOf(path).codes.filter(isCompared)
      const codes = (found?.codes ?? []).filter(isCompared)
      // Of an invalid one, notices are listed where they matter.
      const listed = codes.filter((code) => side !== 'invalid' || expected.includes(code) || !isNotice(code))
      expect([path, ...listed.sort()]).toEqual([path, ...expected.sort()])
    }
  },
)

/** It has no calendar, and Bouncy Castle does not compare a name in a BMPString with the same one in UTF-8. */
const unjudged = ['ed25519-sha-256', 'rsa-2048-ended', 'sha-1-ended', 'bmp-string']

it.skipIf(missing !== undefined)(
  `a reader of time stamps over Bouncy Castle finds the same${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const stamps = timeVectors('time-stamps').filter(
      ({ name }) => !unjudged.includes(name.split('/').at(-1) ?? ''),
    )
    expect(stamps.length).toBeGreaterThan(50)
    const said = bouncyCastleSaysOfStamps(
      stamps.map(({ path, dataPath, rootPath }) => [path, dataPath, rootPath] as const),
      '2026-11-28',
    )
    const verdicts = said.map((line) => line.split(' ')[0]?.toLowerCase())
    expect(stamps.map(({ name }, at) => `${name} ${verdicts[at]}`)).toEqual(
      stamps.map(({ name, verdict }) => `${name} ${verdict}`),
    )
  },
)
