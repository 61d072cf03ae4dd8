import type { Role } from '@buergerdraht/contract'
import { createDatabase, type Database } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  asViewer,
  type Change,
  type Changing,
  change,
  newId,
  type Viewer,
  withOwnRights,
} from '../src/index.ts'

let database: Database
let office: Changing
let close: () => Promise<void>
let notified = 0
const teams: string[] = []
const matters: string[] = []
const accountId = newId(new Date())

function viewer(role: Role, teamIds: readonly string[] = [teams[0] ?? '']): Viewer {
  return { accountId, displayName: 'Frau Yılmaz', role, teamIds }
}

beforeAll(async () => {
  const made = await createTestDatabase()
  // One connection: what a viewer's transaction leaves behind is what the next one finds.
  database = createDatabase(made.url, { as: 'api', maxConnections: 1 })
  office = {
    ...database,
    now: () => new Date(),
    notify: async () => {
      notified += 1
    },
  }
  const everything = createDatabase(made.url, { maxConnections: 1 })
  for (const name of ['Bürgeramt', 'Standesamt']) {
    const { id: teamId } = await everything.prisma.team.create({ data: { name } })
    teams.push(teamId)
    const at = new Date()
    const [channelId, contactId, id, keyId] = [newId(at), newId(at), newId(at), newId(at)]
    await everything.prisma.channel.create({
      data: {
        id: channelId,
        vendor: 'meta',
        name,
        teamId,
        phoneNumberId: channelId,
        displayPhoneNumber: '',
        baseUrl: '',
        keyId,
        credentialsSealed: new Uint8Array(1),
      },
    })
    await everything.prisma.contact.create({
      data: { id: contactId, channelId, keyId, shape: 0, createdAt: at },
    })
    await everything.prisma.conversation.create({
      data: { id, channelId, contactId, teamId, keyId, openedAt: at, lastMessageAt: at },
    })
    matters.push(id)
  }
  close = async () => {
    await everything.close()
    await database.close()
    await made.drop()
  }
})
afterAll(() => close())
beforeEach(() => {
  notified = 0
})

async function seen({ tx, client }: Change): Promise<{ prisma: string[]; sql: string[] }> {
  const rows = await tx.conversation.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  const { rows: same } = await client.query<{ id: string }>('select id from conversation order by id')
  return { prisma: rows.map(({ id }) => id), sql: same.map(({ id }) => id) }
}

async function rightsOf({ client }: Change): Promise<unknown> {
  const { rows } = await client.query(
    `select current_user as role, coalesce(current_setting('app.teams', true), '') as teams`,
  )
  return rows[0]
}

test('clerks and leads see the conversations of their teams, through either client, without asking for them', async () => {
  for (const role of ['clerk', 'team-lead'] as const) {
    expect(await asViewer(office, viewer(role), seen)).toEqual({ prisma: [matters[0]], sql: [matters[0]] })
  }
  const both = await asViewer(office, viewer('clerk', teams), seen)
  expect(both.sql).toEqual([...matters].sort())
  expect(await asViewer(office, viewer('clerk', []), seen)).toEqual({ prisma: [], sql: [] })
})

test.each(['records', 'dpo', 'admin', 'auditor'] as const)(
  '%s reads no content, whatever teams the account has',
  async (role) => {
    for (const column of [
      'message.content_sealed',
      'contact_identity.value_sealed',
      'data_key.wrapped',
      'channel.credentials_sealed',
    ]) {
      const [table] = column.split('.')
      await expect(
        asViewer(office, viewer(role, teams), ({ client }) => client.query(`select ${column} from ${table}`)),
      ).rejects.toMatchObject({ code: '42501' })
    }
  },
)

test('both clients are in one transaction: what one writes the other reads, and a failure takes both back', async () => {
  const failing = asViewer(office, viewer('clerk'), async (changing) => {
    const { tx, client, publish, afterCommit } = changing
    await tx.conversation.update({ where: { id: matters[0] ?? '' }, data: { unreadCount: 7 } })
    const { rows } = await client.query('select unread_count from conversation where unread_count = 7')
    expect(rows).toHaveLength(1)
    await client.query('update conversation set unread_count = 8 where id = $1', [matters[0]])
    expect(await tx.conversation.count({ where: { unreadCount: 8 } })).toBe(1)
    publish({ type: 'conversation.changed', teamId: teams[0] ?? null, conversationId: null, messageId: null })
    afterCommit(() => expect.unreachable())
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(notified).toBe(0)
  expect(
    await asViewer(office, viewer('clerk'), ({ tx }) => tx.conversation.count({ where: { unreadCount: 0 } })),
  ).toBe(1)
})

test('what is published is there with the commit, and told after it', async () => {
  const told: string[] = []
  await asViewer(office, viewer('clerk'), async ({ publish, afterCommit }) => {
    publish({ type: 'conversation.changed', teamId: teams[0] ?? null, conversationId: null, messageId: null })
    afterCommit(() => void told.push('committed'))
  })
  expect(told).toEqual(['committed'])
  expect(notified).toBe(1)
  expect(await database.prisma.liveEvent.count()).toBe(1)
})

test('nobody publishes to another team', async () => {
  const foreign = asViewer(office, viewer('clerk'), async ({ publish }) => {
    publish({ type: 'conversation.changed', teamId: teams[1] ?? null, conversationId: null, messageId: null })
  })
  await expect(foreign).rejects.toMatchObject({ code: '42501' })
})

test('the connection forgets its viewer, after a success and after a failure', async () => {
  await asViewer(office, viewer('clerk'), seen)
  expect(await change(office, rightsOf)).toEqual({ role: 'buergerdraht_api', teams: '' })
  await asViewer(office, viewer('clerk'), ({ client }) => client.query('select 1/0')).catch(() => {})
  expect(await change(office, rightsOf)).toEqual({ role: 'buergerdraht_api', teams: '' })
})

test('with its own rights the program does in the same transaction what the viewer may not', async () => {
  const found = await asViewer(office, viewer('admin'), async (changing) => {
    const own = await withOwnRights(changing, async () => {
      const { rows } = await changing.client.query('select credentials_sealed from channel')
      return { rows: rows.length, rights: await rightsOf(changing) }
    })
    return { own, after: await rightsOf(changing) }
  })
  expect(found).toMatchObject({
    own: { rows: 2, rights: { role: 'buergerdraht_api' } },
    after: { role: 'buergerdraht_technical' },
  })
})

test('what is no id does not get into a statement', async () => {
  const evil = viewer('clerk', ["}'; reset role; --"])
  await expect(asViewer(office, evil, seen)).rejects.toThrow('named by their ids')
})
