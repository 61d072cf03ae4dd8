import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversation } from '@buergerdraht/contract'
import { type BenchClerk, signInClerks } from './bench-clerks.ts'
import { startBenchProvider } from './bench-provider.ts'
import { benchSettings } from './bench-settings.ts'
import { webhookBody, webhookRequest } from './citizen-message.ts'
import { load, percentile } from './http-load.ts'
import { apiPort, type BenchOffice } from './office-processes.ts'
import { type Figure, print } from './report.ts'
import { probes } from './seed-messages.ts'

const seconds = benchSettings.seconds ?? 30
const rates = benchSettings.rates ?? [20, 300, 800]
const clerksAtWork = benchSettings.clerks ?? 20
const citizens = 500

const acts = ['list', 'thread', 'counts', 'search', 'answer'] as const
type Act = (typeof acts)[number]
type Taken = Record<Act, number[]>

function none(): Taken {
  return { list: [], thread: [], counts: [], search: [], answer: [] }
}

/** Conversations that can be answered: their citizens have just written. */
async function answerable(clerk: BenchClerk): Promise<string[]> {
  const { body } = await clerk.ask<{ items: Conversation[] }>('GET', '/conversations?order=latest&limit=100')
  return body.items
    .filter(({ windowClosesAt }) => windowClosesAt !== null && Date.parse(windowClosesAt) > Date.now())
    .map(({ id }) => id)
}

async function perform(clerk: BenchClerk, act: Act, id: string): Promise<number> {
  switch (act) {
    case 'list':
      return (await clerk.ask('GET', '/conversations?limit=30')).status
    case 'thread':
      return (await clerk.ask('GET', `/conversations/${id}/messages?limit=50`)).status
    case 'counts':
      return (await clerk.ask('GET', '/counts')).status
    case 'search':
      return (await clerk.ask('POST', '/conversations/search', { q: `${probes.common} ${probes.rare}` }))
        .status
    case 'answer': {
      const answer = { clientId: randomUUID(), text: 'Guten Tag, wir melden uns.' }
      return (await clerk.ask('POST', `/conversations/${id}/messages`, answer)).status
    }
  }
}

/** One act after the other, each on a conversation at random, until `until` says that it is enough. */
async function work(
  clerk: BenchClerk,
  ids: readonly string[],
  pauseMs: number,
  taken: Taken,
  until: () => boolean,
): Promise<void> {
  for (let n = Math.floor(Math.random() * acts.length); !until(); n += 1) {
    const act = acts[n % acts.length] as Act
    const id = ids[Math.floor(Math.random() * ids.length)] as string
    const startedAt = performance.now()
    const status = await perform(clerk, act, id)
    const ms = performance.now() - startedAt
    taken[act].push(ms)
    if (status >= 300) throw new Error(`${act} was answered with ${status}.`)
    if (pauseMs > ms) await sleep(pauseMs - ms)
  }
}

function p95(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.95,
  )
}

/** Sends webhooks for so long, and tells how long each took to the event in a browser. */
async function webhooks(office: BenchOffice, listener: BenchClerk, from: number, perSecond: number) {
  const howMany = Math.ceil(perSecond * seconds)
  const requests = Array.from({ length: howMany }, (_, n) =>
    webhookRequest(office.channelId, webhookBody(from + n, (from + n) % citizens, new Date())),
  )
  const sent: number[] = []
  const arrived: number[] = []
  const end = await listener.listen((at) => arrived.push(at))
  const { refused } = await load({
    port: apiPort,
    connections: 16,
    seconds: seconds * 2,
    perSecond,
    next: () => {
      const n = sent.length
      const bytes = requests[n]
      if (bytes === undefined) return null
      sent.push(performance.now())
      return { n, bytes }
    },
  })
  const deadline = performance.now() + 20_000
  while (arrived.length < howMany && performance.now() < deadline) await sleep(20)
  end()
  // Events come in the order of commits, which is that of arrival: the n-th event is the n-th message.
  return {
    latencies: arrived.map((at, n) => at - (sent[n] ?? at)),
    missing: howMany - arrived.length,
    refused,
  }
}

const limits: Readonly<Record<number, { max: number }>> = { 20: { max: 1.3 }, 300: { max: 2 } }

/**
 * Twenty clerks at one desk, an act a second each, while webhooks arrive: how much slower each act is than for one clerk alone.
 * BENCH_SECONDS, BENCH_RATES and BENCH_CLERKS make it smaller.
 */
export async function measureBusyDesk(office: BenchOffice): Promise<void> {
  const provider = await startBenchProvider(office)
  await office.start('worker')
  try {
    const clerks = await signInClerks(office, clerksAtWork + 1)
    const listener = clerks.pop() as BenchClerk
    let number = 50_000_000
    const first = Array.from({ length: citizens }, (_, n) =>
      webhookRequest(office.channelId, webhookBody(number + n, n, new Date())),
    )
    number += citizens
    await load({
      port: apiPort,
      connections: 4,
      seconds: 60,
      next: () => {
        const bytes = first.pop()
        return bytes === undefined ? null : { n: 0, bytes }
      },
    })
    let ids: string[] = []
    while (ids.length < Math.min(100, citizens)) {
      ids = await answerable(listener)
      await sleep(100)
    }
    const alone = none()
    const aloneUntil = performance.now() + Math.max(2, seconds / 2) * 1000
    await work(listener, ids, 0, none(), () => performance.now() > aloneUntil - seconds * 250)
    await work(listener, ids, 0, alone, () => performance.now() > aloneUntil)
    print(
      'One clerk alone',
      acts.map((act) => ({ name: `${act}: p95`, value: p95(alone[act]), unit: 'ms' })),
    )
    for (const rate of rates) {
      const busy = none()
      let over = false
      const atWork = clerks.map(async (one, n) => {
        await sleep((n / clerks.length) * 1000)
        await work(one, ids, 1000, busy, () => over)
      })
      const { latencies, missing, refused } = await webhooks(office, listener, number, rate)
      number += Math.ceil(rate * seconds)
      over = true
      await Promise.all(atWork)
      const goal = limits[rate]
      const figures = acts.flatMap((act): Figure[] => {
        const value = p95(busy[act])
        const highest = rate === 800 ? { goal: { max: act === 'search' ? 80 : 30 } } : {}
        return [
          { name: `${act}: p95`, value, unit: 'ms', ...highest },
          { name: '  to alone', value: value / p95(alone[act]), unit: '×', ...(goal && { goal }) },
        ]
      })
      const stream: Figure = {
        name: 'from the citizen’s POST to the event: p95',
        value: p95(latencies),
        unit: 'ms',
        ...(rate === 300 && { goal: { max: 100 } }),
      }
      print(`${clerks.length} clerks, an act a second each, ${rate} webhooks a second`, [
        ...figures,
        stream,
        { name: 'events missing', value: missing, unit: '', goal: { max: 0 } },
        { name: 'webhooks refused', value: refused, unit: '', goal: { max: 0 } },
      ])
    }
  } finally {
    await office.stop('worker')
    provider.close()
  }
}
