import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { countCoverage } from '@buergerdraht/custody'
import { compareDates, type Inbox } from '@buergerdraht/inbox'
import { newId } from '@buergerdraht/office'
import { type BenchClerk, signInClerks } from './bench-clerks.ts'
import { benchSettings } from './bench-settings.ts'
import { webhookBody, webhookRequest } from './citizen-message.ts'
import { load, percentile } from './http-load.ts'
import {
  apiPort,
  type BenchOffice,
  clerk,
  finderIsThrough,
  memoryOf,
  nobodyIsAtWork,
  openBenchOffice,
} from './office-processes.ts'
import { type Figure, print } from './report.ts'
import { seedMessages } from './seed-messages.ts'

/**
 * Messages, ten to a matter (`BENCH_MATTER`) and one in twenty with a file. Half of them go while nobody is at work, at full speed; half beside a desk at
 * work, to which a run gives way (ADR 85): the one is how much it takes of a bare delete, the other how much it takes of people. Both are said of both.
 * A city with a million: BENCH_SIZES=1000000 BENCH_MATTER=50.
 */
const sizes = benchSettings.sizes ?? [10_000, 100_000]
const webhooksPerSecond = 50
/** How long the desk is looked at before the run, for comparison. */
const idleSeconds = benchSettings.seconds ?? 20

/** V8 lets the heap of a process grow while there is room on the machine; within a limit, what grows is what is needed. MiB. */
const heapMiB = 192

type Pool = BenchOffice['database']['pool']

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

/** Ticks are a hundredth of a second on every Linux that we know of. */
const ticksPerSecond = 100

/** Processor time that PostgreSQL with all its processes, and a process of ours, have taken so far: what others do on the machine is not in it. */
function processorSeconds({ folder }: BenchOffice, own: number | undefined): number {
  const postmaster = readFileSync(join(folder, 'database', 'postgres', 'postmaster.pid'), 'utf8').split(
    '\n',
  )[0]
  let ticks = 0
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      if (pid === String(own) || fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      // Ended meanwhile.
    }
  }
  return ticks / ticksPerSecond
}

/** A small picture with a key of its own for one in twenty messages, as the media job leaves it. */
async function addFiles({ database: { pool }, folder }: BenchOffice): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `with picked as (select id, conversation_id, row_number() over (order by id) as nth from message),
       made as (insert into attachment (id, conversation_id, message_id, kind, state, media_type, sealed_with, size_bytes, created_at)
         select gen_random_uuid(), conversation_id, id, 'image', 'ready', 'image/jpeg', 'own', 4096, now() from picked where nth % 20 = 0 returning id),
       keys as (insert into data_key (id, purpose, wrapped, kek_id)
         select id, 'attachment', decode(repeat('00', 60), 'hex'), 'bench' from made)
     select id from made`,
  )
  const bytes = Buffer.alloc(4096, 7)
  const media = join(folder, 'media')
  for (const { id } of rows) {
    mkdirSync(join(media, id.slice(-2)), { recursive: true })
    writeFileSync(join(media, id.slice(-2), id), bytes)
  }
}

