import { Refusal } from '@buergerdraht/contract'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Keys, newKeyEncryptionKey, type OfficeContext } from '../src/index.ts'
import { expireSignInFailures, type SignInAttempt, withinSignInLimit } from '../src/sign-in/sign-in-limit.ts'

let office: Pick<OfficeContext, 'pool' | 'keys' | 'now'>
let now = new Date('2026-11-16T12:00:05Z')
let close: () => Promise<void>
beforeAll(async () => {
  const made = await createTestDatabase()
  const database = createDatabase(made.url)
  const key = newKeyEncryptionKey()
  const keys = await Keys.open(database.pool, async () => [key])
  office = { pool: database.pool, keys, now: () => now }
  close = async () => {
    await database.close()
    await made.drop()
  }
})
beforeEach(async () => {
  await office.pool.query('truncate sign_in_failure')
})
afterAll(() => close())

async function wrong(): Promise<never> {
  throw new Refusal('wrong-credentials')
}
async function right(): Promise<void> {}

function codeOf(who: SignInAttempt, attempt: () => Promise<void>): Promise<string> {
  return withinSignInLimit(office, who, attempt).then(
    () => 'signed-in',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
}

/** How many of so many wrong guesses at once were looked at. */
async function guesses(count: number, who: (n: number) => Partial<SignInAttempt>): Promise<number> {
  const nobody = { email: 'a@x', address: '203.0.113.1', device: null }
  const codes = await Promise.all(
    Array.from({ length: count }, (_, n) => codeOf({ ...nobody, ...who(n) }, wrong)),
  )
  return codes.filter((code) => code === 'wrong-credentials').length
}

describe('admits at most, however many guess at once', () => {
  test.each<[string, number, number, (n: number) => Partial<SignInAttempt>]>([
    ['ten for an account from one network', 10, 20, () => ({})],
    ['ten from one IPv6 network', 10, 20, (n) => ({ address: `2001:db8:1:2::${n}` })],
    ['fifty for an account from everywhere', 50, 60, (n) => ({ address: `198.51.100.${n}` })],
    ['a hundred from one network for all accounts', 100, 110, (n) => ({ email: `${n}@x` })],
    ['ten from a browser that is known', 10, 20, () => ({ device: 'own' })],
  ])('%s', async (_name, max, count, who) => {
    expect(await guesses(count, who)).toBe(max)
  })
})

test('nobody locks out a colleague whose browser is known, and what is refused counts nowhere else', async () => {
  const stranger = { email: 'a@x', address: '203.0.113.1', device: null }
  for (let round = 0; round < 6; round += 1) await guesses(20, () => ({}))
  expect(await codeOf(stranger, right)).toBe('too-many-requests')
  expect(await codeOf({ ...stranger, address: '192.0.2.1' }, right)).toBe('signed-in')
  await guesses(60, (n) => ({ address: `198.51.100.${n}` }))
  expect(await codeOf({ ...stranger, address: '192.0.2.1' }, right)).toBe('too-many-requests')
  expect(await codeOf({ ...stranger, device: 'own' }, right)).toBe('signed-in')
})

test('a success takes back what was counted, and so does an attempt that could not be looked at', async () => {
  const who = { email: 'a@x', address: '203.0.113.1', device: null }
  await guesses(9, () => ({}))
  expect(await codeOf(who, right)).toBe('signed-in')
  expect(await guesses(9, () => ({}))).toBe(9)
  for (let n = 0; n < 20; n += 1) {
    expect(
      await codeOf(who, async () => {
        throw new Refusal('too-many-requests')
      }),
    ).toBe('too-many-requests')
  }
  expect(await codeOf(who, right)).toBe('signed-in')
})

test('a quarter of an hour forgets, a clock that was set back does not last, and nothing personal is kept', async () => {
  const who = { email: 'kanarie@x', address: '203.0.113.99', device: null }
  for (let n = 0; n < 10; n += 1) await codeOf(who, wrong)
  expect(await codeOf(who, right)).toBe('too-many-requests')
  const { rows } = await office.pool.query<{ row: string }>('select f::text as row from sign_in_failure f')
  expect(rows).toHaveLength(3)
  for (const { row } of rows) expect(row).not.toMatch(/kanarie|203\.0\.113|6b616e61726965/)
  const later = new Date(office.now().getTime() + 15 * 60_000)
  const before = new Date(office.now().getTime() - 60_000)
  now = before
  expect(await codeOf(who, right)).toBe('signed-in')
  now = later
  expect(await codeOf(who, right)).toBe('signed-in')
  expect(await expireSignInFailures(office)).toBe(3)
})
