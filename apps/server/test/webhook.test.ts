import { randomBytes } from 'node:crypto'
import type { Channel } from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await StoryOffice.prepare()
  await office.startApi()
})
afterAll(() => office.close())

async function stored(): Promise<{ held: boolean }[]> {
  const { rows } = await office.database.pool.query<{ held: boolean }>('select held from webhook_event')
  return rows
}
/** How many deliveries were answered so. */
async function answered(answer: string): Promise<number> {
  const metrics = await (await fetch(`${office.baseUrl}/metrics`)).text()
  const count = new RegExp(`^buergerdraht_webhook_answers_total\\{answer="${answer}"\\} (\\d+)$`, 'm')
  return Number(count.exec(metrics)?.[1] ?? 0)
}
async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code: string }).code
}
function payload() {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [],
    nonce: randomBytes(4).toString('hex'),
  })
}

describe('a delivery', () => {
  test.each([
    ['as JSON', 'application/json'],
    ['as something else', 'application/x-unheard-of'],
    ['as a form', 'application/x-www-form-urlencoded'],
    ['as nonsense', ';;=,'],
    ['without saying what it is', ''],
  ])('%s is stored, encrypted, before the answer', async (_name, type) => {
    const before = (await stored()).length
    const body = payload()
    const response = await office.deliver(Buffer.from(body), { 'content-type': type })
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 200, text: '' })
    const { rows } = await office.database.pool.query<{ body: Buffer }>(
      'select body_sealed as body from webhook_event order by id desc limit 1',
    )
    expect(await stored()).toHaveLength(before + 1)
    expect(rows[0]?.body.includes('whatsapp')).toBe(false)
  })

  test('that is not JSON at all is stored too: a refusal would be repeated for a week', async () => {
    const before = (await stored()).length
    expect((await office.deliver(randomBytes(64))).status).toBe(200)
    expect(await stored()).toHaveLength(before + 1)
  })

  test('ten times at once is stored once', async () => {
    const before = (await stored()).length
    const body = payload()
    const answers = await Promise.all(Array.from({ length: 10 }, () => office.deliver(body)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await stored()).toHaveLength(before + 1)
  })

  test('also arrives at the address with the vendor’s name, but not with another’s', async () => {
    const { webhookUrl, webhookHeaders: headers } = office.demo.channel
    function to(vendor: string) {
      return fetch(webhookUrl.replace('/whatsapp/', `/${vendor}/`), {
        method: 'POST',
        headers,
        body: payload(),
      })
    }
    expect((await to('360dialog')).status).toBe(200)
    expect((await to('meta')).status).toBe(404)
  })
})

describe('nothing is stored', () => {
  async function refused(response: Response, status: number, code: string, before: number) {
    expect({ status: response.status, code: await codeOf(response) }).toEqual({ status, code })
    expect(await stored()).toHaveLength(before)
  }

  test('without the channel’s headers', async () => {
    const before = (await stored()).length
    const response = await fetch(office.demo.channel.webhookUrl, { method: 'POST', body: payload() })
    await refused(response, 401, 'webhook-not-authentic', before)
  })

  test('for an unknown channel', async () => {
    const before = (await stored()).length
    for (const id of ['0193f000-0000-7000-8000-000000000000', 'nonsense', '%00', "'--"]) {
      const url = `${office.baseUrl}/webhooks/whatsapp/${id}`
      await refused(await fetch(url, { method: 'POST', body: payload() }), 404, 'not-found', before)
    }
  })

  test('of more than four mebibytes', async () => {
    const before = (await stored()).length
    await refused(await office.deliver(Buffer.alloc(4 * 1024 * 1024 + 1)), 413, 'too-large', before)
    expect((await office.deliver(Buffer.alloc(4 * 1024 * 1024))).status).toBe(200)
  })

  test('that was compressed on the way', async () => {
    const before = (await stored()).length
    const response = await office.deliver(payload(), { 'content-encoding': 'gzip' })
    await refused(response, 415, 'encoding-refused', before)
  })

  test('and the counters say so', async () => {
    const url = office.demo.channel.webhookUrl
    const deliveries: Record<string, () => Promise<Response>> = {
      stored: () => office.deliver(payload()),
      'webhook-not-authentic': () => fetch(url, { method: 'POST', body: payload() }),
      'not-found': () => fetch(`${office.baseUrl}/webhooks/whatsapp/nonsense`, { method: 'POST' }),
      'too-large': () => office.deliver(Buffer.alloc(4 * 1024 * 1024 + 1)),
      'encoding-refused': () => office.deliver(payload(), { 'content-encoding': 'gzip' }),
    }
    for (const [answer, deliver] of Object.entries(deliveries)) {
      const before = await answered(answer)
      await (await deliver()).body?.cancel()
      expect(await answered(answer)).toBe(before + 1)
    }
  })
})

describe('the handshake', () => {
  function shake(query: Record<string, string>) {
    return fetch(`${office.demo.channel.webhookUrl}?${new URLSearchParams(query)}`)
  }
  function right() {
    return {
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': office.demo.channel.verifyToken,
    }
  }

  test('answers with the bare challenge', async () => {
    const response = await shake(right())
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toBe('1158201444')
    const admin = await office.signIn('admin')
    const { body } = await admin.get<{ items: Channel[] }>('/channels')
    expect(body.items[0]?.verifiedAt).not.toBeNull()
  })

  test('refuses a wrong token and reflects nothing', async () => {
    const wrong = await shake({ ...right(), 'hub.verify_token': 'wrong' })
    expect({ status: wrong.status, code: await codeOf(wrong) }).toEqual({
      status: 403,
      code: 'verify-token-wrong',
    })
    const script = await shake({ ...right(), 'hub.challenge': '<script>' })
    expect({ status: script.status, code: await codeOf(script) }).toEqual({
      status: 400,
      code: 'invalid-input',
    })
    expect((await shake({})).status).toBe(400)
  })
})

describe('a disabled channel', () => {
  async function setState(state: 'enabled' | 'disabled') {
    const admin = await office.signIn('admin')
    const answer = await admin.ask('PATCH', `/api/v1/channels/${office.demo.channel.id}`, { body: { state } })
    expect(answer.status).toBe(200)
  }

  test('loses nothing: what comes is held and flagged, and read when it is enabled', async () => {
    await setState('disabled')
    expect((await office.deliver(payload())).status).toBe(200)
    expect((await stored()).filter(({ held }) => held)).toHaveLength(1)
    const admin = await office.signIn('admin')
    await expect
      .poll(async () => {
        const { body } = await admin.get<{ items: Channel[] }>('/channels')
        return body.items[0]?.notices.map(({ code }) => code)
      })
      .toEqual(['disabled-but-receiving'])
    await setState('enabled')
    expect((await stored()).filter(({ held }) => held)).toHaveLength(0)
  })
})

describe('when the database does not take it', () => {
  test('the answer is 503, so that the provider comes again', async () => {
    const before = (await stored()).length
    const body = payload()
    await office.database.pool.query('alter table webhook_event rename to webhook_event_away')
    try {
      const response = await office.deliver(body)
      expect({ status: response.status, code: await codeOf(response) }).toEqual({
        status: 503,
        code: 'not-ready',
      })
      expect(response.headers.get('retry-after')).toBe('5')
    } finally {
      await office.database.pool.query('alter table webhook_event_away rename to webhook_event')
    }
    expect((await office.deliver(body)).status).toBe(200)
    expect(await stored()).toHaveLength(before + 1)
  })
})