function filesLeft({ folder }: BenchOffice): number {
  return readdirSync(join(folder, 'media'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  ).length
}

/** Everything that is there becomes a year older, closed, no record, and waived by the archive; two persons have signed the rules. */
async function makeDue(pool: Pool): Promise<void> {
  await pool.query(
    `update deletion_rule set proposed_by = gen_random_uuid(), approved_by = gen_random_uuid(), approved_at = now() where approved_by is null`,
  )
  await pool.query(
    `update message set sent_at = sent_at - interval '1 year', received_at = received_at - interval '1 year'`,
  )
  await pool.query(
    `update conversation set state = 'closed', opened_at = opened_at - interval '1 year', last_message_at = last_message_at - interval '1 year',
       closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null, unread_count = 0`,
  )
  const mode = {
    kind: 'GENERAL_WAIVER',
    waivers: [{ basis: 'GV-2026-01', category: 'DA01', validFrom: '2020-01-01T00:00:00Z', validUntil: null }],
  }
  await pool.query('insert into archive_agreement values (now(), $1)', [
    JSON.stringify({ land: 'HE', answerWithinMonths: 6, silence: 'RELEASES_NOTHING', mode }),
  ])
  await pool.query(
    `create table bench_matter as select id, key_id, ntile(2) over (order by id) as half from conversation`,
  )
  await pool.query('vacuum analyze')
}

/** What goes with a matter, each table by how its rows are found. */
const goesWith = {
  search_entry: 't.conversation_id = g.id',
  attachment: 't.conversation_id = g.id',
  message: 't.conversation_id = g.id',
  conversation_signal: 't.conversation_id = g.id',
  conversation: 't.id = g.id',
} as const

/** Every table that names a matter or something of it by a foreign key, and those that are found otherwise. */
const copiedSql = `with recursive named as (
    select 'conversation'::regclass as rel union
    select k.conrelid::regclass from pg_constraint k join named n on k.confrelid = n.rel and k.contype = 'f')
  select c.relname as table, c.relpersistence = 'u' as unlogged from pg_class c
  where c.oid in (select rel from named) or c.relname in ('data_key', 'search_entry', 'search_prefix')`

/**
 * The same rows in tables like theirs, with the same indexes and keys, deleted by one statement for each; each is durable.
 * @param withForeignKeys whether the database looks up what names a row that goes, as it does in the tables of the office
 */
async function bareDelete(
  office: BenchOffice,
  half: number,
  withForeignKeys: boolean,
): Promise<{ seconds: number; processor: number }> {
  const { pool } = office.database
  const client = await pool.connect()
  try {
    await client.query('create schema bare')
    const { rows: tables } = await client.query<{ table: string; unlogged: boolean }>(copiedSql)
    const { rows: keys } = await client.query<{ from: string; definition: string }>(
      `select c.conrelid::regclass::text as from, pg_get_constraintdef(c.oid) as definition from pg_constraint c
       where c.contype = 'f' and c.conrelid::regclass::text = any($1) and c.confrelid::regclass::text = any($1)`,
      [tables.map(({ table }) => table)],
    )
    for (const { table, unlogged } of tables) {
      await client.query(
        `create ${unlogged ? 'unlogged' : ''} table bare.${table} (like public.${table} including all excluding generated)`,
      )
      await client.query(`insert into bare.${table} select * from public.${table}`)
    }
    await client.query(
      `create table bare.gone as select id, key_id from bench_matter where half = ${half};
       create table bare.gone_key as select key_id as id from bare.gone union select a.id from attachment a join bare.gone g on g.id = a.conversation_id;
       create table bare.gone_word as select distinct unnest(tokens) as token from search_entry e join bare.gone g on g.id = e.conversation_id
         except select unnest(tokens) from search_entry e where not exists (select from bare.gone g where g.id = e.conversation_id)`,
    )
    await client.query('set search_path = bare, public')
    if (withForeignKeys)
      for (const { from, definition } of keys) await client.query(`alter table ${from} add ${definition}`)
    for (const { table } of tables) await client.query(`vacuum analyze bare.${table}`)
    await client.query('analyze bare.gone; analyze bare.gone_key; analyze bare.gone_word')
    await client.query('checkpoint')
    const before = processorSeconds(office, undefined)
    const taken = await seconds(async () => {
      await client.query('delete from data_key t using gone_key g where t.id = g.id')
      for (const [table, found] of Object.entries(goesWith))
        await client.query(`delete from ${table} t using gone g where ${found}`)
      await client.query('delete from search_prefix t using gone_word g where t.token = g.token')
    })
    return { seconds: taken, processor: processorSeconds(office, undefined) - before }
  } finally {
    await client.query('set search_path = public; drop schema bare cascade')
    client.release()
  }
}

/** A run over one half of the matters, as two persons would have left it. */
async function approvedRun(pool: Pool, half: number): Promise<string> {
  const id = newId(new Date())
  await pool.query(
    `insert into deletion_run (id, kind, state, planned_by, planned_role, planned_at)
     select $1, 'planned', 'planned', id, 'records', now() from account where email = $2`,
    [id, clerk.email],
  )
  await pool.query(
    `insert into deletion_run_item (run_id, kind, object_id, state, facts)
     select $1, 'conversation', id, 'planned', '{"rule": "LR-DA01@1"}' from bench_matter where half = $2`,
    [id, half],
  )
  await pool.query('analyze deletion_run_item; checkpoint')
  await pool.query(
    `update deletion_run set state = 'approved', approved_by = $2, approved_role = 'dpo', approved_at = now() where id = $1`,
    [id, randomUUID()],
  )
  return id
}

/** Waits for the end of a run. @returns seconds from its beginning */
async function ended(pool: Pool, id: string): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{ state: string; seconds: number }>(
      `select state, extract(epoch from ended_at - begun_at)::float8 as seconds from deletion_run where id = $1`,
      [id],
    )
    const [run] = rows
    if (run?.state === 'completed') return run.seconds
    await sleep(100)
  }
}

