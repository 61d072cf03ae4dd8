import type { changeChannel as endpoint, ProposalPayload } from '@buergerdraht/contract'
import { asViewer, type ProposalKinds, propose, requireAdmin, type Viewer } from '@buergerdraht/office'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import type { AccountChange, NewSecrets } from './channel-account.ts'
import { readChannel } from './list-channels.ts'

type Wanted = Pick<z.output<(typeof endpoint)['body']>, 'baseUrl' | 'credentials'>

/**
 * What of a channel's account is to change. What is left away, or is as it was, does not. Null: nothing.
 * @throws Refusal `not-allowed`, `not-found`
 */
export async function accountChangeOf(
  inbox: Inbox,
  viewer: Viewer,
  channelId: string,
  { baseUrl, credentials = {} }: Wanted,
): Promise<AccountChange | null> {
  const { baseUrl: old } = await readChannel(inbox, viewer, channelId)
  const address = baseUrl === undefined || baseUrl === old ? null : baseUrl
  const names = Object.keys(credentials) as (keyof NewSecrets)[]
  const given = names.filter((name) => credentials[name] !== undefined)
  return address === null && given.length === 0 ? null : { channelId, baseUrl: address, credentials: given }
}

/**
 * Proposes it to a second person, after the provider has been asked; until it is approved all stays as it is.
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input`: a host that is not allowed, a new host without the key; `proposal-open`,
 *   `account-of-other-number`
 */
export async function proposeAccountChange(
  inbox: Inbox,
  kinds: ProposalKinds,
  viewer: Viewer,
  payload: ProposalPayload<'change-channel-account'>,
  credentials: NewSecrets = {},
): Promise<void> {
  requireAdmin(viewer)
  await kinds['change-channel-account'].check?.(payload, credentials)
  await asViewer(inbox, viewer, async (changing) => {
    await propose(inbox, kinds, changing, viewer, 'change-channel-account', payload, credentials)
    changing.publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
}
