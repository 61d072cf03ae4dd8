import type { ChannelNoticeCode } from '@buergerdraht/contract'
import { type Inbox, raiseNotice } from '@buergerdraht/inbox'
import { change } from '@buergerdraht/office'

/** A flood of deliveries is one matter, not a flood of notices. */
const minIntervalMs = 60_000

/** Tells the administrators what the intake sees of a channel, after the provider has its answer. Never throws. */
export function intakeNotices(office: Inbox) {
  const toldAt = new Map<string, number>()
  return (
    channelId: string,
    code: Extract<ChannelNoticeCode, 'disabled-but-receiving' | 'old-secret-used'>,
  ) => {
    const key = `${channelId} ${code}`
    const now = performance.now()
    const told = toldAt.get(key)
    if (told !== undefined && now - told < minIntervalMs) return
    toldAt.set(key, now)
    change(office, (work) => raiseNotice(work, channelId, code, '', office.now())).catch((error: unknown) => {
      toldAt.delete(key)
      office.log.warn({ channelId, code, error }, 'notice not raised')
    })
  }
}
