import type { FastifyInstance } from 'fastify'

const lookEveryMs = 50

/**
 * Prepares a server, before it listens, to be closed in order: every request in hand is answered, then no connection lingers,
 * not even one that a browser has opened in advance and never used.
 */
export function gracefulClose(app: FastifyInstance): () => Promise<void> {
  let inHand = 0
  app.server.on('request', (_request, response) => {
    inHand += 1
    response.once('close', () => {
      inHand -= 1
    })
  })
  return async () => {
    const looking = setInterval(() => {
      if (inHand === 0) app.server.closeAllConnections()
    }, lookEveryMs)
    await app.close()
    clearInterval(looking)
  }
}
