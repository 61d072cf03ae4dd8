import { Refusal } from '@buergerdraht/contract'
import { type ChannelCredentials, noteVerified } from '@buergerdraht/inbox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ChannelDirectory } from '../http/channel-directory.ts'
import { answerRefusal, refusalOf } from '../http/error-answer.ts'
import { intakeNotices } from '../monitoring/intake-notices.ts'
import type { ApiMetrics } from '../monitoring/metrics.ts'

/** Meta's payloads are 3 MB at most. */
const bodyLimit = 4 * 1024 * 1024
const nothing = Buffer.alloc(0)

type Params = {
  readonly vendor?: string
  readonly channelId: string
}

/**
 * The providers' door. 200 means durably stored and nothing less; whatever is authentic is stored, whether we can read it or
 * not, because a refusal would be repeated for a week. 401, 404, 413 and 415 are for what is not the provider's; 503 asks it
 * to come again.
 * @param inQuarantine what comes is held, and read when people are let in
 */
export function webhookRoutes(
  app: FastifyInstance,
  metrics: ApiMetrics,
  channels: ChannelDirectory,
  inQuarantine: boolean,
): void {
  const { office } = app
  const tellAdmins = intakeNotices(office)

  // The signature is over the bytes as received: nobody may parse or re-encode them before.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    metrics.webhookAnswered(refusal.code)
    return answerRefusal(refusal, request, reply)
  })

  async function channelOf({ vendor, channelId }: Params): Promise<ChannelCredentials> {
    const channel = await channels.find(channelId)
    if (channel === null) throw new Refusal('not-found')
    if (vendor !== undefined && vendor !== channel.adapter.vendor) throw new Refusal('not-found')
    return channel
  }

  async function shakeHands(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { adapter, credentials, channelId } = await channelOf(request.params as Params)
    const handshake = adapter.handshake(request.query as Record<string, unknown>, credentials)
    if (handshake.answer === 'malformed') throw new Refusal('invalid-input')
    if (handshake.answer === 'refused') throw new Refusal('verify-token-wrong')
    await noteVerified(office, channelId)
    return reply.type('text/plain; charset=utf-8').send(handshake.challenge)
  }

  async function prepare(request: FastifyRequest): Promise<void> {
    // Before the body is read: megabytes for nobody are not taken into memory.
    await channelOf(request.params as Params)
    // Bytes are bytes, whatever the sender calls them, or forgets to.
    request.headers['content-type'] = 'application/octet-stream'
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity') throw new Refusal('encoding-refused')
  }

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { adapter, credentials, channelId, state, proofMacs } = await channelOf(request.params as Params)
    const body = Buffer.isBuffer(request.body) ? request.body : nothing
    const authenticity = adapter.verify(body, request.headers, credentials)
    if (authenticity === 'invalid') throw new Refusal('webhook-not-authentic')
    const held = inQuarantine || state === 'disabled'
    try {
      const proof = proofMacs[authenticity === 'valid' ? 0 : 1] ?? null
      await office.intake.accept(channelId, body, office.now(), held, proof)
    } catch (error) {
      office.log.error({ channelId, error }, 'webhook not stored')
      throw new Refusal('not-ready')
    }
    if (state === 'disabled') tellAdmins(channelId, 'disabled-but-receiving')
    if (authenticity === 'valid-old-secret') tellAdmins(channelId, 'old-secret-used')
    metrics.webhookAnswered(held ? 'held' : 'stored')
    return reply.send()
  }

  for (const url of ['/webhooks/whatsapp/:channelId', '/webhooks/:vendor/:channelId']) {
    app.get(url, { exposeHeadRoute: false }, shakeHands)
    app.post(url, { bodyLimit, onRequest: prepare }, take)
  }
}
