import type { TemplateEvent, WabaEvent } from '@buergerdraht/bsp'
import type { ChannelNoticeCode } from '@buergerdraht/contract'
import { endedBy } from '../channels/end-notices.ts'
import type { Batch } from './batch.ts'
import type { OwnChannel } from './item.ts'

type Told = Pick<Batch, 'news' | 'liveEvents'>

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
      return 'waba-restricted'
    case 131045:
    case 133010:
    case 131037:
    case 133016:
      return 'number-not-registered'
    default:
      return 'token-refused'
  }
}

const noticeCodes: Readonly<Record<WabaEvent['code'], ChannelNoticeCode | null>> = {
  'quality-changed': 'quality-changed',
  'name-decision': 'name-decision',
  restricted: 'waba-restricted',
  violation: 'waba-restricted',
  disabled: 'waba-disabled',
  reinstated: null,
  'partner-removed': 'waba-disabled',
  'value-error': 'value-error',
  other: 'other',
}

/** Code words of the provider: short and of harmless characters, or nothing. */
function codeWords(detail: string | null): string {
  return detail !== null && detail.length <= 128 && /^[A-Za-z0-9_.:-]+( [A-Za-z0-9_.:-]+)*$/.test(detail)
    ? detail
    : ''
}

/** What the provider says of a number's quality, and what is over with it. */
const restores: ReadonlyMap<string, string> = new Map([
  ['UNFLAGGED', 'FLAGGED'],
  ['UPGRADE', 'DOWNGRADE'],
])

function firstWord(detail: string | null): string {
  return detail?.split(' ', 1)[0] ?? ''
}

export function applyWaba({ news, liveEvents }: Told, channel: OwnChannel, event: WabaEvent): void {
  const code = noticeCodes[event.code]
  const restored = event.code === 'quality-changed' ? restores.get(firstWord(event.detail)) : undefined
  if (event.code === 'reinstated') news.end(channel.id, endedBy('reinstated'))
  if (restored !== undefined) news.end(channel.id, endedBy('quality-restored'), restored)
  else if (code !== null) news.notice(channel.id, code, codeWords(event.detail))
  if (event.stopsSending) news.stop(channel.id)
  liveEvents.channel(channel.id)
}

/** Templates are known by name and language; the vendor's id is a number too large to trust. */
export function applyTemplate({ news, liveEvents }: Told, channel: OwnChannel, event: TemplateEvent): void {
  const { name, language, state, category, reason } = event
  news.template({ channelId: channel.id, name, language, state, category, reason })
  const isCategory = state === null && category !== null
  // That it can be used is shown where it stands; only what keeps it from that is told.
  if (state === 'approved') news.end(channel.id, endedBy('template-usable'), codeWords(name))
  else news.notice(channel.id, isCategory ? 'template-category-changed' : 'template-changed', codeWords(name))
  liveEvents.channel(channel.id)
}
