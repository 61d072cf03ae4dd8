import type { FastifyInstance } from 'fastify'
import type { Network } from './citizen-writes.ts'
import type { LiveEvent, OfficeView } from './page/view.ts'

function officeViewOf({ office, courier }: Network): OfficeView {
  const { name, displayPhoneNumber } = office
  return { name, displayPhoneNumber, connected: courier.webhook !== null, deliveries: courier.counts }
}

const heartbeatMs = 15_000

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
    function send(event: LiveEvent): void {
      raw.write(`data: ${JSON.stringify(event)}\n\n`)
    }
    const unwatch = network.town.watch((event) => {
      send(event.type === 'office' ? { type: 'office', office: officeViewOf(network) } : event)
    })
    const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs)
    function end(): void {
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
