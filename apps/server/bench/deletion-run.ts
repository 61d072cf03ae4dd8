import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@buergerdraht/office'
import { benchSettings } from './bench-settings.ts'
import { type BenchOffice, clerk, openBenchOffice } from './office-processes.ts'
import { type Figure, print } from './report.ts'
import { seedMessages } from './seed-messages.ts'

/** Messages, ten to a matter. */
const sizes = benchSettings.sizes ?? [10_000, 50_000]

/** What goes with a matter, each table by the column that names it. */
const rowsOfMatter = {
  message: 'conversation_id',
  search_entry: 'conversation_id',
  conversation: 'id',
} as const

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

/** Everything that is there becomes old, closed, no record, and waived by the archive; two persons have signed the rules. */
async function makeDue({ pool }: BenchOffice['database']): Promise<void> {
  await pool.query(
    `update deletion_rule set proposed_by = gen_random_uuid(), approved_by = gen_random_uuid(), approved_at = now() where approved_by is null`,
  )
  await pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null, unread_count = 0`,
  )
  const mode = {
    kind: 'GENERAL_WAIVER',
    waivers: [{ basis: 'GV-2026-01', category: 'DA01', validFrom: '2020-01-01T00:00:00Z', validUntil: null }],
  }
  await pool.query('insert into archive_agreement values (now(), $1)', [
    JSON.stringify({ land: 'HE', answerWithinMonths: 6, silence: 'RELEASES_NOTHING', mode }),
  ])
}

/** The same rows in tables like theirs, deleted by one statement each; as durable. @returns seconds */
async function bareDelete({ pool }: BenchOffice['database']): Promise<number> {
  await pool.query('create table bench_gone as select id from conversation')
  for (const table of Object.keys(rowsOfMatter)) {
    await pool.query(`create table bench_${table} (like ${table} including defaults including indexes)`)
    await pool.query(`insert into bench_${table} select * from ${table}`)
    await pool.query(`vacuum analyze bench_${table}`)
  }
  const taken = await seconds(async () => {
    for (const [table, column] of Object.entries(rowsOfMatter))
      await pool.query(`delete from bench_${table} t using bench_gone g where t.${column} = g.id`)
  })
  for (const table of [...Object.keys(rowsOfMatter), 'gone']) await pool.query(`drop table bench_${table}`)
  return taken
}

/** A run over every matter, as two persons would have left it. */
async function approvedRun({ pool }: BenchOffice['database']): Promise<string> {
  const id = newId(new Date())
  await pool.query(
    `insert into deletion_run (id, kind, state, planned_by, planned_role, planned_at, approved_by, approved_role, approved_at)
     select $1, 'planned', 'approved', id, 'records', now(), $3, 'dpo', now() from account where email = $2`,
    [id, clerk.email, randomUUID()],
  )
  await pool.query(
    `insert into deletion_run_item (run_id, kind, object_id, state, facts)
     select $1, 'conversation', id, 'planned', '{"rule": "LR-DA01@1"}' from conversation`,
    [id],
  )
  return id
}

/** What the worker does by itself with matters that it has not seen yet would be measured too. */
async function finderIsThrough({ pool }: BenchOffice['database']): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ through: boolean }>(
      'select (select count(*) from conversation_signal) = (select count(*) from conversation) as through',
    )
    if (rows[0]?.through) return
    await sleep(200)
  }
}

/** The most memory that a process has had so far, in MB. */
function peakOf(pid: number | undefined): number {
  const kib = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1024
}

let before: { size: number; taken: number; peak: number } | null = null
for (const size of sizes) {
  const office = await openBenchOffice()
  try {
    await seedMessages(office, 0, size)
    await makeDue(office.database)
    const bare = await bareDelete(office.database)
    await office.start('worker')
    await finderIsThrough(office.database)
    const id = await approvedRun(office.database)
    let peak = 0
    const taken = await seconds(async () => {
      for (;;) {
        const { rows } = await office.database.pool.query<{ state: string }>(
          'select state from deletion_run where id = $1',
          [id],
        )
        peak = Math.max(peak, peakOf(office.pidOf('worker')))
        if (rows[0]?.state === 'completed') return
        await sleep(50)
      }
    })
    const { rows } = await office.database.pool.query<{ left: number }>(
      'select count(*)::int as left from message',
    )
    if (rows[0]?.left !== 0) throw new Error(`${rows[0]?.left} messages are left.`)
    const figures: Figure[] = [
      { name: 'destroyed, messages', value: size / taken, unit: '/s' },
      { name: '  to a bare delete', value: bare / taken, unit: '×', goal: { min: 0.25 } },
      { name: 'memory of the worker', value: peak, unit: 'MB' },
    ]
    if (before !== null)
      figures.push(
        {
          name: '  time a message, to the size before',
          value: taken / size / (before.taken / before.size),
          unit: '×',
          goal: { max: 1.3 },
        },
        { name: '  memory, to the size before', value: peak / before.peak, unit: '×', goal: { max: 1.3 } },
      )
    before = { size, taken, peak }
    print(`A deletion run over ${size.toLocaleString('en')} messages`, figures)
  } finally {
    await office.close()
  }
}
