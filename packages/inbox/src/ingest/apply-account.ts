import type { AccountEvent, TemplateEvent } from '@buergerdraht/bsp'
import type { ChannelNoticeCode } from '@buergerdraht/contract'
import { announceChannel, type Batch, type ChannelState } from './batch.ts'

/** Why a channel was stopped, by the provider's error code. */
export function noticeForStop(code: number): ChannelNoticeCode {
  switch (code) {
    case 131042:
    case 131044:
      return 'payment-problem'
    case 131048:
      return 'spam-limit'
    case 131031:
    case 368:
    case 130497:
      return 'account-restricted'
    case 131045:
    case 133010:
    case 131037:
    case 133016:
      return 'number-not-registered'
    default:
      return 'token-refused'
  }
}

const noticeCodes: Readonly<Record<AccountEvent['code'], ChannelNoticeCode | null>> = {
  'quality-changed': 'quality-changed',
  'name-decision': 'name-decision',
  restricted: 'account-restricted',
  violation: 'account-restricted',
  disabled: 'account-disabled',
  reinstated: 'other',
  'partner-removed': 'account-disabled',
  'value-error': 'value-error',
  other: 'other',
}

/** Code words of the provider: short and of harmless characters, or nothing. */
function codeWords(detail: string | null): string {
  return detail !== null && detail.length <= 128 && /^[A-Za-z0-9_.:-]+( [A-Za-z0-9_.:-]+)*$/.test(detail)
    ? detail
    : ''
}

export function applyAccount(batch: Batch, channel: ChannelState, event: AccountEvent): void {
  const code = noticeCodes[event.code]
  if (code !== null) batch.notices.push({ channelId: channel.id, code, detail: codeWords(event.detail) })
  if (event.stopsSending) batch.stoppedChannels.add(channel.id)
  announceChannel(batch, channel.id)
}

/** Templates are known by name and language; the vendor's id is a number too large to trust. */
export function applyTemplate(batch: Batch, channel: ChannelState, event: TemplateEvent): void {
  const key = `${channel.id}|${event.name}|${event.language}`
  const known = batch.templates.get(key)
  batch.templates.set(key, {
    channelId: channel.id,
    name: event.name,
    language: event.language,
    state: event.state ?? known?.state ?? null,
    category: event.category ?? known?.category ?? null,
    reason: event.reason ?? known?.reason ?? null,
  })
  batch.notices.push({
    channelId: channel.id,
    code: event.state === null && event.category !== null ? 'template-category-changed' : 'template-changed',
    detail: codeWords(event.name),
  })
  announceChannel(batch, channel.id)
}
