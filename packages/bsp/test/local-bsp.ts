import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BspCredentials } from '../src/adapter.ts'

type ReceivedRequest = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Answers one request; may also end the connection or never answer. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => void

export type LocalBsp = {
  readonly credentials: BspCredentials
  readonly received: ReceivedRequest[]
  /** The answer to the next request; the last one is repeated. */
  answer(...answers: Answer[]): void
  close(): Promise<void>
}

/** A real HTTP server in the BSP's place, which answers as the test says. */
export async function startLocalBsp(): Promise<LocalBsp> {
  const received: ReceivedRequest[] = []
  let answers: Answer[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk)
    } catch {
      // The sender has given up in the middle: there is nobody to answer.
      return
    }
    const { method = '', url = '', headers } = request
    const whole = { method, url, headers, body: Buffer.concat(chunks) }
    received.push(whole)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer) answer(response, whole)
    else response.writeHead(500).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    credentials: {
      phoneNumberId: '300000000000001',
      wabaId: null,
      baseUrl: `http://127.0.0.1:${port}`,
      apiKey: 'key-of-the-channel',
      webhookSecrets: [],
      webhookHeaders: {},
      verifyToken: 'token',
    },
    received,
    answer: (...next) => {
      answers = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

export function json(status: number, body: unknown): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
}

/** The connection ends without an answer. */
export const hangUp: Answer = (response) => {
  response.socket?.destroy()
}

export const neverAnswer: Answer = () => undefined
