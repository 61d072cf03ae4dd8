import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digest } from '#cryptography'
import { encodeEvidenceRecord } from '../src/evidence/evidence-record.ts'
import { hashTree } from '../src/evidence/hash-tree.ts'
import { evidenceRecord } from '../src/evidence/renew-evidence.ts'
import { parseProofFile } from '../src/log/inclusion-proof-file.ts'
import { formatLogLine } from '../src/log/log-line.ts'
import { formatNoteKey } from '../src/log/note-key.ts'
import { plannedAlgorithmCalendar } from '../src/time/algorithm-calendar.ts'
import { tokenInResponse } from '../src/time/time-stamp-response.ts'
import { run as judge } from '../src/verify/main.ts'
import { reportSchema } from '../src/verify/report.ts'
import { bouncyCastleMissing } from './bouncy-castle.ts'
import { OpensslAuthority } from './openssl-authority.ts'
import {
  archiveKey,
  keys,
  ledgerKey,
  ledgerOrigin,
  ledgerPrivateKey,
  memoryLog,
  packageBytes,
  sampleLedger,
  samplePackage,
  signedCheckpoint,
} from './sample-archive.ts'

const packageFolder = fileURLToPath(new URL('..', import.meta.url))
const missing = bouncyCastleMissing()
/** A folder with nothing in it but the verifier and what is to be verified. */
const desk = mkdtempSync(join(tmpdir(), 'auditor-'))
const authority = new OpensslAuthority({ key: 'rsa' })
const archive = formatNoteKey(archiveKey)
let erased = ''
let earlyCheckpoint: Uint8Array

function run(...args: string[]) {
  const { stdout, stderr, status } = spawnSync('node', ['buergerdraht-verify.mjs', ...args], {
    cwd: desk,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return { stdout, stderr, status }
}

/** The commands that the program prints at the end, as somebody would paste them. */
function commandsIn(stdout: string): string[] {
  const [, printed = ''] = stdout.split('Repeat with tools of others:\n')
  const lines = printed.trim().split('\n')
  return lines.map((line) => line.trim())
}

function repeatedFrom(stdout: string) {
  const script = commandsIn(stdout).join('\n')
  return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: desk, encoding: 'utf8' })
}

beforeAll(async () => {
  execFileSync('node', ['bundle-verifier.mjs', join(desk, 'buergerdraht-verify.mjs')], { cwd: packageFolder })
  const sample = await samplePackage()
  function stamp(data: Uint8Array) {
    return authority.stored('sha256', digest('sha256', data))
  }
  const timeStamp = stamp(parseProofFile(sample.parts.proof).checkpoint)
  const group = [sample.manifestBytes, sample.parts.proof, timeStamp].map((each) => digest('sha256', each))
  const tree = hashTree('sha256', [group])
  const token = tokenInResponse(authority.stored('sha256', tree.root))
  const parts = {
    ...sample.parts,
    timeStamp,
    evidence: encodeEvidenceRecord(evidenceRecord('sha256', { token, reduced: tree.reduced(0) })),
  }
  erased = sample.manifest.items[2]?.id ?? ''
  const bytes = await packageBytes(parts)
  writeFileSync(join(desk, 'package.zip'), bytes)
  const changed = Buffer.from(bytes)
  changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(join(desk, 'changed.zip'), changed)
  function ciphertext(item: { id: string }) {
    return item.id === erased ? undefined : [sample.ciphertexts.get(item.id) ?? Buffer.alloc(0)]
  }
  writeFileSync(join(desk, 'erased.zip'), await packageBytes({ ...parts, ciphertext }))
  writeFileSync(join(desk, 'tsa-root.pem'), authority.rootPem)
  writeFileSync(join(desk, 'keys.txt'), `# public keys\n${keys.map(formatNoteKey).join('\n')}\n`)
  writeFileSync(
    join(desk, 'items.json'),
    JSON.stringify(
      Object.fromEntries([...sample.itemKeys].map(([id, key]) => [id, Buffer.from(key).toString('base64')])),
    ),
  )
  const ledger = await sampleLedger(erased)
  const early = memoryLog()
  await early.append(ledger.log.records.slice(0, 3))
  earlyCheckpoint = signedCheckpoint(early, ledgerOrigin, ledgerPrivateKey)
  for (const folder of ['ledger/checkpoints', 'ledger/tombstones'])
    mkdirSync(join(desk, folder), { recursive: true })
  writeFileSync(
    join(desk, 'ledger/log'),
    ledger.log.records.map((record, at) => formatLogLine(at, record)).join(''),
  )
  writeFileSync(join(desk, 'ledger/checkpoints/7.txt'), ledger.checkpoint)
  writeFileSync(join(desk, 'ledger/checkpoints/7.tsr'), stamp(ledger.checkpoint))
  writeFileSync(join(desk, 'ledger/tombstones/2026-11'), ledger.segment)
})

