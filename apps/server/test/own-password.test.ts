import { createAccount, hashPassword } from '@buergerdraht/office'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
let now = new Date('2026-11-23T08:00:00Z')
const old = 'neun blaue Hunde im Wald'
/** No trimming, no cutting, signs of any alphabet: it is hashed as it was typed. */
const chosen = '  Sieben graue Esel am Deich ßß 🐴 über Nacht '

beforeAll(async () => {
  office = await StoryOffice.prepare({ now: () => now })
  await office.startApi()
})
afterAll(() => office.close())

let count = 0
/** Somebody of the test's own, signed in. */
async function person(): Promise<{ email: string; visitor: Visitor }> {
  count += 1
  const email = `person${count}@musterstadt.example`
  const { prisma } = office.database
  const account = { email, displayName: 'Nele Unruh', role: 'clerk', teamIds: [] } as const
  await createAccount({ prisma, now: () => now }, { ...account, passwordHash: await hashPassword(old) })
  const visitor = new Visitor(office.baseUrl)
  expect((await visitor.signIn(email, old)).status).toBe(200)
  return { email, visitor }
}

function change(visitor: Visitor, current: string, password: string) {
  return visitor.put('/own-password', { current, password })
}

describe('one’s own password', () => {
  test('is changed with the current one, stays as it was typed, and ends every other session', async () => {
    const { email, visitor } = await person()
    const elsewhere = new Visitor(office.baseUrl)
    await elsewhere.signIn(email, old)
    expect((await change(visitor, old, chosen)).status).toBe(204)
    expect((await visitor.get('/session')).status).toBe(200)
    expect((await elsewhere.get('/session')).status).toBe(401)
    expect((await new Visitor(office.baseUrl).signIn(email, old)).status).toBe(401)
    expect((await new Visitor(office.baseUrl).signIn(email, chosen.trim())).status).toBe(401)
    expect((await new Visitor(office.baseUrl).signIn(email, chosen)).status).toBe(200)
    const { rows } = await office.database.pool.query(
      `select e.facts from audit_entry e join account a on a.id = e.object_id where e.act = 'account-changed' and a.email = $1`,
      [email],
    )
    expect(rows).toEqual([{ facts: { change: 'own-password', sessions: 1 } }])
  })

  test('is not changed without the current one, and guessing at it is slowed down', async () => {
    const { email, visitor } = await person()
    expect(await change(visitor, 'not the password', chosen)).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'current' }] },
    })
    for (let guess = 0; guess < 9; guess += 1) await change(visitor, `guess ${guess}`, chosen)
    expect(await change(visitor, old, chosen)).toMatchObject({ body: { code: 'too-many-requests' } })
    await office.database.pool.query('truncate sign_in_failure')
    const { rows } = await office.database.pool.query(
      `select e.facts from audit_entry e join account a on a.id = e.actor_id where e.act = 'step-up-failed' and a.email = $1`,
      [email],
    )
    expect(rows).toEqual(Array(10).fill({ facts: { reason: 'wrong-credentials' } }))
    expect((await new Visitor(office.baseUrl).signIn(email, old)).status).toBe(200)
  })

  test.each(['kurz', 'passwordpassword', 'NeleUnruh1234'])('is not changed to %s', async (easy) => {
    const { visitor } = await person()
    expect(await change(visitor, old, easy)).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'password' }] },
    })
  })

  test('wants that it was shown lately who sits there', async () => {
    const { visitor } = await person()
    now = new Date(now.getTime() + 6 * 60_000)
    expect(await change(visitor, old, chosen)).toMatchObject({ body: { code: 'step-up-required' } })
  })

  test('of two changes at once one holds', async () => {
    const { email, visitor } = await person()
    const other = new Visitor(office.baseUrl)
    await other.signIn(email, old)
    const answers = await Promise.all([change(visitor, old, chosen), change(other, old, `${chosen}!`)])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    const works = await Promise.all(
      [chosen, `${chosen}!`].map(
        async (one) => (await new Visitor(office.baseUrl).signIn(email, one)).status,
      ),
    )
    expect(works.toSorted()).toEqual([200, 401])
  })

  test('is none where somebody signs in with the sign-in service alone', async () => {
    const { email, visitor } = await person()
    expect((await visitor.get<{ password: boolean }>('/second-factors')).body.password).toBe(true)
    await office.database.pool.query('update account set password_hash = null where email = $1', [email])
    expect((await visitor.get<{ password: boolean }>('/second-factors')).body.password).toBe(false)
    expect(await change(visitor, old, chosen)).toMatchObject({ status: 409, body: { code: 'no-password' } })
  })
})
