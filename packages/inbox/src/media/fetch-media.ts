import type { Attachment } from '@buergerdraht/contract'
import { KeyDestroyed, open, openJson, Unreadable } from '@buergerdraht/office'
import { bspAccountOf } from '../channels/account.ts'
import { mayTalkTo } from '../channels/allowed-address.ts'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredMediaSource } from '../stored/additional-data.ts'
import { inspectReceived, type Verdict } from './inspect-received.ts'
import { type Claim, claimMedia, conclude, postpone, whileClaimed } from './media-claim.ts'
import { removeMedia } from './media-removal.ts'
import { deleteMedia, keepReceived, MediaMissing, openPart } from './media-store.ts'
import { type Receipt, receiveMedia } from './receive-media.ts'
import { columnsOf } from './verdict-columns.ts'
import { ScannerUnavailable } from './virus-scan.ts'

const minute = 60 * 1000
const hour = 60 * minute

/** Few and slow; after the last one once a day until the provider forgets the file. */
const delays = [minute, 15 * minute, 2 * hour, 12 * hour, 24 * hour] as const
const scannerDelayMs = 5 * minute

function delayAfter(attempts: number): number {
  return delays[Math.min(attempts, delays.length) - 1] ?? minute
}

const neverAborted = new AbortController().signal

/**
 * The job behind a pending attachment: fetch, check, describe, keep, tell. The browsers hear of it only when
 * the files are durable and the row is committed. Safe to call at any time and by several workers: a claim in
 * the database decides, a killed worker's claim ends by itself. What has been received is not fetched again
 * when a later step fails.
 */
export async function fetchMedia(
  inbox: Inbox,
  attachmentId: string,
  signal: AbortSignal = neverAborted,
): Promise<void> {
  const claim = await claimMedia(inbox, attachmentId)
  if (claim === null) return
  try {
    const key = await inbox.keys.get(claim.keyId)
    await whileClaimed(inbox, claim, () => proceed(inbox, key, claim, signal))
  } catch (error) {
    if (error instanceof KeyDestroyed) return withoutKey(inbox, claim)
    throw error
  }
}

/** Deleted under our hands, or in a database whose keys have not been restored yet: only a row that is gone lets files go. */
async function withoutKey(inbox: Inbox, claim: Claim): Promise<void> {
  const { id } = claim.attachment
  const row = await inbox.prisma.attachment.findUnique({ where: { id }, select: { id: true } })
  if (row === null) return removeMedia(inbox, [id])
  inbox.log.error({ attachmentId: id }, 'media key missing')
  await postpone(inbox, claim, hour, { tried: false })
}

async function isReceived(inbox: Inbox, key: Buffer, id: string): Promise<boolean> {
  try {
    const file = await openPart(inbox, [key], id, 'received')
    await file.close()
    return true
  } catch (error) {
    if (error instanceof MediaMissing || error instanceof Unreadable) return false
    throw error
  }
}

async function proceed(inbox: Inbox, key: Buffer, claim: Claim, signal: AbortSignal): Promise<void> {
  const { id, deadlineAt } = claim.attachment
  const late = deadlineAt !== null && deadlineAt <= inbox.now()
  if (!(await isReceived(inbox, key, id))) {
    if (late) return conclude(inbox, claim, { state: 'expired' })
    const channel = await bspAccountOf(inbox, claim.channelId)
    if (channel === null || !mayTalkTo(inbox, channel.account.baseUrl)) {
      return conclude(inbox, claim, { state: 'failed' })
    }
    const receipt = await receiveMedia(inbox, key, claim, channel, signal)
    if (receipt.receipt !== 'received') return notReceived(inbox, claim, receipt)
  }
  const verdict = await inspect(inbox, key, claim)
  if (verdict !== null) return conclude(inbox, claim, columnsOf(key, id, verdict))
  // Without a verdict for as long as the provider keeps a file: it will not come any more.
  if (!late) return postpone(inbox, claim, scannerDelayMs)
  await deleteMedia(inbox, [id])
  await conclude(inbox, claim, { state: 'failed' })
}

async function notReceived(
  inbox: Inbox,
  claim: Claim,
  receipt: Exclude<Receipt, { receipt: 'received' }>,
): Promise<void> {
  const { id, attempts } = claim.attachment
  switch (receipt.receipt) {
    case 'not-as-announced':
      await keepReceived(inbox, id)
      return conclude(inbox, claim, { state: 'quarantined', quarantine: 'integrity' })
    case 'gone':
      return conclude(inbox, claim, { state: 'expired' })
    case 'too-large':
      return conclude(inbox, claim, { state: 'too-large' })
    case 'refused':
      inbox.log.warn({ code: receipt.code }, 'media refused')
      return conclude(inbox, claim, { state: 'failed' })
    case 'later':
      inbox.log.warn({ code: receipt.code, attempts }, 'media not fetched yet')
      return postponeWithin(inbox, claim, delayAfter(attempts))
    case 'resting':
      return postpone(inbox, claim, receipt.until.getTime() - inbox.now().getTime(), { tried: false })
  }
}

/** The last try is at the deadline: it says `expired`. */
function postponeWithin(inbox: Inbox, claim: Claim, delayMs: number): Promise<void> {
  const { deadlineAt } = claim.attachment
  const left = deadlineAt === null ? delayMs : Math.max(0, deadlineAt.getTime() - inbox.now().getTime())
  return postpone(inbox, claim, Math.min(delayMs, left))
}

async function inspect(inbox: Inbox, key: Buffer, { attachment }: Claim): Promise<Verdict | null> {
  const { id, sourceSealed, fileNameSealed } = attachment
  const source =
    sourceSealed === null
      ? null
      : openJson<StoredMediaSource>(key, additionalData.mediaSource(id), sourceSealed)
  const fileName =
    fileNameSealed === null ? null : open(key, additionalData.fileName(id), fileNameSealed).toString('utf8')
  try {
    return await inspectReceived(inbox, key, {
      id,
      mediaType: source?.mediaType ?? attachment.mediaType,
      fileName,
      kind: attachment.kind as Attachment['kind'],
    })
  } catch (error) {
    if (!(error instanceof ScannerUnavailable)) throw error
    inbox.log.warn({ error }, 'media not scanned')
    return null
  }
}
