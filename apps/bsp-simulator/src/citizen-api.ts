import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { fault, faultOf } from './bad-request.ts'
import type { Citizen } from './citizen.ts'
import {
  citizenCalls,
  citizenEdits,
  citizenReacts,
  citizenRevokes,
  citizenWrites,
  type Network,
} from './citizen-writes.ts'
import { mediaFileOf } from './media-request.ts'
import { type Bubble, viewOf } from './message.ts'
import type { OfficePost } from './office-writes.ts'
import { citizenViewOf } from './town.ts'

const replyTo = z.string().nullable().default(null)
const forwarded = z.boolean().default(false)

const locationSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().optional(),
  address: z.string().optional(),
})

const writings = {
  location: z.object({ location: locationSchema, replyTo, forwarded }).strict(),
  contacts: z
    .object({
      contacts: z.array(z.object({ name: z.string().optional(), phone: z.string() })).min(1),
      replyTo,
      forwarded,
    })
    .strict(),
  /** Any message as Meta would write it, without id, sender and time. */
  wire: z.object({ wire: z.looseObject({ type: z.string() }), replyTo, forwarded }).strict(),
  text: z.object({ text: z.string().min(1).max(65_536), replyTo, forwarded }).strict(),
}
type WritingRequest = z.infer<(typeof writings)[keyof typeof writings]>

/** Says what is wrong with the kind of message that was meant; without any, a text was. */
function readWriting(body: unknown): z.ZodSafeParseResult<WritingRequest> {
  const given = Object.keys(typeof body === 'object' && body !== null ? body : {})
  const kind = (['location', 'contacts', 'wire'] as const).find((name) => given.includes(name)) ?? 'text'
  return writings[kind].safeParse(body)
}

const profileSchema = z
  .object({
    profileName: z.string().max(100),
    username: z.string().max(60).nullable(),
    reading: z.enum(['by-itself', 'on-the-phone', 'never']),
    blocked: z.boolean(),
  })
  .partial()
  .strict()

