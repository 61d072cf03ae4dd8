import { Refusal } from '@buergerdraht/contract'
import { describe, expect, test } from 'vitest'
import { createLog, factsForLog } from './log.ts'

describe('what may be logged', () => {
  test.each([
    ['a uuid', '0193f000-0000-7000-8000-000000000000'],
    ['an instant', '2026-11-23T08:00:00.000Z'],
    ['a route', '/api/v1/conversations/:id/messages/:messageId'],
    ['a code word', 'webhook-not-authentic'],
    ['a place in a payload', 'entry[0].changes[1].value.messages[2]'],
    ['an error code', 'ECONNREFUSED'],
    ['a SQLSTATE', '57P01'],
    ['the name of an error', 'PrismaClientKnownRequestError'],
    ['an event’s number', '12345678'],
  ])('%s', (_name, value) => {
    expect(factsForLog({ value })).toEqual({ value })
  })

  test.each([
    ['a number of a citizen', '491701234567'],
    ['the same, written nicely', '+49 170 1234567'],
    ['the same in a code word', 'phone-491701234567'],
    ['an e-mail address', 'aylin.demir@musterstadt.example'],
    ['a name', 'Aylin Demir'],
    ['a name in a path', '/api/v1/conversations/Demir'],
    ['one name', 'Demir'],
    ['a sentence', 'wann haben sie offen?'],
    ['a token', 'JHd73hKJh28dhs93hKJHS8d3'],
    ['an id of WhatsApp', 'wamid.HBgNNDkxNzAxMjM0NTY3'],
    ['an address with a query', '/api/v1/conversations?q=demir'],
    ['an object', { text: 'x' }],
    ['bytes', Buffer.from('x')],
    ['a map', new Map([['a', 'b']])],
  ])('but not %s', (_name, value) => {
    expect(factsForLog({ value })).toEqual({ value: '[withheld]' })
  })

  test('of an error: class, code, constraint and place, through all its causes, never a message', () => {
    const cause = Object.assign(new RangeError('Key (email)=(canary@example.org) exists'), {
      code: '23505',
      constraint: 'account_email_key',
      detail: 'canary',
    })
    const { error } = factsForLog({ error: new TypeError('canary', { cause }) })
    expect(error).toMatchObject({
      name: 'TypeError',
      cause: { name: 'RangeError', code: '23505', constraint: 'account_email_key' },
    })
    expect(JSON.stringify(error)).toContain('log.test.ts')
    expect(JSON.stringify(error)).not.toContain('canary')
    const refusal = new Refusal('invalid-input', [{ path: 'canary', fault: 'format' }])
    expect(JSON.stringify(factsForLog({ refusal }))).not.toContain('canary')
  })

  test('a message of several lines does not pass for a stack', () => {
    const { error } = factsForLog({ error: new Error('first\n    at canary street 5') })
    expect(JSON.stringify(error)).not.toContain('canary')
  })
})

test('lines are JSON, with the event’s name as it stands in the program', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', process: 'api', write: (line) => void lines.push(line) })
  log.warn(
    { channelId: '0193f000-0000-7000-8000-000000000000', phone: '+491701234567', left: undefined },
    'event name',
  )
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 40,
    time: expect.stringMatching(/^\d{4}-/),
    process: 'api',
    channelId: '0193f000-0000-7000-8000-000000000000',
    phone: '[withheld]',
    msg: 'event name',
  })
})
