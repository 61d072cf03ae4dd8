import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import type { Attachment, ErrorBody, Message } from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePdf } from '../../../testing/make-pdf.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let clerk: Visitor
let conversationId: string
const citizen = '491713920099'
const megabyte = 1024 * 1024

function sample(name: string): Buffer {
  return readFileSync(new URL(`../../../packages/inbox/test/media/samples/${name}`, import.meta.url))
}

/** The citizen sends a file through the simulated provider. @returns it as the desk shows it, once it is settled */
async function citizenSends(bytes: Buffer, media: Record<string, unknown>): Promise<Attachment> {
  const response = await fetch(`${office.simulator.url}/citizens/${citizen}/media`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ base64: bytes.toString('base64'), ...media }),
  })
  expect(response.ok).toBe(true)
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    await office.settled()
    const newest = await newestAttachment()
    if (newest !== undefined && newest.id !== lastSeen && newest.state !== 'pending') {
      lastSeen = newest.id
      return newest
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The file did not arrive.')
}
let lastSeen = ''

async function newestAttachment(): Promise<Attachment | undefined> {
  const { body } = await clerk.get<{ items: { id: string }[] }>('/conversations?status=open')
  conversationId = body.items[0]?.id ?? ''
  if (conversationId === '') return undefined
  const thread = await clerk.get<{ items: Message[] }>(`/conversations/${conversationId}/messages`)
  return thread.body.items.flatMap((message) => message.attachments)[0]
}

