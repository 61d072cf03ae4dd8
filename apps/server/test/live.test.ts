import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { type Role, roles } from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRedis } from '../../../testing/start-redis.ts'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

const fanOuts = [
  ['PostgreSQL', false],
  ['Redis', true],
] as const

async function openStreams({ baseUrl }: StoryOffice): Promise<number> {
  const metrics = await (await fetch(`${baseUrl}/metrics`)).text()
  return Number(/^buergerdraht_live_streams (\d+)$/m.exec(metrics)?.[1])
}

describe.each(fanOuts)('live events through %s', (_name, withRedis) => {
  let redis: Awaited<ReturnType<typeof startRedis>> | null = null
  let office: StoryOffice
  let clerk: Visitor
  let team = ''
  let otherTeam = ''

  beforeAll(async () => {
    redis = withRedis ? await startRedis() : null
    office = await StoryOffice.prepare(redis === null ? {} : { redisUrl: redis.url })
    await office.startApi()
    clerk = await office.signIn('clerk')
    const teams = await office.database.prisma.team.findMany()
    team = teams.find(({ name }) => name === 'Bürgeramt')?.id ?? ''
    otherTeam = teams.find(({ name }) => name === 'Ordnungsamt')?.id ?? ''
  })
  afterAll(async () => {
    await office.close()
    await redis?.stop()
  })

  /** As a use case does: rows in a transaction, the notification after it. */
  async function publish(
    count: number,
    type = 'message.stored',
    teamId: string | null = team,
  ): Promise<string> {
    const messageIds = Array.from({ length: count }, () => randomUUID())
    const teams = messageIds.map(() => teamId)
    await office.database.pool.query('select publish($1, $2, $3, $4, $5, now())', [
      messageIds.map(() => type),
      teams,
      messageIds,
      messageIds,
      messageIds.map(() => true),
    ])
    await office.api?.notify()
    return messageIds.at(-1) ?? ''
  }

  test('reach a browser within a blink, and only those of its team', async () => {
    const mine = await EventReader.open(clerk)
    const theirs = await EventReader.open(await office.signIn('clerk', 1))
    const lead = await EventReader.open(await office.signIn('team-lead'))
    const messageId = await publish(1)
    await mine.until(() => mine.events.length === 1)
    await lead.until(() => lead.events.length === 1)
    expect(mine.events[0]).toMatchObject({ type: 'message.stored', messageId, inbound: true })
    const foreignId = await publish(1, 'message.stored', otherTeam)
    await theirs.until(() => theirs.events.length === 1)
    expect(theirs.events.map((event) => event.messageId)).toEqual([foreignId])
    expect(mine.events).toHaveLength(1)
    for (const reader of [mine, theirs, lead]) reader.close()
  })

  test('are followed by a sign of life, which is an event that a page can hear', async () => {
    const quiet = await EventReader.open(await office.signIn('auditor'))
    await quiet.until(() => quiet.heartbeats > 0)
    expect(quiet.events).toEqual([])
    quiet.close()
  })

  test('tell each role what concerns it: staff their teams, administrators channels, who sees proposals that one has changed', async () => {
    const expected = {
      admin: ['channel.changed', 'decision.changed'],
      dpo: ['decision.changed'],
      records: ['decision.changed'],
      auditor: ['decision.changed'],
      'team-lead': ['message.stored', 'message.stored', 'conversation.changed'],
      clerk: ['message.stored', 'message.stored', 'conversation.changed'],
    } as const
    const readers = new Map<Role, EventReader>()
    for (const role of roles) readers.set(role, await EventReader.open(await office.signIn(role)))
    await publish(2)
    await publish(1, 'channel.changed', null)
    await publish(1, 'conversation.changed')
    await office.database.pool.query(
      `select publish('{decision.changed}', '{null}', '{null}', '{null}', '{false}', now())`,
    )
    await office.api?.notify()
    for (const [role, reader] of readers)
      await reader.until(() => reader.events.length >= expected[role].length)
    const heard = [...readers].map(([role, { events }]) => [role, events.map(({ type }) => type)])
    expect(Object.fromEntries(heard)).toEqual(expected)
    for (const reader of readers.values()) reader.close()
  })

  test('tell that something is proposed and decided, once each and without saying what, to whoever sees proposals', async () => {
    const dpo = await office.signIn('dpo')
    const reader = await EventReader.open(dpo)
    const own = await EventReader.open(clerk)
    const asked = await clerk.post<{ id: string }>('/emergency-access', {
      teamId: otherTeam,
      reason: 'danger',
      minutes: 30,
    })
    expect(asked.status).toBe(201)
    await reader.until(() => reader.events.length > 0)
    const { body } = await dpo.get<{ items: { id: string; state: string }[] }>('/proposals')
    const [proposal] = body.items.filter(({ state }) => state === 'open')
    expect((await dpo.post(`/proposals/${proposal?.id}/approval`)).status).toBe(200)
    await reader.until(() => reader.events.length > 1)
    for (const event of reader.events)
      expect(event).toEqual({
        id: expect.any(String),
        type: 'decision.changed',
        conversationId: null,
        messageId: null,
        inbound: false,
        at: expect.any(String),
      })
    expect(reader.events).toHaveLength(2)
    expect(own.events).toEqual([])
    const more = office.database.pool.query(
      `insert into live_event (type, team_id, inbound, at) values ('decision.changed', $1, false, now())`,
      [team],
    )
    await expect(more).rejects.toThrow('live_event_decision')
    reader.close()
    own.close()
  })

  test('resume without a gap and without a repetition, over a reconnection and a restart of the API', async () => {
    const seen: string[] = []
    let reader = await EventReader.open(clerk)
    const expected: string[] = []
    for (let round = 0; round < 6; round += 1) {
      const before = await publish(7)
      expected.push(before)
      if (round === 2) {
        const half = expected.length
        await reader.until(() => reader.events.length >= 7 * half - seen.length)
      }
      if (round === 3) {
        await office.stopApi()
        // A restart that takes its time: what is published meanwhile must not be missed either.
        await office.database.pool.query('select publish($1, $2, $3, $4, $5, now())', [
          ['message.changed'],
          [team],
          [null],
          [null],
          [false],
        ])
        await office.startApi()
      } else reader.close()
      const { events, lastEventId } = reader
      seen.push(...events.map((event) => event.id))
      reader = await EventReader.open(clerk, lastEventId)
    }
    await reader.until(() => seen.length + reader.events.length >= 43)
    const ids = [...seen, ...reader.events.map((event) => event.id)]
    const { rows } = await office.database.pool.query<{ id: string }>(
      'select id from live_event where team_id = $1 and id >= $2 order by id',
      [team, ids[0]],
    )
    expect(ids).toEqual(rows.map(({ id }) => id))
    expect(new Set(ids).size).toBe(43)
    reader.close()
  })

  test('a stream that joins while much is published misses nothing', async () => {
    const first = await EventReader.open(clerk)
    const from = first.lastEventId
    const writing = (async () => {
      for (let batch = 0; batch < 30; batch += 1) await publish(40)
    })()
    const readers: EventReader[] = []
    for (let joined = 0; joined < 5; joined += 1) readers.push(await EventReader.open(clerk, from))
    await writing
    for (const reader of [first, ...readers]) {
      await reader.until(() => reader.events.length >= 1200)
      const positions = reader.events.map((event) => BigInt(event.id))
      expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)))
      expect(new Set(positions).size).toBe(1200)
      reader.close()
    }
  })

  test('say reset for a position that is gone, foreign or from the future', async () => {
    await publish(5)
    const { rows } = await office.database.pool.query<{ max: string }>('select max(id) from live_event')
    const newest = rows[0]?.max ?? '0'
    for (const position of ['99999999999', '9223372036854775808', 'nonsense']) {
      const reader = await EventReader.open(clerk, position)
      await reader.until(() => reader.events.length > 0)
      expect(reader.events[0]).toMatchObject({ type: 'reset', id: newest })
      reader.close()
    }
    await office.database.pool.query('delete from live_event where id <= $1', [BigInt(newest) - 2n])
    const tooOld = await EventReader.open(clerk, String(BigInt(newest) - 3n))
    await tooOld.until(() => tooOld.events.length > 0)
    expect(tooOld.events[0]?.type).toBe('reset')
    tooOld.close()
    const exact = await EventReader.open(clerk, String(BigInt(newest) - 2n))
    await exact.until(() => exact.lastEventId === newest)
    expect(exact.events.every(({ type }) => type !== 'reset')).toBe(true)
    exact.close()
  })

  test('end when the session is over', async () => {
    const visitor = await office.signIn('team-lead')
    const reader = await EventReader.open(visitor)
    await visitor.delete('/session')
    await reader.until(() => reader.ended)
    expect((await EventReader.open(visitor)).status).toBe(401)
  })

  test('say reset when somebody’s teams change, and follow the change', async () => {
    const visitor = await office.signIn('clerk', 1)
    const reader = await EventReader.open(visitor)
    const { email } = office.demo.logins.filter(({ role }) => role === 'clerk')[1] ?? { email: '' }
    const { id: accountId } = await office.database.prisma.account.findUniqueOrThrow({ where: { email } })
    await office.database.prisma.teamMember.create({ data: { accountId, teamId: team } })
    await reader.until(() => reader.events.some(({ type }) => type === 'reset'))
    const messageId = await publish(1)
    await reader.until(() => reader.events.some((event) => event.messageId === messageId))
    await office.database.prisma.teamMember.delete({
      where: { accountId_teamId: { accountId, teamId: team } },
    })
    reader.close()
  })

  test('are limited to twelve streams an account', async () => {
    // Those of the tests before count until the server has noticed that they are closed.
    await expect.poll(() => openStreams(office)).toBe(0)
    const visitor = await office.signIn('auditor')
    const readers: EventReader[] = []
    for (let stream = 0; stream < 12; stream += 1) readers.push(await EventReader.open(visitor))
    expect(readers.map(({ status }) => status)).toEqual(Array(12).fill(200))
    expect((await EventReader.open(visitor)).status).toBe(429)
    for (const reader of readers) reader.close()
  })
})

