import { setTimeout as sleep } from 'node:timers/promises'
import type { Inbox } from '@buergerdraht/inbox'
import { alone, logKeyOf, type Pace } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { type BrokenLedger, openBrokenLedger } from '../broken-ledger/broken-ledger.ts'
import { followBroken } from '../broken-ledger/follow-broken.ts'
import { removeLeftoverWords } from '../destroy/leftover-words.ts'
import { enterActs } from '../ledger/acts.ts'
import { expireSegments } from '../ledger/expire-segments.ts'
import { judgeLedger, LedgerUnusable, readApplied } from '../ledger/judge-ledger.ts'
import { Ledger } from '../ledger/ledger.ts'
import { reportProcessors } from '../processors/report-processors.ts'
import { enterRelease, replayLedger } from '../restore/replay-ledger.ts'
import { openRestore } from '../restore/restore.ts'
import { applyWaiting } from './apply.ts'
import type { Decide } from './condemn.ts'
import type { Custody, Step } from './custody.ts'
import { decideAgain } from './decide-by-law.ts'
import { executeDeletionRun } from './execute-run.ts'

export type CustodySettings = {
  /** Of the deletion ledger alone. */
  readonly folder: string
  /** A checkpoint is signed so often, where there is something new. */
  readonly checkpointEveryMs: number
  /** What runs give way to. */
  readonly pace: Pace
  readonly reached?: (step: Step) => void | Promise<void>
}

type Place = Pick<CustodySettings, 'folder' | 'reached'>

const pauseMs = 1000
const retryMs = 15_000
/** Months end: whether one is over is looked at no more often than this. */
const expireEveryMs = 60_000

async function withLedger<T>(
  inbox: Inbox,
  { folder, reached }: Pick<CustodySettings, 'folder' | 'reached'>,
  client: PoolClient,
  work: (custody: Custody) => Promise<T>,
): Promise<T> {
  const key = await logKeyOf(inbox.keys, 'deletion-ledger')
  const ledger = await Ledger.open(folder, key, await readApplied(client))
  try {
    return await work({ inbox, ledger, client, ...(reached && { reached }) })
  } finally {
    await ledger.close()
  }
}

/** Begins the ledger of an office that has none. The folder first: a row without a folder would be a ledger that is gone. */
async function begin(inbox: Inbox, place: Place, client: PoolClient): Promise<void> {
  if ((await judgeLedger(inbox, place.folder)).state !== 'new') return
  await withLedger(inbox, place, client, async ({ ledger }) => {
    await client.query('insert into ledger_state (applied_size, applied_root) values (0, $1)', [
      await ledger.rootAt(0),
    ])
  })
}

/** Begins the ledger that follows a broken one when two persons have decided so; before that, looks whether the broken one has been put back. */
async function goOnAfter(inbox: Inbox, place: Place, broken: BrokenLedger): Promise<void> {
  await alone(inbox.pool, 'destroying', async (client) => {
    const isBroken =
      broken.decided_at !== null || (await judgeLedger(inbox, place.folder)).state === 'unusable'
    if (!isBroken) {
      await client.query('delete from broken_ledger where number = $1 and decided_at is null', [
        broken.number,
      ])
      inbox.log.warn({ ledger: broken.number - 1 }, 'custody.ledger-found-again')
    } else if (broken.decided_at !== null && (await followBroken(inbox, place, client, broken)))
      inbox.log.warn({ ledger: broken.number }, 'custody.ledger-followed')
  })
}

/**
 * Whether everything that the ledger holds is destroyed here, so that somebody may be let in. A worker makes it so where it can: it begins the
 * ledger of a new office, and carries out what a killed process has entered. In a database that is older than the ledger, that is, was restored from a
 * backup, it carries out everything the ledger knows, and lets in when two persons have released it; and it begins another ledger when two persons have
 * given a broken one up. False: not yet.
 * @throws LedgerUnusable
 */
export async function mayLetIn(inbox: Inbox, place: Place, as: 'api' | 'worker'): Promise<boolean> {
  const broken = await openBrokenLedger(inbox.pool)
  if (broken !== null) {
    if (as === 'worker') await goOnAfter(inbox, place, broken)
    return false
  }
  const restore = await openRestore(inbox.pool)
  if (restore !== null && (as === 'api' || (restore.replayed_at !== null && restore.released_at === null)))
    return false
  const standing = await judgeLedger(inbox, place.folder)
  if (standing.state === 'unusable') throw new LedgerUnusable(place.folder, standing.check, standing.findings)
  if (standing.state === 'equal' && restore === null) return true
  // Nothing has ever been destroyed here.
  if (as === 'api') return standing.state === 'new'
  const done = await alone(inbox.pool, 'destroying', async (client) => {
    if (standing.state === 'new') await begin(inbox, place, client)
    return withLedger(inbox, place, client, async (custody) => {
      if ((await openRestore(client)) === null && (await applyWaiting(custody))) return true
      if (await enterRelease(custody)) return true
      await replayLedger(custody)
      inbox.log.warn({ ledger: custody.ledger.size }, 'custody.replayed')
      return false
    })
  })
  return done ?? false
}

async function nextRun(client: PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from deletion_run where state = 'approved' and not paused or state = 'running' and (not paused
       or exists (select from deletion_run_item i where i.run_id = deletion_run.id and i.state = 'condemned'))
     order by kind <> 'emergency', approved_at, id limit 1`,
  )
  return rows[0]?.id ?? null
}

function decideNow({ now }: Inbox): Decide {
  return (client, runId, items) => decideAgain(client, runId, items, now())
}

async function lead(custody: Custody, settings: CustodySettings, signal: AbortSignal): Promise<void> {
  const { client, ledger, inbox } = custody
  if (!(await applyWaiting(custody))) {
    inbox.log.error({ ledger: ledger.size }, 'custody.quarantine')
    return
  }
  let signedAt = Date.now()
  let expiredAt = Number.NEGATIVE_INFINITY
  let agreed = true
  while (!signal.aborted) {
    const agrees = ledger.agreesWith(inbox.now())
    if (agreed && !agrees) inbox.log.error({ ledger: ledger.size }, 'custody.clock-behind')
    agreed = agrees
    const run = agrees ? await nextRun(client) : null
    if (run !== null) await executeDeletionRun(custody, run, decideNow(inbox), settings.pace, signal)
    // Of a run that was paused or killed, and of what a restored office has carried out.
    await removeLeftoverWords(client, settings.pace, signal)
    await enterActs(custody)
    await reportProcessors(custody)
    if (agrees && performance.now() - expiredAt >= expireEveryMs) {
      await expireSegments(custody)
      expiredAt = performance.now()
    }
    if (Date.now() - signedAt >= settings.checkpointEveryMs) {
      await ledger.signCheckpoint()
      signedAt = Date.now()
    }
    if (run === null) await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
  await ledger.signCheckpoint()
}

/**
 * Carries out approved runs until the signal fires: one process at a time, the others stand by. What goes wrong is logged and tried again from
 * where it stands. Resolves when what was condemned is destroyed.
 */
export async function leadCustody(
  inbox: Inbox,
  settings: CustodySettings,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await alone(inbox.pool, 'destroying', (client) =>
        withLedger(inbox, settings, client, (custody) => lead(custody, settings, signal)),
      )
    } catch (error) {
      inbox.log.error({ error }, 'custody.stopped')
    }
    await sleep(retryMs, undefined, { signal }).catch(() => {})
  }
}
