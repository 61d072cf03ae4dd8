import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { insertRows } from '@buergerdraht/office'
import { benchSettings } from './bench-settings.ts'
import { webhookBody, webhookRequest } from './citizen-message.ts'
import { type LoadResult, load } from './http-load.ts'
import { apiPort, type BenchOffice, listening, openBenchOffice } from './office-processes.ts'
import { print } from './report.ts'

const connections = 32
const echoPort = 18090
const seconds = benchSettings.seconds ?? 8
const citizens = 5000

/** Requests are signed before the clock runs: signing is the provider's work, not ours. */
function prepared(channelId: string, from: number, howMany: number): Buffer[] {
  return Array.from({ length: howMany }, (_, i) =>
    webhookRequest(channelId, webhookBody(from + i, (from + i) % citizens, new Date())),
  )
}

function feed(requests: readonly Buffer[], cycle: boolean) {
  let at = 0
  return () => {
    if (at >= requests.length && !cycle) return null
    const n = at % requests.length
    at += 1
    const bytes = requests[n]
    return bytes === undefined ? null : { n, bytes }
  }
}

async function measureEcho(channelId: string): Promise<LoadResult> {
  const echo = spawn(process.execPath, [
    fileURLToPath(new URL('./echo-server.js', import.meta.url)),
    `--port=${echoPort}`,
  ])
  await listening(echoPort)
  const requests = prepared(channelId, 0, 2000)
  await load({ port: echoPort, connections, seconds: 2, next: feed(requests, true) })
  const result = await load({ port: echoPort, connections, seconds, next: feed(requests, true) })
  echo.kill()
  return result
}

/**
 * What the database takes when nothing else runs: as many rows of that size at once as there are connections, each such batch committed
 * with fsync, into a table of their own with the same indexes.
 */
async function measureInsert({ database }: BenchOffice): Promise<number> {
  await database.pool.query('create table bench_event (like webhook_event including all)')
  const sealedBytes = webhookBody(0, 0, new Date()).length + 29
  const [channelId, keyId] = [randomUUID(), randomUUID()]
  const startedAt = performance.now()
  let rows = 0
  while (performance.now() < startedAt + seconds * 1000) {
    const batch = Array.from({ length: connections }, () => [
      channelId,
      randomBytes(32),
      keyId,
      randomBytes(sealedBytes),
      new Date(),
    ])
    await insertRows(
      database.pool,
      'bench_event',
      {
        channel_id: 'uuid',
        content_mac: 'bytea',
        key_id: 'uuid',
        body_sealed: 'bytea',
        received_at: 'timestamptz',
      },
      batch,
      'on conflict (content_mac) do nothing',
    )
    rows += batch.length
  }
  const perSecond = (rows / (performance.now() - startedAt)) * 1000
  await database.pool.query('drop table bench_event')
  return perSecond
}

async function waiting(office: BenchOffice): Promise<number> {
  const { rows } = await office.database.pool.query<{ n: number }>(
    'select count(*)::int as n from webhook_event where ingested_at is null and not held',
  )
  return rows[0]?.n ?? 0
}

/** What is measured are messages; a backlog that ends as something else would be measured for another work. */
async function checkMessages(office: BenchOffice): Promise<void> {
  const { rows } = await office.database.pool.query<{ n: number }>(
    'select count(*)::int as n from dead_letter',
  )
  if (rows[0]?.n !== 0) throw new Error(`${rows[0]?.n} events became dead letters instead of messages.`)
}

async function drained(office: BenchOffice): Promise<number> {
  const startedAt = performance.now()
  // Counting what waits would cost the database as much as ingesting it.
  const isWaiting = 'select exists (select from webhook_event where ingested_at is null and not held) as is'
  while ((await office.database.pool.query<{ is: boolean }>(isWaiting)).rows[0]?.is) await sleep(50)
  return (performance.now() - startedAt) / 1000
}

/** The functions of the database that write into each new row by which rule it goes. */
const classifying = 'rule_version_in_force'

type Classifying = { readonly calls: number; readonly seconds: number }

/** What sessions from now on spend in functions is counted. */
async function countFunctions({ database }: BenchOffice): Promise<void> {
  await database.pool.query(`alter database postgres set track_functions = 'all'`)
}

