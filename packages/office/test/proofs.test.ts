import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import {
  formatNote,
  leafHash,
  type MerkleLog,
  type NoteKey,
  noteKey,
  openLedgerFolder,
  openLog,
  parseCertificatesPem,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  plannedAlgorithmCalendar,
  rawPublicKey,
  signNote,
  verifyConsistency,
  verifyLedger,
  witnessSigner,
} from '@buergerdraht/records'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { children, readDer } from '../../records/src/time/der.ts'
import { plainResponse } from '../../records/src/time/time-stamp-response.ts'
import { type Lie, LyingAuthority } from '../../records/test/lying-authority.ts'
import { certify, extension, makeKey, oid, responder, seq } from '../../records/test/lying-certificates.ts'
import {
  alone,
  growthOf,
  Keys,
  keepSignedCheckpoint,
  listCheckpoints,
  logKeyOf,
  newKeyEncryptionKey,
  type OfficeContext,
  proofStanding,
  proveCheckpoints,
  type TimeAuthorities,
  type Viewer,
} from '../src/index.ts'

type Answer = (request: Buffer, incoming: IncomingMessage) => Uint8Array | number | null

let office: Pick<OfficeContext, 'prisma' | 'pool' | 'keys' | 'now' | 'log' | 'notify'>
let now: Date
let folder: string
let log: MerkleLog
const warned = vi.fn<(facts: Readonly<Record<string, unknown>>, event: string) => void>()
const servers: Server[] = []
const authority = new LyingAuthority()

beforeAll(async () => {
  const made = await createTestDatabase()
  const database = createDatabase(made.url)
  const key = newKeyEncryptionKey()
  const keys = await Keys.open(database.pool, async () => [key])
  const log = { info: () => {}, warn: warned, error: () => {} }
  const { prisma, pool } = database
  office = { prisma, pool, keys, now: () => now, log, notify: async () => {} }
  return async () => {
    await database.close()
    await made.drop()
  }
})
beforeEach(async () => {
  now = new Date('2026-11-30T10:00:00Z')
  warned.mockClear()
  folder = await mkdtemp(join(tmpdir(), 'proofs-'))
  await writeFile(join(folder, 'roots.pem'), authority.rootPem)
  await office.pool.query('delete from checkpoint_proof')
  const opened = await openLog(join(folder, 'log'))
  log = opened.log
  await grow()
  return async () => {
    await opened.close()
    await Promise.all(
      servers.splice(0).map((server) => {
        server.closeAllConnections()
        return new Promise((done) => server.close(done))
      }),
    )
    await rm(folder, { recursive: true })
  }
})

/** One more entry, and a checkpoint of it. */
async function grow(): Promise<void> {
  await log.append([{ leaf: leafHash(Buffer.from(`entry ${log.size}`)) }])
  await keepSignedCheckpoint(join(folder, 'log'), log, await logKeyOf(office.keys, 'deletion-ledger'))
}

