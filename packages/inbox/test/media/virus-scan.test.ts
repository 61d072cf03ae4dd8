import { randomBytes } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fetchMedia, type Inbox, storeUpload } from '../../src/index.ts'
import { findVirus, ScannerUnavailable } from '../../src/media/virus-scan.ts'
import { type Clamd, clamdBinary, eicar, startClamd } from './clamd.ts'
import { type MediaOffice, openMediaOffice } from './media-office.ts'
import { sample } from './sample.ts'

async function* once(...pieces: Buffer[]) {
  yield* pieces
}

/** Where clamd is not installed these are skipped, but never in CI. */
const skipped = clamdBinary === undefined && process.env['CI'] !== 'true'

describe.skipIf(skipped)('a real clamd (Debian: clamav-daemon)', () => {
  let clamd: Clamd
  beforeAll(async () => {
    clamd = await startClamd()
  })
  afterAll(() => clamd.stop())

  test('finds EICAR, and nothing in a letter', async () => {
    expect(await findVirus(clamd.url, once(eicar))).toBe(true)
    expect(await findVirus(clamd.url, once(sample('letter.pdf')))).toBe(false)
    expect(await findVirus(clamd.url, once())).toBe(false)
  })

  test('finds it across pieces and behind other content', async () => {
    const pieces = Array.from(eicar, (byte) => Buffer.from([byte]))
    expect(await findVirus(clamd.url, once(...pieces))).toBe(true)
    expect(await findVirus(clamd.url, once(randomBytes(1_000_000), eicar))).toBe(true)
  })

  test('takes 100 MB', async () => {
    const piece = Buffer.alloc(1024 * 1024)
    expect(await findVirus(clamd.url, once(...Array.from({ length: 100 }, () => piece)))).toBe(false)
  })

  test('that takes less than it is given has no verdict', async () => {
    const small = await startClamd(1024 * 1024)
    const scan = findVirus(small.url, once(...Array.from({ length: 50 }, () => randomBytes(1024 * 1024))))
    await expect(scan).rejects.toThrow(ScannerUnavailable)
    await small.stop()
  })

  describe('in an office', () => {
    let here: MediaOffice
    let office: Inbox
    beforeEach(async () => {
      here = await openMediaOffice()
      office = { ...here.office, clamavUrl: clamd.url }
    })
    afterEach(() => here.close())

    const infected = {
      kind: 'document',
      claimedType: 'text/plain',
      fileName: 'brief.txt',
      bytes: eicar,
    } as const

    test('an infected file is destroyed and said to be infected', async () => {
      const id = await here.receive(infected)
      await fetchMedia(office, id)
      const row = await here.attachment(id)
      expect(row.state).toBe('infected')
      expect(await here.filesOnDisk()).toEqual([])
      expect((await here.published()).at(-1)).toMatchObject({
        type: 'message.changed',
        messageId: row.messageId,
      })
    })

    test('a clean one is ready', async () => {
      const id = await here.receive({
        kind: 'document',
        claimedType: 'application/pdf',
        bytes: sample('letter.pdf'),
      })
      await fetchMedia(office, id)
      expect((await here.attachment(id)).state).toBe('ready')
    })

    test('nothing is shown while clamd is down; afterwards the file is scanned without being fetched again', async () => {
      const down = { ...office, clamavUrl: `unix:${join(tmpdir(), 'nobody-listens-here')}` }
      const id = await here.receive(infected)
      await fetchMedia(down, id)
      expect(await here.attachment(id)).toMatchObject({ state: 'pending' })
      expect(here.logged.map(({ event }) => event)).toEqual(['media not scanned'])
      const asked = here.provider.asked.length
      here.setNow(new Date(office.now().getTime() + 5 * 60_000))
      await fetchMedia(office, id)
      expect((await here.attachment(id)).state).toBe('infected')
      expect(here.provider.asked).toHaveLength(asked)
    })

    test('what could not be scanned in seven days is given up and destroyed', async () => {
      const down = { ...office, clamavUrl: 'tcp://127.0.0.1:1' }
      const id = await here.receive(infected)
      await fetchMedia(down, id)
      expect(await here.filesOnDisk()).toHaveLength(1)
      here.setNow(new Date(office.now().getTime() + 8 * 24 * 3600 * 1000))
      await fetchMedia(down, id)
      expect((await here.attachment(id)).state).toBe('failed')
      expect(await here.filesOnDisk()).toEqual([])
    })

    test('an upload is refused when infected, and while nobody can tell', async () => {
      await here.receive(infected)
      const { id: conversationId } = await office.prisma.conversation.findFirstOrThrow()
      const account = await office.prisma.account.create({
        data: { email: 'a@example.org', displayName: 'A', role: 'clerk' },
      })
      const viewer = {
        accountId: account.id,
        displayName: 'A',
        role: 'clerk',
        teamIds: [here.teamId],
      } as const
      function upload(at: Inbox, bytes: Buffer) {
        return storeUpload(at, viewer, {
          conversationId,
          fileName: 'x.txt',
          mediaType: 'text/plain',
          body: once(bytes),
        })
      }
      await expect(upload(office, eicar)).rejects.toMatchObject({ code: 'media-type-refused' })
      const down = { ...office, clamavUrl: 'tcp://127.0.0.1:1' }
      await expect(upload(down, Buffer.from('Guten Tag'))).rejects.toMatchObject({ code: 'not-ready' })
      expect(await here.filesOnDisk()).toEqual([])
      await expect(upload(office, Buffer.from('Guten Tag'))).resolves.toMatchObject({ state: 'ready' })
    })
  })
})

describe('a scanner in trouble gives no verdict', () => {
  let server: Server
  const sockets: Socket[] = []
  async function listening(answer: string | null): Promise<string> {
    server = createServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => {})
      if (answer === null) socket.destroy()
      else socket.end(answer)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await new Promise((closed) => server.close(closed))
  })

  test.each([
    ['hangs up', null],
    ['says nothing', ''],
    ['says an error', 'stream: Can not allocate memory ERROR\0'],
    ['says something else', 'OK'],
    ['names its limit', 'INSTREAM size limit exceeded. ERROR\0'],
  ])('that %s', async (_, answer) => {
    const url = await listening(answer)
    const scan = findVirus(url, once(...Array.from({ length: 20 }, () => randomBytes(1024 * 1024))))
    await expect(scan).rejects.toThrow(ScannerUnavailable)
  })

  test('while a fault of the file itself stays a fault', async () => {
    const url = await listening('stream: OK\0')
    async function* broken() {
      yield Buffer.alloc(10)
      throw new TypeError('damaged')
    }
    await expect(findVirus(url, broken())).rejects.toThrow(/damaged|no verdict/)
  })
})