describe('a browser that does not read', () => {
  let office: StoryOffice
  beforeAll(async () => {
    office = await StoryOffice.prepare()
    await office.startApi()
  })
  afterAll(() => office.close())

  test('is dropped, and costs the others nothing', async () => {
    const clerk = await office.signIn('clerk')
    const team = await office.database.prisma.team.findUniqueOrThrow({ where: { name: 'Bürgeramt' } })
    const reader = await EventReader.open(clerk)
    const deaf = connect(Number(new URL(office.baseUrl).port), '127.0.0.1')
    deaf.on('error', () => {})
    deaf.pause()
    deaf.write(`GET /api/v1/events HTTP/1.1\r\nHost: x\r\nCookie: ${clerk.cookie}\r\n\r\n`)
    await expect.poll(() => openStreams(office)).toBe(2)
    const many = 5000
    for (let batch = 0; batch < 12; batch += 1) {
      await office.database.pool.query(
        `select publish(array_fill('message.stored'::text, $2), array_fill($1::uuid, $2), array_fill($1::uuid, $2),
           array_fill($1::uuid, $2), array_fill(true, $2), now())`,
        [team.id, [many]],
      )
    }
    await reader.until(() => reader.events.length === 12 * many)
    await expect.poll(() => openStreams(office)).toBe(1)
    deaf.destroy()
    reader.close()
  })
})

describe('a change notifier that has lost its connection', () => {
  let office: StoryOffice
  beforeAll(async () => {
    office = await StoryOffice.prepare()
    await office.startApi()
  })
  afterAll(() => office.close())

  test('is connected again, and what was missed is told', async () => {
    const clerk = await office.signIn('clerk')
    const reader = await EventReader.open(clerk)
    const team = await office.database.prisma.team.findUniqueOrThrow({ where: { name: 'Bürgeramt' } })
    await office.database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'buergerdraht-live' and datname = current_database()",
    )
    await office.database.pool.query(
      "select publish('{message.stored}', $1, '{null}', '{null}', '{true}', now())",
      [[team.id]],
    )
    await reader.until(() => reader.events.length === 1)
    reader.close()
  })
})
