import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Conversation, Message } from '@buergerdraht/contract'
import { afterEach, describe, expect, test } from 'vitest'
import { startRedis } from '../../../testing/start-redis.ts'
import {
  messagesChange,
  payload,
  change as webhookChange,
  wireTime,
} from '../../../testing/webhook-payload.ts'
import { filesBelow, filesWith, letters } from './canaries.ts'
import { type StoryOffice, startOffice } from './start-office.ts'

let office: StoryOffice | null = null
afterEach(async () => {
  await office?.close()
  office = null
})

async function until(reached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('It did not come to that.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('what a citizen wrote can be read nowhere on this machine', () => {
  test.each(['PostgreSQL', 'Redis'])('with the queue in %s', async (backend) => {
    const redis = backend === 'Redis' ? await startRedis() : null
    office = await startOffice(redis === null ? {} : { redisUrl: redis.url })
    const phone = `49171${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
    const [asked, named, captioned, called, answered] = [
      letters(),
      letters(),
      letters(),
      letters(),
      letters(),
    ]
    const citizen = `${office.simulator.url}/citizens/${phone}`
    function send(path: string, method: string, body: unknown) {
      return fetch(`${citizen}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    }
    await send('', 'PUT', { profileName: named })
    expect((await send('/messages', 'POST', { text: `Guten Tag ${asked}` })).ok).toBe(true)
    const form = new FormData()
    form.set('caption', captioned)
    const pdf = await readFile(new URL('../../bsp-simulator/samples/antrag.pdf', import.meta.url))
    form.set('file', new Blob([pdf], { type: 'application/pdf' }), `${called}.pdf`)
    expect((await fetch(`${citizen}/media`, { method: 'POST', body: form })).ok).toBe(true)
    // WhatsApp's own ids hold the citizen's number, in base64.
    const wamid = Buffer.concat([Buffer.from('1d180c', 'hex'), Buffer.from(phone), randomBytes(12)])
    const written = { id: wamid.toString('base64'), from: phone, text: 'mit einer Kennung von WhatsApp' }
    const change = messagesChange(office.demo.channel.phoneNumberId, [written])
    const unnamed = { ...change, value: { ...change.value, contacts: [] } }
    expect((await office.deliver(payload([unnamed]))).status).toBe(200)
    await office.settled()

    const clerk = await office.signIn('clerk')
    const list = await clerk.get<{ items: Conversation[] }>('/conversations')
    const id = list.body.items[0]?.id ?? ''
    async function messages(): Promise<Message[]> {
      return (await clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)).body.items
    }
    await until(async () => (await messages()).some((one) => one.attachments[0]?.state === 'ready'))
    await clerk.post(`/conversations/${id}/messages`, {
      clientId: randomUUID(),
      text: `Antwort ${answered}`,
    })
    await until(async () => (await messages()).some((one) => ['delivered', 'read'].includes(one.status)))
    for (const word of [asked, named, phone, called]) {
      const found = await clerk.post<{ items: Conversation[] }>('/conversations/search', { q: word })
      expect(
        found.body.items.map((item) => item.id),
        `searching for ${word}`,
      ).toEqual([id])
    }

    const { pool } = office.database
    await pool.query('checkpoint')
    const { rows } = await pool.query<{ data_directory: string }>('show data_directory')
    const words = [asked, named, captioned, called, answered, phone]
    expect(await filesWith(rows[0]?.data_directory ?? '', words)).toEqual([])
    expect(await filesWith(office.config.dataDir, words)).toEqual([])
    expect(await filesWith(office.config.mediaDir, [...words, '%PDF-1', '/MediaBox'])).toEqual([])
    if (redis !== null) {
      expect((await filesBelow(redis.directory)).length).toBeGreaterThan(0)
      expect(await filesWith(redis.directory, words)).toEqual([])
    }
    for (const word of words) expect(office.logLines.filter((line) => line.includes(word))).toEqual([])
    const metrics = await (await fetch(`${office.baseUrl}/metrics`)).text()
    for (const word of words) expect(metrics).not.toContain(word)
    await office.close()
    office = null
    await redis?.stop()
  })

  test('nor what a file could be recognised by: its hash, the type its sender named, the shape of a voice', async () => {
    office = await startOffice()
    const phone = `49171${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
    const voice = await readFile(new URL('../../bsp-simulator/samples/sprachnachricht.ogg', import.meta.url))
    const form = new FormData()
    form.set('file', new Blob([voice], { type: 'audio/ogg' }), 'sprachnachricht.ogg')
    const sent = await fetch(`${office.simulator.url}/citizens/${phone}/media`, {
      method: 'POST',
      body: form,
    })
    expect(sent.ok).toBe(true)
    const [type, hash] = [letters(), randomBytes(32)]
    const file = {
      id: '1234567890',
      mime_type: `application/x-${type}; to=${phone}`,
      sha256: hash.toString('base64'),
      filename: 'brief.pdf',
    }
    const document = {
      id: 'wamid.canary',
      from: phone,
      timestamp: wireTime(new Date()),
      type: 'document',
      document: file,
    }
    const told = webhookChange(
      { contacts: [{ wa_id: phone, profile: { name: 'Erika' } }], messages: [document] },
      office.demo.channel.phoneNumberId,
    )
    expect((await office.deliver(payload([told]))).status).toBe(200)
    const { pool } = office.database
    async function rows() {
      return (await pool.query<{ state: string }>('select state from attachment order by created_at')).rows
    }
    await until(async () => (await rows()).filter(({ state }) => state !== 'pending').length === 2)
    const clerk = await office.signIn('clerk')
    const list = await clerk.get<{ items: Conversation[] }>('/conversations')
    const of = `/conversations/${list.body.items[0]?.id}/messages`
    const { items } = (await clerk.get<{ items: Message[] }>(of)).body
    const waveform = items.flatMap(({ attachments }) => attachments[0]?.waveform ?? [])
    expect(waveform).toHaveLength(64)
    const hashOfVoice = createHash('sha256').update(voice).digest()
    const shorts = Buffer.from(Int16Array.from(waveform).buffer)
    await pool.query('checkpoint')
    const { rows: where } = await pool.query<{ data_directory: string }>('show data_directory')
    const canaries = [type, phone, hash, hashOfVoice, shorts, Buffer.from(waveform)]
    expect(await filesWith(where[0]?.data_directory ?? '', canaries)).toEqual([])
  })

  test('the search itself would find what it looks for', async () => {
    office = await startOffice()
    const word = letters()
    await office.database.prisma.team.create({ data: { name: word } })
    await office.database.pool.query('checkpoint')
    const { rows } = await office.database.pool.query<{ data_directory: string }>('show data_directory')
    expect((await filesWith(rows[0]?.data_directory ?? '', [word])).length).toBeGreaterThan(0)
  })
})
