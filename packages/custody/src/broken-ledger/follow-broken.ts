import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { placeIn } from '@buergerdraht/contract'
import { type Inbox, releaseHeld } from '@buergerdraht/inbox'
import { logKeyOf, recordActOn, transactionOn } from '@buergerdraht/office'
import { flushFolder } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { judgeLedger } from '../ledger/judge-ledger.ts'
import { Ledger } from '../ledger/ledger.ts'
import { ledgerRoleOf } from '../ledger/ledger-role.ts'
import type { Step } from '../runs/custody.ts'
import { asideOf, type BrokenLedger } from './broken-ledger.ts'

type Place = { readonly folder: string; readonly reached?: (step: Step) => void | Promise<void> }

function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`
}

/** The old key goes with the commit in which the new one comes: nobody can sign more of what was given up, and witnesses never see two futures of one log. */
async function changeKey({ keys, now }: Inbox, client: PoolClient, { number }: BrokenLedger): Promise<void> {
  const { row } = keys.make('deletion-ledger')
  await transactionOn(client, async () => {
    await client.query(`delete from data_key where purpose = 'deletion-ledger'`)
    await client.query(
      'insert into data_key (id, purpose, wrapped, kek_id, created_at) values ($1, $2, $3, $4, $5)',
      [row.id, row.purpose, row.wrapped, row.kekId, now()],
    )
    await client.query('update broken_ledger set key_id = $2 where number = $1', [number, row.id])
    // What those said who are asked was about the other log.
    await client.query(`delete from checkpoint_proof where log = 'deletion-ledger'`)
  })
}

/**
 * Sets aside what is left of a ledger that two persons have given up, and begins the one that follows it: another log, with a name and a key of its own, which
 * says so in its first entry. What the broken one says stays as it is. Killed anywhere, the next call goes on. Under the lock `destroying`.
 * @returns false: it is usable again after all, and nothing was done
 */
export async function followBroken(
  inbox: Inbox,
  { folder, reached }: Place,
  client: PoolClient,
  broken: BrokenLedger,
): Promise<boolean> {
  const aside = asideOf(folder, broken)
  if (!existsSync(aside)) {
    if ((await judgeLedger(inbox, folder)).state !== 'unusable') {
      await client.query('delete from broken_ledger where number = $1 and followed_at is null', [
        broken.number,
      ])
      return false
    }
    // An empty folder where nothing was left: what lies in the ledger's place from here on is the one that follows.
    if (existsSync(folder)) await rename(folder, aside)
    else await mkdir(aside, { recursive: true, mode: 0o750 })
    await flushFolder(dirname(folder))
  }
  await reached?.('set-aside')
  if (broken.key_id === null) await changeKey(inbox, client, broken)
  await reached?.('key-changed')
  const ledger = await Ledger.open(folder, await logKeyOf(inbox.keys, 'deletion-ledger'), null)
  try {
    const now = inbox.now()
    const { origin, size, root, fault, proven_size, proven_at } = broken
    const proven =
      proven_size === null || proven_at === null ? null : { size: proven_size, at: minuteOf(proven_at) }
    const fields = {
      type: 'BREAK_GLASS',
      reason: broken.reason,
      broken: {
        origin,
        size,
        root: root.toString('base64'),
        fault: fault.toUpperCase(),
        ...(proven !== null && { proven }),
      },
      approvals: [ledgerRoleOf(broken.proposed_role), ledgerRoleOf(broken.approved_role)],
    }
    if (ledger.size === 0) await ledger.appendActs([{ fields, ids: [] }], now)
    await ledger.signCheckpoint()
    await reached?.('act-entered')
    const firstRoot = await ledger.rootAt(1)
    await transactionOn(client, async () => {
      await client.query('update ledger_state set applied_size = $1, applied_root = $2', [
        placeIn(broken.number, 1),
        firstRoot,
      ])
      await client.query('update broken_ledger set followed_at = $2 where number = $1', [broken.number, now])
      // What has come meanwhile is read now.
      await releaseHeld({ pool: client })
      await recordActOn(client, now, null, {
        act: 'ledger-followed',
        object: { kind: 'broken-ledger', id: broken.id },
        facts: { fault, entries: size },
      })
    })
  } finally {
    await ledger.close()
  }
  return true
}
