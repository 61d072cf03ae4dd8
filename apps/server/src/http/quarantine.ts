import { Refusal } from '@buergerdraht/contract'
import type { FastifyInstance } from 'fastify'

/** Signing in, and what lets people in again; pages and probes are no part of the API. */
const stillOpen = /^\/api\/v1\/(?:session|sign-in-ways|second-factors|restore)(?:[/?]|$)/

/**
 * Answers nothing else while the database is one from a backup that has not been released: neither what should be gone is shown, nor is anything taken
 * in that the next step could lose. A provider that is answered 503 sends again for a week.
 */
export function answerInQuarantineOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }) => {
    const isApi = url.startsWith('/api/') || url.startsWith('/webhooks/') || url.startsWith('/logout/')
    if (isApi && !stillOpen.test(url)) throw new Refusal('in-quarantine')
  })
}
