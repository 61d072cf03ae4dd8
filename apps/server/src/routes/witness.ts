import { answerAsWitness, type VerifierKey, witnessKeyOf } from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'

/** A checkpoint has a few lines, a proof at most 63. */
const bodyLimit = 64 * 1024

/**
 * This office as a witness of others' logs (c2sp.org/tlog-witness), with `/witness` as the submission prefix. Nobody signs in: a log is known by
 * its signature. `GET /witness/key` is the key by which the cosignatures are verified.
 */
export function witnessRoutes(app: FastifyInstance, witnessed: readonly VerifierKey[]): void {
  const { office } = app
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
  app.post(
    '/witness/add-checkpoint',
    {
      bodyLimit,
      // Bytes are bytes, whatever the sender calls them, or forgets to.
      onRequest: async (request) => {
        request.headers['content-type'] = 'application/octet-stream'
      },
    },
    async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const answer = await answerAsWitness(office, witnessed, body)
      return reply.code(answer.status).type(answer.contentType).send(answer.body)
    },
  )
  app.get('/witness/key', async (_request, reply) => {
    const { verifierKey } = await witnessKeyOf(office.keys)
    return reply.type('text/plain; charset=utf-8').send(`${verifierKey}\n`)
  })
}