/** Playing the citizen, for the phone page and for scripts. `:identity` is a phone number (digits) or a BSUID. */
export function registerCitizenApi(
  app: FastifyInstance,
  { network, post }: { network: Network; post: OfficePost },
): void {
  const { town, media, courier } = network

  /** Digits, as the network writes them; the plus that people put before is left away. */
  function identityOf(params: unknown): string {
    return z
      .object({ identity: z.string() })
      .parse(params)
      .identity.replace(/^\+(?=\d)/, '')
  }

  /** The citizen of the address, invented when new. */
  function citizenOf(params: unknown, reply: FastifyReply): Citizen | null {
    const citizen = town.meet(identityOf(params))
    if (!citizen) {
      void reply.code(400).send(fault('identity', 'a phone number (digits only) or a BSUID is expected'))
    }
    return citizen
  }

  /** The citizen and one bubble on their phone. */
  function bubbleOf(params: unknown, reply: FastifyReply, messageId: string) {
    const citizen = citizenOf(params, reply)
    if (!citizen) return null
    const found = town.bubble(messageId)
    if (found?.citizen === citizen) return { citizen, bubble: found.bubble }
    void reply.code(404).send(fault('messageId', 'there is no such message on this phone'))
    return null
  }

  function connected(reply: FastifyReply): boolean {
    if (courier.webhook) return true
    void reply
      .code(409)
      .send({ code: 'no-webhook', message: 'no office is connected: POST /v1/configs/webhook first' })
    return false
  }

  app.get('/citizens', () => ({ items: town.citizens() }))

  app.put('/citizens/:identity', async (request, reply) => {
    const citizen = citizenOf(request.params, reply)
    const profile = profileSchema.safeParse(request.body ?? {})
    if (!profile.success) return reply.code(400).send(faultOf(profile.error))
    if (!citizen) return reply
    const given = Object.fromEntries(Object.entries(profile.data).filter(([, value]) => value !== undefined))
    return town.changed(Object.assign(citizen, given))
  })

  app.get('/citizens/:identity/messages', async (request, reply) => {
    const { all } = z.object({ all: z.string().optional() }).parse(request.query)
    const citizen = town.find(identityOf(request.params))
    if (!citizen) return reply.send({ items: [], citizen: null, officeTypingUntil: null })
    const typingUntilMs = town.typingUntilMs(citizen)
    return {
      items: town
        .thread(citizen)
        .filter((bubble) => all === 'true' || bubble.direction === 'from-office')
        .map(viewOf),
      citizen: citizenViewOf(citizen),
      officeTypingUntil: typingUntilMs > network.now() ? new Date(typingUntilMs).toISOString() : null,
    }
  })

  app.post('/citizens/:identity/messages', async (request, reply) => {
    const writing = readWriting(request.body)
    if (!writing.success) return reply.code(400).send(faultOf(writing.error))
    const citizen = citizenOf(request.params, reply)
    if (!citizen || !connected(reply)) return reply
    const bubble = citizenWrites(network, citizen, { ...writingOf(writing.data), ...common(writing.data) })
    return reply.code(201).send(answerTo(citizen, bubble))
  })

  app.post('/citizens/:identity/media', async (request, reply) => {
    const file = await mediaFileOf(request)
    if ('fault' in file) return reply.code(400).send(file.fault)
    const citizen = citizenOf(request.params, reply)
    if (!citizen || !connected(reply)) return reply
    const stored = media.store(file.bytes, file.mediaType, 'webhook')
    const bubble = citizenWrites(network, citizen, {
      content: {
        kind: file.kind,
        text: file.caption,
        mediaId: stored.id,
        mediaType: file.mediaType,
        fileName: file.fileName,
      },
      replyTo: file.replyTo,
      forwarded: false,
    })
    return reply.code(201).send(answerTo(citizen, bubble))
  })

  app.post('/citizens/:identity/reactions', async (request, reply) => {
    const reaction = z
      .object({ messageId: z.string(), emoji: z.string().max(64).nullable().default(null) })
      .strict()
      .safeParse(request.body)
    if (!reaction.success) return reply.code(400).send(faultOf(reaction.error))
    const found = bubbleOf(request.params, reply, reaction.data.messageId)
    if (!found || !connected(reply)) return reply
    citizenReacts(network, found.citizen, found.bubble, reaction.data.emoji || null)
    return viewOf(found.bubble)
  })

  app.post('/citizens/:identity/edits', async (request, reply) => {
    const edit = z
      .object({ messageId: z.string(), text: z.string().min(1).max(65_536) })
      .strict()
      .safeParse(request.body)
    if (!edit.success) return reply.code(400).send(faultOf(edit.error))
    const found = bubbleOf(request.params, reply, edit.data.messageId)
    if (!found || !connected(reply)) return reply
    citizenEdits(network, found.citizen, found.bubble, edit.data.text)
    return viewOf(found.bubble)
  })

  app.post('/citizens/:identity/revocations', async (request, reply) => {
    const revocation = z.object({ messageId: z.string() }).strict().safeParse(request.body)
    if (!revocation.success) return reply.code(400).send(faultOf(revocation.error))
    const found = bubbleOf(request.params, reply, revocation.data.messageId)
    if (!found || !connected(reply)) return reply
    citizenRevokes(network, found.citizen, found.bubble)
    return viewOf(found.bubble)
  })

  app.post('/citizens/:identity/plays', async (request, reply) => {
    const play = z.object({ messageId: z.string() }).strict().safeParse(request.body)
    if (!play.success) return reply.code(400).send(faultOf(play.error))
    const found = bubbleOf(request.params, reply, play.data.messageId)
    if (!found) return reply
    post.citizenPlayed(found.citizen, found.bubble)
    return viewOf(found.bubble)
  })

  app.post('/citizens/:identity/looks', async (request, reply) => {
    const citizen = citizenOf(request.params, reply)
    if (!citizen) return reply
    post.citizenLooked(citizen)
    return { items: town.thread(citizen).map(viewOf) }
  })

  app.post('/citizens/:identity/calls', async (request, reply) => {
    const citizen = citizenOf(request.params, reply)
    if (!citizen || !connected(reply)) return reply
    return reply.code(201).send({ id: citizenCalls(network, citizen) })
  })

  /** What lies behind a bubble, for the page. */
  app.get('/files/:mediaId', async (request, reply) => {
    const { mediaId } = z.object({ mediaId: z.string() }).parse(request.params)
    const file = media.find(mediaId)
    if (!file) return reply.code(404).send(fault('mediaId', 'there is no such file'))
    return reply
      .type(file.mediaType)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .send(file.bytes)
  })
}

function common(request: WritingRequest) {
  return { replyTo: request.replyTo, forwarded: request.forwarded }
}

function writingOf(request: WritingRequest): Pick<Parameters<typeof citizenWrites>[2], 'content' | 'wire'> {
  if ('text' in request) return { content: { kind: 'text', text: request.text } }
  if ('wire' in request) return { content: { kind: 'wire', type: request.wire.type }, wire: request.wire }
  if ('location' in request) {
    const { latitude, longitude, name, address } = request.location
    const location = {
      latitude,
      longitude,
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
    }
    return { content: { kind: 'location', location } }
  }
  const contacts = request.contacts.map(({ name, phone }) => ({
    ...(name === undefined ? {} : { name: { formatted_name: name } }),
    phones: [{ phone, type: 'CELL' }],
  }))
  return { content: { kind: 'contacts', contacts } }
}

function answerTo(citizen: Citizen, bubble: Bubble): object {
  return { id: bubble.id, citizen: citizenViewOf(citizen), message: viewOf(bubble) }
}
