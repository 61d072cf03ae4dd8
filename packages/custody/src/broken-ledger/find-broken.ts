import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { alone, logKeyOf, newId, type OfficeContext, recordActOn, transactionOn } from '@buergerdraht/office'
import { LogUnusable } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { judgeLedger, readApplied } from '../ledger/judge-ledger.ts'
import { hitsOf } from '../restore/found-by-marks.ts'
import { openRestore } from '../restore/restore.ts'
import { type BreakGlassReason, type BrokenLedger, openBrokenLedger } from './broken-ledger.ts'

type Office = Pick<OfficeContext, 'pool' | 'keys' | 'now'>

/** Why no ledger is found broken. */
export type NotBroken =
  /** A worker holds the ledger: the office has to stand still. */
  | 'running'
  /** This database knows of no ledger. */
  | 'none'
  | 'usable'
  /** The database was restored, and the ledger is being carried out: it has to be whole. */
  | 'restoring'
  /** The database has what the rest of the ledger says was deleted, so it is older than it. */
  | 'older-database'

export type Found = { readonly broken: BrokenLedger } | { readonly not: NotBroken }

/** Whether the database has something of which a tombstone can be read, and that is not being destroyed just now. */
async function hasWhatIsGone(client: PoolClient, folder: string): Promise<boolean> {
  try {
    const hits = [...(await hitsOf(client, folder, 'tombstones')).values()].flatMap((one) => [
      ...one.values(),
    ])
    const { rows } = await client.query<{ id: string }>(
      `select object_id as id from deletion_run_item where state = 'condemned'
       union all select m.id from message m join deletion_run_item i on i.object_id = m.conversation_id where i.state = 'condemned'
       union all select a.id from attachment a join deletion_run_item i on i.object_id in (a.conversation_id, a.message_id) where i.state = 'condemned'`,
    )
    const condemned = new Set(rows.map(({ id }) => id))
    return hits.some(({ id }) => !condemned.has(id))
  } catch (error) {
    // Nobody can say: the segments are damaged, too.
    if (error instanceof LogUnusable) return false
    throw error
  }
}

function freeName(folder: string): string {
  for (let n = 1; ; n += 1)
    if (!existsSync(join(dirname(folder), `deletion-given-up-${n}`))) return `deletion-given-up-${n}`
}

/**
 * Notes that the ledger cannot be used and that no backup of it helps, while the office stands still. Decides nothing and changes nothing in the folder: from
 * here on nobody is let in until two persons have given the ledger up, or it is usable again.
 */
export async function findBroken(office: Office, folder: string, reason: BreakGlassReason): Promise<Found> {
  const found = await alone(office.pool, 'destroying', async (client): Promise<Found> => {
    const known = await openBrokenLedger(client)
    if (known !== null) return { broken: known }
    const applied = await readApplied(client)
    if (applied === null) return { not: 'none' }
    if ((await openRestore(client)) !== null) return { not: 'restoring' }
    const standing = await judgeLedger(office, folder)
    if (standing.state !== 'unusable' || standing.check === 'too-old') return { not: 'usable' }
    if (await hasWhatIsGone(client, folder)) return { not: 'older-database' }
    const { origin, verifierKey } = await logKeyOf(office.keys, 'deletion-ledger')
    // What it follows says so itself: the key of this one is not in the database.
    const fault = standing.check === 'given-up-since' ? 'foreign' : standing.check
    const now = office.now()
    const id = newId(now)
    await transactionOn(client, async () => {
      await client.query(
        `insert into broken_ledger (number, id, origin, verifier_key, size, root, proven_size, proven_at, fault, findings, reason, folder, found_at)
         select $1, $2, $3, $4, $5, $6, p.size, p.proven_at, $7, $8, $9, $10, $11 from (select) one left join lateral
           (select size, proven_at from checkpoint_proof where log = 'deletion-ledger' and size is not null order by size desc, proven_at limit 1) p on true`,
        [
          applied.ledger + 1,
          id,
          origin,
          verifierKey,
          applied.size,
          applied.root,
          fault,
          [...new Set(standing.findings.map(({ code }) => code))],
          reason,
          freeName(folder),
          now,
        ],
      )
      await recordActOn(client, now, null, {
        act: 'ledger-found-broken',
        object: { kind: 'broken-ledger', id },
        facts: { fault, reason: reason.toLowerCase().replaceAll('_', '-'), entries: applied.size },
      })
    })
    const broken = await openBrokenLedger(client)
    if (broken === null) throw new Error('What was just noted is there')
    return { broken }
  })
  return found ?? { not: 'running' }
}
