import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { failuresOfSending, handOverWays } from './hand-over.ts'

export const CatalogueRequest = z.object({
  /** The process id (ProzessID) of its messages. */
  id: z.uuid(),
  way: z.enum(handOverWays),
  askedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  /** Why it could not be sent yet. */
  failure: z.enum(failuresOfSending).nullable(),
  answeredAt: z.iso.datetime().nullable(),
  /** How the archive values each data cluster that it has named; null: it has not answered. */
  answer: z.array(z.object({ category: z.string(), valuation: z.enum(['A', 'B', 'V']) })).nullable(),
})
export type CatalogueRequest = z.infer<typeof CatalogueRequest>

export const listCatalogueRequests = endpoint({
  method: 'GET',
  path: '/retention/archive-agreement/catalogue-requests',
  summary: 'What the public archive was asked to value as a whole, and the catalogues it has answered with.',
  access: 'watch-retention',
  status: 200,
  reply: z.object({
    /** By which ways the operator has set up that something leaves. */
    ways: z.array(z.enum(handOverWays)),
    /** Newest first, 50 at most. */
    items: z.array(CatalogueRequest),
  }),
  refusals: [],
})

export const askForCatalogue = endpoint({
  method: 'POST',
  path: '/retention/archive-agreement/catalogue-requests',
  summary:
    'Ask the public archive for a valuation catalogue (xdomea 0511). Nothing is agreed by its answer alone.',
  access: 'offer-to-archive',
  body: z.object({ way: z.enum(handOverWays) }),
  status: 201,
  reply: CatalogueRequest,
  refusals: ['way-not-set-up', 'no-catalogue-in-version'],
})

export const catalogueRequestMessage = endpoint({
  method: 'GET',
  path: '/retention/archive-agreement/catalogue-requests/:id/message',
  summary: 'The request as xdomea 0511, in a ZIP, for somebody who carries it.',
  access: 'offer-to-archive',
  params: z.object({ id: z.uuid() }),
  status: 200,
  reply: 'stream',
  refusals: ['way-not-set-up'],
})
