import { Refusal } from '@buergerdraht/contract'
import {
  additionalData,
  type ChannelCredentials,
  channelCredentialsOf,
  type Inbox,
  mayTalkTo,
} from '@buergerdraht/inbox'
import {
  asViewer,
  destroyKeys,
  KeyDestroyed,
  type OfficeContext,
  open,
  recordActOn,
  requireMay,
  transaction,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { keptAtProviderMs } from '../destroy/young-messages.ts'

const minute = 60 * 1000
const hour = 60 * minute
const day = 24 * hour
/** After the last one once a day, until it has worked or is gone there by itself. */
const delays = [minute, 15 * minute, 2 * hour, 12 * hour, day] as const
/** Longer than a request takes: whoever is killed with a task in hand has not taken it away. */
const leaseMs = 2 * minute
const patienceMs = 30_000
/** A channel whose provider has just refused or failed is left alone for so long, whatever else it is to be asked for. */
const channelRestsMs = minute
/** Nothing rests there any more, and the ledger has it: what is left says nothing of anybody. */
const keptAfterResidueMs = 29 * day

type Task = {
  readonly id: string
  readonly channel_id: string
  readonly kind: 'media' | 'contact-entry'
  readonly key_id: string
  readonly target_sealed: Buffer
  readonly attempts: number
}
type Outcome = Awaited<ReturnType<ChannelCredentials['adapter']['erase']>>

const dueSql = `update processor_task set attempts = attempts + 1, next_try_at = $2 where id = (
    select t.id from processor_task t where t.state in ('open', 'refused') and t.next_try_at <= $1
      and not exists (select from processor_task f where f.channel_id = t.channel_id and f.failed_at > $3)
    order by t.next_try_at, t.id limit 1 for update skip locked)
  returning id, channel_id, kind, key_id, target_sealed, attempts`

async function take({ pool, now }: Inbox): Promise<Task | null> {
  const at = now().getTime()
  const { rows } = await pool.query<Task>(dueSql, [
    new Date(at),
    new Date(at + leaseMs),
    new Date(at - channelRestsMs),
  ])
  return rows[0] ?? null
}

async function ask(inbox: Inbox, task: Task): Promise<Outcome> {
  const key = await inbox.keys.get(task.key_id)
  const target = open(key, additionalData.processorTask(task.id), task.target_sealed).toString('utf8')
  const channel = await channelCredentialsOf(inbox, task.channel_id)
  if (channel === null) return { outcome: 'refused', code: 'no-channel' }
  const { adapter, credentials } = channel
  if (!mayTalkTo(inbox, credentials.baseUrl)) return { outcome: 'refused', code: 'host-not-allowed' }
  const what =
    task.kind === 'media'
      ? { kind: task.kind, id: target }
      : ({ kind: 'contact-entry', bsuid: target } as const)
  return adapter.erase(what, credentials, AbortSignal.timeout(patienceMs))
}

/** Ends a task with its key: from here on nothing says what it was about. */
async function end(
  inbox: Inbox,
  { id, key_id }: Pick<Task, 'id' | 'key_id'>,
  state: 'done' | 'lapsed',
  residueUntil: Date | null,
): Promise<void> {
  await transaction(inbox.pool, async ({ client }) => {
    await client.query(
      `update processor_task set state = $2, residue_until = coalesce($3, residue_until), key_id = null, target_sealed = null, next_try_at = null, code = null
       where id = $1 and state in ('open', 'refused')`,
      [id, state, residueUntil],
    )
    await destroyKeys(client, inbox.keys, 'processor', [key_id])
  })
}

async function note(inbox: Inbox, task: Task, outcome: Outcome): Promise<void> {
  const at = inbox.now().getTime()
  if (outcome.outcome === 'erased')
    return end(inbox, task, 'done', new Date(task.kind === 'media' ? at : at + keptAtProviderMs))
  const delay = delays[Math.min(task.attempts, delays.length) - 1] ?? day
  inbox.log.warn({ task: task.id, outcome: outcome.outcome, code: outcome.code }, 'processor.not-erased')
  await inbox.pool.query(
    `update processor_task set state = case when $2 then 'refused' else state end, code = $3, failed_at = $4, next_try_at = $5
     where id = $1 and state in ('open', 'refused')`,
    [task.id, outcome.outcome === 'refused', outcome.code, new Date(at), new Date(at + delay)],
  )
}

/** What a provider has refused until it was gone there by itself. */
async function letLapse(inbox: Inbox): Promise<number> {
  const { rows } = await inbox.pool.query<{ id: string; key_id: string }>(
    `select id, key_id from processor_task where state in ('open', 'refused') and residue_until <= $1`,
    [inbox.now()],
  )
  for (const row of rows) await end(inbox, row, 'lapsed', null)
  return rows.length
}

/**
 * Asks providers to delete what was destroyed here, one thing after the other, and each again until it has worked or is gone there by itself: a
 * refusal is noted, never the end. Safe to call in several processes and to cut off anywhere; asking twice does no harm. @returns how many were asked for
 */
export async function askProcessors(inbox: Inbox, signal: AbortSignal): Promise<number> {
  let asked = await letLapse(inbox)
  await inbox.pool.query(
    `delete from processor_task where reported_in is not null and (residue_until <= $1 or state = 'unnameable' and created_at <= $1)`,
    [new Date(inbox.now().getTime() - keptAfterResidueMs)],
  )
  while (!signal.aborted) {
    const task = await take(inbox)
    if (task === null) break
    asked += 1
    let outcome: Outcome
    try {
      outcome = await ask(inbox, task)
    } catch (error) {
      // The key of the task, or of the channel, is not there: a database whose keys have not been restored yet.
      if (!(error instanceof KeyDestroyed)) throw error
      outcome = { outcome: 'later', code: 'key-missing' }
    }
    await note(inbox, task, outcome)
  }
  return asked
}

/**
 * Has a processor asked again by the next sweep, whatever its turn was; the rest that its channel has after a failure ends with it.
 * @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` where there is nothing to ask for any more
 */
export async function askProcessorAgain(office: OfficeContext, viewer: Viewer, id: string): Promise<void> {
  requireMay(viewer, 'ask-processors')
  const now = office.now()
  await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<{ state: string; channel_id: string }>(
        'select state, channel_id from processor_task where id = $1',
        [id],
      )
      const [task] = rows
      if (task === undefined) throw new Refusal('not-found')
      if (task.state !== 'open' && task.state !== 'refused') throw new Refusal('changed-meanwhile')
      await client.query('update processor_task set failed_at = null where channel_id = $1', [
        task.channel_id,
      ])
      await client.query(
        `update processor_task set next_try_at = $2 where id = $1 and state in ('open', 'refused')`,
        [id, now],
      )
      await recordActOn(client, now, viewer, {
        act: 'processor-asked-again',
        object: { kind: 'channel', id: task.channel_id },
      })
    }),
  )
}
