import type { FastifyInstance } from 'fastify'
import type { Network } from './citizen-writes.ts'
import type { TownEvent } from './town.ts'
import type { DeliveryCounts } from './webhook-courier.ts'

/** What the page shows about the office and the way to it. */
export interface OfficeView {
  readonly name: string
  readonly displayPhoneNumber: string
  /** Whether an office's system has said where its webhook is. */
  readonly connected: boolean
  readonly deliveries: DeliveryCounts
}

export function officeViewOf({ office, courier }: Network): OfficeView {
  const { name, displayPhoneNumber } = office
  return { name, displayPhoneNumber, connected: courier.webhook !== null, deliveries: courier.counts }
}

/** One event of the stream. */
export type LiveEvent =
  | Exclude<TownEvent, { type: 'office' }>
  | { readonly type: 'office'; readonly office: OfficeView }

const HEARTBEAT_MS = 15_000

/** Server-sent events for the phone page: everything that happens, from now on. */
export function registerLiveStream(app: FastifyInstance, network: Network): void {
  const open = new Set<() => void>()

  app.get('/office', () => officeViewOf(network))

  app.get('/live', (_request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const send = (event: LiveEvent): void => {
      raw.write(`data: ${JSON.stringify(event)}\n\n`)
    }
    const unwatch = network.town.watch((event) => {
      send(event.type === 'office' ? { type: 'office', office: officeViewOf(network) } : event)
    })
    const heartbeat = setInterval(() => raw.write(':\n\n'), HEARTBEAT_MS)
    const end = (): void => {
      clearInterval(heartbeat)
      unwatch()
      open.delete(end)
      raw.end()
    }
    open.add(end)
    raw.on('close', end)
    send({ type: 'office', office: officeViewOf(network) })
  })

  app.addHook('preClose', async () => {
    for (const end of [...open]) end()
  })
}
