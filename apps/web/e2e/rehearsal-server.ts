import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { deflateSync } from 'node:zlib'
import {
  type Attachment,
  type Conversation,
  type ErrorCode,
  errorCodes,
  type LiveEvent,
  type Message,
} from '@buergerdraht/contract'
import {
  ahead,
  attachment,
  type Case,
  cases,
  channel,
  colleague,
  me,
  message,
  otherTeam,
  team,
  templates,
} from './rehearsal-data.ts'

/**
 * A stage for looking at the page: the contract's endpoints over invented data in memory, with the product's content
 * security policy. It shows what the page makes of any answer; what the product does is told by the journeys against the
 * product.
 */
export type Rehearsal = {
  readonly url: string
  /** How many live streams were ever opened. */
  streams(): number
  /** A citizen writes; announced to the open pages. */
  say(name: string, text: string): Message
  /** The next answers of this kind fail: as if the network or the server were gone. */
  breakDown(what: { api?: boolean; events?: boolean }): void
  /** Somebody else is quicker from now on. */
  claimElsewhere(name: string): void
  expireSession(): void
  /** From now on replies are refused with this code; null: no longer. */
  refuseReplies(code: ErrorCode | null): void
  readonly sent: readonly { clientId: string; text: string }[]
  stop(): Promise<void>
}

const policy =
  "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** A plain gradient as PNG, so that pictures have something to show. */
function picture(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3
      const hedge = y > height * (0.45 + 0.06 * Math.sin(x / 23) + 0.04 * Math.sin(x / 7))
      rows[at] = hedge ? 60 + ((x * 7 + y * 13) % 40) : 170 + (y * 60) / height
      rows[at + 1] = hedge ? 100 + ((x * 3 + y * 11) % 50) : 200 + (y * 30) / height
      rows[at + 2] = hedge ? 50 + ((x + y * 5) % 30) : 230
    }
  function chunk(type: string, data: Buffer): Buffer {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    let crc = -1
    for (const byte of body) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
    }
    const frame = Buffer.alloc(body.length + 8)
    frame.writeUInt32BE(data.length, 0)
    body.copy(frame, 4)
    frame.writeInt32BE(~crc, body.length + 4)
    return frame
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

