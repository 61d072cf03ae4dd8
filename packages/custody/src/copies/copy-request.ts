import { Refusal } from '@buergerdraht/contract'
import type { Change } from '@buergerdraht/office'
import { type RequestRow, requestColumns } from '../requests/read-requests.ts'

/**
 * A request that is answered with a copy, as this viewer is shown it, and of whom it is sure who asks.
 * @throws Refusal `not-found` also of another kind, `request-closed`, `identity-unconfirmed`
 */
export async function copyRequest({ client }: Pick<Change, 'client'>, id: string): Promise<RequestRow> {
  const { rows } = await client.query<RequestRow>(
    `select ${requestColumns} from data_subject_request where id = $1 and kind in ('ACCESS', 'PORTABILITY')`,
    [id],
  )
  const [row] = rows
  if (row === undefined) throw new Refusal('not-found')
  if (row.closed_at !== null) throw new Refusal('request-closed')
  if (row.identity === null) throw new Refusal('identity-unconfirmed')
  return row
}
