import type { HoldReminder } from '@buergerdraht/contract'
import { change, type OfficeContext, recordActOn, tellDpo, transaction } from '@buergerdraht/office'

const dayMs = 24 * 60 * 60 * 1000
/** Long enough before its end to ask whoever needs it, and to set another. */
const noticeMs = 14 * dayMs

type Row = { readonly id: string; readonly kind: 'hold' | 'restriction'; readonly due: HoldReminder }

const dueSql = `select * from (
    select id, kind, reminded_of, case when expires_at <= least($1, now()) then 'expired' when expires_at <= $2 then 'ends-soon' when review_at <= $1 then 'review' end as due
    from legal_hold where ended_at is null for update skip locked) d
  where due is not null and due is distinct from reminded_of`

/** Matters of whoever has turned out to be a person whose processing is restricted, from before that. */
const unhiddenSql = `select c.id, c.team_id, h.set_at from conversation c join legal_hold h on h.kind = 'restriction' and h.ended_at is null
    and h.scope = 'CONTACT' and h.object_id = c.contact_id
  where c.restricted_at is null and c.condemned_by is null and c.opened_at < h.set_at order by c.id limit 1000`

/** Ingest finds out that two contacts are one person with their matters in hand; what is to be hidden by that is hidden after it. */
async function hideMerged(office: OfficeContext): Promise<number> {
  const { rows } = await office.pool.query<{ id: string; team_id: string; set_at: Date }>(unhiddenSql)
  if (rows.length === 0) return 0
  return change(office, async ({ client, publish }) => {
    for (const { id, team_id, set_at } of rows) {
      await client.query('select hide_matters(array[$1::uuid], $2)', [id, set_at])
      publish({ type: 'conversation.changed', teamId: team_id, conversationId: id, messageId: null })
    }
    return rows.length
  })
}

/**
 * Reminds the data-protection officer, once each: that somebody has to look again, that a hold ends within fourteen days, that it has ended; what
 * has ended by its time, by the database's clock too, is kept as ended. Hides besides what a merge of contacts has left to be seen. Whether it holds does not depend on that: the law asks the clock. Returns how many.
 */
export async function watchHolds(office: OfficeContext): Promise<number> {
  const { pool, now } = office
  const hidden = await hideMerged(office)
  const at = now()
  // Asked first, because changing takes the lock that condemning waits for.
  const waiting = await pool.query(
    'select 1 from legal_hold where ended_at is null and (expires_at <= $1 or review_at <= $2) limit 1',
    [new Date(at.getTime() + noticeMs), at],
  )
  if (waiting.rowCount === 0) return hidden
  return transaction(pool, async ({ client }) => {
    const { rows } = await client.query<Row>(dueSql, [at, new Date(at.getTime() + noticeMs)])
    for (const { id, kind, due } of rows) {
      await client.query(
        `update legal_hold set reminded_at = $2, reminded_of = $3, ended_at = case when $3 = 'expired' then expires_at end where id = $1`,
        [id, at, due],
      )
      await tellDpo(client, {
        kind: 'legal-hold',
        objectId: id,
        facts: { kind, due },
        proposedBy: null,
        decidedBy: null,
        at,
      })
      if (due === 'expired')
        await recordActOn(client, at, null, { act: 'hold-expired', object: { kind: 'legal-hold', id } })
    }
    return rows.length
  })
}