export async function rehearse(role: 'clerk' | 'admin' | 'dpo' = 'clerk'): Promise<Rehearsal> {
  const all: Case[] = cases()
  const sent: { clientId: string; text: string }[] = []
  const streams = new Set<ServerResponse>()
  let opened = 0
  const uploads = new Map<string, Attachment>()
  const dist = join(import.meta.dirname, '../dist')
  let signedIn = false
  let down = { api: false, events: false }
  let position = 100
  let refusal: ErrorCode | null = null
  const channels = [channel()]
  const deadLetters = [
    {
      id: randomUUID(),
      channelId: channels[0]?.id ?? '',
      code: 'unreadable-item',
      path: 'entry[0].changes[0].value.messages[1]',
      sizeBytes: 1_834,
      receivedAt: ahead(-200),
      expiresAt: ahead(13 * 24 * 60),
      replayedAt: null as string | null,
    },
  ]

  const session = {
    account: {
      id: me.id,
      displayName: me.displayName,
      email: 's.krueger@stadt.example',
      role,
      teams: role === 'clerk' ? [team] : [],
    },
    expiresAt: ahead(480),
    idleMinutes: 30,
    timeZone: 'Europe/Berlin',
  }

  function announce(
    type: LiveEvent['type'],
    conversationId: string | null,
    messageId: string | null,
    inbound = false,
  ): void {
    position += 1
    const event: LiveEvent = {
      id: String(position),
      type,
      conversationId,
      messageId,
      inbound,
      at: new Date().toISOString(),
    }
    for (const stream of streams)
      stream.write(`id: ${event.id}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  function store(one: Case, added: Message): void {
    one.messages.push(added)
    const inbound = added.direction === 'inbound'
    one.conversation = {
      ...one.conversation,
      unreadCount: one.conversation.unreadCount + (inbound ? 1 : 0),
      waitingSince: inbound ? (one.conversation.waitingSince ?? added.receivedAt) : null,
      windowClosesAt: inbound ? ahead(24 * 60) : one.conversation.windowClosesAt,
      lastMessage: {
        id: added.id,
        direction: added.direction,
        kind: added.kind,
        text: added.text,
        sentAt: added.sentAt,
        status: added.status,
        revoked: false,
      },
    }
    announce('message.stored', one.conversation.id, added.id, inbound)
  }

  function advance(one: Case, id: string, states: Message['status'][]): void {
    for (const [index, status] of states.entries())
      setTimeout(
        () => {
          const at = one.messages.findIndex((m) => m.id === id)
          const current = one.messages[at]
          if (current === undefined) return
          const now = new Date().toISOString()
          const key =
            status === 'sent' || status === 'delivered' || status === 'read' ? { [status]: now } : {}
          one.messages[at] = { ...current, status, statusAt: { ...current.statusAt, ...key } }
          announce('message.changed', one.conversation.id, id)
        },
        150 * (index + 1),
      )
  }

  class Refused extends Error {
    readonly code: ErrorCode
    constructor(code: ErrorCode) {
      super(code)
      this.code = code
    }
  }

  function found(id: string | undefined): Case {
    const one = all.find(({ conversation }) => conversation.id === id)
    if (one === undefined) throw new Refused('not-found')
    return one
  }

  function waitingOrder(a: Conversation, b: Conversation): number {
    return (
      (a.waitingSince ?? '9').localeCompare(b.waitingSince ?? '9') ||
      (b.lastMessage?.sentAt ?? '').localeCompare(a.lastMessage?.sentAt ?? '')
    )
  }

  function listed(query: URLSearchParams, typed = ''): { items: Conversation[]; nextCursor: string | null } {
    const q = typed.toLocaleLowerCase('de')
    let items = all.map((one) => one.conversation)
    const status = query.get('status') ?? 'open'
    if (status !== 'all') items = items.filter((c) => c.status === status)
    if (query.get('assignee') === 'me') items = items.filter((c) => c.assignee?.id === me.id)
    if (query.get('unread') === 'true') items = items.filter((c) => c.unreadCount > 0)
    items = items.toSorted(
      query.get('order') === 'latest'
        ? (a, b) => (b.lastMessage?.sentAt ?? '').localeCompare(a.lastMessage?.sentAt ?? '')
        : waitingOrder,
    )
    if (q !== '')
      items = items.flatMap((c) => {
        const hit = found(c.id).messages.findLast((m) => m.text?.toLocaleLowerCase('de').includes(q))
        if (hit?.text == null) return []
        const from = Math.max(0, hit.text.toLocaleLowerCase('de').indexOf(q) - 12)
        const text = hit.text.slice(from, from + 90)
        const start = text.toLocaleLowerCase('de').indexOf(q)
        return [
          {
            ...c,
            hit: {
              messageId: hit.id,
              sentAt: hit.sentAt,
              text,
              matches: [[start, start + q.length] as [number, number]],
            },
          },
        ]
      })
    const from = Number(query.get('cursor') ?? 0)
    const next = from + 30
    return { items: items.slice(from, next), nextCursor: next < items.length ? String(next) : null }
  }

  async function reply(one: Case, request: IncomingMessage): Promise<Message> {
    const body = JSON.parse((await bodyOf(request)).toString()) as {
      clientId: string
      text?: string
      replyTo?: string
      attachments?: string[]
      template?: { name: string; parameters: string[] }
    }
    const known = one.messages.find(({ clientId }) => clientId === body.clientId)
    if (known !== undefined) return known
    if (refusal !== null) throw new Refused(refusal)
    if (one.conversation.status === 'closed') throw new Refused('conversation-closed')
    const files = (body.attachments ?? []).flatMap((id) => uploads.get(id) ?? [])
    const quoted = one.messages.find(({ id }) => id === body.replyTo)
    const added = message(one.conversation.id, 0, {
      direction: 'outbound',
      kind: body.template === undefined ? (files[0]?.kind ?? 'text') : 'template',
      text: body.text ?? null,
      details:
        body.template === undefined ? null : { kind: 'template', name: body.template.name, buttons: [] },
      status: 'queued',
      attachments: files,
      clientId: body.clientId,
      replyTo:
        quoted === undefined
          ? null
          : { id: quoted.id, direction: quoted.direction, kind: quoted.kind, text: quoted.text },
    })
    sent.push({ clientId: body.clientId, text: body.text ?? '' })
    store(one, added)
    advance(one, added.id, ['accepted', 'sent', 'delivered', 'read'])
    return added
  }

  async function answer(request: IncomingMessage, url: URL): Promise<[number, unknown]> {
    const [first = '', id, second, third, fourth] = url.pathname.slice('/api/v1/'.length).split('/')
    const what = `${request.method} ${first}${second === undefined ? '' : `/${second}`}${fourth === undefined ? '' : `/${fourth}`}`
    if (what === 'POST session') {
      const body = JSON.parse((await bodyOf(request)).toString()) as { password: string }
      if (body.password === 'falsch') throw new Refused('wrong-credentials')
      signedIn = true
      return [201, session]
    }
    if (!signedIn) throw new Refused('not-signed-in')
    switch (what) {
      case 'GET session':
        return [200, session]
      case 'DELETE session':
        signedIn = false
        return [204, undefined]
      case 'GET conversations':
        return [200, id === undefined ? listed(url.searchParams) : found(id).conversation]
      case 'GET drafts':
        return [200, { items: [] }]
      case 'GET conversations/draft':
        return [200, { draft: null }]
      case 'PUT conversations/draft':
        return [204, undefined]
      case 'POST conversations': {
        const asked = JSON.parse((await bodyOf(request)).toString()) as Record<string, string>
        const query = new URLSearchParams({ status: 'all', ...asked })
        return [200, { ...listed(query, asked['q']), indexedSince: null }]
      }
      case 'GET counts': {
        const open = all.map((one) => one.conversation).filter((c) => c.status === 'open')
        return [
          200,
          {
            open: open.length,
            mine: open.filter((c) => c.assignee?.id === me.id).length,
            waiting: open.filter((c) => c.waitingSince !== null).length,
            unread: open.filter((c) => c.unreadCount > 0).length,
          },
        ]
      }
      case 'PUT conversations/assignee': {
        const one = found(id)
        const body = JSON.parse((await bodyOf(request)).toString()) as {
          assignee: string | null
          expected: string | null
        }
        if ((one.conversation.assignee?.id ?? null) !== body.expected) throw new Refused('already-claimed')
        one.conversation = { ...one.conversation, assignee: body.assignee === null ? null : me }
        store(
          one,
          message(one.conversation.id, 0, {
            kind: 'system',
            details: {
              kind: 'system',
              event: body.assignee === null ? 'released' : 'claimed',
              by: me.displayName,
              reason: null,
            },
          }),
        )
        one.conversation = { ...one.conversation, unreadCount: 0 }
        announce('conversation.changed', one.conversation.id, null)
        return [200, one.conversation]
      }
      case 'POST conversations/close': {
        const one = found(id)
        one.conversation = {
          ...one.conversation,
          status: 'closed',
          closedAt: new Date().toISOString(),
          waitingSince: null,
        }
        announce('conversation.changed', one.conversation.id, null)
        return [200, one.conversation]
      }
      case 'POST conversations/read': {
        const one = found(id)
        one.conversation = { ...one.conversation, unreadCount: 0 }
        announce('conversation.changed', one.conversation.id, null)
        return [204, undefined]
      }
      case 'POST conversations/typing':
        return [204, undefined]
      case 'POST conversations/identity-notice': {
        const one = found(id)
        one.conversation = { ...one.conversation, identityNotice: null }
        return [200, one.conversation]
      }
      case 'GET conversations/templates':
        return [200, { items: templates }]
      case 'GET conversations/messages': {
        const one = found(id)
        if (third !== undefined) return [200, one.messages.find((m) => m.id === third)]
        const newest = one.messages.toReversed()
        const from = Number(url.searchParams.get('before') ?? 0)
        return [
          200,
          {
            items: newest.slice(from, from + 50),
            nextCursor: from + 50 < newest.length ? String(from + 50) : null,
          },
        ]
      }
      case 'POST conversations/messages':
        return [201, await reply(found(id), request)]
      case 'POST conversations/messages/decision': {
        const one = found(id)
        const { decision } = JSON.parse((await bodyOf(request)).toString()) as { decision: string }
        const at = one.messages.findIndex((m) => m.id === third)
        const current = one.messages[at]
        if (current === undefined) throw new Refused('not-found')
        one.messages[at] = { ...current, status: decision === 'leave' ? 'sent' : 'queued', failure: null }
        return [200, one.messages[at]]
      }
      case 'PUT conversations/messages/reaction': {
        const one = found(id)
        const { emoji } = JSON.parse((await bodyOf(request)).toString()) as { emoji: string | null }
        const at = one.messages.findIndex((m) => m.id === third)
        const current = one.messages[at]
        if (current === undefined) throw new Refused('not-found')
        const others = current.reactions.filter(({ from }) => from === 'citizen')
        one.messages[at] = {
          ...current,
          reactions: emoji === null ? others : [...others, { from: 'office', emoji }],
        }
        return [200, one.messages[at]]
      }
      case 'POST attachments': {
        const body = await bodyOf(request)
        const name = /filename="([^"]*)"/.exec(body.toString('latin1'))?.[1] ?? 'Datei'
        const stored = attachment({
          kind: /\.(png|jpe?g)$/i.test(name) ? 'image' : 'document',
          fileName: Buffer.from(name, 'latin1').toString('utf8'),
          sizeBytes: body.length,
          preview: /\.(png|jpe?g)$/i.test(name) ? { width: 320, height: 240 } : null,
        })
        uploads.set(stored.id, stored)
        return [201, stored]
      }
      case 'GET channels':
        return [200, { items: channels }]
      case 'GET teams':
        return [200, { items: [team, otherTeam] }]
      case 'POST channels': {
        const body = JSON.parse((await bodyOf(request)).toString()) as Record<string, string>
        const made = {
          ...channel(),
          id: randomUUID(),
          name: body['name'] ?? '',
          state: 'enabled' as const,
          notices: [],
          lastWebhookAt: null,
          verifiedAt: null,
        }
        channels.push(made)
        return [201, made]
      }
      case 'PATCH channels': {
        const at = channels.findIndex((c) => c.id === id)
        const current = channels[at]
        if (current === undefined) throw new Refused('not-found')
        const { credentials: _, ...body } = JSON.parse((await bodyOf(request)).toString()) as Record<
          string,
          unknown
        >
        channels[at] = { ...current, ...body }
        return [200, channels[at]]
      }
      case 'DELETE channels/notices': {
        const current = channels.find((c) => c.id === id)
        if (current !== undefined) current.notices = current.notices.filter((notice) => notice.id !== third)
        return [204, undefined]
      }
      case 'GET intake':
        return [
          200,
          {
            waiting: 14,
            oldestWaitingSeconds: 412,
            alarm: true,
            heldForDisabledChannels: 0,
            deadLetters: deadLetters.length,
          },
        ]
      case 'GET operation':
        return [200, { warnings: [] }]
      case 'GET dead-letters':
        return [200, { items: deadLetters, nextCursor: null }]
      case 'POST dead-letters/replay': {
        const letter = deadLetters.find((one) => one.id === id)
        if (letter !== undefined) letter.replayedAt = new Date().toISOString()
        return [202, letter]
      }
      default:
        throw new Refused('not-found')
    }
  }

  async function serveFile(path: string, response: ServerResponse): Promise<void> {
    const file = normalize(path).replace(/^(\.\.[/\\])+/, '')
    const wanted = extname(file) === '' ? '/index.html' : file
    const content = await readFile(join(dist, wanted)).catch(() => null)
    response.writeHead(content === null ? 404 : 200, {
      'content-type': mediaTypes[extname(wanted)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    })
    response.end(content ?? '')
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://rehearsal')
    async function handle(): Promise<void> {
      if (!url.pathname.startsWith('/api/')) return serveFile(url.pathname, response)
      if (url.pathname === '/api/v1/events') {
        if (down.events || !signedIn) {
          response.writeHead(signedIn ? 503 : 401).end()
          return
        }
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        response.write('retry: 500\n\n')
        streams.add(response)
        opened += 1
        response.on('close', () => streams.delete(response))
        return
      }
      if (down.api) {
        request.socket.destroy()
        return
      }
      if (/^\/api\/v1\/attachments\/.+\/(content|preview)$/.test(url.pathname)) {
        const one = all
          .flatMap(({ messages }) => messages.flatMap((m) => m.attachments))
          .find(({ id }) => url.pathname.includes(id))
        const paper = one?.kind === 'document'
        response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'private, max-age=600' })
        response.end(
          paper ? picture(120, 170) : picture(one?.preview?.width ?? 320, one?.preview?.height ?? 240),
        )
        return
      }
      try {
        const [status, body] = await answer(request, url)
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(body === undefined ? '' : JSON.stringify(body))
      } catch (error) {
        const code = error instanceof Refused ? error.code : 'defect'
        const { status, message: sentence } = errorCodes[code]
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ code, message: sentence.de, requestId: 'rehearsal-1' }))
      }
    }
    void handle()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  function named(name: string): Case {
    const one = all.find(({ conversation }) => conversation.contact.displayName === name)
    if (one === undefined) throw new Error(`nobody is called ${name}`)
    return one
  }
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    streams: () => opened,
    say: (name, text) => {
      const one = named(name)
      const added = message(one.conversation.id, 0, { text })
      store(one, added)
      return added
    },
    breakDown: ({ api = false, events = false }) => {
      down = { api, events }
      if (events) for (const stream of streams) stream.destroy()
    },
    claimElsewhere: (name) => {
      const one = named(name)
      one.conversation = { ...one.conversation, assignee: colleague }
    },
    refuseReplies: (code) => {
      refusal = code
    },
    expireSession: () => {
      signedIn = false
    },
    stop: async () => {
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
