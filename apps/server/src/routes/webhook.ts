import { type ErrorCode, Refusal } from '@buergerdraht/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ChannelDirectory, type KnownChannel } from '../channel-directory.ts'
import { answerRefusal, refusalOf } from '../error-answer.ts'
import type { ApiMetrics } from '../metrics.ts'

/** Meta's payloads are 3 MB at most. */
const bodyLimit = 4 * 1024 * 1024
const nothing = Buffer.alloc(0)

interface Params {
  readonly vendor?: string
  readonly channelId: string
}

/**
 * The providers' door. 200 means durably stored and nothing less; whatever is authentic is stored, whether we can read it or
 * not, because a refusal would be repeated for a week. 401, 404, 413 and 415 are for what is not the provider's; 503 asks it
 * to come again.
 */
export const webhookRoutes = (app: FastifyInstance, metrics: ApiMetrics): void => {
  const channels = new ChannelDirectory(app.office)
  const { intake } = app.office

  // The signature is over the bytes as received: nobody may parse or re-encode them before.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    metrics.webhookAnswered(refusal.code)
    return answerRefusal(refusal, request, reply)
  })

  const channelOf = async ({ vendor, channelId }: Params): Promise<KnownChannel> => {
    const channel = await channels.find(channelId)
    if (channel === null) throw new Refusal('not-found')
    if (vendor !== undefined && vendor !== channel.adapter.vendor) throw new Refusal('not-found')
    return channel
  }

  const shakeHands = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { adapter, account } = await channelOf(request.params as Params)
    const handshake = adapter.handshake(request.query as Record<string, unknown>, account)
    if (handshake.answer === 'malformed') throw new Refusal('invalid-input')
    if (handshake.answer === 'refused') throw new Refusal('verify-token-wrong')
    return reply.type('text/plain; charset=utf-8').send(handshake.challenge)
  }

  const refuseEncoding = async (request: FastifyRequest): Promise<void> => {
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity') throw new Refusal('encoding-refused')
  }

  const take = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { adapter, account, id, disabled } = await channelOf(request.params as Params)
    const body = Buffer.isBuffer(request.body) ? request.body : nothing
    const authenticity = adapter.verify(body, request.headers, account)
    if (authenticity === 'invalid') throw new Refusal('webhook-not-authentic')
    try {
      await intake.accept(id, body, app.office.now(), disabled)
    } catch (error) {
      app.office.log.error({ channelId: id, error }, 'webhook not stored')
      throw new Refusal('not-ready')
    }
    metrics.webhookAnswered(disabled ? 'held' : authenticity === 'valid' ? 'stored' : 'stored-old-secret')
    return reply.send()
  }

  for (const url of ['/webhooks/whatsapp/:channelId', '/webhooks/:vendor/:channelId']) {
    app.get(url, { exposeHeadRoute: false }, shakeHands)
    app.post(url, { bodyLimit, onRequest: refuseEncoding }, take)
  }
}

/** How a delivery may end, for the counter. */
export type WebhookAnswer = 'stored' | 'stored-old-secret' | 'held' | ErrorCode
