import { rename } from 'node:fs/promises'
import type { LedgerState, Restore, Session } from '@buergerdraht/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deletionLedgerOf } from '../src/process/wait-for-ledger.ts'
import { Program } from './program.ts'
import { type StoryOffice, startOffice } from './start-office.ts'

const patiently = { timeout: 60_000, interval: 200 }

let office: StoryOffice
beforeEach(async () => {
  office = await startOffice()
  return () => office.close()
})
const started: Program[] = []
afterEach(async () => {
  for (const program of started.splice(0)) await program.end('SIGKILL')
})

async function cli(...args: readonly string[]) {
  const program = new Program('cli', office.environment, args)
  started.push(program)
  const status = await program.ended()
  return { status, output: program.output }
}

test('an office whose ledger is lost is told so, stays closed, and opens with another one when two persons have given it up', async () => {
  const folder = deletionLedgerOf(office.config)
  await office.citizenWrites('491710000951', 'Wann hat das Amt auf?')
  await office.settled()
  await office.stopWorker()
  await office.stopApi()
  expect(await cli('ledger', 'break-glass', '--reason', 'system-failure', '--json')).toEqual({
    status: 1,
    output: '{"refused":"usable"}\n',
  })
  await rename(folder, `${folder}-lost`)
  expect(await cli('ledger', 'break-glass', '--reason', 'system-failure')).toMatchObject({
    status: 0,
    output: expect.stringContaining('is missing. Start the office; two persons sign in and decide.'),
  })

  const starting = Promise.all([office.startApi(), office.startWorker()])
  await vi.waitFor(async () => {
    const { status } = await fetch(`${office.baseUrl}/api/v1/session`)
    expect(status).toBe(401)
  }, patiently)
  // Kept meanwhile, and read when people are let in.
  await office.citizenWrites('491710000952', 'Und morgen?')
  const [records, dpo, clerk] = [
    await office.signIn('records'),
    await office.signIn('dpo'),
    await office.signIn('clerk'),
  ]
  expect((await clerk.get('/conversations')).body).toMatchObject({ code: 'in-quarantine' })
  expect((await clerk.post('/restore/ledger/giving-up')).status).toBe(403)
  expect((await dpo.get<{ restore: Restore | null }>('/restore')).body).toMatchObject({
    restore: null,
    brokenLedger: { fault: 'missing', size: 0, proposed: false, decided: false },
  })
  expect((await dpo.post('/restore/ledger/approval')).status).toBe(404)
  expect((await records.post('/restore/ledger/giving-up')).status).toBe(202)
  expect((await records.post('/restore/ledger/approval')).body).toMatchObject({
    code: 'second-person-required',
  })
  expect((await dpo.post('/restore/ledger/approval')).status).toBe(200)
  await starting

  expect((await dpo.get<Session>('/session')).body).toMatchObject({ inQuarantine: false })
  expect((await dpo.get('/restore')).body).toEqual({ restore: null, brokenLedger: null })
  const { body } = await dpo.get<{ items: { seq: number; type: string; title: unknown }[] }>(
    '/ledger/entries',
  )
  expect(body.items.filter(({ type }) => type === 'BREAK_GLASS')).toMatchObject([
    { seq: 0, title: { de: 'Neues Löschregister nach einem aufgegebenen' } },
  ])
  expect((await dpo.get<LedgerState>('/ledger/checkpoints')).body).toMatchObject({
    number: 2,
    broken: [{ number: 1, fault: 'missing', isReadable: false }],
  })
  expect((await dpo.get('/ledger/entries?broken=1')).body).toEqual({ items: [], nextCursor: null })
  expect((await dpo.get('/ledger/entries?broken=2')).status).toBe(404)
  const { rows } = await office.database.pool.query<{ act: string }>(
    `select act from audit_entry where act in ('ledger-found-broken', 'ledger-followed', 'proposal-approved') order by id`,
  )
  expect(rows.map(({ act }) => act)).toEqual(['ledger-found-broken', 'proposal-approved', 'ledger-followed'])
  await expect
    .poll(async () => (await office.database.pool.query('select from message')).rowCount, patiently)
    .toBe(2)
  await office.stopWorker()
  expect(await cli('ledger', 'check')).toMatchObject({
    output: expect.stringContaining('Ledger no. 1 was given up (missing). Of it 0 entries can be read'),
  })
})