afterAll(() => {
  rmSync(desk, { recursive: true })
  authority.remove()
})

describe('buergerdraht-verify, alone in a folder', () => {
  it('answers 0 for a valid package, in German and in English', () => {
    const german = run('package.zip', '--key', archive, '--tsa-root', 'tsa-root.pem')
    expect(german.stdout).toContain('\nGÜLTIG\n')
    expect(german.stderr).toBe('')
    expect(german.status).toBe(0)
    const english = run(
      'package.zip',
      '--key',
      'keys.txt',
      '--witnesses',
      '1',
      '--tsa-root',
      'tsa-root.pem',
      '--item-keys',
      'items.json',
      '--lang',
      'en',
    )
    expect(english.stdout).toContain('\nVALID\n')
    expect(english.stdout).toContain('A witness cosigned the checkpoint.')
    expect(english.stdout.match(/ITEM_CONTENT_CHECKED/g)).toHaveLength(4)
    expect(english.status).toBe(0)
  })

  it('answers 1 for an invalid one, and --json says why', () => {
    const { stdout, status } = run('changed.zip', '--key', archive, '--json')
    const answer: unknown = JSON.parse(stdout)
    expect(status).toBe(1)
    expect(answer).toMatchObject({
      verdict: 'invalid',
      indication: 'TOTAL-FAILED',
      subIndications: expect.arrayContaining(['HASH_FAILURE']),
      findings: expect.arrayContaining([
        expect.objectContaining({ severity: 'error', code: 'ZIP_CHECKSUM' }),
      ]),
    })
    expect(run('package.zip', '--key', archive, '--witnesses', '1').status).toBe(1)
    expect(run('erased.zip', '--key', 'keys.txt').stdout).toContain('ITEM_MISSING')
  })

  it('reports what an auditor files, in a closed schema that the format page lists', () => {
    const given = ['--key', 'keys.txt', '--tsa-root', 'tsa-root.pem', '--item-keys', 'items.json']
    const report = reportSchema.parse(JSON.parse(run('package.zip', ...given, '--json').stdout))
    expect(report).toMatchObject({ verdict: 'valid', indication: 'TOTAL-PASSED', subIndications: [] })
    expect(report.proofs.map(({ location, covers }) => [location, covers])).toEqual([
      ['checkpoint.tsr', ['checkpoint.txt']],
      ['evidence.er', ['manifest.json', 'proof.tlog-proof', 'checkpoint.tsr']],
    ])
    expect(report.proofs[0]?.stamps[0]).toMatchObject({
      accuracy: 1_000_000,
      authority: 'CN=tsa rsa',
      policy: '1.2.3.4.1',
      qualified: 'unknown',
      revocation: [{ subject: 'CN=tsa rsa', status: 'unknown', evidence: null, offered: false }],
    })
    expect(report.proofs[0]?.stamps[0]?.path.map(({ subject }) => subject)).toEqual([
      'CN=tsa rsa',
      'CN=root rsa',
    ])
    expect(report.notChecked).toEqual([
      'REVOCATION_NOT_KEPT',
      'QUALIFIED_STATUS',
      'WITNESSES',
      'NEWEST_STATE',
      'LEDGER',
    ])
    const text = run('package.zip', ...given, '--lang', 'en').stdout
    expect(text).toContain('policy 1.2.3.4.1, qualified: unknown')
    expect(text).toContain('CN=tsa rsa (')
    const without = reportSchema.parse(JSON.parse(run('package.zip', '--key', 'keys.txt', '--json').stdout))
    expect(without).toMatchObject({
      verdict: 'indeterminate',
      indication: 'INDETERMINATE',
      subIndications: ['NO_CERTIFICATE_CHAIN_FOUND'],
    })
    expect(run('package.zip', '--key', 'keys.txt').status).toBe(3)
    expect(run('package.zip', '--key', 'keys.txt', '--require-time-stamp').status).toBe(1)
    const page = readFileSync(new URL('../../../docs/archive-format.md', import.meta.url), 'utf8')
    const members = new Set(
      [...JSON.stringify(report).matchAll(/"([a-zA-Z0-9]+)":/g)].map(([, name]) => name),
    )
    expect([...members].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  it('takes a calendar in place of its own', () => {
    const calendar = { ...plannedAlgorithmCalendar, asOf: '2027-01-01', source: 'A test' }
    writeFileSync(join(desk, 'calendar.json'), JSON.stringify(calendar))
    const ended = { ...calendar, hash: { ...calendar.hash, sha256: '2020-01-01' } }
    writeFileSync(join(desk, 'ended.json'), JSON.stringify(ended))
    const given = ['package.zip', '--key', 'keys.txt', '--tsa-root', 'tsa-root.pem', '--json', '--calendar']
    expect(JSON.parse(run(...given, 'calendar.json').stdout)).toMatchObject({
      verdict: 'valid',
      trust: { calendar: { asOf: '2027-01-01', source: 'A test' } },
    })
    expect(JSON.parse(run(...given, 'ended.json').stdout)).toMatchObject({ verdict: 'indeterminate' })
    expect(run(...given, 'items.json').status).toBe(2)
  })

  it('answers 2 when nothing can be judged', async () => {
    function here(path: string) {
      return join(desk, path)
    }
    const silent = { write: () => undefined, progress: () => undefined }
    for (const args of [
      [],
      [here('package.zip')],
      [here('none.zip'), '--key', archive],
      [here('package.zip'), '--key', here('none.txt')],
      [here('package.zip'), '--key', archive.replace(/\+.{8}\+/, '+00000000+')],
      [here('package.zip'), '--key', archive, '--tsa-root', here('keys.txt')],
      [here('package.zip'), '--key', archive, '--what'],
      [here('package.zip'), '--key', archive, '--on', 'yesterday'],
      [here('package.zip'), '--key', archive, '--item-keys', here('keys.txt')],
      [here('package.zip'), '--key', archive, '--checkpoint', here('none.txt')],
      [here('package.zip'), here('changed.zip'), '--key', archive],
      [here('package.zip'), '--key', archive, '--lang', 'fr'],
      [here('package.zip'), '--key', archive, '--witnesses', 'x'],
    ]) {
      expect(`${args} ${await judge(args, new Date(), silent)}`).toBe(`${args} 2`)
    }
    expect(run('none.zip', '--key', archive).status).toBe(2)
    expect(JSON.parse(run('none.zip', '--key', archive, '--json').stdout)).toMatchObject({
      verdict: 'unusable',
    })
    expect(run('--help').status).toBe(0)
  })

  it('verifies a ledger, and lets it explain what was erased', () => {
    const ledger = run(
      'ledger',
      '--key',
      formatNoteKey(ledgerKey),
      '--tsa-root',
      'tsa-root.pem',
      '--lang',
      'en',
    )
    expect(ledger.stdout).toContain('TIME_STAMP_GOOD')
    expect(ledger.stdout).toContain('\nVALID\n')
    expect(ledger.status).toBe(0)
    const repeated = repeatedFrom(ledger.stdout)
    expect(repeated.status).toBe(0)
    expect(repeated.stdout).toContain('Signature Verified Successfully')
    expect(repeated.stdout + repeated.stderr).toContain('Verification: OK')
    // Rolled back to three entries, with the good checkpoint of that time: only who remembers the seventh can tell.
    mkdirSync(join(desk, 'rolled-back/checkpoints'), { recursive: true })
    const lines = readFileSync(join(desk, 'ledger/log'), 'utf8').split('\n').slice(0, 3)
    writeFileSync(join(desk, 'rolled-back/log'), `${lines.join('\n')}\n`)
    writeFileSync(join(desk, 'rolled-back/checkpoints/3.txt'), earlyCheckpoint)
    expect(run('rolled-back', '--key', 'keys.txt').status).toBe(0)
    const remembered = run('rolled-back', '--key', 'keys.txt', '--checkpoint', 'ledger/checkpoints/7.txt')
    expect(remembered.stdout).toContain('LEDGER_SHORT  --checkpoint ledger/checkpoints/7.txt')
    expect(remembered.status).toBe(1)
    const explained = run(
      'erased.zip',
      '--key',
      'keys.txt',
      '--ledger',
      'ledger',
      '--tsa-root',
      'tsa-root.pem',
      '--lang',
      'en',
    )
    expect(explained.stdout).toContain(
      `ITEM_ERASED  items/${erased}.bin\n    An item was lawfully erased. (LR-DA03@1, 2026-11-24, 2)`,
    )
    expect(explained.status).toBe(0)
  })

  it.skipIf(missing !== undefined)(
    `prints commands of other tools, and they agree${missing ? ` (skipped: ${missing})` : ''}`,
    () => {
      // Whatever the order of the keys, the archive's is the one to repeat with.
      const given = ['--key', 'keys.txt', '--tsa-root', 'tsa-root.pem']
      const { stdout } = run('package.zip', ...given, '--lang', 'en')
      const commands = commandsIn(stdout)
      expect(commands.length).toBeGreaterThan(7)
      const answer = repeatedFrom(stdout)
      expect(answer.status).toBe(0)
      // The log's signature and the witness's.
      expect(answer.stdout.match(/Signature Verified Successfully/g)).toHaveLength(2)
      expect(answer.stdout).toContain('In the log')
      expect(answer.stdout + answer.stderr).toContain('Verification: OK')
      expect(answer.stderr).toContain('CMS Verification successful')
      expect(answer.stdout).toMatch(/^VALID$/m)
      // And they see tampering too.
      writeFileSync(join(desk, 'package/manifest.json'), 'x')
      writeFileSync(
        join(desk, 'package/checkpoint.txt'),
        readFileSync(join(desk, 'package/checkpoint.txt'), 'utf8').replace('\n11\n', '\n12\n'),
      )
      const refused = commands
        .slice(1)
        .filter((command) => spawnSync('bash', ['-c', command], { cwd: desk }).status !== 0)
      expect(refused.map((command) => command.split(' ').slice(0, 2).join(' '))).toEqual([
        'openssl pkeyutl',
        'openssl pkeyutl',
        'python3 inclusion-check.py',
        'openssl ts',
        'openssl asn1parse',
        'java -cp',
      ])
    },
  )
})

it('also prints how to repeat the evidence record of an erasure', () => {
  const vectors = join(packageFolder, 'vectors/packages')
  const { stdout, status } = run(
    join(vectors, 'valid/erased-item-stamped.zip'),
    '--key',
    'keys.txt',
    '--tsa-root',
    join(vectors, 'tsa-root.pem'),
    '--on',
    '2026-11-24',
    '--lang',
    'en',
  )
  expect(status).toBe(0)
  const erasure = 'package/erasures/000001'
  const documents = ['statement.json', 'statement.tlog-proof', 'entry.json', 'entry.tlog-proof']
  expect(commandsIn(stdout).filter((line) => line.startsWith('java'))).toEqual([
    expect.stringMatching(
      / package\/evidence\.er package\/manifest\.json,package\/proof\.tlog-proof,package\/checkpoint\.tsr$/,
    ),
    expect.stringMatching(
      new RegExp(` ${erasure}/evidence\\.er ${documents.map((name) => `${erasure}/${name}`).join(',')}$`),
    ),
  ])
})

describe('the verifier', () => {
  it('imports nothing that writes', async () => {
    const { metafile } = await build({
      entryPoints: [join(packageFolder, 'src/verify/cli.ts')],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      absWorkingDir: packageFolder,
      define: { evidenceCheckJava: '""', inclusionCheckPython: '""' },
    })
    const inputs = Object.keys(metafile.inputs)
    expect(inputs).toContain('src/verify/verify-package.ts')
    for (const writer of [
      'append-only-file',
      'file-log',
      'node-file',
      'merkle-log',
      'write-package',
      'yazl',
    ]) {
      expect(inputs.filter((name) => name.includes(writer))).toEqual([])
    }
    const ours = inputs
      .filter((name) => name.startsWith('src/'))
      .map((name) => readFileSync(join(packageFolder, name), 'utf8'))
    const imported = ours.flatMap((text) =>
      [...text.matchAll(/import \{([^}]*)\} from 'node:fs(?:\/promises)?'/g)].flatMap((match) =>
        (match[1] ?? '').split(','),
      ),
    )
    expect(new Set(imported.map((name) => name.trim().replace('type ', '')))).toEqual(
      new Set(['FileHandle', 'open', 'readFileSync', 'readdir', 'stat']),
    )
    expect(ours.join('').match(/\bopen\(path, '[^']*'\)/g)).toEqual(["open(path, 'r')"])
    expect(ours.join('')).not.toMatch(
      /node:(?:net|http|https|tls|dgram|dns|child_process|worker_threads|cluster)'/,
    )
  })
})
