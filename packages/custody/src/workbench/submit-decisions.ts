import { randomInt } from 'node:crypto'
import { maxKeepMonths, Refusal, type WorkbenchDecision, type WorkbenchOutcome } from '@buergerdraht/contract'
import { type Inbox, settleOldMatter } from '@buergerdraht/inbox'
import {
  asViewer,
  type Change,
  lockConversationFor,
  type ProposalKinds,
  recordAct,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { Fate } from '../runs/condemn.ts'
import { planItems } from '../runs/plan-run.ts'
import { sentenceOf } from '../runs/read-runs.ts'
import { candidates } from './list-candidates.ts'

/** Of a hundred matters that are to be deleted, the second person may look into so many; at least one. */
const samplePercent = 10
/** One in so many that are kept is put before another person, who is not told. */
const oneCheckedAgainIn = 20

/** @throws Refusal `invalid-input` for a day that has been, or that lies too far ahead */
function requireDay(until: string, now: Date): void {
  const limit = new Date(now)
  limit.setUTCMonth(limit.getUTCMonth() + maxKeepMonths)
  const at = Date.parse(until)
  if (at <= now.getTime() || at > limit.getTime())
    throw new Refusal('invalid-input', [{ path: 'until', fault: 'day-out-of-range' }])
}

async function store(
  { client, tx }: Change,
  viewer: Viewer,
  decision: WorkbenchDecision,
  now: Date,
): Promise<void> {
  const [reason, until] = decision.decision === 'keep' ? [decision.reason, decision.until] : [null, null]
  await client.query(
    `insert into workbench_decision as before (conversation_id, decision, reason, keep_until, decided_by, decided_at, recheck)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (conversation_id) do update set decision = excluded.decision, reason = excluded.reason, keep_until = excluded.keep_until,
       decided_by = excluded.decided_by, decided_at = excluded.decided_at, run_id = null, sampled = false, refusal = null,
       recheck = case when before.recheck = 'due' and not same_person(before.decided_by, excluded.decided_by) then case when excluded.decision = 'keep' then 'agreed' else 'differed' end
         when before.recheck = 'due' and excluded.decision = 'keep' then 'due' else excluded.recheck end`,
    [
      decision.conversationId,
      decision.decision,
      reason,
      until,
      viewer.accountId,
      now,
      reason !== null && randomInt(oneCheckedAgainIn) === 0 ? 'due' : null,
    ],
  )
  await recordAct(tx, now, viewer, {
    act: 'workbench-decided',
    object: { kind: 'conversation', id: decision.conversationId },
    facts: { decision: decision.decision, ...(reason === null ? {} : { reason }) },
  })
}

/** Locked in one order, so that two who decide never wait for each other in a circle; what is not theirs or has changed is left out. */
async function lockDecidable(
  inbox: Inbox,
  changing: Change,
  viewer: Viewer,
  decisions: readonly WorkbenchDecision[],
) {
  const rows = new Map<string, Awaited<ReturnType<typeof lockConversationFor>>>()
  for (const { conversationId } of decisions.toSorted((a, b) =>
    a.conversationId < b.conversationId ? -1 : 1,
  )) {
    try {
      rows.set(conversationId, await lockConversationFor(changing.tx, viewer, conversationId))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  const { items } = await candidates(inbox, changing, viewer, [...rows.keys()])
  const bases = new Map(items.map(({ id, basis }) => [id, basis]))
  return decisions.flatMap((decision) => {
    const row = rows.get(decision.conversationId)
    const { conversationId, basis } = decision
    const isAsShown = basis === undefined ? bases.has(conversationId) : bases.get(conversationId) === basis
    return row !== undefined && isAsShown ? [{ row, decision }] : []
  })
}

/** Draws the sample and says of which run the decisions are. @returns how many were drawn */
async function putBefore(changing: Change, runId: string, ids: readonly string[]): Promise<number> {
  const pool = [...ids]
  const count = Math.max(1, Math.ceil((pool.length * samplePercent) / 100))
  const drawn = Array.from({ length: count }, () => pool.splice(randomInt(pool.length), 1)[0])
  await withOwnRights(changing, () =>
    changing.client.query(
      'update workbench_decision set run_id = $1, sampled = conversation_id = any($3::uuid[]) where conversation_id = any($2::uuid[])',
      [runId, ids, drawn],
    ),
  )
  return count
}

function laterOf(fates: readonly Fate[]): WorkbenchOutcome['later'] {
  const counts = new Map<string, WorkbenchOutcome['later'][number]>()
  for (const fate of fates) {
    if (!('fallenOut' in fate)) continue
    const { fallenOut: reason } = fate
    const before = counts.get(reason)?.count ?? 0
    counts.set(reason, { reason, sentence: sentenceOf(reason), count: before + 1 })
  }
  return [...counts.values()]
}

/**
 * Decides about old matters, all with one commit. What is kept is off the list until its day or until somebody writes; what goes to the file is closed
 * so; what is to be deleted is closed as no record and put before a second person as one run (`planItems`): the law has the last word about each, and
 * what may not go yet goes by its date. Refused there, it is undecided again. Whatever has changed since it was shown is passed over.
 * @throws Refusal `not-allowed`, `invalid-input`
 */
export async function submitDecisions(
  inbox: Inbox,
  kinds: ProposalKinds,
  viewer: Viewer,
  decisions: readonly WorkbenchDecision[],
): Promise<WorkbenchOutcome> {
  requireMay(viewer, 'tidy-up')
  const now = inbox.now()
  for (const decision of decisions) if (decision.decision === 'keep') requireDay(decision.until, now)
  const each = [...new Map(decisions.map((one) => [one.conversationId, one])).values()]
  return asViewer(inbox, viewer, async (changing) => {
    const decidable = await lockDecidable(inbox, changing, viewer, each)
    for (const { row, decision } of decidable) {
      if (decision.decision === 'delete')
        await settleOldMatter(inbox, changing, viewer, row, { relevance: 'none' })
      if (decision.decision === 'to-file')
        await settleOldMatter(inbox, changing, viewer, row, {
          relevance: 'to-file',
          fileReference: decision.fileReference,
        })
      await store(changing, viewer, decision, now)
    }
    function decided(kind: WorkbenchDecision['decision']): string[] {
      return decidable.filter(({ decision }) => decision.decision === kind).map(({ row }) => row.id)
    }
    const going = decided('delete')
    const { fates, planned } =
      going.length === 0
        ? { fates: [], planned: null }
        : await planItems(inbox, kinds, changing, viewer, 'manual', async () =>
            going.map((id) => ({ kind: 'conversation', id })),
          )
    const proposed = planned?.going.map(({ id }) => id) ?? []
    return {
      runId: planned?.runId ?? null,
      proposed: proposed.length,
      sampled: planned === null ? 0 : await putBefore(changing, planned.runId, proposed),
      filed: decided('to-file').length,
      kept: decided('keep').length,
      later: laterOf(fates),
      passedOver: each
        .filter((one) => !decidable.some(({ decision }) => decision === one))
        .map(({ conversationId }) => conversationId),
    }
  })
}
