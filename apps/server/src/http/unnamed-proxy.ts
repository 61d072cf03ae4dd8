import type { Log } from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'

const repeatAfterMs = 60 * 60 * 1000

/**
 * Watches whether requests come through a proxy although none is named. Then everybody seems to have the proxy's address: who guesses
 * passwords locks out the whole office, and nobody can say from where they came.
 * @returns whether one was seen
 */
export function watchForUnnamedProxy(app: FastifyInstance, log: Log): () => boolean {
  let seen = false
  let toldAt = Number.NEGATIVE_INFINITY
  app.addHook('onRequest', async ({ headers }) => {
    if (headers['x-forwarded-for'] === undefined && headers.forwarded === undefined) return
    seen = true
    const now = performance.now()
    if (now - toldAt < repeatAfterMs) return
    toldAt = now
    log.warn(
      { setting: 'TRUSTED_PROXIES' },
      'requests come through a proxy that TRUSTED_PROXIES does not name',
    )
  })
  return () => seen
}
