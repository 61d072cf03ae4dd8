import type { NoticeDraft, PrivacyNoticeState } from '@buergerdraht/contract'
import { asViewer, type OfficeContext, requireMay, type Viewer, withOwnRights } from '@buergerdraht/office'
import type { PoolClient } from 'pg'

type Client = Pick<PoolClient, 'query'>

/** The version in force; 0: there is none, and nobody is told anything. */
export async function noticeInForce(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from privacy_notice where approved_at is not null',
  )
  return rows[0]?.version ?? 0
}

export async function draftOf(client: Client, version: number): Promise<NoticeDraft | null> {
  const { rows } = await client.query<{ draft: NoticeDraft }>(
    'select draft from privacy_notice where version = $1',
    [version],
  )
  return rows[0]?.draft ?? null
}

async function readCurrent(client: Client, version: number): Promise<PrivacyNoticeState['current']> {
  const { rows } = await client.query<{
    draft: NoticeDraft
    proposed_by: string | null
    approved_by: string | null
    approved_at: Date
  }>(
    `select draft, approved_at, (select display_name from account where person_id = n.proposed_by order by disabled_at nulls first limit 1) as proposed_by,
       (select display_name from account where person_id = n.approved_by order by disabled_at nulls first limit 1) as approved_by
     from privacy_notice n where version = $1`,
    [version],
  )
  const [row] = rows
  if (row === undefined) return null
  return {
    version,
    draft: row.draft,
    proposedBy: row.proposed_by,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at.toISOString(),
  }
}

async function readProposed(client: Client, now: Date): Promise<PrivacyNoticeState['proposed']> {
  const { rows } = await client.query<{ version: number }>(
    `select (payload ->> 'notice')::int as version from proposal where kind = 'change-privacy-notice' and state = 'open' and expires_at > $1`,
    [now],
  )
  const version = rows[0]?.version
  if (version === undefined) return null
  const draft = await draftOf(client, version)
  return draft === null ? null : { version, draft }
}

/** Whoever has just written is told within seconds. */
const justWrittenMs = 60 * 1000

async function countTold(client: Client, version: number, now: Date): Promise<PrivacyNoticeState['told']> {
  const { rows } = await client.query<PrivacyNoticeState['told']>(
    `select (count(*) filter (where arrived))::int as delivered,
       (count(*) filter (where not arrived and failed_at is null and send_state in ('queued', 'sending', 'accepted')
         or message_id is null and owed_at > $2))::int as "underWay",
       (count(*) filter (where not arrived and failed_at is not null))::int as failed,
       (count(*) filter (where not arrived and failed_at is null and send_state = 'unknown'))::int as unknown,
       (count(*) filter (where message_id is null and owed_at <= $2))::int as waiting
     from (select *, delivered_at is not null or read_at is not null as arrived from privacy_notice_evidence
       where version = $1 and variant = 'plain') e`,
    [version, new Date(now.getTime() - justWrittenMs)],
  )
  return rows[0] ?? { delivered: 0, underWay: 0, failed: 0, unknown: 0, waiting: 0 }
}

/** The privacy notice in force, what is proposed in its place, and who has been told, in figures. @throws Refusal `not-allowed` */
export async function readPrivacyNotice(
  office: OfficeContext,
  viewer: Viewer,
): Promise<Omit<PrivacyNoticeState, 'authority'>> {
  requireMay(viewer, 'see-privacy-notice')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const version = await noticeInForce(client)
      return {
        current: await readCurrent(client, version),
        proposed: await readProposed(client, office.now()),
        told: await countTold(client, version, office.now()),
      }
    }),
  )
}
