import { benchSettings } from './bench-settings.ts'
import { measureBusyDesk } from './busy-desk.ts'
import { percentile } from './http-load.ts'
import { measureOfficeHour } from './office-hour.ts'
import { apiPort, type BenchOffice, clerk, openBenchOffice } from './office-processes.ts'
import { type Figure, print } from './report.ts'
import { probes, seedMessages } from './seed-messages.ts'

const sizes = benchSettings.sizes ?? [10_000, 100_000, 1_000_000]
const times = 30
const base = `http://127.0.0.1:${apiPort}`

async function signIn(): Promise<string> {
  const answer = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify(clerk),
  })
  if (answer.status !== 200) throw new Error(`Signing in was answered with ${answer.status}.`)
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

type Asked = { readonly path: string; readonly body?: object }

/** Before the clock runs: a desk that has been open for a minute is warm. */
const warmUp = 10

/** How long so many requests take, each read to the end, after some that do not count. */
async function timesOf(cookie: string, asked: readonly Asked[]): Promise<number[]> {
  const taken: number[] = []
  for (let n = -warmUp; n < times; n += 1) {
    const startedAt = performance.now()
    const { path, body } = asked[(n + warmUp) % asked.length] as Asked
    const answer = await fetch(`${base}/api/v1${path}`, {
      headers: { cookie, origin: base, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    await answer.arrayBuffer()
    if (n >= 0) taken.push(performance.now() - startedAt)
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`)
  }
  return taken
}

function p95(taken: readonly number[]): number {
  return percentile(
    taken.toSorted((a, b) => a - b),
    0.95,
  )
}

/** Row-level security of all tables, on or off: what it costs is measured on the same rows, a moment apart. */
async function secureRows(pool: BenchOffice['database']['pool'], on: boolean): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select distinct tablename as name from pg_policies where schemaname = 'public'`,
  )
  for (const { name } of rows) {
    await pool.query(`alter table ${name} ${on ? 'enable' : 'disable'} row level security`)
  }
}

const searches: Readonly<Record<string, string>> = {
  'search: a word in every third message': probes.common,
  'search: a word in one of two hundred': probes.middling,
  'search: a rare word': probes.rare,
  'search: a common and a rare word': `${probes.common} ${probes.rare} `,
  'search: the beginning of a word': probes.middling.slice(0, 5),
  'search: a phrase': `"${probes.common} ${probes.common}"`,
  'search: a name and a word': `${probes.middling} ${probes.common} `,
  'search: the end of a number': '0711',
  'search: nothing like it': 'gibtesnicht',
}

const office = await openBenchOffice()
const before = new Map<string, number>()
try {
  await office.start('api')
  const cookie = await signIn()
  let seeded = 0
  for (const size of sizes) {
    const ids = await seedMessages(office, seeded, size)
    seeded = size
    const requests: Record<string, readonly Asked[]> = {
      'conversation list, who waits longest': [{ path: '/conversations?limit=30' }],
      'conversation list, newest, all': [{ path: '/conversations?status=all&order=latest&limit=30' }],
      counts: [{ path: '/counts' }],
      'thread page': ids.slice(-40).map((id) => ({ path: `/conversations/${id}/messages?limit=50` })),
      ...Object.fromEntries(
        Object.entries(searches).map(([name, q]) => [name, [{ path: '/conversations/search', body: { q } }]]),
      ),
    }
    const figures: Figure[] = []
    for (const [name, paths] of Object.entries(requests)) {
      const taken = { unsecured: [] as number[], secured: [] as number[] }
      // Whatever else the machine does in a moment, it does to both.
      for (const round of ['unsecured', 'secured', 'secured', 'unsecured'] as const) {
        await secureRows(office.database.pool, round === 'secured')
        taken[round].push(...(await timesOf(cookie, paths)))
      }
      await secureRows(office.database.pool, true)
      const value = p95(taken.secured)
      figures.push({
        name: `${name}: p95`,
        value,
        unit: 'ms',
        goal: { max: name.startsWith('search') ? 80 : 30 },
      })
      const ratio = {
        name: '  to without row-level security',
        value: value / p95(taken.unsecured),
        unit: '×',
      }
      figures.push({ ...ratio, goal: { max: 1.15 } })
      const known = before.get(name)
      if (known !== undefined) figures.push({ name: '  to the size before', value: value / known, unit: '×' })
      before.set(name, value)
    }
    print(`The desk with ${size.toLocaleString('en')} messages`, figures)
  }
  await measureBusyDesk(office)
} finally {
  await office.close()
}

const hour = await openBenchOffice()
try {
  await hour.start('api')
  await measureOfficeHour(hour)
} finally {
  await hour.close()
}
