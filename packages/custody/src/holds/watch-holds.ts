import type { HoldReminder } from '@buergerdraht/contract'
import { type OfficeContext, recordActOn, tellDpo, transaction } from '@buergerdraht/office'

const dayMs = 24 * 60 * 60 * 1000
/** Long enough before its end to ask whoever needs it, and to set another. */
const noticeMs = 14 * dayMs

type Row = { readonly id: string; readonly kind: 'hold' | 'restriction'; readonly due: HoldReminder }

const dueSql = `select * from (
    select id, kind, reminded_of, case when expires_at <= $1 then 'expired' when expires_at <= $2 then 'ends-soon' when review_at <= $1 then 'review' end as due
    from legal_hold where ended_at is null for update skip locked) d
  where due is not null and due is distinct from reminded_of`

/**
 * Reminds the data-protection officer, once each: that somebody has to look again, that a hold ends within fourteen days, that it has ended; what
 * has ended by its time is kept as ended. Whether it holds does not depend on that: the law asks the clock. Returns how many.
 */
export async function watchHolds({ pool, now }: Pick<OfficeContext, 'pool' | 'now'>): Promise<number> {
  const at = now()
  // Asked first, because changing takes the lock that condemning waits for.
  const waiting = await pool.query(
    'select 1 from legal_hold where ended_at is null and (expires_at <= $1 or review_at <= $2) limit 1',
    [new Date(at.getTime() + noticeMs), at],
  )
  if (waiting.rowCount === 0) return 0
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
