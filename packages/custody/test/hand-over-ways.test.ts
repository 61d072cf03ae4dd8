import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { AnswerLook, HandOverWay } from '@buergerdraht/contract'
import type { Viewer } from '@buergerdraht/office'
import ssh2 from 'ssh2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AnswerBox } from '../src/hand-overs/answer-box.ts'
import { answersOverSftp, fingerprintOf, layDownOverSftp, type SftpFolder } from '../src/hand-overs/sftp.ts'
import {
  answerBoxes,
  deliverHandOvers,
  type HandOverPlace,
  listHandOvers,
  prepareHandOver,
  readHandOver,
  watchAnswers,
} from '../src/index.ts'
import { minutesAfter, noon, openArchive, type TestArchive } from './open-archive.ts'
import { type SftpServer, startSftpServer } from './sftp-server.ts'
import { answerOf, filed } from './xdomea-answers.ts'

const never = new AbortController().signal
const user = 'buergerdraht'
const password = 'geheim-und-lang'

let it: TestArchive
let records: Viewer
let place: HandOverPlace
/** Sealed together, each for one test. */
let packages: string[]

beforeAll(async () => {
  it = await openArchive()
  Object.assign(it.archive, { render: async () => Buffer.from('%PDF-1.7 ein Gespräch') })
  records = await it.desk.viewer('records', [])
  for (let person = 1; person <= 10; person += 1)
    await it.filed('Bitte legen Sie das zu meiner Akte.', `49171392${60000 + person}`)
  await it.seal()
  packages = (await it.rows<{ id: string }>('select id from archive_package')).map(({ id }) => id)
})
afterAll(() => it.end())
beforeEach(async () => {
  it.desk.test.setNow(minutesAfter(noon, 2))
  await it.rows(`update hand_over set state = 'withdrawn', ended_at = now() where ended_at is null`)
  await it.rows('delete from answer_look')
  place = {
    archiveDir: it.archive.archiveDir,
    authority: 'Stadt Musterstadt',
    recordsSystem: 'E-Akte',
    publicArchive: 'Stadtarchiv',
    version: '3.1.0',
    archiveVersion: '3.1.0',
    dropFolder: null,
    webdav: null,
    sftp: null,
  }
})

/** A package that no other test has is on its way. */
async function prepared(way: HandOverWay): Promise<string> {
  const packageId = packages.pop() ?? ''
  const { id } = await prepareHandOver(it.inbox, records, place, { packageId, message: '0605', way })
  return id
}
async function sent(way: HandOverWay): Promise<string> {
  const id = await prepared(way)
  expect(await deliverHandOvers(it.inbox, place, never)).toBe(1)
  return id
}
async function shown(id: string) {
  return readHandOver(it.inbox, records, id)
}
function theBox(): AnswerBox {
  const [box] = answerBoxes(place)
  if (box === undefined) throw new Error('There is a box')
  return box
}
async function look(): Promise<AnswerLook | undefined> {
  const { looks } = await listHandOvers(it.inbox, records, place, { of: 'all', packageId: null })
  return looks[0]
}
/** How often something was judged, since the beginning. */
async function judgements(): Promise<number> {
  const [row] = await it.rows<{ n: number }>('select count(*)::int as n from hand_over_answer')
  return row?.n ?? 0
}

