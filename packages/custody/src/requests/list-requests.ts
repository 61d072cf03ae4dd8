import { type DataSubjectRequest, Refusal } from '@buergerdraht/contract'
import { asViewer, type OfficeContext, requireMay, type Viewer } from '@buergerdraht/office'
import { presentedRequest, type RequestRow, requestColumns } from './read-requests.ts'

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
  const { rows } = await asViewer(office, viewer, ({ client }) =>
    client.query<RequestRow>(
      `select ${requestColumns} from data_subject_request where ($1::uuid is null or id = $1)
         and ($2::uuid is null or conversation_id = $2 or contact_id = (select contact_id from conversation where id = $2))
       order by closed_at is not null, case when closed_at is null then due_at end, closed_at desc, id limit ${maxListed}`,
      [id ?? null, conversation ?? null],
    ),
  )
  return rows.map((row) => presentedRequest(row, now))
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
