import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await StoryOffice.prepare({ environment: { TRUSTED_PROXIES: '127.0.0.0/8' } })
  await office.startApi()
})
afterAll(() => office.close())

test('two hundred networks that guess do not keep out whoever has signed in with this browser before', async () => {
  const login = office.demo.logins.find(({ role }) => role === 'clerk')
  if (login === undefined) throw new Error('There is no clerk.')
  const colleague = new Visitor(office.baseUrl)
  const first = await colleague.signIn(login.email, login.password)
  const device = first.headers.getSetCookie()[1]?.split(';')[0] ?? ''

  let guessing = true
  const answers: number[] = []
  const guessers = Array.from({ length: 200 }, async (_, n) => {
    while (guessing) {
      const response = await fetch(`${office.baseUrl}/api/v1/session`, {
        method: 'POST',
        headers: {
          origin: office.baseUrl,
          'content-type': 'application/json',
          'x-forwarded-for': `203.0.113.${n}`,
        },
        body: JSON.stringify({ email: `guess.${n}@musterstadt.example`, password: 'guess guess guess' }),
      })
      await response.body?.cancel()
      answers.push(response.status)
    }
  })
  await expect.poll(() => answers.includes(429)).toBe(true)
  const statuses: number[] = []
  for (let times = 0; times < 5; times += 1) {
    colleague.cookie = device
    statuses.push((await colleague.signIn(login.email, login.password)).status)
  }
  guessing = false
  await Promise.all(guessers)
  expect(statuses).toEqual([200, 200, 200, 200, 200])
})