describe('by SFTP', () => {
  let server: SftpServer
  let root: string
  let account: SftpFolder

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sftp-'))
    await mkdir(join(root, 'akte'))
    server = await startSftpServer(root, { user, password })
    account = {
      host: '127.0.0.1',
      port: server.port,
      user,
      hostKeys: [fingerprintOf(server.hostKey)],
      password,
      privateKey: null,
      path: '/akte',
    }
    place = { ...place, sftp: account }
  })
  afterEach(async () => {
    await server.close()
    await rm(root, { recursive: true })
  })

  function inbox(): string {
    return join(root, 'akte', 'in')
  }
  async function lay(name: string, bytes: Buffer, seconds = 60): Promise<void> {
    await mkdir(inbox(), { recursive: true })
    await writeFile(join(inbox(), name), bytes)
    const at = new Date(Date.now() - seconds * 1000)
    await utimes(join(inbox(), name), at, at)
  }

  test('it lies in `out` as a whole, a second time in place of the first, and the answer is fetched', async () => {
    const id = await sent('sftp')
    const name = `${id}_FVDaten.SGOAblegen.0605.zip`
    expect(await readdir(join(root, 'akte', 'out'))).toEqual([name])
    const first = await readFile(join(root, 'akte', 'out', name))
    expect(first.toString('latin1', 0, 2)).toBe('PK')
    // A worker that was killed before it could write down that it has sent sends it again.
    await it.rows(
      `update hand_over set state = 'prepared', sent_at = null, next_try_at = null where id = $1`,
      [id],
    )
    expect(await deliverHandOvers(it.inbox, place, never)).toBe(1)
    expect(await readdir(join(root, 'akte', 'out'))).toEqual([name])
    expect(await readFile(join(root, 'akte', 'out', name))).toEqual(first)

    expect(await look()).toEqual({ way: 'sftp', lookedAt: null, failingSince: null, fault: null })
    await lay('1.xml', answerOf('0629', id))
    await lay('2.xml', filed(id))
    expect(await watchAnswers(it.inbox, theBox(), never)).toBe(2)
    expect((await shown(id)).state).toBe('confirmed')
    expect(await readdir(inbox())).toEqual([])
    expect(await look()).toMatchObject({ lookedAt: it.inbox.now().toISOString(), fault: null })
  })

  test('somebody else at that address is told nothing, not even the password', async () => {
    const id = await prepared('sftp')
    const stranger = fingerprintOf(Buffer.from('another key'))
    place = { ...place, sftp: { ...account, hostKeys: [stranger] } }
    expect(await deliverHandOvers(it.inbox, place, never)).toBe(0)
    expect(await shown(id)).toMatchObject({ state: 'prepared', failure: 'wrong-host' })
    expect(await watchAnswers(it.inbox, theBox(), never)).toBe(0)
    const since = it.inbox.now().toISOString()
    expect(await look()).toMatchObject({ lookedAt: null, failingSince: since, fault: 'wrong-host' })
    expect(server.signIns).toEqual([])
    // While keys are changed, two are known.
    place = { ...place, sftp: { ...account, hostKeys: [stranger, ...account.hostKeys] } }
    it.desk.test.setNow(minutesAfter(noon, 10))
    expect(await deliverHandOvers(it.inbox, place, never)).toBe(1)
  })

  test('by a key as well as by a password, and a wrong one is said', async () => {
    const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 })
    const byKey = await startSftpServer(root, { user, publicKey })
    try {
      const to = { ...account, port: byKey.port, hostKeys: [fingerprintOf(byKey.hostKey)], password: null }
      function content(): Readable {
        return Readable.from([Buffer.from('PK')])
      }
      expect(await layDownOverSftp({ ...to, privateKey }, 'a.zip', content(), never)).toBeNull()
      const other = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private
      expect(await layDownOverSftp({ ...to, privateKey: other }, 'b.zip', content(), never)).toBe(
        'login-refused',
      )
      const noKey = privateKey.replace(/\n.{20}/, '\n')
      expect(await layDownOverSftp({ ...to, privateKey: noKey }, 'c.zip', content(), never)).toBe(
        'login-refused',
      )
      expect(await readdir(join(root, 'akte', 'out'))).toEqual(['a.zip'])
    } finally {
      await byKey.close()
    }
    const id = await prepared('sftp')
    place = { ...place, sftp: { ...account, password: 'falsch' } }
    expect(await deliverHandOvers(it.inbox, place, never)).toBe(0)
    expect(await shown(id)).toMatchObject({ failure: 'login-refused' })
  })

  test('what breaks off, is refused or cannot be read is not there, and is tried again', async () => {
    const content = Readable.from(
      (async function* () {
        yield Buffer.from('PK')
        throw new Error('damaged')
      })(),
    )
    expect(await layDownOverSftp(account, 'a.zip', content, never)).toBe('package-missing')
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('PK')
        server.drop()
        yield Buffer.from('more')
      })(),
    )
    expect(await layDownOverSftp(account, 'b.zip', broken, never)).toBe('unreachable')
    server.refuses.add('WRITE')
    expect(await layDownOverSftp(account, 'c.zip', Readable.from([Buffer.from('PK')]), never)).toBe('refused')
    const left = await readdir(join(root, 'akte', 'out'))
    expect(left.filter((name) => !name.endsWith('.part'))).toEqual([])
    // Only where nobody was there any more to remove it.
    expect(left.every((name) => name.startsWith('.b.zip.'))).toBe(true)
    await server.close()
    const id = await prepared('sftp')
    expect(await deliverHandOvers(it.inbox, place, never)).toBe(0)
    expect(await shown(id)).toMatchObject({ state: 'prepared', failure: 'unreachable', attempts: 1 })
  })

  test('what is still being written is left for one more look; the refused is put aside', async () => {
    const id = await sent('sftp')
    const box = theBox()
    const half = filed(id).subarray(0, -20)
    await lay('cut.xml', half)
    await lay('wrong.xml', Buffer.from('<html>Wartung</html>'))
    await lay('.hidden.xml', filed(id))
    await lay('later.xml.part', filed(id))
    await mkdir(join(inbox(), 'folder.xml'))
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    expect((await readdir(inbox())).toSorted()).toEqual([
      '.hidden.xml',
      'cut.xml',
      'folder.xml',
      'later.xml.part',
    ])
    function aside(): Promise<string[]> {
      return readdir(join(root, 'akte', 'refused'))
    }
    expect(await aside()).toEqual([expect.stringMatching(/^[0-9a-f-]{36}-wrong\.xml$/)])
    expect(await look()).toMatchObject({ fault: null })
    // It grows, and is whole at the next look.
    await lay('cut.xml', filed(id), 30)
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    expect((await shown(id)).state).toBe('confirmed')
    // Another one does not, and counts as what it is.
    await lay('cut.xml', half)
    expect(await watchAnswers(it.inbox, box, never)).toBe(0)
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    expect((await aside()).length).toBe(2)
  })

  test('what has changed since it was read is neither removed nor put aside', async () => {
    await lay('a.xml', Buffer.from('one'))
    await answersOverSftp(account, never, async (answers) => {
      const file = (await answers.read('a.xml', 100)) ?? expect.fail('it is there')
      await lay('a.xml', Buffer.from('other'))
      await answers.drop(file)
      await answers.putAside(file)
      expect(await answers.names()).toEqual(['a.xml'])
      const again = (await answers.read('a.xml', 100)) ?? expect.fail('it is there')
      await answers.drop(again)
      await answers.drop(again)
      expect(await answers.names()).toEqual([])
    })
  })

  test('what cannot be put away is judged once, and shown until it can', async () => {
    const id = await sent('sftp')
    const box = theBox()
    await lay('a.xml', filed(id))
    await lay('b.xml', Buffer.from('Guten Tag'))
    server.refuses.add('REMOVE').add('RENAME')
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    expect((await shown(id)).state).toBe('confirmed')
    expect(await look()).toMatchObject({ fault: 'not-put-away' })
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    const before = await judgements()
    expect(await watchAnswers(it.inbox, box, never)).toBe(0)
    expect(await judgements()).toBe(before)
    server.refuses.clear()
    expect(await watchAnswers(it.inbox, box, never)).toBe(0)
    expect(await judgements()).toBe(before)
    expect(await readdir(inbox())).toEqual([])
    expect(await look()).toMatchObject({ failingSince: null, fault: null })
    server.refuses.add('OPENDIR')
    expect(await watchAnswers(it.inbox, box, never)).toBe(0)
    expect(await look()).toMatchObject({ fault: 'no-access', lookedAt: it.inbox.now().toISOString() })
  })
})

