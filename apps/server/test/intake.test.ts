import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  change,
  messagesChange,
  payload,
  statusesChange,
  wireTime,
} from '../../../testing/webhook-payload.ts'
import { type StoryOffice, startOffice } from './start-office.ts'

let office: StoryOffice
let number: string
beforeAll(async () => {
  office = await startOffice()
  number = office.demo.channel.phoneNumberId
})
afterAll(() => office.close())

async function one<T = number>(sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await office.database.pool.query<{ value: T }>(sql, values)
  const [row] = rows
  if (row === undefined) throw new Error('No row.')
  return row.value
}
/** How many of these messages are there. */
function stored(...ids: readonly string[]): Promise<number> {
  return one('select count(*)::int as value from message where provider_id_mac = any($1)', [
    ids.map((id) => office.macOf(`wamid.${id}`)),
  ])
}
function numbered(prefix: string, howMany: number): string[] {
  return Array.from({ length: howMany }, (_, n) => `${prefix}${n}`)
}
function macs(prefix: string, howMany: number): Buffer[] {
  return numbered(prefix, howMany).map((id) => office.macOf(`wamid.${id}`))
}

/** An answer of ours to a message that is stored; the provider has accepted it. */
async function answered(question: string, providerId: string): Promise<string> {
  return one<string>(
    `insert into message (id, conversation_id, channel_id, direction, kind, provider_id_mac, provider_id_sealed, sent_at, received_at, client_id,
       send_state, accepted_at)
     select gen_random_uuid(), conversation_id, channel_id, 'outbound', 'text', $2, '\\x00', now(), now(), gen_random_uuid(), 'accepted', now()
     from message where provider_id_mac = $1 returning id as value`,
    [office.macOf(`wamid.${question}`), office.macOf(`wamid.${providerId}`)],
  )
}

test('the same POST ten times in parallel is one message', async () => {
  const body = payload([messagesChange(number, [{ id: 'TEN', from: '491713921001', text: 'einmal' }])])
  const answers = await Promise.all(Array.from({ length: 10 }, () => office.deliver(body)))
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200))
  await office.settled()
  expect(await stored('TEN')).toBe(1)
})

test('the same message in ten different POSTs in parallel is one message', async () => {
  const bodies = Array.from({ length: 10 }, (_, n) =>
    payload([messagesChange(number, [{ id: 'SAME', from: '491713921002', text: 'einmal' }]), { n }]),
  )
  await Promise.all(bodies.map((body) => office.deliver(body)))
  await office.settled()
  expect(await stored('SAME')).toBe(1)
  expect(
    await one(
      `select unread_count as value from conversation c join message m on m.conversation_id = c.id
       where m.provider_id_mac = $1`,
      [office.macOf('wamid.SAME')],
    ),
  ).toBe(1)
})

test('two entries of two changes of fifty messages, and fifty statuses: none is lost', async () => {
  await office.deliver(
    payload([messagesChange(number, [{ id: 'FIRST', from: '491713921003', text: 'Hallo' }])]),
  )
  await office.settled()
  for (let n = 0; n < 50; n += 1) await answered('FIRST', `BATCHOUT${n}`)
  function fifty(prefix: string) {
    return messagesChange(
      number,
      Array.from({ length: 50 }, (_, n) => ({
        id: `${prefix}${n}`,
        from: `4917139220${String(n % 7).padStart(2, '0')}`,
        text: `Nachricht ${n}`,
      })),
    )
  }
  const statuses = statusesChange(
    number,
    Array.from({ length: 50 }, (_, n) => ({ id: `BATCHOUT${n}`, status: 'delivered' })),
  )
  const body = payload([fifty('BATCHA'), fifty('BATCHB')], [fifty('BATCHC'), fifty('BATCHD'), statuses])
  expect((await office.deliver(body)).status).toBe(200)
  await office.settled()
  expect(await stored(...['A', 'B', 'C', 'D'].flatMap((letter) => numbered(`BATCH${letter}`, 50)))).toBe(200)
  expect(
    await one(
      `select count(*)::int as value from message where provider_id_mac = any($1) and delivered_at is not null`,
      [macs('BATCHOUT', 50)],
    ),
  ).toBe(50)
})