/** Rows that carry a date of their own. */
const datedTables = ['conversation', 'attachment', 'contact'] as const

/** Every date is wrong, as after a rule has changed: computed anew, against one statement a table that writes as many; and coverage is counted. */
async function measureDates(pool: Pool): Promise<Figure[]> {
  let rows = 0
  const bareUpdate = await seconds(async () => {
    for (const table of datedTables) {
      const { rowCount } = await pool.query(
        `update ${table} set due_at = now() + interval '1000 days', waits_for = null`,
      )
      rows += rowCount ?? 0
    }
  })
  const office = { pool, now: () => new Date() }
  let changed = 0
  const computed = await seconds(async () => {
    changed = await compareDates(office as Inbox, new AbortController().signal)
  })
  if (changed !== rows) throw new Error(`${changed} of ${rows} dates were put right.`)
  await pool.query('vacuum analyze')
  const bareCount = await seconds(async () => {
    for (const table of [...Object.keys(goesWith), 'contact'])
      await pool.query(`select count(*) from ${table}`)
  })
  let counted = 0
  const covered = await seconds(async () => {
    counted = (await countCoverage(office)).reduce((sum, one) => sum + one.rows, 0)
  })
  return [
    { name: 'dates computed anew', value: rows / computed, unit: '/s' },
    { name: '  to a bare update of the same rows', value: bareUpdate / computed, unit: '×' },
    { name: '  for 1 000 000', value: (computed / rows) * 1e6, unit: 's', goal: { max: 60 } },
    { name: 'coverage: rows counted', value: counted, unit: '' },
    { name: '  to counting the rows of six of its tables', value: bareCount / covered, unit: '×' },
    { name: '  for 1 000 000', value: (covered / counted) * 1e6, unit: 's', goal: { max: 5 } },
  ]
}

let webhook = 0

/** Citizens write and a clerk looks at the list until `until` resolves. @returns milliseconds */
async function deskAtWork(office: BenchOffice, desk: BenchClerk, until: Promise<unknown>) {
  let over = false
  void until.finally(() => {
    over = true
  })
  const lists: number[] = []
  async function look(): Promise<void> {
    while (!over) {
      const startedAt = performance.now()
      await desk.ask('GET', '/conversations?limit=30')
      lists.push(performance.now() - startedAt)
      await sleep(100)
    }
  }
  const [intake] = await Promise.all([
    load({
      port: apiPort,
      connections: 8,
      seconds: 3600,
      perSecond: webhooksPerSecond,
      next: () => {
        if (over) return null
        webhook += 1
        return {
          n: webhook,
          bytes: webhookRequest(office.channelId, webhookBody(webhook, webhook % 500, new Date())),
        }
      },
    }),
    look(),
  ])
  const sorted = lists.toSorted((one, other) => one - other)
  return { intake: intake.p99, list: percentile(sorted, 0.95), answered: intake.answered }
}

