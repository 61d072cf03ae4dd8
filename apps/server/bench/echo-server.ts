import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseArgs } from 'node:util'
import Fastify from 'fastify'
import { benchSecret } from './citizen-message.ts'

// The baseline: what this machine can do when nothing is stored. Same framework, same bytes, same signature check.
const app = Fastify({ logger: false, bodyLimit: 4 * 1024 * 1024 })
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
app.post('/webhooks/whatsapp/:channelId', async (request, reply) => {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const signature = Buffer.from(String(request.headers['x-hub-signature-256'] ?? '').slice(7), 'hex')
  const expected = createHmac('sha256', benchSecret).update(body).digest()
  const authentic = signature.length === expected.length && timingSafeEqual(signature, expected)
  return reply.code(authentic ? 200 : 401).send()
})
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
await app.listen({ port: Number(values.port), host: '127.0.0.1' })
process.on('SIGTERM', () => void app.close())