test('an album of four parallel POSTs from a stranger is one contact and one conversation', async () => {
  function photo(n: number) {
    return change({
      contacts: [{ wa_id: '491713921004', user_id: 'DE.71000004', profile: { name: 'Neu' } }],
      messages: [
        {
          id: `wamid.ALBUM${n}`,
          from: '491713921004',
          from_user_id: 'DE.71000004',
          timestamp: wireTime(new Date()),
          type: 'image',
          image: { id: `9000000000${n}`, mime_type: 'image/jpeg' },
        },
      ],
    })
  }
  await Promise.all([0, 1, 2, 3].map((n) => office.deliver(payload([photo(n)]))))
  await office.settled()
  const { rows } = await office.database.pool.query(
    `select count(distinct c.contact_id)::int as contacts, count(distinct c.id)::int as conversations, count(*)::int as messages
     from message m join conversation c on c.id = m.conversation_id where m.provider_id_mac = any($1)`,
    [macs('ALBUM', 4)],
  )
  expect(rows).toEqual([{ contacts: 1, conversations: 1, messages: 4 }])
})

function permutations<T>(list: readonly T[]): T[][] {
  return list.length <= 1
    ? [[...list]]
    : list.flatMap((first, n) => permutations(list.toSpliced(n, 1)).map((rest) => [first, ...rest]))
}

test('every order of sent, delivered, read and failed ends the same way', async () => {
  await office.deliver(
    payload([messagesChange(number, [{ id: 'PERM', from: '491713921005', text: 'Hallo' }])]),
  )
  await office.settled()
  const orders = permutations(['sent', 'delivered', 'read', 'failed'])
  expect(orders).toHaveLength(24)
  const at = Math.floor(Date.now() / 1000) - 100
  const time: Record<string, number> = { sent: at, failed: at + 1, delivered: at + 2, read: at + 3 }
  for (const [n, order] of orders.entries()) {
    await answered('PERM', `PERMOUT${n}`)
    for (const status of order) {
      const report = {
        id: `PERMOUT${n}`,
        status,
        timestamp: time[status] ?? 0,
        ...(status === 'failed' ? { errorCode: 131026 } : {}),
      }
      await office.deliver(payload([statusesChange(number, [report])]))
    }
  }
  await office.settled()
  const { rows } = await office.database.pool.query(
    `select distinct status_sent_at, delivered_at, read_at, failed_at, error_code, send_state from message
     where provider_id_mac = any($1)`,
    [macs('PERMOUT', 24)],
  )
  function instant(status: string) {
    return new Date((time[status] ?? 0) * 1000)
  }
  expect(rows).toEqual([
    {
      status_sent_at: instant('sent'),
      delivered_at: instant('delivered'),
      read_at: instant('read'),
      failed_at: instant('failed'),
      error_code: '131026',
      send_state: 'accepted',
    },
  ])
  const clerk = await office.signIn('clerk')
  const conversation = await one<string>(
    `select conversation_id as value from message where provider_id_mac = $1`,
    [office.macOf('wamid.PERM')],
  )
  const page = await clerk.get<{ items: { direction: string; status: string }[] }>(
    `/conversations/${conversation}/messages?limit=100`,
  )
  const shown = page.body.items.filter((message) => message.direction === 'outbound')
  // Read proves that it arrived, whatever else was reported.
  expect([...new Set(shown.map((message) => message.status))]).toEqual(['read'])
})

test('a status that overtakes its message is applied when the message becomes known', async () => {
  const question = { id: 'OVERTAKEN', from: '491713921009', text: 'Hallo' }
  await office.deliver(payload([messagesChange(number, [question])]))
  await office.deliver(payload([statusesChange(number, [{ id: 'OVERTAKING', status: 'delivered' }])]))
  await office.settled()
  expect(
    await one('select count(*)::int as value from early_arrival where target_mac = $1', [
      office.macOf('wamid.OVERTAKING'),
    ]),
  ).toBe(1)
  await answered('OVERTAKEN', 'OVERTAKING')
  function delivered() {
    return one<boolean>(`select delivered_at is not null as value from message where provider_id_mac = $1`, [
      office.macOf('wamid.OVERTAKING'),
    ])
  }
  await expect.poll(delivered).toBe(true)
  expect(
    await one('select count(*)::int as value from early_arrival where target_mac = $1', [
      office.macOf('wamid.OVERTAKING'),
    ]),
  ).toBe(0)
})

test('a reaction that overtakes its message is applied with it', async () => {
  const reaction = change({
    contacts: [{ wa_id: '491713921006', profile: { name: 'Eilig' } }],
    messages: [
      {
        id: 'wamid.EARLYHEART',
        from: '491713921006',
        timestamp: wireTime(new Date()),
        type: 'reaction',
        reaction: { message_id: 'wamid.LATETEXT', emoji: '❤️' },
      },
    ],
  })
  await office.deliver(payload([reaction]))
  await office.settled()
  await office.deliver(
    payload([messagesChange(number, [{ id: 'LATETEXT', from: '491713921006', text: 'Danke' }])]),
  )
  await office.settled()
  expect(
    await one(
      `select count(*)::int as value from reaction r join message m on m.id = r.message_id
       where m.provider_id_mac = $1 and r.replaced_at is null`,
      [office.macOf('wamid.LATETEXT')],
    ),
  ).toBe(1)
})

