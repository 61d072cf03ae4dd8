import { type ErrorCode, Refusal } from '@buergerdraht/contract'
import type { Reminder } from '@buergerdraht/inbox'
import { type Log, withinTime } from '@buergerdraht/office'
import { connectionAs, connectionLimits, LimitedClient, loginRoles } from '@buergerdraht/prisma'
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  runMigrations,
  withBackend,
} from 'bullmq'

/** What a job does with the id it is reminded of. */
export type JobHandlers = {
  readonly [R in Reminder as R['job']]: (id: string, signal: AbortSignal) => Promise<void>
}

export type JobOutcome = 'done' | 'refused' | 'failed'

export type Working = {
  /** Takes no new jobs, waits for those that run, and aborts them when `patienceMs` is over. */
  stop(patienceMs: number): Promise<void>
}

export type JobQueue = {
  /** As `Inbox.remind`: never throws, never waits long. */
  readonly remind: (reminder: Reminder, delayMs?: number) => Promise<void>
  work(handlers: JobHandlers, ended: (job: Reminder['job'], outcome: JobOutcome) => void): Working
  /** Whether reminders get through now. Never throws. */
  isReachable(): Promise<boolean>
  /** Jobs by queue and state. */
  depths(): Promise<Record<string, Record<string, number>>>
  close(): Promise<void>
}

/** Replies have a queue and hands of their own: no photo is worth a citizen's waiting. */
const lanes = {
  'send-replies': { name: 'replies', concurrency: 8 },
  // Mostly waiting for the provider; memory stays flat, and what is hard work is done two at a time.
  'fetch-media': { name: 'media', concurrency: 8 },
  // Encrypting and writing to disk; whoever answers citizens comes first.
  'seal-package': { name: 'archive', concurrency: 3 },
} as const satisfies Record<Reminder['job'], { name: string; concurrency: number }>

const jobs = Object.keys(lanes) as Reminder['job'][]
const maxRemindMs = 1000
const maxProbeMs = 2000
const schema = 'queue'

type JobData = {
  readonly id: string
}

function idOf(reminder: Reminder): string {
  switch (reminder.job) {
    case 'send-replies':
      return reminder.conversationId
    case 'fetch-media':
      return reminder.attachmentId
    case 'seal-package':
      return reminder.packageId
  }
}

/**
 * At most one waiting job a subject, and one more when it is reminded of while the job runs: what was stored after the running
 * job looked is not overlooked. Delayed reminders stand alone, so that neither swallows the other. A job is tried once; what
 * failed is found by the sweeper, because the queue only reminds.
 */
function jobOptions(reminder: Reminder, delayMs: number) {
  return {
    attempts: 1,
    removeOnComplete: true,
    removeOnFail: true,
    ...(delayMs > 0
      ? { delay: delayMs }
      : { deduplication: { id: `${reminder.job}-${idOf(reminder)}`, keepLastIfActive: true } }),
  }
}

function openOn<B extends IQueueBackend, C>(
  factory: BackendFactory<B, C>,
  connection: C,
  log: Log,
): JobQueue {
  const { Queue, Worker } = withBackend(factory)
  const options = { connection, prefix: 'buergerdraht' }
  const queues = new Map(
    jobs.map((job) => {
      const queue = new Queue<JobData>(lanes[job].name, options)
      queue.on('error', (error) => log.warn({ queue: lanes[job].name, error }, 'queue not reached'))
      return [job, queue]
    }),
  )
  let probing: Promise<unknown> | null = null
  return {
    remind: async (reminder, delayMs = 0) => {
      try {
        const added = queues
          .get(reminder.job)
          ?.add(reminder.job, { id: idOf(reminder) }, jobOptions(reminder, delayMs))
        if (added !== undefined) await withinTime(added, maxRemindMs, 'The queue')
      } catch (error) {
        log.warn({ job: reminder.job, error }, 'reminder not queued')
      }
    },

    work: (handlers, ended) => {
      const abort = new AbortController()
      const workers = jobs.map((job) => {
        const worker = new Worker<JobData>(
          lanes[job].name,
          async ({ data }) => {
            try {
              await handlers[job](data.id, abort.signal)
              ended(job, 'done')
            } catch (error) {
              const refused: ErrorCode | null = error instanceof Refusal ? error.code : null
              ended(job, refused === null ? 'failed' : 'refused')
              if (refused === null) log.error({ job, error }, 'job failed')
              else log.info({ job, code: refused }, 'job refused')
            }
          },
          // A killed worker's jobs come back after the lock has run out, however often: the claim in the database decides.
          { ...options, concurrency: lanes[job].concurrency, maxStalledCount: 1000 },
        )
        worker.on('error', (error) => log.warn({ queue: lanes[job].name, error }, 'queue not reached'))
        return worker
      })
      return {
        stop: async (patienceMs) => {
          const timer = setTimeout(() => abort.abort(), patienceMs)
          await Promise.all(workers.map((worker) => worker.close()))
          clearTimeout(timer)
        },
      }
    },

    isReachable: async () => {
      // One question at a time: those that nobody answers would only pile up.
      probing ??= Promise.all([...queues.values()].map((queue) => queue.getJobCounts('active'))).finally(
        () => {
          probing = null
        },
      )
      return withinTime(probing, maxProbeMs, 'The queue').then(
        () => true,
        () => false,
      )
    },

    depths: async () => {
      const counts = [...queues.values()].map(
        async (queue) => [queue.name, await queue.getJobCounts()] as const,
      )
      return Object.fromEntries(await withinTime(Promise.all(counts), maxProbeMs, 'The queue'))
    },

    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}

/**
 * Brings the queue's own schema to this release: as the owner of all tables, like `migrate`, so that the programs need not be. Safe to repeat
 * and to call from several processes at once.
 */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new LimitedClient(connectionAs(databaseUrl, 'owner'))
  await client.connect()
  try {
    await runMigrations(client, schema)
    // Each queue numbers its jobs by a sequence that its first job would make, as whoever adds it.
    for (const { name } of Object.values(lanes))
      await client.query(`select ${schema}.next_job_id($1)`, [name])
    const programs = `${loginRoles.api}, ${loginRoles.worker}`
    await client.query(`grant usage on schema ${schema} to ${programs};
      grant select, insert, update, delete on all tables in schema ${schema} to ${programs};
      grant usage, select, update on all sequences in schema ${schema} to ${programs}`)
  } finally {
    await client.end()
  }
}

/**
 * The queue that reminds of stored work: in PostgreSQL, in a schema of its own, or in Redis where one is configured. Jobs
 * carry ids and nothing else.
 */
export function openQueue(
  where: { databaseUrl: string; redisUrl: string | undefined },
  as: 'api' | 'worker',
  log: Log,
): JobQueue {
  return where.redisUrl === undefined
    ? openOn(
        createPostgresBackend,
        {
          ...connectionAs(where.databaseUrl, as),
          schema,
          max: 4,
          application_name: 'buergerdraht-queue',
          Client: LimitedClient,
          ...connectionLimits,
        },
        log,
      )
    : openOn(createRedisBackend, { url: where.redisUrl, maxRetriesPerRequest: null }, log)
}