describe('answers by WebDAV', () => {
  type File = { bytes: Buffer; version: number }
  type Seen = { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers'] }
  let files: Map<string, File>
  let seen: Seen[]
  let deny: Map<string, number>
  /** Before a request is answered, to be somebody who interferes. */
  let before: (one: Seen) => void
  let close: () => Promise<unknown>

  function listed(path: string, isFolder: boolean): string {
    const type = isFolder ? '<d:collection/>' : ''
    return `<d:response><d:href>${path}</d:href><d:propstat><d:prop><d:resourcetype>${type}</d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
  }
  function answer(one: Seen, response: ServerResponse): void {
    const { method, path, headers } = one
    const status = deny.get(method)
    if (status !== undefined && !path.startsWith('/elsewhere/'))
      return void response.writeHead(status, { location: '/elsewhere/' }).end()
    if (headers.authorization !== 'Basic eDp5') return void response.writeHead(401).end()
    if (method === 'PROPFIND') {
      const all = [...files.keys()].map((name) => listed(name, false))
      const foreign = listed('http://elsewhere.example/antworten/evil.xml', false)
      const body = `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">${listed(path, true)}${listed(`${path}refused/`, true)}${listed(`${path}folder`, true)}${foreign}${all.join('')}</d:multistatus>`
      return void response.writeHead(207, { 'content-type': 'application/xml' }).end(body)
    }
    if (method === 'MKCOL') return void response.writeHead(405).end()
    const file = files.get(path)
    if (file === undefined) return void response.writeHead(404).end()
    const etag = `"${file.version}"`
    if (headers['if-match'] !== undefined && headers['if-match'] !== etag)
      return void response.writeHead(412).end()
    if (method === 'GET') return void response.writeHead(200, { etag }).end(file.bytes)
    files.delete(path)
    if (method === 'MOVE') files.set(new URL(String(headers['destination'])).pathname, file)
    response.writeHead(204).end()
  }

  beforeEach(async () => {
    files = new Map()
    seen = []
    deny = new Map()
    before = () => {}
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers }
        before(one)
        seen.push(one)
        if (one.method === 'PUT') response.writeHead(201).end()
        else answer(one, response)
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    close = () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(done))
    }
    const url = `http://127.0.0.1:${port}/akte`
    const answersUrl = `http://127.0.0.1:${port}/antworten`
    place = { ...place, webdav: { url, answersUrl, authorization: 'Basic eDp5' } }
  })
  afterEach(() => close())

  function lay(name: string, bytes: Buffer): void {
    const path = `/antworten/${name}`
    files.set(path, { bytes, version: (files.get(path)?.version ?? 0) + 1 })
  }

  test('are listed, read once and removed, and the refused is put aside', async () => {
    const id = await sent('webdav')
    lay('%C3%9Cbernahme%201.xml', filed(id))
    lay('wrong.xml', Buffer.from('<html>Wartung</html>'))
    lay('.hidden.xml', filed(id))
    lay('refused/old.xml', filed(id))
    expect(await watchAnswers(it.inbox, theBox(), never)).toBe(2)
    expect((await shown(id)).state).toBe('confirmed')
    expect([...files.keys()]).toEqual([
      '/antworten/.hidden.xml',
      '/antworten/refused/old.xml',
      expect.stringMatching(/^\/antworten\/refused\/[0-9a-f-]{36}-wrong\.xml$/),
    ])
    expect(seen.flatMap(({ method, path }) => (method === 'GET' ? path : [])).toSorted()).toEqual([
      '/antworten/%C3%9Cbernahme%201.xml',
      '/antworten/wrong.xml',
    ])
    expect(seen.find(({ method }) => method === 'PROPFIND')?.headers['depth']).toBe('1')
    expect(await look()).toMatchObject({ way: 'webdav', lookedAt: it.inbox.now().toISOString(), fault: null })
  })

  test('what has changed since it was read is not removed, but read', async () => {
    const id = await sent('webdav')
    const box = theBox()
    lay('a.xml', answerOf('0629', id))
    before = ({ method }) => {
      before = ({ method: next }) => {
        if (next === 'DELETE') {
          before = () => {}
          lay('a.xml', filed(id))
        }
      }
      if (method === 'DELETE') throw new Error('The list comes first')
    }
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    expect((await shown(id)).state).toBe('received')
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    expect((await shown(id)).state).toBe('confirmed')
    expect(files.size).toBe(0)
  })

  test('what does not work is shown, from when on, until it works again', async () => {
    const id = await sent('webdav')
    const box = theBox()
    lay('a.xml', filed(id))
    const since = it.inbox.now().toISOString()
    const before = await judgements()
    let minute = 2
    for (const [method, status, fault] of [
      ['PROPFIND', 503, 'unreachable'],
      // To another place, which would answer.
      ['PROPFIND', 302, 'unreachable'],
      ['PROPFIND', 401, 'login-refused'],
      ['PROPFIND', 403, 'no-access'],
      ['PROPFIND', 404, 'not-understood'],
      ['PROPFIND', 200, 'not-understood'],
      ['GET', 403, 'no-access'],
      ['DELETE', 403, 'not-put-away'],
    ] as const) {
      deny.set(method, status)
      await watchAnswers(it.inbox, box, never)
      expect([method, status, await look()]).toMatchObject([method, status, { fault, failingSince: since }])
      deny.clear()
      minute += 1
      it.desk.test.setNow(minutesAfter(noon, minute))
    }
    expect((await shown(id)).state).toBe('confirmed')
    await watchAnswers(it.inbox, box, never)
    expect(await judgements()).toBe(before + 1)
    expect(files.size).toBe(0)
    expect(await look()).toMatchObject({
      fault: null,
      failingSince: null,
      lookedAt: it.inbox.now().toISOString(),
    })
  })

  test('what is not finished is left for one more look, and what ends with the process is no fault', async () => {
    const id = await sent('webdav')
    const box = theBox()
    lay('a.xml', filed(id).subarray(0, -9))
    expect(await watchAnswers(it.inbox, box, never)).toBe(0)
    const ending = new AbortController()
    before = () => ending.abort()
    expect(await watchAnswers(it.inbox, box, ending.signal)).toBe(0)
    expect(await look()).toMatchObject({ fault: null })
    before = () => {}
    lay('a.xml', filed(id))
    expect(await watchAnswers(it.inbox, box, never)).toBe(1)
    expect((await shown(id)).state).toBe('confirmed')
  })
})

test('what a folder may not be read from shows as well', async () => {
  const folder = join(tmpdir(), `drop-${randomUUID()}`)
  await writeFile(folder, 'a file')
  place = { ...place, dropFolder: folder }
  try {
    expect(await watchAnswers(it.inbox, theBox(), never)).toBe(0)
    expect(await look()).toMatchObject({ way: 'folder', fault: 'no-access' })
  } finally {
    await rm(folder)
  }
})
