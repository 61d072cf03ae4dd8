import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { mayLetIn } from '@buergerdraht/custody'
import type { Inbox } from '@buergerdraht/inbox'
import type { Config } from '../config.ts'
import { startingServer } from './readiness.ts'

const pauseMs = 1000

/** The folder of the deletion ledger, beside that of the audit log. */
export function deletionLedgerOf({ ledgerDir }: Pick<Config, 'ledgerDir'>): string {
  return join(ledgerDir, 'deletion')
}

/** What answers while nobody is let in. */
type Closed = { close(): Promise<void> }

async function probesOnly({ config, port }: { config: Config; port: number }): Promise<Closed> {
  const server = await startingServer(port, config.host, () => 'quarantine')
  return {
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}

/**
 * Lets nobody in before everything that the ledger holds is destroyed here; meanwhile every request is answered 503, and the health endpoints
 * say `quarantine`. A database that was restored from a backup waits here until two persons have released it. False: the signal fired first.
 * @param answering what answers on the port meanwhile; without it the probes alone
 * @throws LedgerUnusable
 */
export async function waitForLedger(
  office: Inbox,
  where: { readonly config: Config; readonly as: 'api' | 'worker'; readonly port: number },
  signal: AbortSignal | undefined,
  answering: () => Promise<Closed> = () => probesOnly(where),
): Promise<boolean> {
  const place = { folder: deletionLedgerOf(where.config) }
  let closed: Closed | null = null
  try {
    for (;;) {
      const began = performance.now()
      if (await mayLetIn(office, place, where.as)) return true
      // A large ledger takes long to judge: looking takes half of a processor at most.
      const looked = performance.now() - began
      if (closed === null) office.log.warn({}, 'ledger.quarantine')
      closed ??= await answering()
      await sleep(Math.max(pauseMs, looked), undefined, { ...(signal && { signal }) }).catch(() => {})
      if (signal?.aborted === true) return false
    }
  } finally {
    await closed?.close()
  }
}
