import { type DataSubjectRequest, Refusal, type RequestCode, type RequestKind } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  conversationFor,
  newId,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import { answerDue } from '@buergerdraht/records'
import { startOfDay } from '../rules/days.ts'
import { patiently } from '../runs/patiently.ts'
import { readRequest } from './list-requests.ts'

const dayMs = 24 * 60 * 60 * 1000
/** A request that came on paper is not found much later than that. */
const maxAgeMs = 366 * dayMs

/** When it was received. @throws Refusal `invalid-input` for a day to come, or one long ago */
function receivedAt(now: Date, receivedOn: string | undefined): Date {
  if (receivedOn === undefined) return now
  const at = new Date(startOfDay(receivedOn, 'receivedOn'))
  if (at > now || now.getTime() - at.getTime() > maxAgeMs)
    throw new Refusal('invalid-input', [{ path: 'receivedOn', fault: 'not-possible' }])
  return at
}

/**
 * Writes down a request that the person of a matter makes. From the commit on a request for access keeps whatever is not condemned yet; the gate of
 * holds is waited for, so that whoever condemns sees it or was before it.
 * @throws Refusal `not-allowed`, `not-found`, `request-open`, `invalid-input`
 */
export async function openRequest(
  office: OfficeContext,
  viewer: Viewer,
  conversationId: string,
  { kind, receivedOn }: { readonly kind: RequestKind; readonly receivedOn?: string | undefined },
): Promise<DataSubjectRequest> {
  requireMay(viewer, 'open-requests')
  const now = office.now()
  const received = receivedAt(now, receivedOn)
  const code = kind.toUpperCase() as RequestCode
  const id = await patiently(() =>
    asViewer(office, viewer, async (changing) => {
      const { tx, client } = changing
      await withOwnRights(changing, () => waitForLock(client, 'holding'))
      const { contactId } = await conversationFor(tx, viewer, conversationId)
      return withOwnRights(changing, async () => {
        const { rowCount: open } = await client.query(
          'select 1 from data_subject_request where contact_id = $1 and kind = $2 and closed_at is null limit 1',
          [contactId, code],
        )
        if (open !== 0) throw new Refusal('request-open')
        const made = newId(now)
        await client.query(
          `insert into data_subject_request (id, kind, contact_id, conversation_id, opened_by, opened_role, received_at, due_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            made,
            code,
            contactId,
            conversationId,
            viewer.accountId,
            viewer.role,
            received,
            answerDue(asInstant(received), 'plain'),
          ],
        )
        await recordActOn(client, now, viewer, {
          act: 'request-opened',
          object: { kind: 'data-subject-request', id: made },
          facts: { kind, recognised: false },
        })
        return made
      })
    }),
  )
  return readRequest(office, viewer, id)
}
