import type { Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mayLetIn } from '@buergerdraht/custody'
import type { Inbox } from '@buergerdraht/inbox'
import type { Config } from '../config.ts'
import { startingServer } from './readiness.ts'

const lookEveryMs = 1000

/** The folder of the deletion ledger, beside that of the audit log. */
export function deletionLedgerOf({ ledgerDir }: Pick<Config, 'ledgerDir'>): string {
  return join(ledgerDir, 'deletion')
}

/**
 * Lets nobody in before everything that the ledger holds is destroyed here; meanwhile every request is answered 503, and the health endpoints
 * say `quarantine`. A database that was restored from a backup waits here. False: the signal fired first.
 * @throws LedgerUnusable
 */
export async function waitForLedger(
  office: Inbox,
  where: { readonly config: Config; readonly as: 'api' | 'worker'; readonly port: number },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const place = { folder: deletionLedgerOf(where.config) }
  let server: Server | null = null
  try {
    while (!(await mayLetIn(office, place, where.as))) {
      if (server === null) office.log.warn({}, 'ledger.quarantine')
      server ??= await startingServer(where.port, where.config.host, () => 'quarantine')
      await sleep(lookEveryMs, undefined, { ...(signal && { signal }) }).catch(() => {})
      if (signal?.aborted === true) return false
    }
    return true
  } finally {
    server?.closeAllConnections()
    await new Promise<void>((closed) => (server === null ? closed() : server.close(() => closed())))
  }
}
