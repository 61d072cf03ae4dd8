import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { z } from 'zod'
import { registerBspApi } from './bsp-api.ts'
import { registerCitizenApi } from './citizen-api.ts'
import { messageWasTaken, type Network } from './citizen-writes.ts'
import { defaultOffice, type OfficeNumber, type Webhook } from './config.ts'
import { FaultBoard } from './faults.ts'
import { keepState } from './kept-state.ts'
import { registerLiveStream } from './live-stream.ts'
import { MessageTemplates } from './message-templates.ts'
import { OfficePost } from './office-writes.ts'
import { registerPhonePage } from './phone-page.ts'
import { RecordsSystem, registerRecordsSystem } from './records-system.ts'
import { StoredMedia } from './stored-media.ts'
import { registerTimeAuthority, TimeAuthority } from './time-authority.ts'
import { Town } from './town.ts'
import { acceptForms } from './uploaded-file.ts'
import { WebhookCourier } from './webhook-courier.ts'

/** The largest upload, plus its form. */
const maxBodyBytes = 110 * 2 ** 20
const recordsEveryMs = 500

export type SimulatorOptions = {
  readonly host?: string
  /** 0: any free port. */
  readonly port?: number
  readonly office?: Partial<OfficeNumber>
  readonly webhook?: Webhook | null
  readonly webhookSecret?: string | null
  /** Milliseconds between acceptance, `sent`, `delivered` and `read`. */
  readonly stepMs?: number
  /** Factor on the seconds between repeated webhooks; 1 is what the real network does. */
  readonly retryFactor?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Where it remembers everything from one start to the next; null: it forgets. */
  readonly stateFolder?: string | null
  /** Drop folder at whose other end it is the electronic file and the public archive; null: it is neither. */
  readonly recordsFolder?: string | null
}

export type Simulator = {
  /** Where it listens, without a trailing slash; also the base address for a channel. */
  readonly url: string
  readonly office: OfficeNumber
  /** Ids of what citizens have sent and the office's system has not answered with 200 yet. */
  untaken(): readonly string[]
  /** Ends all connections, and forgets everything unless it has a folder for that. */
  close(): Promise<void>
}

/** A business solution provider on this machine. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const office: OfficeNumber = { ...defaultOffice, ...options.office }
  const clock = options.now ?? Date.now
  let shiftMs = 0
  function now() {
    return clock() + shiftMs
  }
  const town = new Town()
  const faults = new FaultBoard()
  const courier = new WebhookCourier({
    office,
    webhook: options.webhook ?? null,
    secret: options.webhookSecret ?? null,
    faults,
    retryFactor: options.retryFactor ?? 1,
    onChange: () => town.tell({ type: 'office' }),
    onTaken: (messageId) => messageWasTaken({ town }, messageId),
  })
  const network: Network = {
    office,
    town,
    media: new StoredMedia(now),
    courier,
    templates: new MessageTemplates(),
    now,
  }
  const stepMs = options.stepMs ?? 250
  // At another time than the machine's, a past is played: nobody watches, and nothing waits.
  const post = new OfficePost(network, faults, { stepMs: () => (shiftMs === 0 ? stepMs : 0) })
  const { stateFolder = null } = options
  const { recordsFolder = null } = options
  const records = recordsFolder === null ? null : new RecordsSystem(recordsFolder, faults)
  const state = stateFolder === null ? null : await keepState(stateFolder, network, post, complainAbout)

  let url = ''
  let opened: Promise<TimeAuthority> | undefined
  /** Made when it is first asked, because its certificates name its address. */
  function timeAuthority(): Promise<TimeAuthority> {
    opened ??= TimeAuthority.open(stateFolder, `${url}/tsa`, now)
    return opened
  }

  const app = Fastify({ bodyLimit: maxBodyBytes, forceCloseConnections: true })
  acceptForms(app)
  registerPhonePage(app)
  registerBspApi(app, { network, post, faults })
  registerCitizenApi(app, { network, post })
  registerLiveStream(app, network)
  registerTimeAuthority(app, timeAuthority, faults)
  if (records !== null) registerRecordsSystem(app, records)
  app.get('/faults', () => faults.current)
  app.put('/faults', (request) => faults.set(request.body ?? {}))
  app.delete('/faults', () => faults.set({}))
  // What the network still has: what an office has deleted there is not in it.
  app.get('/held', () => ({
    media: network.media
      .all()
      .flatMap(({ id, mediaType }) => (network.media.find(id) ? { id, mediaType } : [])),
    contactBook: town.contactBook().map((bsuid) => ({ bsuid, phone: town.addressee(bsuid)?.phone ?? null })),
  }))
  app.get('/clock', () => ({ at: new Date(now()).toISOString() }))
  app.put('/clock', (request) => {
    const { at } = z.object({ at: z.iso.datetime().nullable() }).parse(request.body)
    shiftMs = at === null ? 0 : Date.parse(at) - clock()
    return { at: new Date(now()).toISOString() }
  })
  app.setErrorHandler((error: { statusCode?: number; message?: string }, _request, reply) => {
    if (error instanceof z.ZodError) {
      return reply.code(400).send({ code: 'bad-request', message: z.prettifyError(error) })
    }
    return reply.code(error.statusCode ?? 500).send({ code: 'failed', message: error.message })
  })
  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })
  records?.open(recordsEveryMs)
  const { address, family, port } = app.server.address() as AddressInfo
  url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  return {
    url,
    office,
    untaken: () => courier.undelivered().flatMap(({ messageId }) => messageId ?? []),
    close: async () => {
      courier.close()
      await records?.close()
      await app.close()
      await state?.close()
    },
  }
}

function complainAbout(error: unknown): void {
  process.stderr.write(`What happened on the phones could not be kept: ${String(error)}\n`)
}
