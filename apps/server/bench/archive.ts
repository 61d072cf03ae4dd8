import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversation } from '@buergerdraht/contract'
import { chatDocument, leadOnce, preparePackage, type SealingArchive } from '@buergerdraht/custody'
import type { Inbox } from '@buergerdraht/inbox'
import { addFile, archiveOf, closeAll, file, firstMessages } from './bench-archive.ts'
import { BenchClerk } from './bench-clerks.ts'
import { benchSettings } from './bench-settings.ts'
import { percentile } from './http-load.ts'
import { type BenchOffice, clerk, finderIsThrough, memoryOf, openBenchOffice } from './office-processes.ts'
import { type Figure, print } from './report.ts'
import { seedMessages } from './seed-messages.ts'

/**
 * Matters of three messages and a picture; `BENCH_SIZES` says how many, and how many further ones the office's own worker seals with their documents while a
 * clerk works. A tenth as many are sealed before, to see what grows. Few suffice where a document is drawn of each.
 */
const [matters = 2000, besideClerk = 150] = benchSettings.sizes ?? []
const seconds = benchSettings.seconds ?? 15
const tenth = Math.floor(matters / 10)
const drawn = Math.max(20, Math.floor(matters / 50))
const seeded = tenth + matters + drawn + besideClerk
const pictureBytes = 150_000
/** As many as the worker takes at once. */
const hands = 3

async function addPictures(inbox: Inbox): Promise<void> {
  const picture = randomBytes(pictureBytes)
  for (const matter of await firstMessages(inbox)) await addFile(inbox, matter, 'image', picture)
}

/** Files so many of the matters, and seals them as the worker does. @returns packages a second, and the most memory meanwhile in MB */
async function seal(archive: SealingArchive, count: number): Promise<{ rate: number; peak: number }> {
  const { pool } = archive.inbox
  await file(archive.inbox, count)
  const { rows } = await pool.query<{ package_id: string }>(
    `select package_id from archive_task where state = 'waiting'`,
  )
  const waiting = rows.map(({ package_id }) => package_id)
  let [peak, open] = [0, hands]
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss() / 1e6)
  }, 50)
  const startedAt = performance.now()
  const preparing = Array.from({ length: hands }, async () => {
    // What could not be prepared is tried again, as the worker does, only sooner.
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if (await preparePackage(archive, id)) continue
      waiting.push(id)
      await sleep(1000)
    }
    open -= 1
  })
  let sealed = 0
  while (sealed < rows.length) {
    const isAllPrepared = open === 0
    const done = await leadOnce(archive)
    sealed += done
    if (done === 0 && isAllPrepared)
      throw new Error(`${rows.length - sealed} of ${rows.length} were not sealed`)
    if (done === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await Promise.all(preparing)
  clearInterval(watching)
  return { rate: rows.length / ((performance.now() - startedAt) / 1000), peak }
}

type Asked = { readonly list: number[]; readonly thread: number[] }

function p95(taken: readonly number[]): number {
  return percentile(
    taken.toSorted((a, b) => a - b),
    0.95,
  )
}

/** A clerk who looks at the list and into a matter, ten times a second, until it is enough. */
async function work(reader: BenchClerk, ids: readonly string[], until: () => boolean): Promise<Asked> {
  const taken: Asked = { list: [], thread: [] }
  for (let n = 0; !until(); n += 1) {
    const isList = n % 2 === 0
    const startedAt = performance.now()
    const { status } = await reader.ask(
      'GET',
      isList ? '/conversations?limit=30' : `/conversations/${ids[n % ids.length]}/messages?limit=50`,
    )
    const ms = performance.now() - startedAt
    if (status !== 200) throw new Error(`It was answered with ${status}.`)
    taken[isList ? 'list' : 'thread'].push(ms)
    await sleep(Math.max(0, 100 - ms))
  }
  return taken
}

/** The worker seals with documents, as in production, and somebody is at a desk meanwhile. Matters that are open are there. */
async function measureBesideClerk(office: BenchOffice): Promise<Figure[]> {
  const { pool } = office.database
  async function sealed(): Promise<number> {
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from archive_package')
    return rows[0]?.n ?? 0
  }
  await office.start('api')
  await office.start('worker')
  const reader = await BenchClerk.signIn(clerk.email)
  const { body } = await reader.ask<{ items: Conversation[] }>('GET', '/conversations?limit=100')
  const ids = body.items.map(({ id }) => id)
  await finderIsThrough(pool)
  await work(reader, ids, after(2))
  const alone = await work(reader, ids, after(seconds))

  const before = await sealed()
  await file(office.database, besideClerk)
  const startedAt = performance.now()
  let done = 0
  const halves: [number[], number[]] = [[], []]
  async function watch(): Promise<number> {
    while (done < besideClerk) {
      await sleep(200)
      done = (await sealed()) - before
      halves[done < besideClerk / 2 ? 0 : 1].push(memoryOf(office.pidOf('worker'), 'VmRSS'))
    }
    return besideClerk / ((performance.now() - startedAt) / 1000)
  }
  const [rate, busy] = await Promise.all([watch(), work(reader, ids, () => done >= besideClerk)])
  const [first, second] = halves.map((each) => Math.max(...each)) as [number, number]
  return [
    {
      name: 'sealed while the clerk works, with picture and document',
      value: rate,
      unit: '/s',
      goal: { min: 5 },
    },
    { name: '  its memory, second half to first', value: second / first, unit: '×', goal: { max: 1.2 } },
    ...(['list', 'thread'] as const).flatMap((act): Figure[] => [
      { name: `${act} meanwhile: p95`, value: p95(busy[act]), unit: 'ms' },
      {
        name: '  to alone',
        value: p95(busy[act]) / p95(alone[act]),
        unit: '×',
        goal: { max: 2 },
      },
    ]),
  ]
}

function after(howLong: number): () => boolean {
  const endsAt = performance.now() + howLong * 1000
  return () => performance.now() > endsAt
}

const office = await openBenchOffice()
try {
  await seedMessages(office, 0, seeded * 10)
  await closeAll(office.database)
  const archive = archiveOf(office)
  await addPictures(archive.inbox)
  const few = await seal(archive, tenth)
  const many = await seal(archive, matters)
  print(`Sealing ${matters.toLocaleString('en')} matters of three messages and a picture of 150 kB`, [
    { name: 'sealed', value: many.rate, unit: '/s', goal: { min: 20 } },
    {
      name: '  time a package, to a tenth as many',
      value: few.rate / many.rate,
      unit: '×',
      goal: { max: 1.3 },
    },
    { name: '  memory, to a tenth as many', value: many.peak / few.peak, unit: '×', goal: { max: 1.3 } },
    { name: '  memory, at most', value: many.peak, unit: 'MB' },
  ])
  const document = await seal({ ...archive, render: chatDocument }, drawn)
  print(`Sealing ${drawn.toLocaleString('en')} of them with the document for people`, [
    { name: 'sealed', value: document.rate, unit: '/s', goal: { min: 5 } },
  ])
  // Somebody else's matters, which are open.
  await seedMessages(office, seeded * 10, seeded * 10 + 5000)
  print(
    `Sealing ${besideClerk.toLocaleString('en')} matters while a clerk works`,
    await measureBesideClerk(office),
  )
} finally {
  await office.close()
}
