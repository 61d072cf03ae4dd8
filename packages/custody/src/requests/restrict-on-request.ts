import { type DataSubjectRequest, Refusal } from '@buergerdraht/contract'
import { change, type OfficeContext, requireMay, type Viewer, waitForLock } from '@buergerdraht/office'
import type { RestrictionGround } from '@buergerdraht/records'
import { storeHold } from '../holds/set-hold.ts'
import { patiently } from '../runs/patiently.ts'
import { readRequest } from './list-requests.ts'
import { type RequestRow, requestColumns } from './read-requests.ts'

/**
 * Restricts the processing of everything of the person whose request for it is granted (Art. 18 GDPR), once; from the commit on it is hidden and kept.
 * It is lifted as any restriction is: the person is told before (Art. 18 (3)), and two persons agree.
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, `identity-unconfirmed`, `request-not-granted`, `request-restricted`, `invalid-input`
 */
export async function restrictOnRequest(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  { ground, reviewOn }: { readonly ground: RestrictionGround; readonly reviewOn: string },
): Promise<DataSubjectRequest> {
  requireMay(viewer, 'decide-requests')
  // Whoever is shown it; it is set with the program's own rights, because it reaches matters of other teams.
  await readRequest(office, viewer, id)
  await patiently(() =>
    change(office, async (changing) => {
      const { client } = changing
      // Before the row, as whoever handles requests does.
      await waitForLock(client, 'holding')
      const { rows } = await client.query<RequestRow>(
        `select ${requestColumns} from data_subject_request where id = $1 and kind = 'RESTRICTION' for update`,
        [id],
      )
      const [row] = rows
      if (row === undefined) throw new Refusal('not-found')
      if (row.closed_at !== null) throw new Refusal('request-closed')
      if (row.restriction_id !== null) throw new Refusal('request-restricted')
      if (row.identity === null) throw new Refusal('identity-unconfirmed')
      if (row.outcome !== 'GRANTED') throw new Refusal('request-not-granted')
      const protection = { kind: 'restriction', reason: ground, reviewOn } as const
      const scope = { kind: 'CONTACT', id: row.contact_id } as const
      const hold = await storeHold(changing, viewer, scope, protection, office.now())
      await client.query('update data_subject_request set restriction_id = $2 where id = $1', [id, hold])
    }),
  )
  return readRequest(office, viewer, id)
}
