import { join } from 'node:path'
import type { AuditState } from '@buergerdraht/contract'
import { logKeyOf, witnessKeyOf } from '@buergerdraht/office'
import { openLedgerFolder, parseNoteKey, verifyLedger } from '@buergerdraht/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { StoryOffice } from './start-office.ts'

/** Two town halls, each a witness of the other. */
let town: StoryOffice
let county: StoryOffice
beforeAll(async () => {
  town = await StoryOffice.prepare()
  county = await StoryOffice.prepare()
  for (const [office, other] of [
    [town, county],
    [county, town],
  ] as const) {
    const logs = await Promise.all(
      (['audit-log', 'deletion-ledger'] as const).map((purpose) => logKeyOf(other.keys, purpose)),
    )
    office.configure({
      WITNESSES: `${other.baseUrl}/witness ${(await witnessKeyOf(other.keys)).verifierKey}`,
      WITNESSED_LOGS: logs.map(({ verifierKey }) => verifierKey).join(','),
    })
  }
  for (const office of [town, county]) {
    await office.startApi()
    // So that there is something in the log.
    await office.signIn('clerk')
  }
  for (const office of [town, county]) await office.startWorker()
})
afterAll(async () => {
  await town.close()
  await county.close()
})

test('two offices witness each other, and each one’s log is cosigned by the other for whoever verifies it', async () => {
  for (const [office, other] of [
    [town, county],
    [county, town],
  ] as const) {
    const auditor = await office.signIn('auditor')
    async function state() {
      return (await auditor.get<AuditState>('/audit')).body
    }
    await expect
      .poll(async () => (await state()).proofs, { timeout: 150_000, interval: 500 })
      .toMatchObject([{ kind: 'witness', size: expect.any(Number), failingSince: null }])
    const told = await (await fetch(`${other.baseUrl}/witness/key`)).text()
    expect(told.trim()).toBe((await witnessKeyOf(other.keys)).verifierKey)
    const opened = await openLedgerFolder(join(office.config.ledgerDir, 'audit'))
    const { verifierKey } = await logKeyOf(office.keys, 'audit-log')
    const { findings } = await verifyLedger(opened, { keys: [parseNoteKey(verifierKey), parseNoteKey(told)] })
    await opened.close()
    expect(findings.map(({ code }) => code)).toContain('CHECKPOINT_COSIGNED')
    expect((await state()).witness.conflicts).toEqual([])
  }
  // A checkpoint of a log that is not this one's, with this one's key, is nobody's.
  const answer = await fetch(`${county.baseUrl}/witness/add-checkpoint`, {
    method: 'POST',
    body: 'old 0\n\n',
  })
  expect(answer.status).toBe(400)
  expect(await (await fetch(`${county.baseUrl}/metrics`)).text()).toMatch(
    /^buergerdraht_witness_conflicts 0$/m,
  )
})

test('a witness without an address, with the key of a log, or a log with that of a witness is not a setting', async () => {
  const { verifierKey: log } = await logKeyOf(town.keys, 'audit-log')
  const { verifierKey: witness } = await witnessKeyOf(town.keys)
  for (const [settings, fault] of [
    [{ WITNESSES: witness }, 'must be addresses'],
    [{ WITNESSES: `https://a.example ${log}` }, 'must be verifier keys of a witness'],
    [{ WITNESSES: 'https://a.example nonsense' }, 'must be verifier keys of a witness'],
    [{ WITNESSES: `ftp://a.example ${witness}` }, 'must be addresses'],
    [{ WITNESSED_LOGS: witness }, 'must be verifier keys of a log'],
  ] as const)
    expect(() => readConfig({ ...town.environment, ...settings })).toThrow(fault)
})
