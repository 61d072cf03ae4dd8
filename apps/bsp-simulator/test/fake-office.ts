import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type BspCredentials,
  type BspEvent,
  dialog360,
  type SendCommand,
  type SendOutcome,
} from '@buergerdraht/bsp'
import { type Simulator, type SimulatorOptions, startSimulator } from '@buergerdraht/bsp-simulator'

/** How the office's system answers a webhook. */
type WebhookAnswer = (response: ServerResponse) => void

const headers = { 'x-inbox-webhook-key': 'key-that-we-agreed' }

/** A simulator, and an office that does nothing but verify and remember what it hears. */
export type FakeOffice = {
  readonly simulator: Simulator
  readonly credentials: BspCredentials
  /** Everything heard, in order of arrival, also of webhooks that were then not answered with 200. */
  readonly events: BspEvent[]
  readonly deliveries: { authenticity: string; receivedAtMs: number }[]
  webhookUrl: string
  answers: WebhookAnswer[]
  connect(): Promise<Response>
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  send(content: SendCommand['content'], options?: Partial<SendCommand>): Promise<SendOutcome>
  /** Waits until an event of this kind was heard; `count` of them. */
  hear<T extends BspEvent['type']>(type: T, count?: number): Promise<Extract<BspEvent, { type: T }>[]>
  close(): Promise<void>
}

export const erika = '491713920011'
export const max = 'DE.7001000000000000022'

export async function startFakeOffice(options: SimulatorOptions = {}): Promise<FakeOffice> {
  const events: BspEvent[] = []
  const deliveries: FakeOffice['deliveries'] = []
  const simulator = await startSimulator({ stepMs: 5, retryFactor: 0.02, ...options })
  const credentials: BspCredentials = {
    phoneNumberId: simulator.office.phoneNumberId,
    wabaId: simulator.office.wabaId,
    baseUrl: simulator.url,
    apiKey: simulator.office.apiKey,
    webhookSecrets: options.webhookSecret ? [options.webhookSecret] : [],
    webhookHeaders: headers,
    verifyToken: 'token',
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    deliveries.push({
      authenticity: dialog360.verify(bytes, request.headers, credentials),
      receivedAtMs: performance.now(),
    })
    events.push(...dialog360.parse(bytes))
    const answer = office.answers.shift()
    if (answer) answer(response)
    else response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  const office: FakeOffice = {
    simulator,
    credentials,
    events,
    deliveries,
    webhookUrl: `http://127.0.0.1:${port}/webhooks/whatsapp/1`,
    answers: [],
    connect: () =>
      fetch(`${simulator.url}/v1/configs/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'd360-api-key': credentials.apiKey },
        body: JSON.stringify({ url: office.webhookUrl, headers: headers }),
      }),
    call: async (method, path, body) => {
      const response = await fetch(simulator.url + path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      return { status: response.status, body: await response.json() }
    },
    send: (content, command = {}) =>
      dialog360.send(
        {
          recipient: { phone: erika },
          ownId: '6f1c2b34-0000-4000-8000-000000000001',
          replyToProviderId: null,
          ...command,
          content,
        },
        credentials,
        AbortSignal.timeout(60_000),
      ),
    hear: async (type, count = 1) => {
      function heard() {
        return events.filter((event) => event.type === type) as never[]
      }
      for (const endsAtMs = performance.now() + 60_000; heard().length < count; ) {
        if (performance.now() > endsAtMs) {
          throw new Error(`heard ${heard().length} × ${type} instead of ${count}: ${JSON.stringify(events)}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return heard()
    },
    close: async () => {
      await simulator.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return office
}
