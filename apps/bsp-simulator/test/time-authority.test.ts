import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCertificatesPem, requestTimeStamp } from '@buergerdraht/records'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../../testing/free-port.ts'
import { type Simulator, startSimulator } from '../src/simulator.ts'

const folder = mkdtempSync(join(tmpdir(), 'simulator-tsa-'))
const start = Date.parse('2026-11-28T12:00:00.900Z')
let shiftMs = 0
let simulator: Simulator
beforeAll(async () => {
  // A port that no outgoing connection can take between an end and the next start.
  const port = await freePort()
  simulator = await startSimulator({ stateFolder: folder, port, now: () => Date.now() + shiftMs })
  // The authority begins when it is first asked: before any test sets its clock ahead.
  await root()
})
afterAll(async () => {
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

const digest = createHash('sha256').update('Was zu beweisen ist').digest()

async function post(address: string, type: string, body: Uint8Array): Promise<Buffer> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(body),
  })
  return Buffer.from(await answer.arrayBuffer())
}

async function root(): Promise<string> {
  return (await fetch(`${simulator.url}/tsa/root.pem`)).text()
}

function stamp(request: Uint8Array): Promise<Buffer> {
  return post(`${simulator.url}/tsa`, 'application/timestamp-query', request)
}

async function revocation(address: string, request?: Uint8Array): Promise<Buffer> {
  if (request !== undefined) return post(address, 'application/ocsp-request', request)
  return Buffer.from(await (await fetch(address)).arrayBuffer())
}

/** With Debian's openssl, which is not our code. */
function openssl(...parts: string[]): string {
  return execFileSync('openssl', parts, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

async function setRevoked(revoked: boolean): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${simulator.url}/tsa/revoked`, { method: 'PUT', headers, body: JSON.stringify({ revoked }) })
}

async function asked(hash: { algorithm: 'sha256' | 'sha384' | 'sha512'; digest: Uint8Array }) {
  const roots = parseCertificatesPem(await root())
  return requestTimeStamp({ ...hash, nonce: randomBytes(8) }, { roots }, stamp, revocation)
}

describe('a time stamp', () => {
  test.each(['sha256', 'sha384', 'sha512'] as const)(
    'over %s is believed, with what says that its certificate holds',
    async (algorithm) => {
      const answer = await asked({ algorithm, digest: createHash(algorithm).update('x').digest() })
      expect(answer).toMatchObject({ ok: true })
      if (!answer.ok) return
      expect(answer.verdict.revocation).toMatchObject([{ offered: true, statement: {} }])
    },
  )

  test('is believed by openssl too', async () => {
    const ca = file('root.pem', await root())
    const query = join(folder, 'query.tsq')
    openssl('ts', '-query', '-digest', digest.toString('hex'), '-sha256', '-cert', '-out', query)
    const request = execFileSync('cat', [query])
    const reply = file('reply.tsr', await stamp(request))
    expect(openssl('ts', '-verify', '-in', reply, '-queryfile', query, '-CAfile', ca)).toContain(
      'Verification: OK',
    )
  })

  test.each([
    ['of another hash', 'sha1', 20, 'unrecognized or unsupported algorithm'],
    ['of another length', 'sha256', 20, 'data submitted has the wrong format'],
  ])('%s is refused, with the reason', async (_what, algorithm, length, reason) => {
    const query = join(folder, 'refused.tsq')
    openssl(
      'ts',
      '-query',
      '-digest',
      '00'.repeat(algorithm === 'sha1' ? length : 32),
      `-${algorithm}`,
      '-out',
      query,
    )
    let request = execFileSync('cat', [query])
    if (algorithm === 'sha256') {
      const hex = request.toString('hex').replace(`0420${'00'.repeat(32)}`, `0414${'00'.repeat(20)}`)
      // Twelve bytes less in three lengths: of the imprint and of the whole.
      const shorter = Buffer.from(hex, 'hex')
      shorter[1] = (shorter[1] ?? 0) - 12
      shorter[6] = (shorter[6] ?? 0) - 12
      request = shorter
    }
    const reply = file('refused.tsr', await stamp(request))
    expect(openssl('ts', '-reply', '-in', reply, '-text')).toContain(reason)
  })

  test('of a request that is none is refused', async () => {
    const reply = file('nonsense.tsr', await stamp(Buffer.from('nonsense')))
    expect(openssl('ts', '-reply', '-in', reply, '-text')).toContain('wrong format')
  })

  test('has the time of the simulated network', async () => {
    shiftMs = start + 90 * 86_400_000 - Date.now()
    const answer = await asked({ algorithm: 'sha256', digest })
    shiftMs = 0
    expect(answer).toMatchObject({ ok: true })
    if (answer.ok) expect(answer.verdict.at.toISOString().slice(0, 10)).toBe('2027-02-26')
  })
})

async function setFaults(faults: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${simulator.url}/faults`, { method: 'PUT', headers, body: JSON.stringify(faults) })
}

describe('an authority that is told to', () => {
  test.each([
    ['other-hash', 'TIME_STAMP_IMPRINT'],
    ['html', 'TIME_STAMP_UNREADABLE'],
    ['refuse', 'TIME_STAMP_NOT_GRANTED'],
    ['server-error', 'TIME_STAMP_UNREADABLE'],
  ])('%s stamps nothing that is believed', async (answer, code) => {
    await setFaults({ stamps: { answer } })
    const said = await asked({ algorithm: 'sha256', digest })
    await setFaults({})
    expect(said).toMatchObject({ ok: false, code })
  })

  test('never answer does not', async () => {
    await setFaults({ stamps: { answer: 'never' } })
    const waiting = fetch(`${simulator.url}/tsa`, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: 'nothing',
      signal: AbortSignal.timeout(500),
    })
    await expect(waiting).rejects.toThrow('timeout')
    await setFaults({})
  })
})

describe('its certificates', () => {
  test('are the same after a restart at the same address, and nothing that others may read', async () => {
    const before = await root()
    const port = Number(new URL(simulator.url).port)
    await simulator.close()
    simulator = await startSimulator({ stateFolder: folder, port, now: () => Date.now() + shiftMs })
    expect(await root()).toBe(before)
  })

  test('that are revoked are said to be so, by an answer and by the list', async () => {
    await setRevoked(true)
    const answer = await asked({ algorithm: 'sha256', digest })
    expect(answer).toMatchObject({ ok: false })
    const list = file('list.crl', await revocation(`${simulator.url}/tsa/list.crl`))
    const ca = file('root.pem', await root())
    expect(openssl('crl', '-in', list, '-inform', 'DER', '-CAfile', ca, '-noout', '-text')).toContain(
      'Revoked Certificates',
    )
    await setRevoked(false)
    expect(await asked({ algorithm: 'sha256', digest })).toMatchObject({ ok: true })
  })
})