let smaller: { taken: number; peak: number } | null = null
for (const size of sizes) {
  const office = await openBenchOffice()
  const { pool } = office.database
  try {
    await seedMessages(office, 0, size)
    await addFiles(office)
    await makeDue(pool)
    print(`Due dates with ${size.toLocaleString('en')} messages`, await measureDates(pool))
    const bare = await bareDelete(office, 1, true)
    const bareWithoutKeys = await bareDelete(office, 1, false)
    await office.start('worker', [`--max-old-space-size=${heapMiB}`])
    await finderIsThrough(pool)
    await nobodyIsAtWork(pool)
    const run = await approvedRun(pool, 1)
    const before = processorSeconds(office, office.pidOf('worker'))
    const alone = await ended(pool, run)
    const processor = processorSeconds(office, office.pidOf('worker')) - before
    const peak = memoryOf(office.pidOf('worker'), 'VmHWM')
    // Before it and after it: what else the machine does is in both.
    const bareAgain = await bareDelete(office, 2, true)

    await office.start('api')
    const [desk] = await signInClerks(office, 1)
    if (desk === undefined) throw new Error('Nobody signed in.')
    await deskAtWork(office, desk, sleep(3000))
    const idle = await deskAtWork(office, desk, sleep(idleSeconds * 1000))
    const second = ended(pool, await approvedRun(pool, 2))
    const busy = await deskAtWork(office, desk, second)
    const beside = await second

    const { rows } = await pool.query<{ left: number }>(
      'select count(*)::int as left from message m join bench_matter b on b.id = m.conversation_id',
    )
    if (rows[0]?.left !== 0) throw new Error(`${rows[0]?.left} messages are left.`)
    if (filesLeft(office) > 0) throw new Error(`${filesLeft(office)} files are left.`)
    const taken = alone / (size / 2)
    const figures: Figure[] = [
      { name: 'destroyed while nobody is at work, messages', value: 1 / taken, unit: '/s' },
      {
        name: '  to a bare delete of the same rows',
        value: (bare.seconds + bareAgain.seconds) / 2 / alone,
        unit: '×',
        goal: { min: 0.25 },
      },
      {
        name: '  to it, by processor time',
        value: (bare.processor + bareAgain.processor) / 2 / processor,
        unit: '×',
      },
      { name: '  to one that looks up no foreign keys', value: bareWithoutKeys.seconds / alone, unit: '×' },
      { name: `memory of the worker, with a heap of at most ${heapMiB} MiB`, value: peak, unit: 'MB' },
      { name: 'destroyed beside a desk at work, messages', value: size / 2 / beside, unit: '/s' },
      {
        name: '  to a bare delete of the same rows',
        value: (bare.seconds + bareAgain.seconds) / 2 / beside,
        unit: '×',
      },
      { name: '  to the run while nobody is at work', value: alone / beside, unit: '×' },
      {
        name: 'p99 of the intake meanwhile, to before',
        value: busy.intake / idle.intake,
        unit: '×',
        goal: { max: 2 },
      },
      {
        name: 'p95 of the list meanwhile, to before',
        value: busy.list / idle.list,
        unit: '×',
        goal: { max: 2 },
      },
      { name: '  webhooks that this rests on', value: busy.answered, unit: '' },
    ]
    if (smaller !== null)
      figures.push(
        {
          name: 'time a message, to the size before',
          value: taken / smaller.taken,
          unit: '×',
          goal: { max: 1.3 },
        },
        { name: 'memory, to the size before', value: peak / smaller.peak, unit: '×', goal: { max: 1.3 } },
      )
    smaller = { taken, peak }
    print(`A deletion run over ${size.toLocaleString('en')} messages`, figures)
  } finally {
    await office.close()
  }
}
