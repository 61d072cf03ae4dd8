import { createHash, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import {
  leafHash,
  type MerkleLog,
  openLedgerFolder,
  openLog,
  parseNoteKey,
  verifyLedger,
  witnessSigner,
} from '@buergerdraht/records'
import { SMTPServer } from 'smtp-server'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  answerAsWitness,
  type Bucket,
  Keys,
  keepSignedCheckpoint,
  logKeyOf,
  type Mailbox,
  newKeyEncryptionKey,
  type OfficeContext,
  type Provers,
  proofStanding,
  proveCheckpoints,
  witnessKeyOf,
} from '../src/index.ts'
import { witnessConflicts } from '../src/proofs/be-witness.ts'
import { signRequest } from '../src/proofs/sign-request.ts'

type Office = Pick<OfficeContext, 'pool' | 'keys' | 'now' | 'log'>
type Answer = { status: number; body: string; contentType?: string }

/** Of this office, whose log it is, and of the one that is its witness. */
let office: Office
let other: Office
let now: Date
let folder: string
let log: MerkleLog
let close: () => Promise<void>
const servers: Server[] = []
const errors = vi.fn<(facts: Readonly<Record<string, unknown>>, event: string) => void>()

async function openOffice(closing: (() => Promise<void>)[]): Promise<Office> {
  const made = await createTestDatabase()
  const database = createDatabase(made.url)
  closing.push(async () => {
    await database.close()
    await made.drop()
  })
  const key = newKeyEncryptionKey()
  const keys = await Keys.open(database.pool, async () => [key])
  return { pool: database.pool, keys, now: () => now, log: { info: () => {}, warn: () => {}, error: errors } }
}

beforeAll(async () => {
  const closing: (() => Promise<void>)[] = []
  office = await openOffice(closing)
  other = await openOffice(closing)
  return async () => {
    for (const end of closing) await end()
  }
})
beforeEach(async () => {
  now = new Date('2026-11-30T10:00:00Z')
  errors.mockClear()
  folder = await mkdtemp(join(tmpdir(), 'witnesses-'))
  await mkdir(join(folder, 'kept'))
  for (const { pool } of [office, other])
    await pool.query(`delete from checkpoint_proof; delete from witness_conflict; truncate witnessed_log`)
  ;({ log, close } = await openLog(join(folder, 'log')))
  await grow(3)
  return async () => {
    await close()
    await Promise.all(
      servers.splice(0).map((server) => {
        server.closeAllConnections()
        return new Promise((done) => server.close(done))
      }),
    )
    await rm(folder, { recursive: true })
  }
})

async function grow(count: number, word = 'entry'): Promise<void> {
  const records = Array.from({ length: count }, (_, at) => ({
    leaf: leafHash(Buffer.from(`${word} ${log.size + at}`)),
  }))
  await log.append(records)
  await keepSignedCheckpoint(join(folder, 'log'), log, await logKeyOf(office.keys, 'deletion-ledger'))
}

/** Somebody with the office's key writes the log anew. */
async function rewrite(count: number, word = 'forged'): Promise<void> {
  await close()
  await rm(join(folder, 'log'), { recursive: true })
  ;({ log, close } = await openLog(join(folder, 'log')))
  await grow(count, word)
}

