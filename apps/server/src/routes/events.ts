import { Refusal, streamEvents } from '@buergerdraht/contract'
import { tokenHashOf } from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { askedFrom } from '../http/asked-from.ts'
import { route } from '../http/route.ts'
import { sessionTokenOf } from '../http/session-cookie.ts'
import type { LiveStream } from '../live/live-stream.ts'

const maxPosition = 2n ** 63n - 1n

/** A position of ours; null: begin now. What cannot be one is taken for one that is not ours: the stream says `reset`. */
function positionOf(text: string | undefined): bigint | null {
  if (text === undefined || text === '') return null
  if (!/^\d{1,19}$/.test(text)) return maxPosition
  const position = BigInt(text)
  return position > maxPosition ? maxPosition : position
}

export function eventRoutes(app: FastifyInstance, live: LiveStream): void {
  route(app, streamEvents, async ({ liveSession, query, request, reply }) => {
    const token = sessionTokenOf(request.headers.cookie)
    if (token === null) throw new Refusal('not-signed-in')
    const header = request.headers['last-event-id']
    const after = positionOf(typeof header === 'string' ? header : query.lastEventId)
    const { raw } = reply
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) raw.setHeader(name, value)
    }
    raw.setHeader('content-type', 'text/event-stream; charset=utf-8')
    raw.setHeader('x-accel-buffering', 'no')
    raw.setHeader('connection', 'close')
    await live.open(raw, { liveSession, from: askedFrom(app, request), tokenHash: tokenHashOf(token) }, after)
    return reply.hijack()
  })
}
