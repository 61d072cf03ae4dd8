import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the provider does with the next request. */
export type Behaviour =
  | { readonly does: 'accept' }
  | { readonly does: 'refuse'; readonly status: number; readonly body: unknown }
  /** Nobody knows afterwards whether it was sent. */
  | { readonly does: 'hang-up' }
  /** Answers when `until` resolves. */
  | { readonly does: 'wait'; readonly until: Promise<void> }

type Sent = {
  readonly to?: string
  readonly recipient?: string
  readonly type: string
  readonly text?: { readonly body: string }
  readonly image?: { readonly id: string; readonly caption?: string }
  readonly reaction?: { readonly message_id: string; readonly emoji: string }
  readonly template?: { readonly name: string }
  readonly context?: { readonly message_id: string }
  readonly biz_opaque_callback_data: string
  readonly status?: string
  readonly message_id?: string
}

/** A provider of WhatsApp on real HTTP that does as it is told and remembers what it was asked. */
export type Provider = {
  readonly baseUrl: string
  /** Bodies of `POST …/messages`, in the order of arrival. */
  readonly asked: Sent[]
  readonly uploads: Buffer[]
  /** How many requests were open at the same time at most. */
  busiest(): number
  /** For the next requests; afterwards it accepts. */
  next(...behaviours: Behaviour[]): void
  /** The id that a sent message was accepted with. */
  idOf(ownId: string): string | undefined
  close(): Promise<void>
}

export function refusedWith(code: number, status = 400): Behaviour {
  return {
    does: 'refuse',
    status,
    body: { error: { message: 'refused', code } },
  }
}

export async function startProvider(): Promise<Provider> {
  const asked: Sent[] = []
  const uploads: Buffer[] = []
  const ids = new Map<string, string>()
  const behaviours: Behaviour[] = []
  let open = 0
  let busiest = 0
  const server = createServer(async (request, response) => {
    open += 1
    busiest = Math.max(busiest, open)
    response.once('close', () => {
      open -= 1
    })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    function answer(status: number, value: unknown) {
      return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    }
    const upload = request.url?.endsWith('/media') === true
    const message = upload ? null : (JSON.parse(body.toString()) as Sent)
    if (message?.status === 'read') {
      asked.push(message)
      answer(200, { success: true })
      return
    }
    if (message === null) uploads.push(body)
    else asked.push(message)
    const behaviour = behaviours.shift() ?? { does: 'accept' }
    if (behaviour.does === 'hang-up') {
      request.socket.destroy()
      return
    }
    if (behaviour.does === 'refuse') {
      answer(behaviour.status, behaviour.body)
      return
    }
    if (behaviour.does === 'wait') await behaviour.until
    if (message === null) {
      answer(200, { id: `media${uploads.length}` })
      return
    }
    const id = `wamid.${asked.length}`
    ids.set(message.biz_opaque_callback_data, id)
    answer(200, { messaging_product: 'whatsapp', contacts: [], messages: [{ id }] })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    asked,
    uploads,
    busiest: () => busiest,
    next: (...more) => void behaviours.push(...more),
    idOf: (ownId) => ids.get(ownId),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
