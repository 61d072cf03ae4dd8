import { Refusal } from '@buergerdraht/contract'
import type { FastifyRequest } from 'fastify'

/**
 * A state-changing request must say that it comes from a page of ours: `Origin` (RFC 6454 §7), and where the browser
 * sends Fetch Metadata, `Sec-Fetch-Site: same-origin`. The session cookie is `SameSite=Strict` besides.
 */
export function refuseForeignOrigin(request: FastifyRequest, ownOrigins: ReadonlySet<string>): void {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin === undefined || !ownOrigins.has(origin)) throw new Refusal('foreign-origin')
  if (site !== undefined && site !== 'same-origin') throw new Refusal('foreign-origin')
}