test('one item that cannot be stored costs only itself', async () => {
  // A constraint that this one item breaks stands for whatever the database may refuse.
  await office.database.pool.query(
    `alter table message add constraint story_refuses check (provider_id_mac is distinct from '\\x${office.macOf('wamid.POISON').toString('hex')}')`,
  )
  try {
    const body = payload([
      messagesChange(number, [
        { id: 'BEFORE', from: '491713921007', text: 'davor' },
        { id: 'POISON', from: '491713921007', text: 'giftig' },
        { id: 'AFTER', from: '491713921007', text: 'danach' },
      ]),
    ])
    expect((await office.deliver(body)).status).toBe(200)
    await office.settled()
    expect(await stored('BEFORE')).toBe(1)
    expect(await stored('AFTER')).toBe(1)
    expect(await stored('POISON')).toBe(0)
    expect(await one(`select count(*)::int as value from dead_letter where code = 'defect'`)).toBe(1)
  } finally {
    await office.database.pool.query('alter table message drop constraint story_refuses')
  }
  const admin = await office.signIn('admin')
  const list = await admin.get<{ items: { id: string; code: string }[] }>('/dead-letters')
  const letter = list.body.items.find((item) => item.code === 'defect')
  expect((await admin.post(`/dead-letters/${letter?.id}/replay`)).status).toBe(202)
  await office.settled()
  expect(await stored('POISON')).toBe(1)
  expect(await stored('BEFORE')).toBe(1)
})

test('an app has one address: what comes there for its second number is kept until that channel exists, and then comes in', async () => {
  const admin = await office.signIn('admin')
  const second = '300000000000777'
  const body = payload([
    messagesChange(number, [{ id: 'OWN', from: '491713921031', text: 'an die erste' }]),
    messagesChange(second, [{ id: 'OTHER', from: '491713921031', text: 'an die zweite' }]),
  ])
  expect((await office.deliver(body)).status).toBe(200)
  await office.settled()
  expect(await stored('OWN')).toBe(1)
  const letters = await admin.get<{ items: { id: string; code: string }[] }>('/dead-letters')
  const letter = letters.body.items.find(({ code }) => code === 'unknown-number')

  const { items } = (
    await admin.get<{ items: { id: string; team: { id: string }; baseUrl: string }[] }>('/channels')
  ).body
  const [first] = items
  const { webhookHeaders } = office.demo.channel
  const made = await admin.post<{ id: string }>('/channels', {
    name: 'Zweite Nummer',
    vendor: '360dialog',
    team: first?.team.id,
    phoneNumberId: second,
    wabaId: null,
    displayPhoneNumber: '493023125077',
    baseUrl: first?.baseUrl,
    credentials: { apiKey: 'zweiter-schluessel', verifyToken: 'pruefwort-zwei', webhookHeaders },
  })
  expect(made.status).toBe(201)
  expect((await admin.post(`/dead-letters/${letter?.id}/replay`)).status).toBeLessThan(300)
  const later = payload([messagesChange(second, [{ id: 'LATER', from: '491713921031', text: 'noch eine' }])])
  expect((await office.deliver(later)).status).toBe(200)
  await office.settled()
  expect(await one('select count(*)::int as value from message where channel_id = $1', [made.body.id])).toBe(
    2,
  )
  expect(await stored('OTHER', 'LATER')).toBe(0)
})

test('messages for a disabled channel are kept, flagged, and read when it is enabled again', async () => {
  const admin = await office.signIn('admin')
  const { id } = office.demo.channel
  expect((await admin.ask('PATCH', `/api/v1/channels/${id}`, { body: { state: 'disabled' } })).status).toBe(
    200,
  )
  await expect.poll(heldAfterDelivery, { interval: 200 }).toBeGreaterThan(0)
  const intake = await admin.get<{ heldForDisabledChannels: number }>('/intake')
  expect(intake.body.heldForDisabledChannels).toBe(
    await one('select count(*)::int as value from webhook_event where held'),
  )
  expect((await admin.ask('PATCH', `/api/v1/channels/${id}`, { body: { state: 'enabled' } })).status).toBe(
    200,
  )
  await office.settled()
  const held = await one('select count(*)::int as value from webhook_event where held')
  expect(held).toBe(0)
  expect(await stored(...numbered('HELD', sent))).toBe(sent)
})

let sent = 0
async function heldAfterDelivery(): Promise<number> {
  const body = payload([
    messagesChange(number, [{ id: `HELD${sent}`, from: '491713921008', text: 'gehalten' }]),
  ])
  expect((await office.deliver(body)).status).toBe(200)
  sent += 1
  return one('select count(*)::int as value from webhook_event where held')
}
