import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { DeletionRun, Proposal } from '@buergerdraht/contract'
import { judgeLedger } from '@buergerdraht/custody'
import { logKeyOf, transaction } from '@buergerdraht/office'
import {
  checkEntry,
  openLedgerFolder,
  parseNoteKey,
  readLog,
  verdictOf,
  verifyLedger,
} from '@buergerdraht/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messagesChange, payload } from '../../../testing/webhook-payload.ts'
import { deletionLedgerOf } from '../src/process/wait-for-ledger.ts'
import { archiveWaives } from './archive-waives.ts'
import { OfficeProcess } from './office-process.ts'
import { StoryOffice } from './start-office.ts'

/** Of a run to which somebody is at work, as here who approves it, and as far as a worker knows that has just started. */
const batch = 100
/** Five batches, the last one not full. */
const matters = 4.5 * batch

let office: StoryOffice
let worker: OfficeProcess
function startWorker() {
  return OfficeProcess.start('worker', office.environment, office.workerUrl)
}

beforeAll(async () => {
  office = await StoryOffice.prepare({ environment: { LOG_LEVEL: 'silent' } })
  await office.startApi()
  worker = await startWorker()
})
afterAll(async () => {
  await worker.end('SIGTERM')
  await office.close()
})

async function oldMatters(): Promise<void> {
  const { pool } = office.database
  const written = Array.from({ length: matters }, (_, n) => ({
    id: `K${n}`,
    from: `49171394${String(n).padStart(5, '0')}`,
    text: `Frage ${n}`,
  }))
  for (let at = 0; at < matters; at += 50) {
    const part = written.slice(at, at + 50)
    const { status } = await office.deliver(
      payload([messagesChange(office.demo.channel.phoneNumberId, part)]),
    )
    expect(status).toBe(200)
  }
  await office.settled()
  const { rowCount } = await pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null where state = 'open'`,
  )
  expect(rowCount).toBe(matters)
}

/** What the ledger says has been deleted, of each kind. */
async function entered(): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for await (const piece of readLog(createReadStream(join(deletionLedgerOf(office.config), 'log')))) {
    if (piece.kind !== 'record') expect.fail(`A piece of the ledger is ${piece.kind}`)
    const checked = checkEntry(piece.record.opening?.entry, piece.index)
    if ('refused' in checked) expect.fail('No entry of a ledger')
    // What became of it at the provider is entered when that has answered.
    if (checked.accepted.type === 'PROCESSOR_DONE') continue
    if (!('objects' in checked.accepted)) expect.fail('No deletion is entered')
    for (const [kind, count] of Object.entries(checked.accepted.objects))
      sums[kind] = (sums[kind] ?? 0) + Number(count)
  }
  return sums
}

/** While nobody can delete a message: whatever is destroyed waits in the middle. */
function whileDestroyingWaits(work: () => Promise<void>): Promise<void> {
  return transaction(office.database.pool, async ({ client }) => {
    await client.query('set local idle_in_transaction_session_timeout = 0')
    await client.query('lock table message in share mode')
    await work()
  })
}

test('a run whose worker is killed again and again destroys everything once, and its ledger says so', async () => {
  const { pool } = office.database
  await archiveWaives(pool)
  await oldMatters()
  const [records, dpo] = await Promise.all([office.signIn('records'), office.signIn('dpo')])
  const { status, body: run } = await records.post<DeletionRun>('/deletion-runs', { kind: 'planned' })
  expect({ status, waiting: run.waiting }).toEqual({ status: 201, waiting: matters })
  const { items } = (await dpo.get<{ items: Proposal[] }>('/proposals')).body
  const proposal = items.find(({ kind, state }) => kind === 'deletion-run' && state === 'open')

  async function left(state: 'planned' | 'condemned'): Promise<number> {
    const { rowCount } = await pool.query('select from deletion_run_item where run_id = $1 and state = $2', [
      run.id,
      state,
    ])
    return rowCount ?? 0
  }
  async function matterCount(): Promise<number> {
    return (await pool.query('select from conversation')).rowCount ?? 0
  }
  await whileDestroyingWaits(async () => {
    expect((await dpo.post(`/proposals/${proposal?.id}/approval`)).status).toBe(200)
    // A batch is condemned and entered, and none of it destroyed.
    await expect.poll(async () => (await entered())['conversations'], { timeout: 120_000 }).toBe(batch)
    await worker.end('SIGKILL')
    expect({ condemned: await left('condemned'), matters: await matterCount() }).toEqual({
      condemned: batch,
      matters,
    })
  })
  for (const planned of [3 * batch, 2 * batch, batch]) {
    worker = await startWorker()
    await expect.poll(() => left('planned'), { timeout: 120_000, interval: 2 }).toBeLessThanOrEqual(planned)
    await worker.end('SIGKILL')
  }
  worker = await startWorker()
  await expect
    .poll(async () => (await dpo.get<DeletionRun>(`/deletion-runs/${run.id}`)).body.state, {
      timeout: 120_000,
    })
    .toBe('completed')

  expect(await entered()).toEqual({ conversations: matters, messages: matters })
  for (const table of ['conversation', 'message', 'deletion_run_item'])
    expect(`${table} ${(await pool.query(`select from ${table}`)).rowCount}`).toBe(`${table} 0`)
  const folder = deletionLedgerOf(office.config)
  const { keys } = office
  await expect.poll(async () => (await judgeLedger({ pool, keys }, folder)).state).toBe('equal')
  const ledger = await openLedgerFolder(folder)
  const { verifierKey } = await logKeyOf(keys, 'deletion-ledger')
  const { findings } = await verifyLedger(ledger, { keys: [parseNoteKey(verifierKey)] })
  await ledger.close()
  expect(verdictOf(findings)).toBe(0)
})
