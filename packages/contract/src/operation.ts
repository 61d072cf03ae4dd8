import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/**
 * What whoever runs the installation has to mend. `replies-wait`: the queue cannot be reached, so replies and files wait for it.
 * `proxy-not-named`: requests come through a proxy that `TRUSTED_PROXIES` does not name, so everybody seems to come from one address.
 * `authority-not-named`: what is sealed says a placeholder in place of `AUTHORITY`, for ever.
 */
const operationWarnings = ['replies-wait', 'proxy-not-named', 'authority-not-named'] as const
export type OperationWarning = (typeof operationWarnings)[number]

export const readOperation = endpoint({
  method: 'GET',
  path: '/operation',
  summary: 'What is wrong with the installation; empty when all is well.',
  access: 'watch-operation',
  status: 200,
  reply: z.object({ warnings: z.array(z.enum(operationWarnings)) }),
  refusals: [],
})
