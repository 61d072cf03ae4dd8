import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '@buergerdraht/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'

/** Why a process does not want requests now; null: it does. Code words, nothing personal. */
export type NotReadyReason =
  | 'database-down'
  | 'migrations-pending'
  | 'starting'
  | 'stopping'
  | 'ingest-stopped'
  | 'demo-webhook-missing'
  | null
export type Readiness = () => Promise<NotReadyReason>

interface Probes {
  readonly readiness: Readiness
  readonly metrics: { readonly register: Registry }
  readonly metricsToken: string | undefined
}

const equal = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** With a token whoever has it; without one this machine, unless something in between speaks for somebody else. */
const mayReadMetrics = (request: FastifyRequest, token: string | undefined): boolean => {
  if (token !== undefined) return equal(request.headers.authorization ?? '', `Bearer ${token}`)
  const { headers, ip } = request
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  return ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1'
}

export const healthRoutes = (app: FastifyInstance, { readiness, metrics, metricsToken }: Probes): void => {
  app.get('/health/live', async () => ({ status: 'alive' }))

  app.get('/health/ready', async (_request, reply) => {
    const reason = await readiness()
    return reason === null ? { status: 'ready' } : reply.code(503).send({ status: 'not-ready', reason })
  })

  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, metricsToken)) throw new Refusal('not-allowed')
    return reply.type(metrics.register.contentType).send(await metrics.register.metrics())
  })
}
