import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { languageOf } from '../../src/http/language.ts'
import { StoryOffice } from '../start-office.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await StoryOffice.prepare()
  await office.startApi()
})
afterAll(() => office.close())

function port(): number {
  return office.config.port
}

function send(head: string, body: Buffer | string = ''): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port(), '127.0.0.1', () => {
      socket.write(`${head}\r\nHost: 127.0.0.1\r\n`)
      socket.write(body)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve) =>
    socket.once('data', (data) => resolve(data.toString('latin1').slice(9, 12))),
  )
}

async function streams(): Promise<number> {
  const text = await (await fetch(`${office.baseUrl}/metrics`)).text()
  return Number(/^buergerdraht_live_streams (\d+)$/m.exec(text)?.[1])
}

// In time that grows with the square of the length this would take minutes and run into the test's time-out.
test('a language header full of blanks costs no more than its length', () => {
  expect(languageOf(`de${' '.repeat(200_000)}x`)).toBe('de')
  languageOf(`${`de;q=0.5${' '.repeat(50)}x`.repeat(1000)},en`)
  languageOf(`en${' '.repeat(50_000)};${' '.repeat(50_000)}q=0.5${' '.repeat(50_000)}x`)
})

test('one account cannot search without end, and is told when to go on; its colleague is answered', async () => {
  const greedy = await office.signIn('clerk', 1)
  const colleague = await office.signIn('clerk')
  const statuses: number[] = []
  let refused = await greedy.post('/conversations/search', { q: 'müll' })
  for (let n = 0; n < 100 && refused.status !== 429; n += 1) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => greedy.post('/conversations/search', { q: 'müll' })),
    )
    statuses.push(...answers.map(({ status }) => status))
    refused = answers.find(({ status }) => status === 429) ?? refused
  }
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(500)
  expect((await colleague.post('/conversations/search', { q: 'müll' })).status).toBe(200)
  const { rows } = await office.database.pool.query<{ facts: object }>(
    `select facts from audit_entry where act = 'refused'`,
  )
  expect(rows.length).toBeGreaterThan(0)
  // One in five minutes of the clock.
  expect(rows.length).toBeLessThan(3)
  expect(rows[0]?.facts).toEqual({ reason: 'too-many-requests' })
})

test('many streams that are opened at once are counted like one after the other', async () => {
  const clerk = await office.signIn('clerk')
  const sockets = await Promise.all(
    Array.from({ length: 60 }, () =>
      send(`GET /api/v1/events?lastEventId=0 HTTP/1.1`, `Cookie: ${clerk.cookie}\r\n\r\n`),
    ),
  )
  const answers = await Promise.all(sockets.map(firstLine))
  expect(answers.filter((status) => status === '200')).toHaveLength(12)
  expect(answers.filter((status) => status === '429')).toHaveLength(48)
  for (const socket of sockets) socket.destroy()
})

test('a browser that does not read, and whose session ends, is cut off; nobody else notices', async () => {
  const { pool } = office.database
  const clerk = await office.signIn('clerk', 1)
  const team = await pool.query<{ id: string }>(`select id from team where name = 'Ordnungsamt'`)
  async function publish(rows: number) {
    await pool.query(
      `insert into live_event (type, team_id, conversation_id, message_id, inbound, at)
       select 'message.stored', $1, $2, $2, true, now() from generate_series(1, $3::int)`,
      [team.rows[0]?.id, randomUUID(), rows],
    )
    await pool.query('notify live')
  }
  while ((await streams()) > 0) await sleep(50)
  const sockets: Socket[] = []
  // One after the other, so that at any moment some have filled all buffers without being dropped for it.
  for (let n = 0; n < 8; n += 1) {
    const socket = await send('GET /api/v1/events HTTP/1.1', `Cookie: ${clerk.cookie}\r\n\r\n`)
    socket.pause()
    sockets.push(socket)
    await sleep(50)
    await publish(600)
    await sleep(50)
  }
  async function streamsAfter(rows: number) {
    await publish(rows)
    return streams()
  }
  await expect.poll(() => streamsAfter(600), { interval: 100 }).toBeLessThan(8)
  expect((await clerk.delete('/session')).status).toBe(204)
  await expect.poll(() => streamsAfter(1), { interval: 200 }).toBe(0)
  expect((await fetch(`${office.baseUrl}/health/live`)).status).toBe(200)
  for (const socket of sockets) socket.destroy()
})