async function read(visitor: Visitor, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${office.baseUrl}/api/v1/attachments/${path}`, {
    headers: visitor.headers(headers),
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

async function upload(
  visitor: Visitor,
  bytes: Buffer,
  options: { fileName?: string; type?: string; conversation?: string } = {},
): Promise<{ status: number; body: Attachment & ErrorBody }> {
  const form = new FormData()
  form.append('conversationId', options.conversation ?? conversationId)
  const blob = new Blob([new Uint8Array(bytes)], { type: options.type ?? 'application/octet-stream' })
  form.append('file', blob, options.fileName ?? 'datei')
  const response = await fetch(`${office.baseUrl}/api/v1/attachments`, {
    method: 'POST',
    headers: visitor.headers(),
    body: form,
  })
  return { status: response.status, body: (await response.json()) as Attachment & ErrorBody }
}

beforeAll(async () => {
  office = await startOffice()
  clerk = await office.signIn('clerk')
  await office.database.pool.query(`update office_setting set download_roles = '{clerk,team-lead}'`)
  await office.citizenWrites(citizen, 'Guten Tag, ich schicke Ihnen gleich etwas.')
  await office.settled()
  await newestAttachment()
})
afterAll(() => office.close())

describe('a citizen’s file', () => {
  let letter: Attachment
  let photo: Attachment
  beforeAll(async () => {
    letter = await citizenSends(sample('letter.pdf'), {
      mediaType: 'application/pdf',
      kind: 'document',
      fileName: 'Antrag Müll.pdf',
    })
    photo = await citizenSends(sample('photo-with-gps.jpg'), { mediaType: 'image/jpeg', kind: 'image' })
  })

  test('is described', () => {
    expect(letter).toMatchObject({
      state: 'ready',
      fileName: 'Antrag Müll.pdf',
      pages: 2,
      mediaType: 'application/pdf',
    })
    expect(photo).toMatchObject({ state: 'ready', fileName: 'Bild.jpg', width: 200, height: 320 })
  })

  test('is served whole, as a download where it is not a plain picture, sound or film', async () => {
    const { status, headers, bytes } = await read(clerk, `${letter.id}/content?reason=filing`)
    expect(status).toBe(200)
    expect(bytes.equals(sample('letter.pdf'))).toBe(true)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'content-disposition': expect.stringMatching(
        /^attachment; filename="Antrag Mull\.bd-[0-9a-f]{8}\.pdf"; filename\*=UTF-8''Antrag%20M%C3%BCll\.bd-[0-9a-f]{8}\.pdf$/,
      ),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  test('is shown in the page where it is a picture, and saved when asked for', async () => {
    const shown = await read(clerk, `${photo.id}/content`)
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename="Bild.jpg"/)
    expect(shown.bytes.includes('KANARIE')).toBe(false)
    const saved = await read(clerk, `${photo.id}/content?download=true&reason=processing`)
    expect(saved.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Bild\.bd-[0-9a-f]{8}\.jpg"/,
    )
    expect(saved.bytes.equals(shown.bytes)).toBe(true)
  })

  test('is saved only with a reason and by whom the office allows it; looked at by everybody who could before', async () => {
    const { pool } = office.database
    async function codeOf(path: string) {
      const { status, bytes } = await read(clerk, path)
      return status === 200 ? 200 : (JSON.parse(bytes.toString()) as { code: string }).code
    }
    for (const path of [`${photo.id}/content?download=true`, `${letter.id}/content`])
      expect(await codeOf(path), path).toBe('invalid-input')
    expect(await codeOf(`${photo.id}/content?download=true&reason=curiosity`)).toBe('invalid-input')
    await pool.query(`update office_setting set download_roles = '{team-lead}'`)
    try {
      for (const path of [
        `${photo.id}/content?download=true&reason=filing`,
        `${letter.id}/content?reason=filing`,
      ])
        expect(await codeOf(path), path).toBe('download-not-allowed')
      expect(await codeOf(`${photo.id}/content`)).toBe(200)
      expect(await codeOf(`${letter.id}/pages/1`)).toBe(200)
      const { rows } = await pool.query(
        `select facts from audit_entry where act = 'refused' and object_id = $1 and facts ->> 'reason' <> 'not-found'`,
        [photo.id],
      )
      expect(rows).toEqual([{ facts: { reason: 'download-not-allowed' } }])
    } finally {
      await pool.query(`update office_setting set download_roles = '{clerk,team-lead}'`)
    }
  })

  test('has a preview in WebP', async () => {
    const { status, headers, bytes } = await read(clerk, `${photo.id}/preview`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('image/webp')
    expect(bytes.toString('latin1', 8, 12)).toBe('WEBP')
  })

  test('of several pages is drawn page by page, and no further', async () => {
    const pages = await Promise.all([1, 2].map((page) => read(clerk, `${letter.id}/pages/${page}`)))
    for (const { status, headers, bytes } of pages) {
      expect(status).toBe(200)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'image/webp',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      expect(bytes.toString('latin1', 8, 12)).toBe('WEBP')
    }
    expect((await read(clerk, `${letter.id}/pages/3`)).status).toBe(404)
    for (const page of ['0', '-1', '501', 'x']) {
      expect((await read(clerk, `${letter.id}/pages/${page}`)).status).toBe(400)
    }
    expect((await read(clerk, `${photo.id}/pages/1`)).status).toBe(404)
  })

  test('of three thousand pages is drawn as quickly as one of two, up to its five hundredth page', async () => {
    const long = await citizenSends(makePdf(3000), {
      mediaType: 'application/pdf',
      kind: 'document',
      fileName: 'Akte.pdf',
    })
    expect(long).toMatchObject({ state: 'ready', pages: 3000 })
    expect((await read(clerk, `${long.id}/pages/500`)).status).toBe(200)
    expect((await read(clerk, `${long.id}/pages/501`)).status).toBe(400)
  })

  test('with a page that nobody can draw says so, for this page alone', async () => {
    const odd = await citizenSends(makePdf(3, { 2: '[0 0 842 595]', 3: '[0 0 10000 10]' }), {
      mediaType: 'application/pdf',
      kind: 'document',
      fileName: 'Streifen.pdf',
    })
    const upright = await read(clerk, `${odd.id}/pages/1`)
    const across = await read(clerk, `${odd.id}/pages/2`)
    expect([upright.status, across.status]).toEqual([200, 200])
    expect(upright.bytes.equals(across.bytes)).toBe(false)
    const { status, bytes } = await read(clerk, `${odd.id}/pages/3`)
    expect([status, JSON.parse(bytes.toString())]).toMatchObject([422, { code: 'page-not-drawable' }])
  })

  test('is served in parts', async () => {
    const whole = sample('letter.pdf')
    const part = await read(clerk, `${letter.id}/content?reason=filing`, { range: 'bytes=100-199' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`)
    expect(part.bytes.equals(whole.subarray(100, 200))).toBe(true)
    const end = await read(clerk, `${letter.id}/content?reason=filing`, { range: 'bytes=-5' })
    expect(end.bytes.toString()).toBe(whole.subarray(-5).toString())
    const none = await read(clerk, `${letter.id}/content?reason=filing`, { range: `bytes=${whole.length}-` })
    expect(none.status).toBe(416)
    expect(none.headers.get('content-range')).toBe(`bytes */${whole.length}`)
    expect(JSON.parse(none.bytes.toString())).toMatchObject({ code: 'range-not-satisfiable' })
  })

  test('goes on in parts only if it is the same', async () => {
    const { headers } = await read(clerk, `${letter.id}/content?reason=filing`)
    const etag = headers.get('etag') ?? ''
    const same = await read(clerk, `${letter.id}/content?reason=filing`, {
      range: 'bytes=0-9',
      'if-range': etag,
    })
    expect(same.status).toBe(206)
    const other = await read(clerk, `${letter.id}/content?reason=filing`, {
      range: 'bytes=0-9',
      'if-range': '"other"',
    })
    expect([other.status, other.bytes.length]).toEqual([200, sample('letter.pdf').length])
  })

  test('is nobody’s business but the team’s', async () => {
    const other = await office.signIn('clerk', 1)
    for (const path of [`${letter.id}/content`, `${photo.id}/preview`, `${letter.id}/pages/1`]) {
      expect((await read(other, path)).status).toBe(404)
      expect((await read(await office.signIn('admin'), path)).status).toBe(403)
    }
    const { status } = await fetch(`${office.baseUrl}/api/v1/attachments/${letter.id}/content`)
    expect(status).toBe(401)
    expect((await read(clerk, '00000000-0000-7000-8000-000000000000/content')).status).toBe(404)
    expect((await read(clerk, 'not-an-id/content')).status).toBe(400)
  })

  test('is not served when it is dangerous, and its name is made harmless', async () => {
    const program = await citizenSends(Buffer.from('MZ\0\0'), {
      mediaType: 'application/x-msdownload',
      kind: 'document',
      fileName: '../../x\r\nSet-Cookie: a=b\u202Efdp.exe',
    })
    expect(program).toMatchObject({
      state: 'quarantined',
      quarantine: 'dangerous-type',
      fileName: 'x Set-Cookie_ a=bfdp.exe',
      preview: null,
    })
    const { status, bytes } = await read(clerk, `${program.id}/content?reason=filing`)
    expect([status, JSON.parse(bytes.toString()).code]).toEqual([409, 'attachment-not-ready'])
    expect((await read(clerk, `${program.id}/preview`)).status).toBe(409)
  })

  test('a reader who hangs up harms nobody', async () => {
    const film = await citizenSends(sample('clip-upright.mp4'), { mediaType: 'video/mp4', kind: 'video' })
    for (let i = 0; i < 20; i += 1) {
      const abort = new AbortController()
      const reading = fetch(`${office.baseUrl}/api/v1/attachments/${film.id}/content`, {
        headers: clerk.headers(),
        signal: abort.signal,
      })
      if (i % 2 === 0) await reading
      abort.abort()
      await reading.catch(() => {})
    }
    expect((await read(clerk, `${film.id}/content`)).bytes.equals(sample('clip-upright.mp4'))).toBe(true)
    expect(office.logLines.filter((line) => line.includes('"level":50'))).toEqual([])
  })
})