/** What answers over HTTP: bytes, a status, or never. */
async function listening(answer: Answer): Promise<string> {
  const server = createServer(async (incoming, reply) => {
    const pieces: Buffer[] = []
    for await (const piece of incoming) pieces.push(piece)
    const said = answer(Buffer.concat(pieces), incoming)
    if (typeof said === 'number') reply.writeHead(said, { location: '/elsewhere' }).end()
    else if (said !== null) reply.end(said)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`
}

/** An authority that answers what it is asked, with what it lies about. */
function stamping(
  lie: (asked: Lie & { imprint: Uint8Array }) => Lie & { imprint?: Uint8Array } = () => ({}),
): Answer {
  return (request) => {
    const [, imprint, nonce] = children(readDer(request))
    const hash = imprint === undefined ? undefined : children(imprint)[1]?.content
    if (nonce === undefined || hash === undefined) return 400
    const asked = { at: now, imprint: hash, beyond: [nonce.raw] }
    const { imprint: stamped, ...rest } = { ...asked, ...lie(asked) }
    return plainResponse(authority.token(stamped ?? hash, rest))
  }
}

function authoritiesAt(...urls: string[]): TimeAuthorities {
  return { urls, rootsFile: join(folder, 'roots.pem'), revocationHosts: new Set(), timeoutMs: 60_000 }
}

function prove(
  timeAuthorities: TimeAuthorities | null,
  stamped: 'daily' | 'each' = 'daily',
): Promise<number> {
  const logs = [{ purpose: 'deletion-ledger', folder: join(folder, 'log'), stamped }] as const
  return proveCheckpoints(office, logs, {
    timeAuthorities,
    witnesses: [],
    witnessFolder: null,
    witnessBucket: null,
    witnessMailbox: null,
  })
}

async function standing() {
  const [first] = await proofStanding(office.pool, 'deletion-ledger')
  return first
}

function stampOf(size: number): string {
  return join(folder, 'log', 'checkpoints', `${size}.tsr`)
}

/** What an auditor's program says, with the root and nothing else. */
async function verified() {
  const opened = await openLedgerFolder(join(folder, 'log'))
  const { verifierKey } = await logKeyOf(office.keys, 'deletion-ledger')
  const { findings, proven } = await verifyLedger(opened, {
    keys: [parseNoteKey(verifierKey)],
    roots: parseCertificatesPem(authority.rootPem),
    requireTimeStamp: true,
    on: now,
  })
  await opened.close()
  return { codes: findings.map(({ code }) => code), proven }
}

describe('a time stamp over the newest checkpoint', () => {
  test('lies beside it, and holds for our verifier and for openssl', async () => {
    expect((await verified()).codes).toContain('TIME_STAMP_MISSING')
    expect(await prove(authoritiesAt(await listening(stamping())))).toBe(1)
    const { codes, proven } = await verified()
    expect(codes).toContain('TIME_STAMP_GOOD')
    expect(codes).not.toContain('TIME_STAMP_SURPLUS')
    expect(proven.map(({ covers }) => covers)).toEqual([['checkpoints/1.txt']])
    const said = execFileSync(
      'openssl',
      [
        'ts',
        '-verify',
        '-data',
        stampOf(1).replace('.tsr', '.txt'),
        '-in',
        stampOf(1),
        '-CAfile',
        join(folder, 'roots.pem'),
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    )
    expect(said).toContain('Verification: OK')
    expect(await standing()).toMatchObject({ size: 1, provenAt: now.toISOString(), failingSince: null })
  })

  test('is asked for once a day, and where nothing is new not at all', async () => {
    const asked: string[] = []
    const url = await listening((...request) => {
      asked.push(request[0].toString('hex'))
      return stamping()(...request)
    })
    await prove(authoritiesAt(url))
    await grow()
    expect(await prove(authoritiesAt(url))).toBe(0)
    now = new Date('2026-12-01T00:00:01Z')
    expect(await prove(authoritiesAt(url))).toBe(1)
    now = new Date('2026-12-02T10:00:00Z')
    expect(await prove(authoritiesAt(url))).toBe(0)
    expect(asked).toHaveLength(2)
    expect(existsSync(stampOf(2))).toBe(true)
    await grow()
    now = new Date('2026-12-02T10:00:01Z')
    expect(await prove(authoritiesAt(url), 'each')).toBe(1)
    await grow()
    expect(await prove(authoritiesAt(url), 'each')).toBe(1)
  })

  test('that was kept by a process that died then is noted, and not asked for again', async () => {
    await prove(authoritiesAt(await listening(stamping())))
    await office.pool.query('delete from checkpoint_proof')
    const kept = await readFile(stampOf(1))
    expect(await prove(authoritiesAt(await listening(() => 500)))).toBe(1)
    expect(await standing()).toMatchObject({ size: 1, provenAt: now.toISOString() })
    expect(await readFile(stampOf(1))).toEqual(kept)
  })

  test('that somebody has put there is seen, and not replaced', async () => {
    const foreign = authority.answer(Buffer.from('something else'), { at: now })
    await writeFile(stampOf(1), foreign)
    expect(await prove(authoritiesAt(await listening(stamping())))).toBe(0)
    expect(await standing()).toMatchObject({ size: null, fault: 'TIME_STAMP_IMPRINT' })
    expect(await readFile(stampOf(1))).toEqual(Buffer.from(foreign))
  })

  test('is not asked for by two processes at once', async () => {
    const url = await listening(stamping())
    const meanwhile = await alone(office.pool, 'proving', () => prove(authoritiesAt(url)))
    expect(meanwhile).toBe(0)
    expect(existsSync(stampOf(1))).toBe(false)
  })
})

const expired = authority.certifies('p256', { until: new Date('2026-01-01T00:00:00Z') })
const wrongPurpose = certify(makeKey('p256'), authority.root, {
  extensions: [extension('2.5.29.37', true, seq(oid('1.3.6.1.5.5.7.3.1')))],
})
const stranger = new LyingAuthority()

const bad: readonly (readonly [string, string, Answer])[] = [
  [
    'answers for another hash',
    'TIME_STAMP_IMPRINT',
    stamping(({ imprint }) => ({ imprint: Buffer.from(imprint).reverse() })),
  ],
  ['answers another request', 'TIME_STAMP_NONCE', stamping(() => ({ beyond: [] }))],
  [
    'has an expired certificate',
    'TIME_STAMP_PATH',
    stamping(() => ({ signer: expired, certificates: [expired.der] })),
  ],
  [
    'has a certificate for something else',
    'TIME_STAMP_PURPOSE',
    stamping(() => ({ signer: wrongPurpose, certificates: [wrongPurpose.der] })),
  ],
  [
    'is of a root that nobody trusts',
    'TIME_STAMP_PATH',
    stamping(() => ({ signer: stranger.signer, certificates: [stranger.signer.der] })),
  ],
  [
    'answers with a page',
    'TIME_STAMP_UNREADABLE',
    () => Buffer.from('<!doctype html><title>Wartung</title>'),
  ],
  [
    'sends one elsewhere',
    'TIME_STAMP_UNREACHABLE',
    (request, incoming) => (incoming.url === '/elsewhere' ? stamping()(request, incoming) : 307),
  ],
  ['fails', 'TIME_STAMP_UNREACHABLE', () => 502],
  ['never answers', 'TIME_STAMP_UNREACHABLE', () => null],
  ['answers without end', 'TIME_STAMP_UNREACHABLE', () => Buffer.alloc((1 << 20) + 1)],
  [
    'has a clock that is a year wrong',
    'TIME_STAMP_CLOCK',
    stamping(() => ({ at: new Date('2025-11-30T10:00:00Z') })),
  ],
  [
    'has a clock that is ahead',
    'TIME_STAMP_CLOCK',
    stamping(() => ({ at: new Date('2026-11-30T10:06:00Z') })),
  ],
]

describe.each(bad)('an authority that %s', (_what, code, answer) => {
  /** Only for the one that never answers is waited so long. */
  const timeoutMs = 3000
  test('stamps nothing, and that it is missing is seen', async () => {
    expect(await prove({ ...authoritiesAt(await listening(answer)), timeoutMs })).toBe(0)
    expect(existsSync(stampOf(1))).toBe(false)
    expect(await standing()).toMatchObject({ size: null, failingSince: now.toISOString(), fault: code })
  })

  test('is passed over where another one answers', async () => {
    const both = authoritiesAt(await listening(answer), await listening(stamping()))
    expect(await prove({ ...both, timeoutMs })).toBe(1)
    expect((await verified()).codes).toContain('TIME_STAMP_GOOD')
  })
})

test('an outage delays: since when is told, once in the log, and the time that is proven is the later one', async () => {
  const away = authoritiesAt(await listening(() => 503))
  await prove(away)
  now = new Date('2026-12-02T10:00:00Z')
  await grow()
  await prove(away)
  expect(await standing()).toMatchObject({ failingSince: '2026-11-30T10:00:00.000Z' })
  expect(warned.mock.calls.map(([, event]) => event)).toEqual(['checkpoint.not-proven'])
  await prove(authoritiesAt(await listening(stamping())))
  expect(await standing()).toMatchObject({ size: 2, provenAt: now.toISOString(), failingSince: null })
  // The checkpoint of the days without one stays without one.
  expect(existsSync(stampOf(1))).toBe(false)
})

test('each request has a nonce of its own, by which an old answer is told apart', async () => {
  const nonces: string[] = []
  const refusing = await listening((request) => {
    nonces.push(children(readDer(request))[2]?.content.toString() ?? '')
    return 503
  })
  await prove(authoritiesAt(refusing, refusing))
  expect(new Set(nonces).size).toBe(2)
})

test('what the calendar in force has ended proves nothing, whatever the built-in one says', async () => {
  // Of what the authority signs with; another hash function would be asked for where ours ends.
  const signature = plannedAlgorithmCalendar.signature.map((one) => ({ ...one, until: '2026-11-29' }))
  await office.pool.query('insert into algorithm_calendar values (now(), $1, $2, $3)', [
    JSON.stringify({ ...plannedAlgorithmCalendar, signature }),
    randomUUID(),
    randomUUID(),
  ])
  const url = await listening(stamping())
  expect(await prove(authoritiesAt(url))).toBe(0)
  expect(await standing()).toMatchObject({ fault: 'TIME_STAMP_ALGORITHM' })
  await office.pool.query(`insert into algorithm_calendar values (now() + interval '1 second', $1, $2, $3)`, [
    JSON.stringify(plannedAlgorithmCalendar),
    randomUUID(),
    randomUUID(),
  ])
  expect(await prove(authoritiesAt(url))).toBe(1)
})

test('without a file of roots nothing is believed', async () => {
  await rm(join(folder, 'roots.pem'))
  expect(await prove(authoritiesAt(await listening(stamping())))).toBe(0)
  expect(await standing()).toMatchObject({ fault: 'TIME_STAMP_ROOTS' })
})

test('whom nobody asks any more nobody misses', async () => {
  await prove(authoritiesAt(await listening(() => 503)))
  await prove(null)
  expect(await standing()).toBeUndefined()
})

test('an address in a certificate is asked only where its host is allowed, and no other that it sends one to', async () => {
  const asked: string[] = []
  const elsewhere = await listening((_request, { url }) => {
    asked.push(url ?? '')
    return 302
  })
  const signer = authority.certifies('p256', { extensions: [responder(`${elsewhere}/ocsp`)] })
  const url = await listening(stamping(() => ({ signer, certificates: [signer.der] })))
  expect(await prove(authoritiesAt(url))).toBe(1)
  expect(asked).toEqual([])
  await grow()
  const allowing = { ...authoritiesAt(url), revocationHosts: new Set([new URL(elsewhere).host]) }
  expect(await prove(allowing, 'each')).toBe(1)
  expect(asked).toEqual(['/tsa/ocsp'])
})

describe('what whoever inspects the logs is shown', () => {
  const auditor: Viewer = { accountId: randomUUID(), displayName: 'Revision', role: 'auditor', teamIds: [] }
  function logs(witnesses: readonly NoteKey[] = [], rootsFile: string | null = join(folder, 'roots.pem')) {
    const here = join(folder, 'log')
    const folders = {
      'archive-log': join(folder, 'none'),
      'deletion-ledger': here,
      'audit-log': join(folder, 'none'),
    }
    return { folders, rootsFile, witnesses }
  }
  function listed(
    { before, limit }: { before: number | null; limit: number } = { before: null, limit: 20 },
    inspected: ReturnType<typeof logs> = logs(),
  ) {
    return listCheckpoints(office as OfficeContext, auditor, inspected, 'deletion-ledger', { before, limit })
  }

  test('are the checkpoints of a log, newest first and page by page, with what their time stamps say now', async () => {
    await prove(authoritiesAt(await listening(stamping())))
    for (let n = 0; n < 4; n += 1) await grow()
    await writeFile(stampOf(3), 'not a time stamp')
    await writeFile(stampOf(4), await readFile(stampOf(1)))
    const first = await listed({ before: null, limit: 3 })
    expect(first.items.map(({ size }) => size)).toEqual([5, 4, 3])
    expect(first.nextCursor).toBe('3')
    const rest = await listed({ before: 3, limit: 3 })
    expect(rest.items.map(({ size }) => size)).toEqual([2, 1])
    expect(rest.nextCursor).toBe(null)
    expect([...first.items, ...rest.items].map(({ stamp }) => stamp?.fault)).toEqual([
      undefined,
      'TIME_STAMP_IMPRINT',
      'TIME_STAMP_UNREADABLE',
      undefined,
      null,
    ])
    const [good] = rest.items.slice(-1)
    expect(good?.stamp?.at).toBe(now.toISOString())
    expect(good?.stamp?.response).toBe((await readFile(stampOf(1))).toString('base64'))
    expect(good?.stamp?.certificates.length).toBeGreaterThan(0)
    for (const { name, validUntil } of good?.stamp?.certificates ?? []) {
      expect(name).toMatch(/^CN=/)
      expect(Date.parse(validUntil)).toBeGreaterThan(now.getTime())
    }
    // Without roots nothing can be said of it, and nothing is.
    const [, , , , untrusted] = (await listed(undefined, logs([], null))).items
    expect(untrusted?.stamp).toEqual({
      at: null,
      fault: 'TIME_STAMP_ROOTS',
      certificates: [],
      response: expect.any(String),
    })
    expect(
      await listCheckpoints(office as OfficeContext, auditor, logs(), 'audit-log', {
        before: null,
        limit: 1,
      }),
    ).toMatchObject({ items: [], nextCursor: null })
  })

  test('are witnesses with the time of those that are known, without it of others, and none whose signature is wrong', async () => {
    const path = stampOf(1).replace('.tsr', '.txt')
    const text = parseNote(await readFile(path)).text
    const [known, unknown] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
    const key = noteKey('witness', 'nachbar', rawPublicKey(known.privateKey))
    const signers = [
      witnessSigner('nachbar', known.privateKey, now),
      witnessSigner('fremd', unknown.privateKey, now),
    ]
    const before = parseNote(await readFile(path))
    await writeFile(path, formatNote(signNote(before, signers)))
    expect((await listed(undefined, logs([key]))).items).toMatchObject([
      {
        signed: true,
        witnesses: [
          { name: 'nachbar', at: now.toISOString() },
          { name: 'fremd', at: null },
        ],
      },
    ])
    const [signature] = signNote({ text: 'other\n', signatures: [] }, signers).signatures
    await writeFile(
      path,
      formatNote({ text, signatures: [...before.signatures, ...(signature ? [signature] : [])] }),
    )
    expect((await listed(undefined, logs([key]))).items).toMatchObject([{ signed: true, witnesses: [] }])
    await writeFile(path, formatNote({ text, signatures: signature ? [signature] : [] }))
    expect((await listed(undefined, logs([key]))).items).toMatchObject([{ signed: false }])
  })

  test('is with what anybody reckons that the log only grew, between any two', async () => {
    for (let n = 0; n < 7; n += 1) await grow()
    const roots = new Map<number, Uint8Array>()
    for (const { note, size } of (await listed()).items)
      roots.set(size, parseCheckpoint(Buffer.from(note)).checkpoint.root)
    expect([...roots.keys()]).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    for (const [to, after] of roots)
      for (const [from, before] of roots) {
        if (from > to) continue
        const { proof } = await growthOf(auditor, logs(), 'deletion-ledger', { from, to })
        const hashes = proof?.map((one) => Buffer.from(one, 'base64')) ?? []
        expect(verifyConsistency(from, before, to, after, hashes), `${from} to ${to}`).toBe(true)
      }
    for (const [from, to] of [
      [3, 9],
      [4, 3],
    ] as const)
      await expect(growthOf(auditor, logs(), 'deletion-ledger', { from, to })).rejects.toMatchObject({
        code: 'invalid-input',
      })
    const nodes = join(folder, 'log', 'nodes')
    const stored = await readFile(nodes)
    stored.fill(0)
    await writeFile(nodes, stored)
    expect(await growthOf(auditor, logs(), 'deletion-ledger', { from: 3, to: 8 })).toEqual({ proof: null })
    const clerk: Viewer = { ...auditor, role: 'clerk' }
    await expect(growthOf(clerk, logs(), 'deletion-ledger', { from: 1, to: 2 })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  })
})