test('megabytes for a channel that does not exist are refused before they are read', async () => {
  const socket = await send(
    `POST /webhooks/whatsapp/${randomUUID()} HTTP/1.1`,
    `Content-Length: ${4 * 1024 * 1024}\r\n\r\n{`,
  )
  expect(await firstLine(socket)).toBe('404')
  socket.destroy()
})

/** Sends the same again and again, whatever is answered, until the server has taken the connection away. */
function sendUntilCutOff(socket: Socket, piece: string): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => {})
    socket.once('close', () => {
      clearInterval(sending)
      resolve()
    })
    const sending = setInterval(() => socket.writable && socket.write(piece), 20)
  })
}

test.each([
  ['TRACE', 'TRACE /api/v1/session HTTP/1.1', 'Cookie: a=b\r\n\r\n', ['404', '405']],
  ['TRACE of the page', 'TRACE / HTTP/1.1', '\r\n', ['404', '405']],
  ['CONNECT', 'CONNECT 127.0.0.1:5432 HTTP/1.1', '\r\n', ['400', '404', '405', '']],
  [
    'two lengths',
    'POST /api/v1/session HTTP/1.1',
    'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ['400'],
  ],
  [
    'two different lengths',
    'POST /api/v1/session HTTP/1.1',
    'Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde',
    ['400'],
  ],
  [
    'a length that hides in a folded line',
    'POST /api/v1/session HTTP/1.1',
    'Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n',
    ['400'],
  ],
])('%s is refused', async (_what, head, rest, statuses) => {
  const socket = await send(head, rest)
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('')))
  const status = await Promise.race([firstLine(socket), closed])
  expect(statuses).toContain(status)
  socket.destroy()
})

test('who is refused and keeps the line open is cut off', async () => {
  const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true })
  socket.write('this is no HTTP\r\n\r\n')
  expect(await firstLine(socket)).toBe('400')
  await sendUntilCutOff(socket, 'x')
})

test.each([
  ['a channel that is there', () => new URL(office.demo.channel.webhookUrl).pathname, '413'],
  ['a channel that is not', () => `/webhooks/whatsapp/${randomUUID()}`, '404'],
  ['the API', () => '/api/v1/session', '403'],
])('a body without end, for %s, is not read without end', async (_what, path, status) => {
  const head = `Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n`
  const socket = await send(`POST ${path()} HTTP/1.1`, head)
  const answered = firstLine(socket)
  const cutOff = sendUntilCutOff(socket, `40000\r\n${'x'.repeat(0x40000)}\r\n`)
  expect(await answered).toBe(status)
  await cutOff
})

test('who hangs up in the middle of a request is no fault of ours', async () => {
  const clerk = await office.signIn('clerk')
  const cookie = `Cookie: ${clerk.cookie}\r\nOrigin: ${office.baseUrl}\r\nContent-Length: 100000\r\n`
  const form = `${cookie}Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\ncontent-disposition: form-data; name="conversationId"\r\n\r\n${randomUUID()}\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc`
  const { pathname } = new URL(office.demo.channel.webhookUrl)
  const webhook = Object.entries(office.demo.channel.webhookHeaders).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const halves: [string, string][] = [
    ['POST /api/v1/attachments HTTP/1.1', form],
    ['POST /api/v1/session HTTP/1.1', `${cookie}Content-Type: application/json\r\n\r\n{"email":`],
    [`POST ${pathname} HTTP/1.1`, `${webhook.join('')}Content-Length: 1000\r\n\r\n{"entry":`],
  ]
  async function incomplete(): Promise<number> {
    const metrics = await (await fetch(`${office.baseUrl}/metrics`)).text()
    return Number(/webhook_answers_total\{answer="incomplete-request"\} (\d+)/.exec(metrics)?.[1] ?? 0)
  }
  const before = await incomplete()
  office.logLines.length = 0
  for (const [line, rest] of halves) {
    const socket = await send(line, rest)
    await sleep(100)
    socket.destroy()
  }
  // The last of them has been dealt with: so have the others.
  await expect.poll(incomplete).toBe(before + 1)
  expect(office.logLines.filter((one) => !one.includes('"level":30'))).toEqual([])
})
