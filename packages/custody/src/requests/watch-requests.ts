import type { RequestCode, RequestNews } from '@buergerdraht/contract'
import { type OfficeContext, tellDpo, transaction } from '@buergerdraht/office'
import { kindOf, soonMs } from './read-requests.ts'

type Row = { readonly id: string; readonly kind: RequestCode; readonly due: RequestNews }

const dueSql = `select r.id, r.kind, d.due from data_subject_request r cross join lateral (select case
      when r.due_at <= $1 then 'overdue' when r.due_at <= $2 then 'ends-soon' when r.reminded_of is null then 'received' end as due) d
  where r.closed_at is null and d.due is not null and d.due is distinct from r.reminded_of for update of r skip locked`

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
        facts: { request: kindOf({ kind }), period: due },
        proposedBy: null,
        decidedBy: null,
        at,
      })
    }
    return rows.length
  })
}
