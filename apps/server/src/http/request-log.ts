import './app-context.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refusalOf } from './error-answer.ts'

/** Called all the time by providers, probes and browsers; the metrics count them. */
const counted = /^\/(webhooks|health|metrics|assets)/

function actorOf({ liveSession }: FastifyRequest): { readonly actor?: string } {
  return liveSession === null ? {} : { actor: liveSession.viewer.accountId }
}

/**
 * One line a request: method, route pattern, status, duration, and who asked, by the pseudonym of the audit log. Neither path, query, headers nor body are ever touched. What is
 * counted by the metrics is logged only when we are to blame.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const pattern = request.routeOptions.url ?? 'unknown'
    if (pattern.startsWith('/health')) return
    if (reply.statusCode < 500 && (pattern === 'unknown' || counted.test(pattern))) return
    const method = request.method.toLowerCase()
    const ms = Math.round(reply.elapsedTime)
    app.office.log.info(
      { requestId: request.id, ...actorOf(request), method, route: pattern, status: reply.statusCode, ms },
      'request answered',
    )
  })
  app.addHook('onError', async (request, _reply, error) => {
    const { code } = refusalOf(error)
    if (code !== 'defect' && code !== 'not-ready') return
    const pattern = request.routeOptions.url ?? 'unknown'
    app.office.log.error(
      { requestId: request.id, ...actorOf(request), route: pattern, code, error },
      'request failed',
    )
  })
}
