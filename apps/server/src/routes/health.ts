import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '@buergerdraht/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import type { Config } from '../config.ts'

/** Why a process does not want requests now; null: it does. Code words, nothing personal. */
export type NotReadyReason =
  | 'database-down'
  | 'migrations-pending'
  | 'starting'
  | 'stopping'
  | 'ingest-stopped'
  | 'queue-unreachable'
  | 'demo-webhook-missing'
  | 'quarantine'
  | null
export type Readiness = () => Promise<NotReadyReason>

type Probes = {
  readonly readiness: Readiness
  /** A process that is ready without the queue says that replies wait for it. */
  readonly queueReachable: () => Promise<boolean>
  readonly metrics: { readonly register: Registry }
  /** Who may read the metrics: whoever has this token; `this-machine`; or nobody. */
  readonly metricsReaders: MetricsReaders
}

export type MetricsReaders = { readonly token: string } | 'this-machine' | 'nobody'

/**
 * With a token whoever has it. Without one this machine, but not in production: there everything comes from this machine once a
 * reverse proxy runs on it.
 */
export function metricsReadersOf(config: Pick<Config, 'metricsToken' | 'production'>): MetricsReaders {
  return config.metricsToken !== undefined
    ? { token: config.metricsToken }
    : config.production
      ? 'nobody'
      : 'this-machine'
}

function equal(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** `this-machine` unless something in between speaks for somebody else. */
export function mayReadMetrics(
  { headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>,
  readers: MetricsReaders,
): boolean {
  if (readers === 'nobody') return false
  if (readers !== 'this-machine') return equal(headers.authorization ?? '', `Bearer ${readers.token}`)
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  return ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1'
}

export function healthRoutes(
  app: FastifyInstance,
  { readiness, queueReachable, metrics, metricsReaders }: Probes,
): void {
  app.get('/health/live', async () => ({ status: 'alive' }))

  app.get('/health/ready', async (_request, reply) => {
    const reason = await readiness()
    if (reason !== null) return reply.code(503).send({ status: 'not-ready', reason })
    return { status: 'ready', ...((await queueReachable()) ? {} : { warnings: ['replies-wait'] }) }
  })

  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, metricsReaders)) throw new Refusal('not-allowed')
    return reply.type(metrics.register.contentType).send(await metrics.register.metrics())
  })
}
