import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { z } from 'zod'
import { verdictOf } from '../src/verify/finding.ts'
import type { Severity } from '../src/verify/finding-code.ts'

/** The vectors of packages, ledgers, checkpoints and proofs, and what is right of each. */
export const vectorFolder = fileURLToPath(new URL('../vectors/', import.meta.url))
const expectation = z.strictObject({
  about: z.string(),
  codes: z.array(z.string()),
  keys: z.array(z.string()).optional(),
  witnesses: z.number().optional(),
  /** What the verifier was given beside or instead of `trust.json`. */
  with: z
    .strictObject({
      roots: z.literal(false),
      on: z.string(),
      witnesses: z.number(),
      requireTimeStamp: z.boolean(),
      lastDays: z.record(z.string(), z.string()),
      itemKeys: z.record(z.string(), z.string()),
    })
    .partial()
    .optional(),
})

export function readVector(path: string): Buffer {
  return readFileSync(`${vectorFolder}${path}`)
}

export function expectedOf(path: string) {
  return expectation.parse(JSON.parse(readVector(`${path}.json`).toString()))
}

export type Side = 'valid' | 'invalid' | 'indeterminate'
const sides: Side[] = ['valid', 'invalid', 'indeterminate']

/** The cases of a kind: path without ending, and the verdict. */
export function cases(kind: string, ending: string): [string, Side][] {
  const there = sides.filter((side) => existsSync(`${vectorFolder}${kind}/${side}`))
  return there.flatMap((side) =>
    readdirSync(`${vectorFolder}${kind}/${side}`)
      .filter((name) => name.endsWith(ending))
      .map((name): [string, Side] => [`${kind}/${side}/${name.slice(0, -ending.length)}`, side]),
  )
}

export function codesOf(findings: readonly { code: string }[]) {
  return [...new Set(findings.map(({ code }) => code))].sort()
}

/** An invalid case must give exactly its codes, notices apart; every other one also its notices and nothing else. */
export function compare(
  findings: readonly { code: string; severity: Severity }[],
  path: string,
  side: Side,
): void {
  const expected = expectedOf(path).codes
  // What cannot be judged at all (2) lies among the invalid.
  expect({ 0: 'valid', 1: 'invalid', 2: 'invalid', 3: 'indeterminate' }[verdictOf(findings)]).toBe(side)
  const relevant =
    side !== 'invalid'
      ? findings
      : findings.filter(({ code, severity }) => severity !== 'notice' || expected.includes(code))
  expect(codesOf(relevant)).toEqual([...expected].sort())
}
