import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Simulator, startSimulator } from '@buergerdraht/bsp-simulator'
import type { AuditState, LedgerState } from '@buergerdraht/contract'
import { judgeLedger } from '@buergerdraht/custody'
import { checkAuditLog, logKeyOf } from '@buergerdraht/office'
import { parseCertificatesPem } from '@buergerdraht/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { StoryOffice } from './start-office.ts'

const verifier = fileURLToPath(
  new URL('../../../packages/records/dist/buergerdraht-verify.mjs', import.meta.url),
)
let folder: string
let town: Simulator
let office: StoryOffice
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofs-'))
  town = await startSimulator({})
  await writeFile(join(folder, 'root.pem'), await (await fetch(`${town.url}/tsa/root.pem`)).text())
  office = await StoryOffice.prepare({
    environment: { TSA_URLS: `${town.url}/tsa`, TSA_ROOTS: join(folder, 'root.pem') },
  })
  await office.startWorker()
  await office.startApi()
})
afterAll(async () => {
  await office.close()
  await town.close()
  await rm(folder, { recursive: true })
})

test('the logs of a running office are stamped, and the desks and the figures say so', async () => {
  const auditor = await office.signIn('auditor')
  async function proofs(path: string) {
    return (await auditor.get<LedgerState | AuditState>(path)).body.proofs
  }
  for (const path of ['/ledger/checkpoints', '/audit'])
    await expect
      .poll(() => proofs(path), { timeout: 150_000, interval: 500 })
      .toMatchObject([{ kind: 'time-stamp', size: expect.any(Number), failingSince: null }])
  for (const log of ['audit', 'deletion']) {
    const checkpoints = join(office.config.ledgerDir, log, 'checkpoints')
    expect(existsSync(checkpoints) && readdirSync(checkpoints).some((name) => name.endsWith('.tsr'))).toBe(
      true,
    )
  }
  // Who starts again does not need the authority, and who checks finds the time stamps good.
  const context = { pool: office.database.pool, keys: office.keys }
  const ledger = await judgeLedger(context, join(office.config.ledgerDir, 'deletion'))
  expect(ledger).toMatchObject({ state: 'equal' })
  const roots = parseCertificatesPem(await (await fetch(`${town.url}/tsa/root.pem`)).text())
  const audit = join(office.config.ledgerDir, 'audit')
  expect(await checkAuditLog(context, audit)).toMatchObject({ isWhole: true })
  const checked = await checkAuditLog(context, audit, roots)
  expect(checked).toMatchObject({ isWhole: true })
  expect(checked?.folder.map(({ code }) => code)).toContain('TIME_STAMP_GOOD')
  expect(await (await fetch(`${office.workerUrl}/metrics`)).text()).toMatch(
    /^buergerdraht_checkpoint_proof_failing_seconds\{log="deletion-ledger",kind="time-stamp",prover=""\} 0$/m,
  )
})

test('what the verifier prints for other tools works with a time stamp that holds what was said of its certificates', async () => {
  const deletion = join(office.config.ledgerDir, 'deletion')
  await expect.poll(() => existsSync(join(deletion, 'checkpoints', '0.tsr')), { timeout: 150_000 }).toBe(true)
  const { verifierKey } = await logKeyOf(office.keys, 'deletion-ledger')
  const said = execFileSync(
    process.execPath,
    [verifier, deletion, '--key', verifierKey, '--tsa-root', join(folder, 'root.pem')],
    { encoding: 'utf8' },
  )
  const commands = said.split('\n').filter((line) => / (?:token|info)\.der/.test(line))
  expect(commands).toHaveLength(3)
  for (const command of commands) execFileSync('bash', ['-euc', command], { cwd: folder, stdio: 'pipe' })
})

test('an authority without a file of roots is not a setting, nor one that is no address', () => {
  const environment = { ...office.environment, TSA_URLS: 'https://tsa.example', TSA_ROOTS: '' }
  expect(() => readConfig(environment)).toThrow('TSA_ROOTS: is required with TSA_URLS')
  expect(() => readConfig({ ...environment, TSA_URLS: 'tsa.example' })).toThrow('TSA_URLS')
  expect(() =>
    readConfig({ ...environment, NODE_ENV: 'production', TSA_ROOTS: join(folder, 'missing.pem') }),
  ).toThrow('TSA_ROOTS: there is no such file')
})
