import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AuditState } from '@buergerdraht/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../../testing/free-port.ts'
import { StoryOffice } from './start-office.ts'

let folder: string
let office: StoryOffice | null = null
let receiver: ChildProcess | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'buergerdraht-shipping-'))
})
afterEach(async () => {
  receiver?.kill('SIGKILL')
  receiver = null
  await office?.close()
  office = null
  rmSync(folder, { recursive: true, force: true })
})

async function startShipping(environment: Record<string, string>): Promise<StoryOffice> {
  office = await StoryOffice.prepare({ environment })
  await office.startApi()
  await office.startWorker()
  return office
}

function makeCertificate(name: string): void {
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-days', '1', ...names, ...files],
    {
      stdio: 'ignore',
    },
  )
}

async function startReceiver(port: number, how: 'keeps' | 'forgets' = 'keeps'): Promise<void> {
  const program = fileURLToPath(new URL('syslog-receiver.mjs', import.meta.url))
  receiver = fork(program, [String(port), folder, how])
  await once(receiver, 'message')
}

async function kill(): Promise<void> {
  receiver?.kill('SIGKILL')
  if (receiver !== null) await once(receiver, 'exit')
}

/** So many acts that leave an entry. */
async function act(at: StoryOffice, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await (await at.signIn('clerk')).delete('/session')
}

async function stateOf(at: StoryOffice): Promise<AuditState> {
  return (await (await at.signIn('auditor')).get<AuditState>('/audit')).body
}

type Shipped = { index: number; again?: boolean; entry?: { act: string } }

function messages(): string[] {
  const path = join(folder, 'messages')
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []
}

function bodyOf(message: string): Shipped {
  return JSON.parse(message.slice(message.indexOf('] {') + 2)) as Shipped
}

async function sealedSize(at: StoryOffice): Promise<number> {
  const { rows } = await at.database.pool.query<{ size: number; waiting: number }>(
    'select (select count(*)::int from audit_leaf) as size, (select count(*)::int from audit_waiting) as waiting',
  )
  return rows[0]?.waiting === 0 ? rows[0].size : Number.NaN
}

async function expectComplete(at: StoryOffice, received: () => Shipped[]): Promise<void> {
  await expect
    .poll(async () => new Set(received().map(({ index }) => index)).size === (await sealedSize(at)), {
      timeout: 60_000,
    })
    .toBe(true)
  const seen = new Set<number>()
  for (const { index, again } of received()) {
    // Nothing is left out, and what comes twice says so.
    expect(index).toBeLessThanOrEqual(seen.size)
    if (seen.has(index)) expect(again).toBe(true)
    seen.add(index)
  }
}

test('over TLS nothing is lost while the receiver is killed again and again, and what may be there twice says so', async () => {
  makeCertificate('localhost')
  const port = await freePort()
  const at = await startShipping({
    AUDIT_SHIP_TO: `syslog-tls://localhost:${port}`,
    AUDIT_SHIP_CA: join(folder, 'cert.pem'),
  })
  await act(at, 3)
  // Nobody listens yet: that is told, and entries wait.
  await expect
    .poll(async () => (await stateOf(at)).shipping?.failingSince ?? null, { timeout: 60_000 })
    .not.toBeNull()
  expect((await stateOf(at)).shipping?.waiting).toBeGreaterThan(0)
  expect(await (await fetch(`${at.workerUrl}/metrics`)).text()).toMatch(
    /^buergerdraht_audit_unshipped [1-9]/m,
  )
  for (let round = 0; round < 2; round += 1) {
    const before = messages().length
    await startReceiver(port)
    await act(at, 2)
    await expect.poll(() => messages().length, { timeout: 60_000 }).toBeGreaterThan(before)
    await kill()
    await act(at, 2)
  }
  // Whoever ships is started anew in between.
  await at.stopWorker()
  await startReceiver(port)
  await at.startWorker()
  await expectComplete(at, () => messages().map(bodyOf))
  await expect
    .poll(async () => (await stateOf(at)).shipping?.failingSince ?? null, { timeout: 60_000 })
    .toBeNull()
  const [first = ''] = messages()
  expect(first).toMatch(
    /^<1(08|10)>1 20\d\d-\d\d-\d\dT[\d:.]+Z [!-~]+ buergerdraht - [a-z-]{1,32} \[meta sequenceId="1"\] \{"index":0,/,
  )
})

test('what a receiver had read when it died, and not kept, is sent again', async () => {
  makeCertificate('localhost')
  const port = await freePort()
  await startReceiver(port, 'forgets')
  const died = once(receiver as ChildProcess, 'exit')
  const at = await startShipping({
    AUDIT_SHIP_TO: `syslog-tls://localhost:${port}`,
    AUDIT_SHIP_CA: join(folder, 'cert.pem'),
  })
  await act(at, 1)
  await died
  await startReceiver(port)
  await expectComplete(at, () => messages().map(bodyOf))
  expect(bodyOf(messages()[0] ?? '')).toMatchObject({ index: 0, again: true })
})

test('a receiver whose certificate is not the one that is trusted, or of another name, gets nothing', async () => {
  makeCertificate('another.example')
  const port = await freePort()
  await startReceiver(port)
  const at = await startShipping({
    AUDIT_SHIP_TO: `syslog-tls://localhost:${port}`,
    AUDIT_SHIP_CA: join(folder, 'cert.pem'),
  })
  await act(at, 1)
  await expect
    .poll(async () => (await stateOf(at)).shipping?.failingSince ?? null, { timeout: 60_000 })
    .not.toBeNull()
  expect(messages()).toEqual([])
})

test('a file has each entry once, also after a line was cut off, and whoever ships was stopped in between', async () => {
  const path = join(folder, 'audit.jsonl')
  const at = await startShipping({ AUDIT_SHIP_TO: `file://${path}` })
  function lines(): Shipped[] {
    if (!existsSync(path)) return []
    const text = readFileSync(path, 'utf8')
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Shipped)
  }
  await act(at, 3)
  await expectComplete(at, lines)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  await at.stopWorker()
  // Killed between the disk and the database: what was noted last is forgotten, and the last line is half there.
  await at.database.pool.query('update audit_shipment set next_index = 0')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.slice(0, -20))
  await act(at, 2)
  await at.startWorker()
  await expectComplete(at, lines)
  expect(lines().map(({ index }) => index)).toEqual(lines().map((_, n) => n))
  // Rotated away: the next entry is the first of the new file.
  const last = lines().length
  rmSync(path)
  await act(at, 1)
  await expect.poll(() => lines()[0]?.index ?? -1, { timeout: 60_000 }).toBeGreaterThanOrEqual(last)
})
