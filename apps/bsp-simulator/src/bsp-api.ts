import { timingSafeEqual } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Network, newMessageId } from './citizen-writes.ts'
import type { FaultBoard } from './faults.ts'
import type { MessageTemplate } from './message-templates.ts'
import { type Accepted, readOfficeMessage } from './office-message.ts'
import type { OfficePost } from './office-writes.ts'
import type { StoredFile } from './stored-media.ts'
import { uploadedFile } from './uploaded-file.ts'

/** 360dialog's API: Meta's paths without version and number, the key in `D360-API-KEY`. */
export function registerBspApi(
  app: FastifyInstance,
  { network, post, faults }: { network: Network; post: OfficePost; faults: FaultBoard },
): void {
  const { media, courier, office, templates } = network

  async function authorised(request: FastifyRequest, reply: FastifyReply) {
    const key = request.headers['d360-api-key']
    if (typeof key !== 'string' || !sameText(key, office.apiKey)) {
      await reply.code(401).send({ error: 'Invalid api_key' })
    }
  }

  /** Answers in the way the faults ask for; `accept` runs when the request would have been accepted. */
  async function answerWithFaults(
    reply: FastifyReply,
    accept: () => Promise<object> | object,
  ): Promise<unknown> {
    const fault = faults.take('api')
    if (fault && fault.delayMs > 0) await wait(fault.delayMs, undefined, { ref: false })
    switch (fault?.answer) {
      case 'server-error':
        return reply.code(502).send({ error: 'not available' })
      case 'refuse':
        return reply
          .code(fault.httpStatus)
          .send(
            fault.code === null ? { error: 'refused on demand' } : metaError(fault.code, 'refused on demand'),
          )
      case 'time-out-after-accept':
        await accept()
        // The connection stays open until the office's system loses its patience.
        reply.hijack()
        return undefined
      case 'hang-up-after-accept':
        await accept()
        reply.hijack()
        reply.raw.destroy()
        return undefined
      default:
        return reply.send(await accept())
    }
  }

  app.post('/messages', { onRequest: authorised }, async (request, reply) => {
    const message = readOfficeMessage(request.body, media, templates)
    if ('refusal' in message)
      return reply.code(400).send(metaError(message.refusal.code, message.refusal.text))
    if ('readId' in message) {
      return post.officeRead(message.readId, message.typing)
        ? reply.send({ success: true })
        : reply.code(400).send(metaError(131009, 'Parameter value is not valid'))
    }
    return answerWithFaults(reply, () => acceptMessage(message))
  })

  async function acceptMessage(message: Accepted): Promise<object> {
    const { value, by } = message.addressed
    // A BSUID in `to` is accepted and goes nowhere, as with the real network.
    const id = message.goesNowhere ? newMessageId() : await post.accept(message)
    const contact = by === 'phone' ? { input: value, wa_id: value } : { input: value, user_id: value }
    return {
      messaging_product: 'whatsapp',
      contacts: [contact],
      messages: [{ id, message_status: 'accepted' }],
    }
  }

  app.post('/media', { onRequest: authorised }, async (request, reply) => {
    const upload = await uploadedFile(request)
    if (!upload) return reply.code(400).send(metaError(100, 'The parameter file is required.'))
    return answerWithFaults(reply, () => ({
      id: media.store(upload.bytes, upload.mediaType, 'upload').id,
    }))
  })

  app.get('/:mediaId(^\\d+$)', { onRequest: authorised }, async (request, reply) => {
    const { mediaId } = z.object({ mediaId: z.string() }).parse(request.params)
    const fault = faults.current.media
    if (fault.delayMs > 0) await wait(fault.delayMs, undefined, { ref: false })
    if (fault.serverError) return reply.code(500).send({ error: 'Internal server error' })
    const file = fault.expired ? null : media.find(mediaId)
    if (!file) {
      return reply.code(404).send({ error: { ...metaError(100, unknownMedia).error, error_subcode: 33 } })
    }
    const answer = {
      url: media.addressOf(file),
      mime_type: file.mediaType,
      sha256: file.sha256.toString('hex'),
      file_size: fault.huge ? hugeBytes : file.bytes.length,
      id: file.id,
      messaging_product: 'whatsapp',
    }
    // The real service escapes slashes, which trips whoever looks for the address with a pattern.
    return reply.type('application/json').send(JSON.stringify(answer).replaceAll('/', '\\/'))
  })

  app.get('/whatsapp_business/attachments/', { onRequest: authorised }, async (request, reply) => {
    const query = z.object({ mid: z.string(), hash: z.string() }).safeParse(request.query)
    const fault = faults.current.media
    if (fault.delayMs > 0) await wait(fault.delayMs, undefined, { ref: false })
    if (fault.serverError) return reply.code(500).send('')
    const file =
      fault.addressExpired || fault.expired || !query.success
        ? null
        : media.fileAt(query.data.mid, query.data.hash)
    if (!file) return reply.code(404).send('')
    if (fault.huge) {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': file.mediaType, 'content-length': hugeBytes })
      return reply.raw.write(file.bytes)
    }
    return reply.type(file.mediaType).send(fault.corrupt ? damaged(file) : file.bytes)
  })

  /** Answers in the way the faults ask for; `erased` runs when the request would have been carried out. */
  async function answerErasure(reply: FastifyReply, erased: () => object | null): Promise<unknown> {
    const fault = faults.take('erasures')
    if (fault && fault.delayMs > 0) await wait(fault.delayMs, undefined, { ref: false })
    if (fault?.answer === 'server-error') return reply.code(502).send({ error: 'not available' })
    if (fault?.answer === 'refuse')
      return reply
        .code(fault.httpStatus)
        .send(
          fault.code === null ? { error: 'refused on demand' } : metaError(fault.code, 'refused on demand'),
        )
    const answer = fault?.answer === 'gone' ? null : erased()
    if (answer === null) return reply.code(404).send(metaError(100, unknownMedia))
    network.town.tell({ type: 'office' })
    return reply.send(answer)
  }

  app.delete('/:mediaId(^\\d+$)', { onRequest: authorised }, async (request, reply) => {
    const { mediaId } = z.object({ mediaId: z.string() }).parse(request.params)
    return answerErasure(reply, () => (media.delete(mediaId) ? { success: true } : null))
  })

  app.delete('/contact_book', { onRequest: authorised }, async (request, reply) => {
    const body = z
      .object({ messaging_product: z.literal('whatsapp'), bsuid: z.string() })
      .safeParse(request.body)
    if (!body.success) return reply.code(400).send(metaError(100, 'Parameter value is not valid'))
    return answerErasure(reply, () => ({
      messaging_product: 'whatsapp',
      success: true,
      deleted: network.town.forget(body.data.bsuid),
    }))
  })

  app.get('/v1/configs/templates', { onRequest: authorised }, (request) => {
    const { limit, offset } = z
      .object({
        limit: z.coerce.number().int().min(1).default(1000),
        offset: z.coerce.number().int().min(0).default(0),
      })
      .parse(request.query)
    const all = templates.list()
    const page = all.slice(offset, offset + limit)
    return { count: page.length, total: all.length, limit, offset, waba_templates: page }
  })

  app.post('/v1/configs/templates', { onRequest: authorised }, async (request, reply) => {
    const result = templates.submit(request.body)
    if ('refusal' in result) return reply.code(400).send(metaError(result.refusal.code, result.refusal.text))
    const { template } = result
    network.town.tell({ type: 'office' })
    setTimeout(() => {
      templates.decide(template)
      void courier.deliver(newsOf(template), 'message_template_status_update')
    }, approvalMs).unref()
    return reply.code(201).send(template)
  })

  app.delete('/v1/configs/templates/:name', { onRequest: authorised }, async (request, reply) => {
    const { name } = z.object({ name: z.string() }).parse(request.params)
    if (!templates.delete(name)) return reply.code(404).send(metaError(100, 'Template does not exist'))
    network.town.tell({ type: 'office' })
    return {}
  })

  app.get('/health_status', { onRequest: authorised }, () => ({
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: [{ entity_type: 'PHONE_NUMBER', id: office.phoneNumberId, can_send_message: 'AVAILABLE' }],
    },
  }))

  app.get('/v1/configs/webhook', { onRequest: authorised }, () => courier.webhook ?? {})

  app.post('/v1/configs/webhook', { onRequest: authorised }, async (request, reply) => {
    const webhook = z
      .object({
        url: z.url({ protocol: /^https?$/ }),
        headers: z.record(z.string(), z.string()).default({}),
      })
      .safeParse(request.body)
    if (!webhook.success) return reply.code(400).send({ error: 'url and headers are expected' })
    courier.webhook = webhook.data
    network.town.tell({ type: 'office' })
    return webhook.data
  })
}

/** The real network takes minutes to a day. */
const approvalMs = 3_000

function newsOf({ name, language, status, rejected_reason }: MessageTemplate) {
  return {
    event: status.toUpperCase(),
    message_template_id: 1_234_567_890_123,
    message_template_name: name,
    message_template_language: language,
    reason: rejected_reason,
  }
}

/** Just above what the network delivers. */
const hugeBytes = 105_906_176

const unknownMedia =
  'Unsupported get request. Object with this ID does not exist, cannot be loaded due to missing permissions, or does not support this operation.'

function metaError(code: number, message: string) {
  return {
    error: {
      message: `(#${code}) ${message}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details: message },
      fbtrace_id: 'SimulatedTrace',
    },
  }
}

/** The same length, another content: only the digest tells. */
function damaged(file: StoredFile): Buffer {
  const bytes = Buffer.from(file.bytes)
  const middle = Math.trunc(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff
  return bytes
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
