import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await StoryOffice.prepare({ environment: { DATABASE_CONNECTIONS: '2' } })
  await office.startApi()
})
afterAll(() => office.close())

const stopped: number[] = []
function resume() {
  for (const pid of stopped.splice(0)) process.kill(pid, 'SIGCONT')
}
afterEach(resume)

async function backendsOf(applicationName: string): Promise<number[]> {
  const { rows } = await office.database.pool.query<{ pid: number }>(
    'select pid from pg_stat_activity where application_name = $1 and datname = current_database()',
    [applicationName],
  )
  return rows.map(({ pid }) => pid)
}

/** Stops the server's own processes behind these connections: nothing is refused, nothing is closed, nobody answers. */
async function hang(applicationName: string): Promise<number[]> {
  // The listener comes back a while after its connection was lost.
  await expect.poll(async () => (await backendsOf(applicationName)).length).toBeGreaterThan(0)
  const pids = await backendsOf(applicationName)
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  stopped.push(...pids)
  return pids
}

async function ready() {
  const response = await fetch(`${office.baseUrl}/health/ready`)
  return { status: response.status, body: await response.json() }
}

async function metrics(): Promise<string> {
  return (await fetch(`${office.baseUrl}/metrics`)).text()
}

test('a database that hangs is noticed: webhooks are refused, probes say so, and all is well when it is back', async () => {
  // Both connections are open: no third one could answer.
  await expect
    .poll(async () => {
      await Promise.all(Array.from({ length: 8 }, ready))
      return backendsOf('buergerdraht-api')
    })
    .toHaveLength(2)
  // The channel is known from now on: what comes next waits in the intake.
  expect((await office.deliver('{"n": 0}')).status).toBe(200)
  await hang('buergerdraht-api')
  const answers = await Promise.all([
    office.deliver('{"n": 1}'),
    office.deliver('{"n": 2}'),
    office.deliver('{"n": 3}'),
    ready(),
    metrics(),
  ])
  expect(answers.slice(0, 3).map((answer) => (answer as Response).status)).toEqual([503, 503, 503])
  expect(answers[3]).toEqual({ status: 503, body: { status: 'not-ready', reason: 'database-down' } })
  expect(answers[4]).toMatch(/^buergerdraht_database_up 0$/m)
  expect(answers[4]).toMatch(/^buergerdraht_database_connections\{state="allowed"\} 2$/m)
  resume()
  await expect.poll(async () => (await ready()).status).toBe(200)
  expect((await office.deliver('{"n": 1}')).status).toBe(200)
})

test('the listener for live updates notices that its connection is silent', async () => {
  const [silent] = await hang('buergerdraht-live')
  async function listener(): Promise<number | undefined> {
    return (await backendsOf('buergerdraht-live')).find((pid) => pid !== silent)
  }
  await expect.poll(listener, { interval: 500 }).toBeDefined()
  const reader = await EventReader.open(await office.signIn('clerk'))
  const team = await office.database.prisma.team.findFirst({ where: { name: 'Bürgeramt' } })
  await office.database.pool.query(
    `select publish('{message.stored}', array[$1::uuid], '{null}', '{null}', '{t}', now())`,
    [team?.id],
  )
  await reader.until(() => reader.events.length === 1)
  reader.close()
})
