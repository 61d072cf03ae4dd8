import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { parseWebhook } from './webhook.ts'

type WireCase = {
  readonly title: string
  readonly provider: string
  readonly request?: WireRequest
  readonly requests?: readonly WireRequest[]
}

type WireRequest = {
  readonly method: string
  readonly body?: unknown
  readonly rawBody?: string
}

function jsonFiles(folder: string): { name: string; read: () => unknown }[] {
  const url = new URL(folder, import.meta.url)
  return readdirSync(url)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, read: () => JSON.parse(readFileSync(new URL(name, url), 'utf8')) }))
}

function bytesOf(request: WireRequest): Buffer {
  return Buffer.from(request.rawBody ?? JSON.stringify(request.body))
}

/** As a reader of the event files sees them: instants as ISO text. */
function eventsOf(rawBody: Uint8Array): unknown {
  return JSON.parse(JSON.stringify(parseWebhook(rawBody)))
}

function textWebhook(value: object): Buffer {
  return Buffer.from(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '200000000000001', changes: [{ field: 'messages', value }] }],
    }),
  )
}

describe('wire catalogue, groups A to F', () => {
  const expected = new Map(jsonFiles('wire-events/').map((file) => [file.name, file]))
  const cases = jsonFiles('../../wire/')
    .map(({ name, read }) => ({ name, wire: read() as WireCase }))
    .filter(({ wire }) => wire.provider === 'meta' || wire.provider === '360dialog')
    .map(({ name, wire }) => ({
      name,
      title: wire.title,
      bodies: (wire.requests ?? [wire.request])
        .filter((request) => request?.body !== undefined || request?.rawBody !== undefined)
        .map((request) => bytesOf(request as WireRequest)),
    }))
    .filter(({ bodies }) => bodies.length > 0)

  test('every case has its events', () => {
    expect(cases.map(({ name }) => name)).toEqual([...expected.keys()])
    expect(cases.length).toBe(110)
  })

  test.each(cases)('$name: $title', ({ name, bodies }) => {
    expect(bodies.map(eventsOf)).toEqual(expected.get(name)?.read())
  })
})

describe('captured cases beyond the catalogue', () => {
  const cases = jsonFiles('captured/').map(({ name, read }) => {
    const file = read() as { title: string; body?: unknown; rawBody?: string; events: unknown }
    return {
      name,
      title: file.title,
      rawBody: file.rawBody ?? JSON.stringify(file.body),
      events: file.events,
    }
  })

  test.each(cases)('$name: $title', ({ rawBody, events }) => {
    expect(eventsOf(Buffer.from(rawBody))).toEqual(events)
  })
})

describe('size and depth', () => {
  function message(id: number) {
    return {
      from: '491713920011',
      id: `wamid.${id}`,
      timestamp: '1794830400',
      type: 'text',
      text: { body: 'x' },
    }
  }

  test('2 entries × 2 changes × 50 messages and 50 statuses lose none', () => {
    let count = 0
    function next() {
      count += 1
      return count
    }
    function change() {
      return {
        field: 'messages',
        value: {
          messages: Array.from({ length: 50 }, () => message(next())),
          statuses: Array.from({ length: 50 }, () => ({
            id: `wamid.${next()}`,
            status: 'sent',
            timestamp: '1794830400',
          })),
        },
      }
    }
    function entry() {
      return { id: '200000000000001', changes: [change(), change()] }
    }
    const body = { object: 'whatsapp_business_account', entry: [entry(), entry()] }
    const events = parseWebhook(Buffer.from(JSON.stringify(body)))
    expect(events.slice(0, 200).every((event) => event.type === 'message')).toBe(true)
    expect(events.slice(200).every((event) => event.type === 'status')).toBe(true)
    expect(new Set(events.map((event) => 'providerMessageId' in event && event.providerMessageId)).size).toBe(
      400,
    )
    expect(events[399]?.path).toBe('entry[1].changes[1].value.statuses[49]')
  })

  test.each([5_000, 1_500_000])('%i nested arrays under an unknown key cost nothing', (depth) => {
    const nest = `${'['.repeat(depth)}${']'.repeat(depth)}`
    const body = textWebhook({ messages: [message(1)], x: 'NEST' })
    const events = parseWebhook(Buffer.from(body.toString().replace('"NEST"', nest)))
    expect(events.map((event) => event.type)).toEqual(['message'])
  })

  test('nested answers of a form are kept as they came when they cannot be read', () => {
    const raw = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const interactive = { type: 'nfm_reply', nfm_reply: { response_json: raw } }
    const events = parseWebhook(
      textWebhook({ messages: [{ ...message(1), type: 'interactive', interactive }] }),
    )
    expect(events).toMatchObject([{ type: 'message', content: { kind: 'form', answers: null, raw } }])
  })

  test('text of 65 536 characters stays whole', () => {
    const body = 'ä🙂'.repeat(21_845)
    const events = parseWebhook(textWebhook({ messages: [{ ...message(1), text: { body } }] }))
    expect(events).toMatchObject([{ content: { kind: 'text', text: body } }])
  })

  test('a full webhook of messages and contacts is read in linear time', () => {
    function webhookOf(howMany: number) {
      const people = Array.from({ length: howMany }, (_, index) => String(491_713_900_000 + index))
      return textWebhook({
        contacts: people.map((phone) => ({ wa_id: phone, profile: { name: phone } })),
        messages: people.toReversed().map((phone, index) => ({ ...message(index), from: phone })),
      })
    }
    /** How often something was looked up in what the webhook says. */
    function lookupsIn(body: Uint8Array) {
      let lookups = 0
      const parse = vi.spyOn(JSON, 'parse')
      parse.mockImplementationOnce((text) => {
        parse.mockRestore()
        return JSON.parse(text, (_name, value) =>
          typeof value === 'object' && value !== null
            ? new Proxy(value, {
                get: (target, name, self) => {
                  lookups += 1
                  return Reflect.get(target, name, self)
                },
              })
            : value,
        )
      })
      expect(parseWebhook(body)).not.toEqual([])
      return lookups
    }
    // Eight times the people may cost eight times the look-ups, not sixty-four times.
    const [few, many] = [lookupsIn(webhookOf(125)), lookupsIn(webhookOf(1000))]
    expect(few).toBeGreaterThan(125)
    expect(many / few).toBeLessThan(9)
    const events = parseWebhook(webhookOf(10_000))
    expect(
      events.every((event) => event.type === 'message' && event.sender.profileName === event.sender.phone),
    ).toBe(true)
    expect(events.length).toBe(10_000)
  })

  test('bytes that are no UTF-8 are replaced, not fatal', () => {
    const body = textWebhook({ messages: [{ ...message(1), text: { body: 'X' } }] })
    body[body.indexOf('"X"') + 1] = 0xff
    expect(parseWebhook(body)).toMatchObject([{ content: { kind: 'text', text: '\ufffd' } }])
  })

  test('reads a view into a larger buffer', () => {
    const body = textWebhook({ messages: [message(1)] })
    const larger = Buffer.concat([Buffer.from('before'), body, Buffer.from('after')])
    expect(parseWebhook(larger.subarray(6, 6 + body.length))).toEqual(parseWebhook(body))
  })
})
