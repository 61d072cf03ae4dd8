import { isDeepStrictEqual } from 'node:util'
import {
  filledNotice,
  noticeFaults,
  type PrivacyNoticeProposal,
  type ProposalPayload,
  Refusal,
} from '@buergerdraht/contract'
import {
  asViewer,
  lockVersions,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  requireMay,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import { draftOf, noticeInForce } from './read-notice.ts'

/**
 * Proposes a privacy notice, whole. It is in force when the data-protection officer agrees, and is sent to everybody who writes from then on.
 * @throws Refusal `not-allowed`, `invalid-input` where something in it stands for nothing, `privacy-notice-unchanged`, `changed-meanwhile`,
 * `proposal-open`
 */
export async function proposePrivacyNotice(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  { basedOn, draft }: PrivacyNoticeProposal,
): Promise<void> {
  requireMay(viewer, 'propose-privacy-notice')
  const faults = noticeFaults(draft)
  if (faults.length > 0) throw new Refusal('invalid-input', faults)
  const { text, easyText } = filledNotice(draft)
  await asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const payload = await withOwnRights(changing, async () => {
      await lockVersions(client, 'change-privacy-notice', 'informing')
      if ((await noticeInForce(client)) !== basedOn) throw new Refusal('changed-meanwhile')
      if (isDeepStrictEqual(await draftOf(client, basedOn), draft))
        throw new Refusal('privacy-notice-unchanged')
      const { rows } = await client.query<{ version: number }>(
        `insert into privacy_notice (version, draft, text, easy_text, proposed_by, proposed_at)
         select (select coalesce(max(version), 0) + 1 from privacy_notice), $2, $3, $4, person_id, $5 from account where id = $1 returning version`,
        [viewer.accountId, JSON.stringify(draft), text, easyText, office.now()],
      )
      return { notice: rows[0]?.version ?? 0 }
    })
    await propose(office, kinds, changing, viewer, 'change-privacy-notice', payload)
  })
}

/** A version is in force with its approval; whoever has not been sent the one before is sent this one. */
export function changingOfPrivacyNotice(): ProposalKind<ProposalPayload<'change-privacy-notice'>> {
  return {
    object: () => null,
    concerns: () => null,
    facts: (payload) => payload,
    async basis({ client }, { notice }) {
      await waitForLock(client, 'informing')
      const { rowCount } = await client.query(
        'select from privacy_notice where version = $1 and approved_at is null',
        [notice],
      )
      if (rowCount === 0) throw new Refusal('changed-meanwhile')
      return `notice@${await noticeInForce(client)}`
    },
    async apply({ client }, { payload: { notice }, at, approvedBy }) {
      await client.query(
        'update privacy_notice set approved_at = $2, approved_by = (select person_id from account where id = $3) where version = $1',
        [notice, at, approvedBy],
      )
      await client.query(
        'update privacy_notice_evidence set version = $1 where message_id is null and version < $1',
        [notice],
      )
    },
  }
}
