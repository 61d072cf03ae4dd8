import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { acts, errorCodes, Refusal } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify'
import './app-context.ts'
import { endConnection, isBeingAnswered, limitDrain } from './connection-end.ts'
import { answerRefusal, errorBody, refusalOf } from './error-answer.ts'
import { methodNotAllowed } from './method-not-allowed.ts'
import { logRequests } from './request-log.ts'
import { securityHeaders } from './security-headers.ts'

/** JSON bodies of the API; uploads and webhooks set their own. */
const bodyLimit = 256 * 1024

/** Answers what no route knows; false: it is for nobody. */
export type AnswerUnknown = (request: FastifyRequest, reply: FastifyReply) => boolean

/** A route of the API that names nobody who may call it is a mistake of whoever writes it, found before anything listens. */
function requireRule({ url, method, config }: RouteOptions): void {
  if (!url.startsWith('/api/')) return
  const { access } = (config ?? {}) as { readonly access?: unknown }
  const isKnown = access === 'public' || access === 'signed-in' || acts.some((act) => act === access)
  if (!isKnown) throw new Error(`Nothing says who may ask ${method} ${url}.`)
}

/** What every HTTP server of ours does on every answer: headers, request id, error bodies, one line in the log. */
export function baseApp(
  office: Inbox,
  trustedProxies: readonly string[],
  answerUnknown: AnswerUnknown = () => false,
): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    // On close idle connections end at once, and half-sent requests do not linger.
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    // Whoever neither reads nor writes; longer than any upload may be looked at.
    connectionTimeout: 600_000,
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders(request.protocol === 'https'))
      return answerRefusal(refusalOf(error), request, reply)
    },
    clientErrorHandler(error, socket) {
      if (!socket.writable || isBeingAnswered(socket)) {
        socket.destroy()
        return
      }
      const code = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'incomplete-request' : 'invalid-input'
      const body = JSON.stringify(errorBody(code, { id: randomUUID(), headers: {} }))
      const headers = Object.entries({
        ...securityHeaders(false),
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        connection: 'close',
      }).map(([name, value]) => `${name}: ${value}\r\n`)
      const { status } = errorCodes[code]
      endConnection(socket, `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}\r\n${body}`)
    },
  })
  app.decorate('office', office)
  app.decorateRequest('liveSession', null)
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(request.protocol === 'https'))
    reply.header('x-request-id', request.id)
  })
  // The page goes by the office's clock, whatever its machine's says.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', office.now().toUTCString())
  })
  app.addHook('onResponse', async ({ raw }) => limitDrain(raw))
  logRequests(app)
  app.setErrorHandler((error, request, reply) => answerRefusal(refusalOf(error), request, reply))
  app.addHook('onRoute', requireRule)
  const refuseMethod = methodNotAllowed(app)
  app.setNotFoundHandler((request, reply) => {
    refuseMethod(request, reply)
    if (answerUnknown(request, reply)) return reply
    return answerRefusal(new Refusal('not-found'), request, reply)
  })
  return app
}
