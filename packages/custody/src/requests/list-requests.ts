import { type DataSubjectRequest, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  type OfficeContext,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { presentedRequest, type RequestMore, type RequestRow, requestColumns } from './read-requests.ts'

type Client = Change['client']

/** Those to be answered are few; of those that are the newest. */
const maxListed = 500

type Asked = { readonly id?: string; readonly conversation?: string | undefined }

/**
 * Requests by ids, the most urgent first, then those that are answered. The database shows each viewer those of their matters, and those who answer
 * for data protection and records all. @throws Refusal `not-allowed`
 */
export async function listRequests(
  office: OfficeContext,
  viewer: Viewer,
  { id, conversation }: Asked = {},
): Promise<DataSubjectRequest[]> {
  requireMay(viewer, 'see-requests')
  const now = office.now()
  return asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const { rows } = await client.query<RequestRow>(
      `select ${requestColumns} from data_subject_request where ($1::uuid is null or id = $1)
         and ($2::uuid is null or conversation_id = $2 or contact_id = (select contact_id from conversation where id = $2))
       order by closed_at is not null, case when closed_at is null then due_at end, closed_at desc, id limit ${maxListed}`,
      [id ?? null, conversation ?? null],
    )
    const more = await withOwnRights(changing, () => readMore(client, rows))
    return rows.map((row) => presentedRequest({ ...row, ...more(row.id) }, now))
  })
}

const nothing: RequestMore = { restriction_ended_at: null, erased: false, teams: [] }

/** What of other tables belongs to requests that a viewer is shown: whether it is done, and by which teams; nothing of whom. */
async function readMore(client: Client, shown: readonly RequestRow[]): Promise<(id: string) => RequestMore> {
  const { rows } = await client.query<RequestMore & { id: string }>(
    `select r.id, (select h.ended_at from legal_hold h where h.id = r.restriction_id) as restriction_ended_at,
       exists (select from deletion_run d where d.id = any(r.run_ids) and d.state = 'completed') as erased,
       case when r.kind in ('ACCESS', 'PORTABILITY') then coalesce((
         select json_agg(json_build_object('team', t.name, 'madeAt', to_char(p.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by t.name)
         from team t left join request_part p on p.team_id = t.id and p.request_id = r.id
         where p.request_id is not null
           or t.id in (select c.team_id from conversation c where c.contact_id = r.contact_id and c.condemned_by is null)), '[]') else '[]' end as teams
     from data_subject_request r where r.id = any($1::uuid[])`,
    [shown.map(({ id }) => id)],
  )
  const found = new Map(rows.map(({ id, ...more }) => [id, more]))
  return (id) => found.get(id) ?? nothing
}

/** @throws Refusal `not-allowed`, `not-found` */
export async function readRequest(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
): Promise<DataSubjectRequest> {
  const [request] = await listRequests(office, viewer, { id })
  if (request === undefined) throw new Refusal('not-found')
  return request
}
