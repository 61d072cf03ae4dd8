import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { auditExportHeader, auditExportLine } from '../src/audit/audit-export.ts'
import { calendarWith } from './time-vectors.ts'
import { cases, compare, expectedOf, vectorFolder } from './vector-cases.ts'

vi.setConfig({ testTimeout: 300_000 })

/** The verifier as it is shipped, one file in a folder of its own, run as an auditor runs it. */
const folder = fileURLToPath(new URL('..', import.meta.url))
const desk = mkdtempSync(join(tmpdir(), 'shipped-'))
const program = join(desk, 'buergerdraht-verify.mjs')
const trustSchema = z.strictObject({ keys: z.array(z.string()), witnesses: z.number(), on: z.string() })
const answerSchema = z.object({
  findings: z.array(
    z.object({ code: z.string(), severity: z.enum(['error', 'indeterminate', 'notice', 'unusable']) }),
  ),
})

beforeAll(() => {
  execFileSync('node', ['bundle-verifier.mjs', program], { cwd: folder })
})
afterAll(() => rmSync(desk, { recursive: true }))

function trustOf(kind: string): z.infer<typeof trustSchema> {
  return trustSchema.parse(JSON.parse(readFileSync(`${vectorFolder}${kind}/trust.json`, 'utf8')))
}

/** The command line for a vector: everything that it says was given. */
function argumentsFor(kind: string, path: string, ending: string): string[] {
  const trust = trustOf(kind)
  const { lastDays, itemKeys, ...given } = expectedOf(path).with ?? {}
  function file(name: string, content: object) {
    const place = join(desk, `${path.replaceAll('/', '-')}-${name}`)
    writeFileSync(place, JSON.stringify(content))
    return place
  }
  return [
    `${vectorFolder}${path}${ending}`,
    '--json',
    ...trust.keys.flatMap((key) => ['--key', key]),
    ...['--witnesses', `${given.witnesses ?? trust.witnesses}`, '--on', given.on ?? trust.on],
    ...(given.roots === false ? [] : ['--tsa-root', `${vectorFolder}${kind}/tsa-root.pem`]),
    ...(given.requireTimeStamp ? ['--require-time-stamp'] : []),
    ...(lastDays ? ['--calendar', file('calendar.json', calendarWith(lastDays))] : []),
    ...(itemKeys ? ['--item-keys', file('keys.json', itemKeys)] : []),
  ]
}

function run(args: string[]): Promise<{ status: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile('node', [program, ...args], { maxBuffer: 1 << 28, cwd: desk }, (error, stdout) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout }),
    )
  })
}

const vectors = [
  ...cases('packages', '.zip').map(([path, side]) => ['packages', path, side, '.zip'] as const),
  ...cases('ledgers', '.json').map(([path, side]) => ['ledgers', path, side, ''] as const),
]

it.concurrent.each(vectors)('%s: %s', async (kind, path, side, ending) => {
  const { status, stdout } = await run(argumentsFor(kind, path, ending))
  const { findings } = answerSchema.parse(JSON.parse(stdout))
  compare(findings, path, side)
  // An invalid one may also be of the sort about which nothing is said.
  expect({ valid: [0], invalid: [1, 2], indeterminate: [3] }[side]).toContain(status)
})

/** The most memory that a verification took, in MB; the program says so itself at its end (`maxRSS` would begin with what this process has). */
function peakOf(target: string): number {
  const told = `import { readFileSync } from 'node:fs'
    process.on('exit', () => process.stderr.write(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]))`
  const watched = ['--import', `data:text/javascript,${encodeURIComponent(told)}`, program]
  const key = ['--key', ...trustOf('ledgers').keys.slice(0, 1)]
  const { stderr, stdout } = spawnSync('node', [...watched, target, ...key, '--json'], { encoding: 'utf8' })
  // That every line was read is what counts.
  expect(stdout).toContain('LEDGER_WITHOUT_CHECKPOINT')
  expect(stdout).not.toContain('LEDGER_DAMAGED')
  return Number(stderr) / 1024
}

it('takes no more memory for an export of the audit log that is ten times as long', () => {
  const leaf = new Uint8Array(32)
  const [short, long] = [20_000, 200_000].map((count) => {
    const lines = Array.from({ length: count }, (_, index) => auditExportLine(index, { leaf }))
    writeFileSync(join(desk, `${count}.jsonl`), [auditExportHeader([]), ...lines].join(''))
    return peakOf(join(desk, `${count}.jsonl`))
  }) as [number, number]
  expect(long / short).toBeLessThan(1.3)
})
