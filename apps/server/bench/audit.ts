import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exportAudit, insertRows, logKeyOf, type OfficeContext } from '@buergerdraht/office'
import { BenchClerk } from './bench-clerks.ts'
import { benchSettings } from './bench-settings.ts'
import { percentile } from './http-load.ts'
import { type BenchOffice, clerk, openBenchOffice } from './office-processes.ts'
import { type Figure, print } from './report.ts'
import { seedMessages } from './seed-messages.ts'

const sizes = benchSettings.sizes ?? [10_000, 100_000]
const perCommit = 5000
const verifier = fileURLToPath(
  new URL('../../../../packages/records/dist/buergerdraht-verify.mjs', import.meta.url),
)

const columns = {
  at: 'timestamptz',
  cluster: 'text',
  act: 'text',
  actor_id: 'uuid',
  actor_role: 'text',
  object_kind: 'text',
  object_id: 'uuid',
  facts: 'jsonb',
  salt: 'bytea',
  expires_at: 'timestamptz',
} as const

/** Entries that say that somebody has read a conversation, as the program writes them, into a table. @returns seconds */
async function write({ database }: BenchOffice, table: string, howMany: number): Promise<number> {
  const actor = randomUUID()
  const at = new Date()
  const expiresAt = new Date(at.getTime() + 365 * 24 * 60 * 60 * 1000)
  const startedAt = performance.now()
  for (let done = 0; done < howMany; done += perCommit) {
    const rows = Array.from({ length: Math.min(perCommit, howMany - done) }, () => [
      at,
      'DA13',
      'conversation-read',
      actor,
      'clerk',
      'conversation',
      randomUUID(),
      '{}',
      randomBytes(32),
      expiresAt,
    ])
    await insertRows(database.pool, table, columns, rows)
  }
  return (performance.now() - startedAt) / 1000
}

/** Waits until the worker has sealed everything that waits. @returns how many a second, from the first of them on */
async function sealed({ database }: BenchOffice): Promise<number> {
  async function waiting(): Promise<number> {
    const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from audit_waiting')
    return rows[0]?.n ?? 0
  }
  const all = await waiting()
  let startedAt = performance.now()
  for (let left = all; left > 0; left = await waiting()) {
    if (left === all) startedAt = performance.now()
    await sleep(10)
  }
  return (all / (performance.now() - startedAt)) * 1000
}

/** Exports the log and has the auditor's program check it, in a process of its own. */
async function verified(office: BenchOffice): Promise<{ seconds: number; megabytes: number }> {
  const file = join(office.folder, 'audit.jsonl')
  const context: OfficeContext = {
    ...office.database,
    keys: office.keys,
    now: () => new Date(),
    notify: async () => {},
    log: { info: () => {}, warn: () => {}, error: () => {} },
  }
  const auditor = { accountId: randomUUID(), displayName: '', role: 'auditor', teamIds: [] } as const
  await pipeline(
    Readable.from(await exportAudit(context, auditor, { format: 'jsonl' })),
    createWriteStream(file),
  )
  const { verifierKey } = await logKeyOf(office.keys, 'audit-log')
  const startedAt = performance.now()
  // The program says at its end how much memory it had at most.
  // `maxRSS` would begin with what this process has.
  const told = `import { readFileSync } from 'node:fs'
    process.on('exit', () => process.stderr.write(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]))`
  const { stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(told)}`,
    verifier,
    file,
    '--key',
    verifierKey,
    '--quiet',
  ])
  return { seconds: (performance.now() - startedAt) / 1000, megabytes: Number(stderr) / 1024 }
}

/** Threads that nobody has read in these five minutes leave an entry when they are opened; opened again they leave none. */
async function measureOpening(office: BenchOffice): Promise<void> {
  const ids = (await seedMessages(office, 0, 10_000)).slice(0, 500)
  const reader = await BenchClerk.signIn(clerk.email)
  async function open(): Promise<number> {
    const taken: number[] = []
    for (const id of ids) {
      const startedAt = performance.now()
      const { status } = await reader.ask('GET', `/conversations/${id}/messages?limit=50`)
      taken.push(performance.now() - startedAt)
      if (status !== 200) throw new Error(`The thread was answered with ${status}.`)
    }
    return percentile(
      taken.toSorted((a, b) => a - b),
      0.95,
    )
  }
  for (const id of ids.slice(0, 30)) await reader.ask('GET', `/conversations/${id}/messages?limit=50`)
  const first = await open()
  const again = await open()
  print('A thread is opened, with an entry in the audit log and without', [
    { name: 'p95 with', value: first, unit: 'ms' },
    { name: 'p95 without', value: again, unit: 'ms' },
    { name: 'the entry costs', value: first - again, unit: 'ms', goal: { max: 1 } },
  ])
}

const office = await openBenchOffice()
try {
  await office.start('api')
  await measureOpening(office)
  await office.database.pool.query(
    'create table bench_entry (like audit_entry including defaults including indexes)',
  )
  let before = { seconds: Number.NaN, megabytes: Number.NaN, size: Number.NaN }
  let there = 0
  for (const size of sizes) {
    const more = size - there
    there = size
    const bare = await write(office, 'bench_entry', more)
    await write(office, 'audit_entry', more)
    const sealing = sealed(office)
    await office.start('worker')
    const perSecond = await sealing
    // It signs what it has sealed as it ends.
    await office.stop('worker')
    const checked = await verified(office)
    const figures: Figure[] = [
      { name: 'sealed', value: perSecond, unit: '/s' },
      { name: '  to a bare insert', value: perSecond / (more / bare), unit: '×' },
      { name: 'verified', value: size / checked.seconds, unit: '/s' },
      { name: 'memory of the verifier', value: checked.megabytes, unit: 'MB' },
    ]
    if (!Number.isNaN(before.size)) {
      const growth = size / before.size
      figures.push(
        {
          name: '  time an entry, to the size before',
          value: checked.seconds / before.seconds / growth,
          unit: '×',
          goal: { max: 1.3 },
        },
        {
          name: '  memory, to the size before',
          value: checked.megabytes / before.megabytes,
          unit: '×',
          goal: { max: 1.3 },
        },
      )
    }
    before = { ...checked, size }
    print(`The audit log with ${size.toLocaleString('en')} entries`, figures)
  }
} finally {
  await office.close()
}
