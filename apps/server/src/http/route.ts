import './app-context.ts'
import type { Readable } from 'node:stream'
import type { Endpoint } from '@buergerdraht/contract'
import { may, needsStepUp, Refusal } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import {
  type AuditObject,
  awaitsSecondFactor,
  type LiveSession,
  recordActOn,
  recordOftenOn,
  requireStepUp,
  type Viewer,
} from '@buergerdraht/office'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { requireSession } from './authentication.ts'
import { refuseForeignOrigin } from './origin.ts'
import { validate } from './validate.ts'

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined

/** What a handler answers: what goes through the reply schema, nothing (204), or bytes. */
export type Answer<E extends Endpoint> = E['reply'] extends null
  ? undefined
  : E['reply'] extends 'stream'
    ? Readable | FastifyReply
    : E['reply'] extends z.ZodType
      ? z.input<E['reply']>
      : never

/** Everything a handler needs of a request that has passed authentication, the role check and validation. */
export type Asked<E extends Endpoint> = {
  readonly office: Inbox
  /** Who asks; there is none behind `access: 'public'`. */
  readonly viewer: E['access'] extends 'public' ? undefined : Viewer
  readonly liveSession: E['access'] extends 'public' ? undefined : LiveSession
  readonly params: Parsed<E['params']>
  readonly query: Parsed<E['query']>
  /** Undefined for `multipart`, which the route reads from the request itself. */
  readonly body: Parsed<E['body']>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The query without what was left empty: `?status=&q=`, as forms send it, asks for nothing. */
function givenParameters(query: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== ''))
}

/** What an address with an id is about, of that which some may see and others may not. */
const kindsByPath: Readonly<Record<string, AuditObject['kind']>> = {
  conversations: 'conversation',
  attachments: 'attachment',
  'subject-requests': 'data-subject-request',
  'deletion-runs': 'deletion-run',
}

/** Now and then: whoever does it without end fills no log by it. */
function recordRefusal(
  { pool, now }: Inbox,
  viewer: Viewer,
  facts: Readonly<Record<string, string>>,
  object: AuditObject = { kind: 'account', id: viewer.accountId },
): Promise<void> {
  return recordOftenOn(pool, now(), viewer, { act: 'refused', facts, object })
}

/** What is somebody else's is answered as what is not there; that it was asked for is recorded in both cases. */
async function notThere(
  office: Inbox,
  { path, access }: Endpoint,
  { viewer, params }: { readonly viewer: Viewer | undefined; readonly params: unknown },
  error: unknown,
): Promise<never> {
  const kind = kindsByPath[path.split('/')[1] ?? '']
  const { id } = (params ?? {}) as { readonly id?: string }
  if (error instanceof Refusal && error.code === 'not-found' && viewer && kind && id !== undefined)
    await recordRefusal(office, viewer, { asked: access, reason: error.code }, { kind, id: id.toLowerCase() })
  throw error
}

/**
 * Hangs an endpoint of the contract on the app. Before the handler runs: a state-changing request comes from our own
 * origin, the session is valid now, its account has not asked for too much lately, its role may call this at all (deny by default), a second factor and a step-up are there where
 * they are wanted, and the input fits its schema.
 * After it: only what the reply schema declares leaves. A handler says no by throwing a `Refusal`; whatever else it
 * throws is a defect and answered without its text.
 */
export function route<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handle: (asked: Asked<E>) => Promise<Answer<E>> | Answer<E>,
): void {
  const { access, beforeSecondFactor, params, query, body, reply: replySchema, status } = endpoint
  const kind = endpoint.path.endsWith('/search') ? 'search' : 'other'
  app.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path}`,
    exposeHeadRoute: false,
    config: { access } as object,
    ...(endpoint.maxBodyBytes === undefined ? {} : { bodyLimit: endpoint.maxBodyBytes }),
    onRequest: async (request, reply) => {
      if (endpoint.method !== 'GET') refuseForeignOrigin(request, app.ownOrigins)
      if (access === 'public') return
      const liveSession = await requireSession(app, request)
      const waitSeconds = app.allowance.take(liveSession.viewer.accountId, kind)
      if (waitSeconds > 0) {
        await recordRefusal(app.office, liveSession.viewer, { reason: 'too-many-requests' })
        reply.header('retry-after', String(waitSeconds))
        throw new Refusal('too-many-requests')
      }
      if (access !== 'signed-in' && !may(liveSession.viewer.role, access)) {
        const { pool, now } = app.office
        await recordActOn(pool, now(), liveSession.viewer, { act: 'refused', facts: { asked: access } })
        throw new Refusal('not-allowed')
      }
      const isOpen =
        beforeSecondFactor === 'always' || beforeSecondFactor === liveSession.session.secondFactor
      if (awaitsSecondFactor(liveSession) && !isOpen) throw new Refusal('second-factor-required')
      if (access !== 'signed-in' && needsStepUp(access)) requireStepUp(app.office, liveSession)
      request.liveSession = liveSession
    },
    handler: async (request, reply) => {
      const asked = {
        office: app.office,
        viewer: request.liveSession?.viewer,
        liveSession: request.liveSession ?? undefined,
        params: params && validate(params, request.params),
        query: query && validate(query, givenParameters(request.query)),
        body: body === undefined || body === 'multipart' ? undefined : validate(body, request.body),
        request,
        reply,
      }
      // The types of the endpoint say what the schemas above have just established.
      // A handler that has more than one success sets another status itself.
      if (replySchema !== 'stream') reply.code(status)
      const answer = await (async () => handle(asked as unknown as Asked<E>))().catch((error: unknown) =>
        notThere(app.office, endpoint, asked, error),
      )
      if (replySchema === 'stream') return answer
      return replySchema === null ? reply.send() : replySchema.parse(answer)
    },
  })
}
