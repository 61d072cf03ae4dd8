import type { readIntake as endpoint } from '@buergerdraht/contract'
import { asViewer, prepared, requireMay, type Viewer } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { officeNotices } from './office-notice.ts'

export type IntakeState = Omit<z.input<(typeof endpoint)['reply']>, 'notices'>

/** Normally an event waits for milliseconds. */
const alarmAfterSeconds = 60

type Row = {
  readonly waiting: number
  readonly oldest_at: Date | null
  readonly held: number
  readonly dead_letters: number
}

/** Partial indexes hold just these rows; ids are in the order of arrival. */
const query = `select
  (select count(*)::int from webhook_event where ingested_at is null and not held) as waiting,
  (select received_at from webhook_event where ingested_at is null and not held order by id limit 1) as oldest_at,
  (select count(*)::int from webhook_event where held) as held,
  (select count(*)::int from dead_letter where replayed_at is null and expires_at > $1) as dead_letters`

/** What was accepted and is not in the inbox yet: for the metrics and, through {@link readIntake}, for the administrators. */
export async function intakeState(
  inbox: Pick<Inbox, 'now'>,
  client: Pick<PoolClient, 'query'>,
): Promise<IntakeState> {
  const now = inbox.now()
  const { rows } = await client.query<Row>(prepared(query, [now]))
  const row = rows[0]
  const oldest =
    row === undefined || row.oldest_at === null
      ? null
      : Math.max(0, (now.getTime() - row.oldest_at.getTime()) / 1000)
  return {
    waiting: row?.waiting ?? 0,
    oldestWaitingSeconds: oldest,
    alarm: oldest !== null && oldest > alarmAfterSeconds,
    heldForDisabledChannels: row?.held ?? 0,
    deadLetters: row?.dead_letters ?? 0,
  }
}

/** @throws Refusal `not-allowed` */
export async function readIntake(inbox: Inbox, viewer: Viewer): Promise<z.input<(typeof endpoint)['reply']>> {
  requireMay(viewer, 'watch-operation')
  return asViewer(inbox, viewer, async ({ tx, client }) => ({
    ...(await intakeState(inbox, client)),
    notices: await officeNotices(tx),
  }))
}
