import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversation, Message } from '@buergerdraht/contract'
import { type BenchClerk, signInClerks } from './bench-clerks.ts'
import { startBenchProvider } from './bench-provider.ts'
import { benchSettings } from './bench-settings.ts'
import { webhookBody, webhookRequest } from './citizen-message.ts'
import { load, percentile } from './http-load.ts'
import { apiPort, type BenchOffice } from './office-processes.ts'
import { print } from './report.ts'

const citizens = benchSettings.citizens ?? 300
const clerksAtWork = 5
/** Three hundred write within a minute. */
const perSecond = 5
const patienceMs = 120_000

type Tally = { readonly answered: Map<string, number>; waitedTwice: number; lostRaces: number }

async function answerNext(clerk: BenchClerk, tally: Tally): Promise<boolean> {
  const { body } = await clerk.ask<{ items: Conversation[] }>('GET', '/conversations?assignee=none&limit=30')
  const next = body.items.find(({ waitingSince, assignee }) => waitingSince !== null && assignee === null)
  if (next === undefined) return false
  const { id } = next
  const taken = await clerk.ask('PUT', `/conversations/${id}/assignee`, { assignee: 'me', expected: null })
  if (taken.status !== 200) {
    tally.lostRaces += 1
    return true
  }
  // Whoever was answered and has written nothing since must not come again.
  if (tally.answered.has(id)) tally.waitedTwice += 1
  const thread = await clerk.ask<{ items: Message[] }>('GET', `/conversations/${id}/messages?limit=50`)
  const seenUpTo = thread.body.items.find(({ direction }) => direction === 'inbound')?.statementId
  const sent = await clerk.ask('POST', `/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: 'Guten Tag, das Bürgeramt hat donnerstags bis 18 Uhr offen.',
    seenUpTo,
  })
  if (sent.status !== 201) throw new Error(`The answer was answered with ${sent.status}.`)
  tally.answered.set(id, (tally.answered.get(id) ?? 0) + 1)
  return true
}

/**
 * An office hour: citizens write within a minute, five clerks take and answer whoever waits longest, over HTTP. Nobody may wait twice, be
 * answered twice, or be lost. BENCH_CITIZENS makes it smaller.
 */
export async function measureOfficeHour(office: BenchOffice): Promise<void> {
  const provider = await startBenchProvider(office)
  await office.start('worker')
  try {
    const clerks = await signInClerks(office, clerksAtWork)
    const tally: Tally = { answered: new Map(), waitedTwice: 0, lostRaces: 0 }
    const startedAt = performance.now()
    let written = 0
    const writing = load({
      port: apiPort,
      connections: 2,
      seconds: citizens / perSecond + 60,
      perSecond,
      next: () => {
        if (written === citizens) return null
        const n = written
        written += 1
        return { n, bytes: webhookRequest(office.channelId, webhookBody(n, n, new Date())) }
      },
    })
    const answerMs: number[] = []
    async function attend(clerk: BenchClerk): Promise<void> {
      while (tally.answered.size < citizens && performance.now() - startedAt < patienceMs) {
        const begun = performance.now()
        if (await answerNext(clerk, tally)) answerMs.push(performance.now() - begun)
        else await sleep(50)
      }
    }
    const [{ refused }] = await Promise.all([writing, ...clerks.map(attend)])
    const tookMs = performance.now() - startedAt
    const { pool } = office.database
    const unsent = "select count(*)::int as n from message where send_state in ('queued', 'sending')"
    while ((await pool.query<{ n: number }>(unsent)).rows[0]?.n) await sleep(50)
    const { rows } = await pool.query<{ inbound: number; outbound: number; conversations: number }>(
      `select (select count(*) from message where direction = 'inbound' and kind <> 'system')::int as inbound,
              (select count(*) from message where direction = 'outbound')::int as outbound,
              (select count(*) from conversation)::int as conversations`,
    )
    const [stored] = rows
    const counts = [...provider.receivedBy.values()]
    const waiting = await clerks[0]?.ask<{ waiting: number }>('GET', '/counts')
    /** Too many would be as wrong as too few. */
    function missing(there: number | undefined): number {
      return Math.abs(citizens - (there ?? 0))
    }
    print(`An office hour: ${citizens} citizens, ${clerksAtWork} clerks`, [
      { name: 'all answered after', value: tookMs / 1000, unit: 's' },
      {
        name: 'to find, take, read and answer: p95',
        value: percentile(
          answerMs.toSorted((a, b) => a - b),
          0.95,
        ),
        unit: 'ms',
      },
      { name: 'a colleague was quicker', value: tally.lostRaces, unit: 'times' },
      { name: 'citizens who got no answer', value: missing(counts.length), unit: '', goal: { max: 0 } },
      {
        name: 'citizens who got more than one',
        value: counts.filter((count) => count > 1).length,
        unit: '',
        goal: { max: 0 },
      },
      { name: 'citizens who waited twice', value: tally.waitedTwice, unit: '', goal: { max: 0 } },
      {
        name: 'citizens who wait at the end',
        value: waiting?.body.waiting ?? -1,
        unit: '',
        goal: { max: 0 },
      },
      { name: 'messages lost', value: missing(stored?.inbound), unit: '', goal: { max: 0 } },
      { name: 'answers lost', value: missing(stored?.outbound), unit: '', goal: { max: 0 } },
      { name: 'conversations lost', value: missing(stored?.conversations), unit: '', goal: { max: 0 } },
      { name: 'webhooks refused', value: refused, unit: '', goal: { max: 0 } },
    ])
  } finally {
    await office.stop('worker')
    provider.close()
  }
}