/** The other office's `add-checkpoint`, or what a test puts in its place. */
async function listening(answer: (body: Buffer) => Promise<Answer | null> = witnessed): Promise<string> {
  const server = createServer(async (incoming, reply) => {
    const pieces: Buffer[] = []
    for await (const piece of incoming) pieces.push(piece)
    if (incoming.url !== '/witness/add-checkpoint') return void reply.writeHead(404).end()
    const said = await answer(Buffer.concat(pieces))
    if (said !== null) reply.writeHead(said.status, { 'content-type': said.contentType ?? '' }).end(said.body)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/witness`
}

async function witnessed(body: Buffer): Promise<Answer> {
  const { verifierKey } = await logKeyOf(office.keys, 'deletion-ledger')
  return answerAsWitness(other, [parseNoteKey(verifierKey)], body)
}

async function keyOfOther() {
  return parseNoteKey((await witnessKeyOf(other.keys)).verifierKey)
}

async function prove(
  url: string | null,
  witnessFolder: string | null = null,
  more: Partial<Provers> = {},
): Promise<number> {
  const logs = [{ purpose: 'deletion-ledger', folder: join(folder, 'log'), stamped: 'daily' }] as const
  const witnesses = url === null ? [] : [{ url, key: await keyOfOther() }]
  return proveCheckpoints(office, logs, {
    timeAuthorities: null,
    witnesses,
    witnessFolder,
    witnessBucket: null,
    witnessMailbox: null,
    ...more,
  })
}

async function standing() {
  const [first] = await proofStanding(office.pool, 'deletion-ledger')
  return first
}

/** What an auditor's program says that demands one witness. */
async function verified() {
  const opened = await openLedgerFolder(join(folder, 'log'))
  const { verifierKey } = await logKeyOf(office.keys, 'deletion-ledger')
  const keys = [parseNoteKey(verifierKey), await keyOfOther()]
  const { findings } = await verifyLedger(opened, { keys, witnesses: 1, on: now })
  await opened.close()
  return findings.filter(({ location }) => location === `checkpoints/${log.size}.txt`).map(({ code }) => code)
}

async function bytesOf(size: number): Promise<string> {
  return readFile(join(folder, 'log', 'checkpoints', `${size}.txt`), 'utf8')
}

describe('a witness', () => {
  test('cosigns each checkpoint as the log grows, and the verifier sees it', async () => {
    const url = await listening()
    expect(await verified()).toContain('WITNESSES_MISSING')
    expect(await prove(url)).toBe(1)
    for (const more of [1, 4, 9]) {
      await grow(more)
      now = new Date(now.getTime() + 60 * 60_000)
      expect(await prove(url)).toBe(1)
      expect(await verified()).toContain('CHECKPOINT_COSIGNED')
      expect(await verified()).not.toContain('WITNESSES_MISSING')
    }
    expect(await standing()).toMatchObject({ kind: 'witness', size: 17, provenAt: now.toISOString() })
    expect(await prove(url)).toBe(0)
    // The log signs again, as it does when it is opened, and takes nothing away.
    const before = await bytesOf(17)
    await keepSignedCheckpoint(join(folder, 'log'), log, await logKeyOf(office.keys, 'deletion-ledger'))
    expect(await bytesOf(17)).toBe(before)
  })

  test('tells from where to prove, where the office has forgotten it', async () => {
    const url = await listening()
    await prove(url)
    await office.pool.query('delete from checkpoint_proof')
    await grow(2)
    expect(await prove(url)).toBe(1)
    expect(await verified()).toContain('CHECKPOINT_COSIGNED')
  })

  test('is not asked again for what a process had kept that died then', async () => {
    await prove(await listening())
    await office.pool.query('delete from checkpoint_proof')
    expect(await prove(await listening(async () => ({ status: 500, body: '' })))).toBe(1)
    expect(await standing()).toMatchObject({ size: 3, provenAt: now.toISOString() })
  })

  test('refuses a log that was rewritten, keeps both checkpoints, and tells; the office shows it too', async () => {
    const url = await listening()
    await prove(url)
    const honest = await bytesOf(3)
    await rewrite(5)
    expect(await prove(url)).toBe(0)
    expect(await standing()).toMatchObject({ fault: 'WITNESS_REFUSES' })
    const [conflict, ...more] = await witnessConflicts(other.pool)
    expect(more).toEqual([])
    expect(conflict).toMatchObject({ kind: 'not-consistent' })
    expect(honest.startsWith(conflict?.cosigned ?? 'none')).toBe(true)
    expect((await bytesOf(5)).startsWith(conflict?.submitted ?? 'none')).toBe(true)
    expect(errors.mock.calls.map(([, event]) => event)).toEqual(['witness.conflict'])
    expect(await verified()).toContain('WITNESSES_MISSING')
    // Asked again, the same is kept once.
    await prove(url)
    expect(await witnessConflicts(other.pool)).toHaveLength(1)
  })

  test('refuses another root for the size it has cosigned, and a log that went back', async () => {
    const url = await listening()
    await prove(url)
    await rewrite(3)
    await prove(url)
    expect(await standing()).toMatchObject({ fault: 'WITNESS_REFUSES' })
    expect(await witnessConflicts(other.pool)).toMatchObject([{ kind: 'forked' }])
    await rewrite(2, 'entry')
    await prove(url)
    expect(await standing()).toMatchObject({ fault: 'WITNESS_AHEAD' })
  })

  test('takes back the complaint about a checkpoint that goes on after all', async () => {
    await prove(await listening())
    await grow(4)
    const checkpoint = await bytesOf(7)
    // Somebody else has found the checkpoint and submits it without a proof.
    expect(await witnessed(Buffer.from(`old 3\n\n${checkpoint}`))).toMatchObject({ status: 422 })
    expect(await witnessConflicts(other.pool)).toHaveLength(1)
    expect(await prove(await listening())).toBe(1)
    expect(await witnessConflicts(other.pool)).toEqual([])
  })

  test('of two requests at once cosigns one future', async () => {
    const honest = await bytesOf(3)
    await rewrite(3)
    const forged = await bytesOf(3)
    const answers = await Promise.all(
      [honest, forged, honest, forged].map((note) => witnessed(Buffer.from(`old 0\n\n${note}`))),
    )
    const cosigned = answers.flatMap(({ status }, at) => (status === 200 ? [at % 2] : []))
    expect(cosigned).toHaveLength(1)
  })

  test('of two steps at once from the same place takes one', async () => {
    await prove(await listening())
    const requests: Buffer[] = []
    for (const more of [1, 4]) {
      await grow(more)
      const note = await bytesOf(log.size)
      const proof = (await log.proveConsistency(3)).map((hash) => `${Buffer.from(hash).toString('base64')}\n`)
      requests.push(Buffer.from(`old 3\n${proof.join('')}\n${note}`))
    }
    // Each has a connection already, so that all are judged at once.
    await Promise.all([...requests, ...requests].map(() => other.pool.query('select pg_sleep(0.2)')))
    const answers = await Promise.all([...requests, ...requests].map((request) => witnessed(request)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  })

  test('is not asked about a checkpoint that is stamped already, but about the next one', async () => {
    await writeFile(join(folder, 'log', 'checkpoints', '3.tsr'), 'a time stamp')
    expect(await prove(await listening())).toBe(0)
    expect(await standing()).toBeUndefined()
    await grow(1)
    expect(await prove(await listening())).toBe(1)
    expect(await verified()).toContain('CHECKPOINT_COSIGNED')
  })

  test('does not know everybody, and reads no nonsense', async () => {
    const note = await bytesOf(3)
    expect(await answerAsWitness(other, [], Buffer.from(`old 0\n\n${note}`))).toMatchObject({ status: 404 })
    expect(
      await witnessed(Buffer.from(`old 0\n\n${note.replace(/\u2014 \S+ \S{8}/u, '$&AAAA')}`)),
    ).toMatchObject({
      status: 403,
    })
    for (const body of ['', 'old 0\n\n', `old 4\n\n${note}`, '<html>', 'old 0\nAAAA\n\n'])
      expect(await witnessed(Buffer.from(body))).toMatchObject({ status: 400, body: '' })
    expect(await witnessConflicts(other.pool)).toEqual([])
  })

  test('cannot go back, whatever is written into its table', async () => {
    await prove(await listening())
    await expect(other.pool.query('update witnessed_log set size = 2')).rejects.toMatchObject({
      code: '23001',
    })
    await expect(other.pool.query('delete from witnessed_log')).rejects.toMatchObject({ code: '23001' })
    await expect(other.pool.query('update witnessed_log set root = sha256(root)')).rejects.toMatchObject({
      code: '23001',
    })
  })
})

const liar = generateKeyPairSync('ed25519').privateKey

/** The rest of what a log has signed, under which a witness may put what it likes. */
function noteIn(body: Buffer): string {
  return `${body.toString().split('\n\n')[1] ?? ''}\n`
}

const lies: readonly (readonly [string, string, (body: Buffer) => Promise<Answer | null>])[] = [
  ['answers with a page', 'WITNESS_SIGNATURE', async () => ({ status: 200, body: '<!doctype html>' })],
  ['answers with nothing', 'WITNESS_SIGNATURE', async () => ({ status: 200, body: '' })],
  [
    'signs with another key',
    'WITNESS_SIGNATURE',
    async (body) => {
      const note = body.toString().split('\n\n')[1] ?? ''
      const { name, keyId } = await keyOfOther()
      const signature = witnessSigner(name, liar, now).sign(`${note}\n`)
      const id = Buffer.alloc(4)
      id.writeUInt32BE(keyId)
      return { status: 200, body: `\u2014 ${name} ${Buffer.concat([id, signature]).toString('base64')}\n` }
    },
  ],
  [
    'cosigns another checkpoint',
    'WITNESS_SIGNATURE',
    async () => {
      const { name, keyId } = await keyOfOther()
      const signer = (await witnessKeyOf(other.keys)).signerAt(now)
      const id = Buffer.alloc(4)
      id.writeUInt32BE(keyId)
      const line = Buffer.concat([id, signer.sign('another\n3\nAAAA\n')]).toString('base64')
      return { status: 200, body: `\u2014 ${name} ${line}\n` }
    },
  ],
  [
    'has a clock that is a year wrong',
    'WITNESS_CLOCK',
    async (body) => {
      const rightful = now
      now = new Date('2025-11-30T10:00:00Z')
      const said = await witnessed(body)
      now = rightful
      return said
    },
  ],
  [
    'cosigns more than the checkpoint says',
    'WITNESS_SIGNATURE',
    async (body) => {
      const { name, keyId } = await keyOfOther()
      const id = Buffer.alloc(4)
      id.writeUInt32BE(keyId)
      const signer = (await witnessKeyOf(other.keys)).signerAt(now)
      const line = Buffer.concat([id, signer.sign(`${noteIn(body)}\nanother text\n`)]).toString('base64')
      return { status: 200, body: `another text\n\n\u2014 ${name} ${line}\n` }
    },
  ],
  [
    'puts more below it than its signature',
    'WITNESS_SIGNATURE',
    async (body) => {
      const said = await witnessed(body)
      return { ...said, body: `another text\n\n${said.body}` }
    },
  ],
  [
    'says again and again that it was somewhere else',
    'WITNESS_REFUSES',
    async (body) => ({
      status: 409,
      body: body.toString().startsWith('old 1') ? '2\n' : '1\n',
    }),
  ],
  ['says that it was beyond us', 'WITNESS_AHEAD', async () => ({ status: 409, body: '4\n' })],
  ['says a size that is none', 'WITNESS_REFUSES', async () => ({ status: 409, body: '-1\n' })],
  ['does not know us', 'WITNESS_KNOWS_US_NOT', async () => ({ status: 404, body: '' })],
  ['fails', 'WITNESS_UNREACHABLE', async () => ({ status: 500, body: '' })],
  ['answers without end', 'WITNESS_UNREACHABLE', async () => ({ status: 200, body: 'x'.repeat(70_000) })],
]

test.each(lies)('a witness that %s proves nothing, and it is seen', async (_what, fault, answer) => {
  const before = await bytesOf(3)
  expect(await prove(await listening(answer))).toBe(0)
  expect(await standing()).toMatchObject({ size: null, fault, failingSince: now.toISOString() })
  expect(await bytesOf(3)).toBe(before)
  // It wakes up, or somebody has mended it.
  expect(await prove(await listening())).toBe(1)
  expect(await standing()).toMatchObject({ size: 3, fault: null })
})

describe('a folder of somebody else', () => {
  function target() {
    return join(folder, 'kept')
  }

  test('gets each checkpoint once, with its cosignatures and later its time stamp, and nothing there is overwritten', async () => {
    const url = await listening()
    await prove(url, target())
    expect(await readdir(target())).toEqual(['deletion-ledger-3.txt'])
    expect(await readFile(join(target(), 'deletion-ledger-3.txt'), 'utf8')).toBe(await bytesOf(3))
    await writeFile(join(folder, 'log', 'checkpoints', '3.tsr'), 'a time stamp')
    await prove(url, target())
    await grow(1)
    await prove(url, target())
    expect((await readdir(target())).sort()).toEqual([
      'deletion-ledger-3.tsr',
      'deletion-ledger-3.txt',
      'deletion-ledger-4.txt',
    ])
    const of = (await proofStanding(office.pool, 'deletion-ledger')).map(({ kind, size }) => [kind, size])
    expect(of).toEqual([
      ['folder', 4],
      ['witness', 4],
    ])
  })

  test.each([
    ['was rewritten', 5, 'FOLDER_FORKED'],
    ['was rewritten to as many', 3, 'FOLDER_FORKED'],
    ['went back', 2, 'FOLDER_AHEAD'],
  ])('shows that the log %s', async (_what, size, fault) => {
    await prove(null, target())
    await rewrite(size)
    await prove(null, target())
    expect(await standing()).toMatchObject({ kind: 'folder', fault })
    expect(await readdir(target())).toEqual(['deletion-ledger-3.txt'])
  })

  test('that is away is missed, and used again when it is back', async () => {
    await rm(target(), { recursive: true })
    await prove(null, target())
    expect(await standing()).toMatchObject({ fault: 'FOLDER_UNUSABLE' })
    await mkdir(target())
    await prove(null, target())
    expect(await standing()).toMatchObject({ size: 3, fault: null })
  })

  test('with a checkpoint that is none is looked at by a person', async () => {
    await writeFile(join(target(), 'deletion-ledger-1.txt'), 'nonsense')
    await prove(null, target())
    expect(await standing()).toMatchObject({ fault: 'FOLDER_FORKED' })
  })
})

describe('a bucket of somebody else', () => {
  type Kept = { readonly bytes: Buffer; mode: string | undefined; until: string | undefined }
  const login = { id: 'BUERGERDRAHT', secret: 'a/secret+key', region: 'eu-central-1' }
  let kept: Map<string, Kept>
  let lists: string[]
  /** Whether it knows Object Lock. */
  let locks: boolean
  let refuses: boolean
  let bucket: Bucket

  /** As a store that holds on to what the request says: all that is signed, and the hash of what came. */
  function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
    const { headers, method } = request
    const [, names = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? []
    const at =
      headers['x-amz-date']?.toString().replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5') ?? ''
    const signed = Object.fromEntries(names.split(';').map((name) => [name, String(headers[name])]))
    const again = signRequest(login, { method: method as 'GET', url, headers: signed, body }, new Date(at))
    return (
      again['authorization'] === headers.authorization && Math.abs(Date.parse(at) - now.getTime()) < 900_000
    )
  }

  function store(
    request: IncomingMessage,
    body: Buffer,
  ): { status: number; headers?: Record<string, string>; bytes?: Buffer | string } {
    const { headers, method } = request
    const url = new URL(request.url ?? '', `http://${headers.host}`)
    if (refuses || !isSigned(request, url, body)) return { status: 403 }
    if (url.searchParams.get('list-type') === '2') {
      const after = url.searchParams.get('start-after') ?? ''
      const prefix = url.searchParams.get('prefix') ?? ''
      lists.push(after)
      const all = [...kept.keys()].sort().filter((key) => key.startsWith(prefix) && key > after)
      const page = all.slice(0, 2)
      return {
        status: 200,
        bytes: `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${all.length > 2}</IsTruncated>${page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</ListBucketResult>`,
      }
    }
    const key = url.pathname.replace('/proofs/', '')
    const there = kept.get(key)
    if (method === 'PUT') {
      if (there !== undefined && headers['if-none-match'] === '*') return { status: 412 }
      if (there !== undefined) kept.set(key, { ...there, bytes: Buffer.from('another version') })
      if (there !== undefined) return { status: 200 }
      if (createHash('md5').update(body).digest('base64') !== headers['content-md5']) return { status: 400 }
      const mode = locks ? headers['x-amz-object-lock-mode']?.toString() : undefined
      const until = headers['x-amz-object-lock-retain-until-date']?.toString()
      kept.set(key, { bytes: body, mode, until: locks ? until : undefined })
      return { status: 200 }
    }
    if (there === undefined) return { status: 404 }
    return {
      status: 200,
      headers: {
        ...(there.mode === undefined ? {} : { 'x-amz-object-lock-mode': there.mode }),
        ...(there.until === undefined ? {} : { 'x-amz-object-lock-retain-until-date': there.until }),
      },
      bytes: there.bytes,
    }
  }

  beforeEach(async () => {
    kept = new Map()
    lists = []
    locks = true
    refuses = false
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { status, headers, bytes } = store(request, Buffer.concat(chunks))
        response.writeHead(status, headers)
        response.end(request.method === 'HEAD' ? undefined : bytes)
      })
    })
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    bucket = {
      ...login,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/proofs/amt`,
      years: 10,
    }
  })
  function keep(): Promise<number> {
    return prove(null, null, { witnessBucket: bucket })
  }
  function name(size: number, ending = 'txt'): string {
    return `amt/deletion-ledger-${String(size).padStart(16, '0')}.${ending}`
  }

  test('gets each checkpoint once, locked for years, and its time stamp when there is one', async () => {
    expect(await keep()).toBe(1)
    expect(await standing()).toMatchObject({ kind: 'bucket', size: 3, fault: null })
    expect([...kept.keys()]).toEqual([name(3)])
    expect(kept.get(name(3))?.bytes.toString()).toBe(await bytesOf(3))
    expect(kept.get(name(3))).toMatchObject({
      mode: 'COMPLIANCE',
      until: `${now.getUTCFullYear() + 10}${now.toISOString().slice(4, 10)}T00:00:00.000Z`,
    })
    // Looked at again in an hour, or when there is something new.
    expect(await keep()).toBe(0)
    expect(lists).toEqual([''])
    await writeFile(join(folder, 'log', 'checkpoints', '3.tsr'), 'a time stamp')
    const before = now
    now = new Date(now.getTime() + 60 * 60 * 1000)
    expect(await keep()).toBe(0)
    expect([...kept.keys()]).toEqual([name(3), name(3, 'tsr')])
    expect(kept.get(name(3))?.bytes.toString()).toBe(await bytesOf(3))
    expect(await standing()).toMatchObject({ provenAt: now.toISOString() })
    await grow(2)
    expect(await keep()).toBe(1)
    expect([...kept.keys()]).toEqual([name(3), name(3, 'tsr'), name(5)])
    // Of what was kept before nothing is listed again.
    expect(lists.at(-1)).toBe(name(2))
    now = before
  })

  test('that does not lock is no witness, however often it is asked', async () => {
    locks = false
    await keep()
    expect(await standing()).toMatchObject({ size: null, fault: 'BUCKET_NOT_LOCKED' })
    await keep()
    expect(await standing()).toMatchObject({ size: null, fault: 'BUCKET_NOT_LOCKED' })
    // A lock that is over is none.
    for (const one of kept.values()) Object.assign(one, { mode: 'COMPLIANCE', until: '2020-01-01T00:00:00Z' })
    await keep()
    expect(await standing()).toMatchObject({ fault: 'BUCKET_NOT_LOCKED' })
    for (const one of kept.values()) Object.assign(one, { mode: 'GOVERNANCE', until: '2099-01-01T00:00:00Z' })
    await keep()
    expect(await standing()).toMatchObject({ fault: 'BUCKET_NOT_LOCKED' })
  })

  test.each([
    ['was rewritten', 5, 'BUCKET_FORKED'],
    ['was rewritten to as many', 3, 'BUCKET_FORKED'],
    ['went back', 2, 'BUCKET_AHEAD'],
  ])('shows that the log %s, also where the office remembers nothing', async (_what, size, fault) => {
    await keep()
    await rewrite(size)
    await office.pool.query('delete from checkpoint_proof')
    await keep()
    expect(await standing()).toMatchObject({ kind: 'bucket', fault })
    expect([...kept.keys()]).toEqual([name(3)])
  })

  test('shows a rewritten log to an office that remembers', async () => {
    await keep()
    await rewrite(4)
    await keep()
    expect(await standing()).toMatchObject({ size: 3, fault: 'BUCKET_FORKED' })
  })

  test('finds the newest behind many', async () => {
    for (const size of [1, 2])
      kept.set(name(size), { bytes: Buffer.from('older'), mode: 'COMPLIANCE', until: undefined })
    kept.set(name(9), { bytes: Buffer.from('newer'), mode: 'COMPLIANCE', until: undefined })
    await keep()
    expect(await standing()).toMatchObject({ fault: 'BUCKET_AHEAD' })
    kept.delete(name(9))
    await keep()
    expect(await standing()).toMatchObject({ fault: 'BUCKET_FORKED' })
  })

  test('with another secret, or away, is missed until it answers', async () => {
    const right = bucket
    bucket = { ...right, secret: 'another' }
    await keep()
    expect(await standing()).toMatchObject({ size: null, fault: 'BUCKET_UNUSABLE' })
    bucket = { ...right, url: 'http://127.0.0.1:1/proofs' }
    await keep()
    expect(await standing()).toMatchObject({ fault: 'BUCKET_UNUSABLE' })
    bucket = right
    expect(await keep()).toBe(1)
    expect(await standing()).toMatchObject({ size: 3, fault: null })
    refuses = true
    await grow(1)
    await keep()
    expect(await standing()).toMatchObject({ size: 3, fault: 'BUCKET_UNUSABLE' })
  })
})

describe('a mailbox of somebody else', () => {
  let mails: string[]
  let mailbox: Mailbox
  let takes: boolean

  beforeEach(() => {
    mails = []
    takes = true
    return startMail('127.0.0.1')
  })
  /** At an address of this machine. */
  async function startMail(host: string): Promise<() => Promise<void>> {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'amt' && password === 'ge heim' ? done(null, { user: 'amt' }) : done(new Error('no')),
      onRcptTo: ({ address }, _session, done) =>
        takes && address === 'revision@rpa.example' ? done() : done(new Error('unknown')),
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks).toString())
          done()
        })
      },
    })
    const listening = server.listen(0, host)
    await once(listening, 'listening')
    const { port } = listening.address() as AddressInfo
    mailbox = {
      to: 'revision@rpa.example',
      from: 'amt@stadt.example',
      serverUrl: `smtp://amt:ge%20heim@${host}:${port}`,
      authority: 'Stadt Köln',
    }
    return () => new Promise((done) => server.close(done))
  }
  function send(): Promise<number> {
    return prove(null, null, { witnessMailbox: mailbox })
  }
  function attached(mail: string, ending: string): string {
    const [, content = ''] =
      new RegExp(`filename="?deletion-ledger-\\d+\\.${ending}"?\\r\\n\\r\\n([A-Za-z0-9+/=\\r\\n]+)`).exec(
        mail,
      ) ?? []
    return Buffer.from(content, 'base64').toString()
  }

  test('gets the newest checkpoint once a day, byte for byte, with its time stamp', async () => {
    await writeFile(join(folder, 'log', 'checkpoints', '3.tsr'), 'a time stamp')
    expect(await send()).toBe(1)
    expect(await standing()).toMatchObject({
      kind: 'mailbox',
      size: 3,
      fault: null,
      provenAt: now.toISOString(),
    })
    expect(mails).toHaveLength(1)
    expect(attached(mails[0] ?? '', 'txt')).toBe(await bytesOf(3))
    expect(attached(mails[0] ?? '', 'tsr')).toBe('a time stamp')
    await grow(1)
    expect(await send()).toBe(0)
    const before = now
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000)
    expect(await send()).toBe(1)
    expect(await send()).toBe(0)
    // Of what is not new nothing is sent the day after.
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000)
    expect(await send()).toBe(0)
    expect(mails).toHaveLength(2)
    expect(attached(mails[1] ?? '', 'txt')).toBe(await bytesOf(4))
    now = before
  })

  test('that cannot be reached is missed, with why, and sent to once it can', async () => {
    takes = false
    await send()
    expect(await standing()).toMatchObject({
      size: null,
      fault: 'MAILBOX_REFUSES',
      failingSince: now.toISOString(),
    })
    const right = mailbox
    mailbox = { ...right, serverUrl: right.serverUrl.replace('ge%20heim', 'falsch') }
    await send()
    expect(await standing()).toMatchObject({ fault: 'MAILBOX_LOGIN' })
    mailbox = { ...right, serverUrl: 'smtp://127.0.0.1:1' }
    await send()
    expect(await standing()).toMatchObject({ fault: 'MAILBOX_UNREACHABLE' })
    expect(mails).toEqual([])
    takes = true
    mailbox = right
    expect(await send()).toBe(1)
    expect(await standing()).toMatchObject({ size: 3, fault: null })
  })

  test('is not written to in the clear over a network', async () => {
    // An address of this machine that is none of those which mean it.
    const end = await startMail('127.0.0.2')
    try {
      await send()
      expect(await standing()).toMatchObject({ fault: 'MAILBOX_UNREACHABLE' })
      expect(mails).toEqual([])
    } finally {
      await end()
    }
  })
})

test('a log whose folder cannot be read does not keep the others from being proven', async () => {
  await writeFile(join(folder, 'log', 'nodes'), Buffer.alloc(300))
  const url = await listening()
  await prove(url)
  await grow(1)
  await prove(url)
  expect(errors.mock.calls.map(([, event]) => event)).toContain('checkpoint.not-proven')
})
