import { Refusal } from '@buergerdraht/contract'
import type { FastifyInstance } from 'fastify'

/** Signing in, and what lets people in again; pages and probes are no part of the API. */
const stillOpen = /^\/api\/v1\/(?:session|sign-in-ways|second-factors|restore)(?:[/?]|$)/

/**
 * Answers nothing else while the database is one from a backup that has not been released: what should be gone is not shown. What providers bring is kept
 * (`webhookRoutes`), sealed and held, and read when people are let in: they repeat for a week at most, and a release may take longer.
 */
export function answerInQuarantineOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }) => {
    const isApi = url.startsWith('/api/') || url.startsWith('/logout/')
    if (isApi && !stillOpen.test(url)) throw new Refusal('in-quarantine')
  })
}
