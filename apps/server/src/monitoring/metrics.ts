import type { ErrorCode } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { JobOutcome, JobQueue } from '../jobs/queue.ts'
import { backlogMetrics } from './backlog-metrics.ts'

/** Event loop lag, memory, garbage collection, and the connections to the database. */
function processMetrics(office: Pick<Inbox, 'pool'>): Registry {
  const register = new Registry()
  collectDefaultMetrics({ register, prefix: 'buergerdraht_' })
  new Gauge({
    name: 'buergerdraht_database_connections',
    help: 'Connections to the database, open, idle and allowed, and requests that wait for one.',
    labelNames: ['state'],
    registers: [register],
    collect() {
      this.set({ state: 'open' }, office.pool.totalCount)
      this.set({ state: 'idle' }, office.pool.idleCount)
      this.set({ state: 'waited-for' }, office.pool.waitingCount)
      this.set({ state: 'allowed' }, office.pool.options.max)
    },
  })
  return register
}

function queueMetric(register: Registry, isReachable: () => Promise<boolean>): void {
  new Gauge({
    name: 'buergerdraht_queue_reachable',
    help: '1 when reminders reach the queue; replies and files wait while it is 0.',
    registers: [register],
    async collect() {
      this.set((await isReachable()) ? 1 : 0)
    },
  })
}

/** How a delivery of a provider ended. */
type WebhookAnswer = 'stored' | 'held' | ErrorCode

export type ApiMetrics = {
  readonly register: Registry
  readonly webhookAnswered: (answer: WebhookAnswer) => void
}

export function createApiMetrics(
  office: Pick<Inbox, 'pool' | 'now'>,
  live: { readonly size: number },
  queueReachable: () => Promise<boolean>,
): ApiMetrics {
  const register = processMetrics(office)
  queueMetric(register, queueReachable)
  backlogMetrics(register, office)
  const answers = new Counter({
    name: 'buergerdraht_webhook_answers_total',
    help: 'Deliveries of the providers by how they were answered.',
    labelNames: ['answer'],
    registers: [register],
  })
  new Gauge({
    name: 'buergerdraht_live_streams',
    help: 'Browsers that follow live events.',
    registers: [register],
    collect() {
      this.set(live.size)
    },
  })
  const children = new Map<WebhookAnswer, { inc(): void }>()
  function childOf(answer: WebhookAnswer) {
    const child = answers.labels(answer)
    children.set(answer, child)
    return child
  }
  return { register, webhookAnswered: (answer) => (children.get(answer) ?? childOf(answer)).inc() }
}

export type WorkerMetrics = {
  readonly register: Registry
  readonly jobEnded: (job: string, outcome: JobOutcome) => void
  readonly ingested: (batch: { events: number; messages: number; seconds: number }) => void
}

export function createWorkerMetrics(
  office: Pick<Inbox, 'pool' | 'now' | 'sendOutcomes'>,
  { depths, isReachable }: Pick<JobQueue, 'depths' | 'isReachable'>,
): WorkerMetrics {
  const register = processMetrics(office)
  queueMetric(register, isReachable)
  backlogMetrics(register, office)
  const jobs = new Counter({
    name: 'buergerdraht_jobs_total',
    help: 'Jobs by how they ended.',
    labelNames: ['job', 'outcome'],
    registers: [register],
  })
  new Gauge({
    name: 'buergerdraht_queue_jobs',
    help: 'Reminders in the queue by state.',
    labelNames: ['queue', 'state'],
    registers: [register],
    async collect() {
      for (const [queue, states] of Object.entries(await depths().catch(() => ({})))) {
        for (const [state, count] of Object.entries(states)) this.set({ queue, state }, count)
      }
    },
  })
  new Counter({
    name: 'buergerdraht_sends_total',
    help: 'Attempts to send by what the provider said.',
    labelNames: ['outcome'],
    registers: [register],
    collect() {
      this.reset()
      for (const outcome of ['accepted', 'refused', 'ambiguous']) {
        this.inc({ outcome }, office.sendOutcomes.get(outcome) ?? 0)
      }
    },
  })
  function counter(name: string, help: string) {
    return new Counter({ name: `buergerdraht_${name}`, help, registers: [register] })
  }
  const events = counter('ingested_events_total', 'Webhook events that became rows, counts or dead letters.')
  const messages = counter('ingested_messages_total', 'Messages among them.')
  const batchSeconds = new Histogram({
    name: 'buergerdraht_ingest_batch_seconds',
    help: 'How long one batch takes.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [register],
  })
  const ingested: WorkerMetrics['ingested'] = (batch) => {
    events.inc(batch.events)
    messages.inc(batch.messages)
    batchSeconds.observe(batch.seconds)
  }
  return { register, ingested, jobEnded: (job, outcome) => jobs.inc({ job, outcome }) }
}
