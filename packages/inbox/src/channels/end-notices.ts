import type { ChannelNoticeCode } from '@buergerdraht/contract'
import { type Change, change } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

/** The provider's code for templates that are refused altogether; its open notice blocks them until an admin has looked. */
export const templatesStoppedCode = '131064'

/** What shows that the cause of a notice has ended. */
type Proof =
  | 'answer-accepted'
  | 'templates-read'
  | 'reinstated'
  | 'file-fetched'
  | 'enabled'
  | 'secrets-changed'
  | 'template-usable'
  | 'quality-restored'
  | 'number-proven'

/**
 * How each kind of notice ends without anybody saying so. What a person ends tells that something has happened, not how something is:
 * whether it was looked at and dealt with shows nowhere else.
 */
const ends: Record<ChannelNoticeCode, readonly Proof[] | 'by-sweep' | 'by-a-person'> = {
  'token-refused': ['answer-accepted', 'templates-read'],
  'payment-problem': ['answer-accepted'],
  'spam-limit': ['answer-accepted'],
  'number-not-registered': ['answer-accepted'],
  'waba-restricted': ['answer-accepted', 'reinstated'],
  'waba-disabled': ['answer-accepted', 'reinstated'],
  'media-breaker-open': ['file-fetched'],
  'disabled-but-receiving': ['enabled'],
  'old-secret-used': ['secrets-changed'],
  'account-of-other-number': ['number-proven'],
  'template-changed': ['template-usable'],
  'quality-changed': ['quality-restored'],
  'foreign-number': 'by-sweep',
  // Somebody wrote from a group and has no answer; prices, names and errors are news.
  'group-message': 'by-a-person',
  'template-category-changed': 'by-a-person',
  'name-decision': 'by-a-person',
  'value-error': 'by-a-person',
  other: 'by-a-person',
  // Of one person, shown at their conversation, where it is acknowledged.
  'identity-conflict': 'by-a-person',
}

/** The kinds that end with it. */
export function endedBy(proof: Proof): readonly string[] {
  return Object.entries(ends).flatMap(([code, by]) => (by.includes(proof) ? [code] : []))
}

function publishEnd({ publish }: Pick<Change, 'publish'>, count: number): void {
  if (count > 0) publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
}

/** What the administrators were told is over: the cause has ended, and nobody need say so by hand. */
export async function endNotices(changing: Change, channelId: string, proof: Proof, at: Date): Promise<void> {
  const { count } = await changing.tx.channelNotice.updateMany({
    where: { channelId, code: { in: [...endedBy(proof)] }, dismissedAt: null },
    data: { dismissedAt: at },
  })
  publishEnd(changing, count)
}

/**
 * The provider has accepted an answer that was sent at `sentAt`: what forbade that before is over. Restrictions that leave answers alone
 * (of templates, or told by the provider in words) are not.
 */
export async function endNoticesOfSending(
  changing: Change,
  channelId: string,
  sentAt: Date,
  at: Date,
): Promise<void> {
  const count = await changing.tx.$executeRaw`update channel_notice set dismissed_at = ${at}
    where channel_id = ${channelId}::uuid and dismissed_at is null and last_at <= ${sentAt}
      and code = any(${[...endedBy('answer-accepted')]}) and detail <> ${templatesStoppedCode}
      and (code not like 'waba-%' or detail ~ '^[0-9]+$')`
  publishEnd(changing, count)
}

/** States in which a template cannot be used, and somebody may want to do something about it. */
export const unusableStates = ['rejected', 'paused', 'disabled', 'flagged', 'other'] as const

/**
 * Ends notices of channels (`$1`) and kinds (`$2`), all of them or those whose detail is, or begins with the word, `$3`; at `$4`. One
 * about a template stays while the template cannot be used in some language.
 */
export const endNoticesSql = `update channel_notice n set dismissed_at = $4
  from unnest($1::uuid[], $2::text[], $3::text[]) as ended(channel_id, code, word)
  where n.channel_id = ended.channel_id and n.code = ended.code and n.dismissed_at is null
    and (ended.word is null or n.detail = ended.word or split_part(n.detail, ' ', 1) = ended.word)
    and (n.code <> 'template-changed' or not exists (select 1 from message_template t
      where t.channel_id = n.channel_id and t.name = n.detail and t.state = any('{${unusableStates.join(',')}}')))`

/** Templates can be used again, or are gone. */
export async function endTemplateNotices(
  changing: Change,
  channelId: string,
  names: readonly string[],
  at: Date,
): Promise<void> {
  if (names.length === 0) return
  const [channels, codes] = [names.map(() => channelId), names.map(() => 'template-changed')]
  const count = await changing.tx.$executeRawUnsafe(endNoticesSql, channels, codes, [...names], at)
  publishEnd(changing, count)
}

const quietMs = 24 * 60 * 60 * 1000

/**
 * Ends what nothing else shows the end of: deliveries for a foreign number, once none is left to be read again; a former secret, once
 * a day's deliveries came without it. Returns how many.
 */
export async function sweepNotices(inbox: Inbox): Promise<number> {
  const now = inbox.now()
  return change(inbox, async (changing) => {
    const count = await changing.tx
      .$executeRaw`update channel_notice n set dismissed_at = ${now} from channel c
      where c.id = n.channel_id and n.dismissed_at is null and (
        (n.code = 'foreign-number' and not exists (select 1 from dead_letter d where d.channel_id = n.channel_id
          and d.code in ('unknown-number', 'secret-differs') and d.replayed_at is null))
        or (n.code = 'old-secret-used' and n.last_at <= ${new Date(now.getTime() - quietMs)}
          and c.last_webhook_at > n.last_at + interval '1 day'))`
    publishEnd(changing, count)
    return count
  })
}