describe('an upload', () => {
  test.each([
    ['photo-with-gps.jpg', 'Schlagloch Hauptstraße.jpg', 'image', 'image/jpeg'],
    ['drawing.png', 'Plan.png', 'image', 'image/png'],
    ['clip-upright.mp4', 'film.mp4', 'video', 'video/mp4'],
    ['voice.ogg', 'notiz.ogg', 'voice', 'audio/ogg'],
    ['sound.m4a', 'ton.m4a', 'audio', 'audio/mp4'],
    ['letter.pdf', 'Bescheid.pdf', 'document', 'application/pdf'],
    ['letter.odt', 'Brief.odt', 'document', 'application/vnd.oasis.opendocument.text'],
  ])('of %s is ready to be sent', async (name, fileName, kind, mediaType) => {
    const { status, body } = await upload(clerk, sample(name), { fileName })
    expect(status).toBe(201)
    expect(body).toMatchObject({ state: 'ready', kind, mediaType, fileName })
    const { bytes } = await read(clerk, `${body.id}/content?reason=filing`)
    expect(bytes.length).toBe(body.sizeBytes)
    expect(bytes.includes('KANARIE-EXIF')).toBe(false)
  })

  test.each([
    ['a recording of another kind', 'recording.webm', 415, 'media-type-refused'],
    ['sound that WhatsApp does not play', 'vorbis.ogg', 415, 'media-type-refused'],
    ['stereo', 'stereo.ogg', 415, 'media-type-refused'],
    ['an archive with a program', 'with-program.zip', 415, 'file-held-back'],
    ['a document with macros', 'macro.docx', 415, 'file-held-back'],
    ['too many pixels', 'pixel-bomb.png', 413, 'picture-too-large'],
  ])('of %s is refused', async (_, name, status, code) => {
    const answer = await upload(clerk, sample(name), { fileName: name })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('of nothing is refused', async () => {
    expect((await upload(clerk, Buffer.alloc(0))).status).toBe(400)
  })

  test('needs a conversation that one may see, and to know it before the file', async () => {
    const bytes = Buffer.from('Guten Tag')
    const other = await office.signIn('clerk', 1)
    expect((await upload(other, bytes)).status).toBe(404)
    expect((await upload(await office.signIn('admin'), bytes)).status).toBe(403)
    const nonsense = await upload(clerk, bytes, { conversation: 'x' })
    expect([nonsense.status, nonsense.body.fields?.[0]?.path]).toEqual([400, 'conversationId'])
    const form = new FormData()
    form.append('file', new Blob(['x']), 'x.txt')
    form.append('conversationId', conversationId)
    const late = await fetch(`${office.baseUrl}/api/v1/attachments`, {
      method: 'POST',
      headers: clerk.headers(),
      body: form,
    })
    expect(late.status).toBe(400)
    const json = await clerk.post<ErrorBody>('/attachments', { conversationId })
    expect(json.status).toBe(415)
  })

  test.each([
    ['nothing at all', ''],
    ['no parts', 'Guten Tag'],
    ['a part without an end', '--grenze\r\ncontent-disposition: form-data; name="conversationId"\r\n\r\nx'],
    [
      'too many fields',
      Array.from(
        { length: 9 },
        (_, i) => `--grenze\r\ncontent-disposition: form-data; name="a${i}"\r\n\r\nx\r\n`,
      ).join(''),
    ],
    [
      'a field instead of a file',
      '--grenze\r\ncontent-disposition: form-data; name="file"\r\n\r\nx\r\n--grenze--\r\n',
    ],
  ])('whose body is %s is bad input', async (_, body) => {
    const response = await fetch(`${office.baseUrl}/api/v1/attachments`, {
      method: 'POST',
      headers: clerk.headers({ 'content-type': 'multipart/form-data; boundary=grenze' }),
      body,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid-input', fields: [{ path: 'file' }] })
  })

  test('of more than 16 MB of film is too large', async () => {
    const trailer = Buffer.alloc(17 * megabyte)
    // A `free` box: a film may have as much of it as it likes.
    trailer.writeUInt32BE(trailer.length, 0)
    trailer.write('free', 4, 'latin1')
    const film = await upload(clerk, Buffer.concat([sample('clip-upright.mp4'), trailer]), {
      fileName: 'a.mp4',
    })
    expect([film.status, film.body.code]).toEqual([413, 'film-too-large'])
  })

  test('of more than 100 MB is refused without being taken in, with its length stated or not', async () => {
    const heapBefore = process.memoryUsage().external
    let heapMost = 0
    function send(withLength: boolean): Promise<{ status: number; code: string }> {
      return new Promise((resolve, reject) => {
        const boundary = 'grenze'
        const head = Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="conversationId"\r\n\r\n${conversationId}\r\n` +
            `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\n`,
        )
        const piece = Buffer.alloc(megabyte, 'a')
        const total = head.length + 120 * piece.length
        const asking = request(
          `${office.baseUrl}/api/v1/attachments`,
          {
            method: 'POST',
            headers: {
              ...clerk.headers(),
              'content-type': `multipart/form-data; boundary=${boundary}`,
              ...(withLength ? { 'content-length': total } : {}),
            },
          },
          (response) => {
            let text = ''
            response.on('data', (part) => {
              text += part
            })
            response.on('end', () => {
              asking.destroy()
              resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).code })
            })
          },
        )
        asking.on('error', reject)
        asking.write(head)
        let sent = 0
        function more(): void {
          while (sent < 120 && !asking.destroyed) {
            sent += 1
            heapMost = Math.max(heapMost, process.memoryUsage().external - heapBefore)
            if (!asking.write(piece)) {
              asking.once('drain', more)
              return
            }
          }
          asking.end()
        }
        more()
      })
    }
    expect(await send(true)).toEqual({ status: 413, code: 'document-too-large' })
    expect(await send(false)).toEqual({ status: 413, code: 'document-too-large' })
    expect(heapMost).toBeLessThan(60 * megabyte)
  })

  test('that is refused before it is read leaves its connection to the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    function ask(method: string, path: string, headers: Record<string, string>, body: Buffer) {
      return new Promise<{ status: number; reused: boolean }>((resolve, reject) => {
        const url = `${office.baseUrl}/api/v1${path}`
        const asking = request(url, { method, agent, headers: clerk.headers(headers) }, (response) => {
          response.resume()
          response.once('end', () =>
            resolve({ status: response.statusCode ?? 0, reused: asking.reusedSocket }),
          )
        })
        asking.once('error', reject)
        asking.end(body)
      })
    }
    const form = Buffer.concat([
      Buffer.from(
        `--grenze\r\ncontent-disposition: form-data; name="conversationId"\r\n\r\n${crypto.randomUUID()}\r\n` +
          '--grenze\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n',
      ),
      Buffer.alloc(3 * megabyte, 'a'),
      Buffer.from('\r\n--grenze--\r\n'),
    ])
    const type = { 'content-type': 'multipart/form-data; boundary=grenze' }
    expect((await ask('POST', '/attachments', type, form)).status).toBe(404)
    expect(await ask('GET', '/session', {}, Buffer.alloc(0))).toEqual({ status: 200, reused: true })
    agent.destroy()
  })

  test('that is broken off leaves nothing behind', async () => {
    function count() {
      return office.database.prisma.attachment.count()
    }
    const before = await count()
    await new Promise<void>((resolve) => {
      const asking = request(`${office.baseUrl}/api/v1/attachments`, {
        method: 'POST',
        headers: {
          ...clerk.headers(),
          'content-type': 'multipart/form-data; boundary=grenze',
          'content-length': 1_000_000,
        },
      })
      asking.on('error', () => resolve())
      asking.write(
        `--grenze\r\ncontent-disposition: form-data; name="conversationId"\r\n\r\n${conversationId}\r\n` +
          `--grenze\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nGuten Tag`,
        () => setTimeout(() => asking.destroy(), 100),
      )
      asking.on('close', () => resolve())
    })
    async function unfinished() {
      return (await readdir(office.config.mediaDir, { recursive: true })).filter((name) =>
        name.includes('.received'),
      )
    }
    await expect.poll(unfinished).toEqual([])
    expect(await count()).toBe(before)
    expect(office.logLines.filter((line) => line.includes('"level":50'))).toEqual([])
  })
})