/** Read when nothing is being done: each session hands its figures on when it has rested for a second. */
async function classified({ database }: BenchOffice): Promise<Classifying> {
  await sleep(2000)
  const { rows } = await database.pool.query<Classifying>(
    `select coalesce(sum(calls), 0)::float8 as calls, coalesce(sum(total_time), 0)::float8 / 1000 as seconds
     from pg_stat_user_functions where funcname = $1`,
    [classifying],
  )
  return rows[0] ?? { calls: 0, seconds: 0 }
}

const office = await openBenchOffice()
try {
  await office.start('api')
  const echo = await measureEcho(office.channelId)
  const bareInsert = await measureInsert(office)
  let sent = 0
  function take(perRun: number): Buffer[] {
    const howMany = Math.ceil(perRun)
    sent += howMany
    return prepared(office.channelId, sent - howMany, howMany)
  }
  await load({ port: apiPort, connections, seconds: 2, next: feed(take(echo.perSecond * 2), false) })
  const stored = await load({
    port: apiPort,
    connections,
    seconds,
    next: feed(take(echo.perSecond * seconds), false),
  })
  const single = await load({ port: apiPort, connections: 1, seconds: 3, next: feed(take(20_000), false) })
  print('Durable answers: committed with fsync before the 200; nobody ingests meanwhile', [
    { name: 'bare echo with signature check, 32 connections', value: echo.perSecond, unit: '/s' },
    { name: 'bare insert of the same rows, 32 a commit', value: bareInsert, unit: '/s' },
    { name: 'stored and answered', value: stored.perSecond, unit: '/s' },
    { name: 'stored / echo', value: stored.perSecond / echo.perSecond, unit: '', goal: { min: 0.6 } },
    { name: 'stored / bare insert', value: stored.perSecond / bareInsert, unit: '' },
    { name: 'p50', value: stored.p50, unit: 'ms' },
    { name: 'p99', value: stored.p99, unit: 'ms', goal: { max: 25 } },
    { name: 'one connection: p50', value: single.p50, unit: 'ms' },
    { name: 'refused', value: stored.refused, unit: '', goal: { max: 0 } },
  ])

  const backlog = await waiting(office)
  await countFunctions(office)
  await office.start('worker')
  const catchUp = await drained(office)
  const { calls, seconds: spent } = await classified(office)
  print('Catching up: nothing arrives, everything stored so far is ingested', [
    { name: 'backlog', value: backlog, unit: 'events' },
    { name: 'ingested', value: backlog / catchUp, unit: '/s' },
    {
      name: 'ingested / echo',
      value: backlog / catchUp / echo.perSecond,
      unit: '',
      goal: { min: 0.3 },
    },
    { name: 'ingested / bare insert', value: backlog / catchUp / bareInsert, unit: '' },
    { name: 'classified in the same statements', value: calls, unit: 'rows' },
    { name: '  of the time that catching up took', value: spent / catchUp, unit: '×' },
    {
      name: '  ingested / echo, were it nothing',
      value: backlog / (catchUp - spent) / echo.perSecond,
      unit: '',
    },
  ])

  for (const share of [0.2, 0.3]) {
    const rate = echo.perSecond * share
    const requests = take(rate * seconds * 1.2)
    const result = await load({
      port: apiPort,
      connections,
      seconds,
      perSecond: rate,
      next: feed(requests, false),
    })
    const left = await waiting(office)
    await drained(office)
    print(`Becoming visible while ${Math.round(share * 100)} % of the echo's rate arrives`, [
      { name: 'offered and answered', value: result.perSecond, unit: '/s' },
      {
        name: 'offered / echo',
        value: result.perSecond / echo.perSecond,
        unit: '',
        // Less, and the backlog below says nothing: the answers came too slowly to offer more.
        goal: { min: share * 0.95 },
      },
      { name: 'backlog at the end', value: left, unit: 'events' },
      { name: 'backlog at the end', value: left / rate, unit: 's of arrivals', goal: { max: 1 } },
      { name: 'p99 of the answer', value: result.p99, unit: 'ms' },
    ])
  }
  await checkMessages(office)
} finally {
  await office.close()
}
