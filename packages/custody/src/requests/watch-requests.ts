import type { RequestKind, RequestNews } from '@buergerdraht/contract'
import { type OfficeContext, tellDpo, transaction } from '@buergerdraht/office'
import { soonMs } from './read-requests.ts'

type Row = { readonly id: string; readonly kind: RequestKind; readonly due: RequestNews }

const dueSql = `select * from (
    select id, kind, reminded_of, case when due_at <= $1 then 'overdue' when due_at <= $2 then 'ends-soon' when reminded_of is null then 'received' end as due
    from data_subject_request where closed_at is null for update skip locked) d
  where due is not null and due is distinct from reminded_of`

/** Tells the data-protection officer of each request, once each: that it is there, that its period ends within seven days, that it has ended. Returns how many. */
export async function watchRequests({ pool, now }: OfficeContext): Promise<number> {
  return transaction(pool, async ({ client }) => {
    const at = now()
    const { rows } = await client.query<Row>(dueSql, [at, new Date(at.getTime() + soonMs)])
    for (const { id, kind, due } of rows) {
      await client.query('update data_subject_request set reminded_of = $2 where id = $1', [id, due])
      await tellDpo(client, {
        kind: 'data-subject-request',
        objectId: id,
        facts: { request: kind, period: due },
        proposedBy: null,
        decidedBy: null,
        at,
      })
    }
    return rows.length
  })
}
