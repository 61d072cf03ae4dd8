import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

type WireRequest = {
  readonly method: 'GET' | 'POST'
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly rawBody?: string
  readonly rawBodyBase64?: string
  readonly generate?: {
    readonly kind: string
    readonly depth?: number
    readonly bytes?: number
    readonly senders?: number
  }
  readonly auth: 'valid' | 'none' | 'explicit'
  readonly parallel?: boolean
}

/** One file of the catalogue of what providers send. */
export type WireCase = {
  readonly case: string
  readonly title: string
  readonly provider: 'meta' | '360dialog' | string
  readonly request?: WireRequest
  readonly requests?: readonly WireRequest[]
  readonly expect: { readonly httpStatus: number }
}

const folder = new URL('../../../../packages/bsp/wire/', import.meta.url)

/** All cases of the vendors that speak Meta's language, in the order of their numbers. */
export const wireCases: readonly WireCase[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as WireCase)
  .filter((wire) => ['meta', '360dialog'].includes(wire.provider))

export function wireCase(name: string): WireCase {
  const found = wireCases.find((wire) => wire.case.startsWith(name))
  if (found === undefined) throw new Error(`There is no wire case ${name}.`)
  return found
}

function text(n: number, extra: Record<string, unknown> = {}) {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '200000000000001',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '493023125010', phone_number_id: '300000000000001' },
              contacts: [{ profile: { name: `Neu ${n}` }, wa_id: `4917139${String(n).padStart(5, '0')}` }],
              messages: [
                {
                  from: `4917139${String(n).padStart(5, '0')}`,
                  id: `wamid.GENERATED${n}`,
                  timestamp: '1794830400',
                  type: 'text',
                  text: { body: `Nachricht ${n}` },
                },
              ],
              ...extra,
            },
          },
        ],
      },
    ],
  }
}

function generated({
  kind,
  depth = 0,
  bytes = 0,
  senders = 0,
}: NonNullable<WireRequest['generate']>): string {
  switch (kind) {
    case 'nest':
      return JSON.stringify(text(1, { x: '@' })).replace('"@"', `${'['.repeat(depth)}${']'.repeat(depth)}`)
    case 'oversize':
      return JSON.stringify(text(1, { x: 'x'.repeat(bytes) }))
    case 'flood': {
      const all = Array.from({ length: senders }, (_, n) => text(n).entry[0])
      return JSON.stringify({ object: 'whatsapp_business_account', entry: all })
    }
    default:
      throw new Error(`Nobody knows how to generate ${kind}.`)
  }
}

function bodyOf(request: WireRequest): Buffer | undefined {
  if (request.rawBodyBase64 !== undefined) return Buffer.from(request.rawBodyBase64, 'base64')
  if (request.generate !== undefined) return Buffer.from(generated(request.generate))
  if (request.rawBody !== undefined) return Buffer.from(request.rawBody)
  return request.method === 'GET' ? undefined : Buffer.from(JSON.stringify(request.body))
}

function send(url: string, provider: string, request: WireRequest): Promise<Response> {
  const target = new URL(url)
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const one of [value].flat()) target.searchParams.append(name, one)
  }
  const body = bodyOf(request)
  const headers: Record<string, string> = { 'content-type': 'application/json', ...request.headers }
  if (request.auth === 'valid' && body !== undefined) {
    if (provider === 'meta') {
      headers['x-hub-signature-256'] =
        `sha256=${createHmac('sha256', 'wire-test-secret').update(body).digest('hex')}`
    } else headers['x-inbox-webhook-key'] = 'wire-shared-header-value'
  }
  return fetch(target, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  })
}

/**
 * Sends the case as its file says: together, or one after the other with `between` in between. @returns the answers' status
 * and text
 */
export async function play(
  wire: WireCase,
  url: string,
  between: () => Promise<void> = async () => {},
): Promise<{ status: number; text: string }[]> {
  const requests = wire.requests ?? (wire.request === undefined ? [] : [wire.request])
  async function answer(request: WireRequest) {
    const response = await send(url, wire.provider, request)
    return { status: response.status, text: await response.text() }
  }
  if (requests.every((request) => request.parallel)) return Promise.all(requests.map(answer))
  const answers: { status: number; text: string }[] = []
  for (const request of requests) {
    if (answers.length > 0) await between()
    answers.push(await answer(request))
  }
  return answers
}
