import type { Attachment } from '@buergerdraht/contract'
import { bspAccountOf } from '../channels/account.ts'
import { mayTalkTo } from '../channels/allowed-address.ts'
import { KeyDestroyed } from '../keys.ts'
import type { Office } from '../office.ts'
import { places } from '../places.ts'
import { open, Unreadable } from '../sealing.ts'
import { inspectReceived, type Verdict } from './inspect-received.ts'
import { type Claim, claimMedia, conclude, postpone, whileClaimed } from './media-claim.ts'
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
  office: Office,
  attachmentId: string,
  signal: AbortSignal = neverAborted,
): Promise<void> {
  const claim = await claimMedia(office, attachmentId)
  if (claim === null) return
  try {
    const key = await office.keys.get(claim.keyId)
    await whileClaimed(office, claim, () => proceed(office, key, claim, signal))
  } catch (error) {
    // The conversation was deleted under our hands.
    if (error instanceof KeyDestroyed) return deleteMedia(office, [attachmentId])
    throw error
  }
}

async function isReceived(office: Office, key: Buffer, id: string): Promise<boolean> {
  try {
    const file = await openPart(office, key, id, 'received')
    await file.close()
    return true
  } catch (error) {
    if (error instanceof MediaMissing || error instanceof Unreadable) return false
    throw error
  }
}

async function proceed(office: Office, key: Buffer, claim: Claim, signal: AbortSignal): Promise<void> {
  const { id, deadlineAt } = claim.attachment
  const late = deadlineAt !== null && deadlineAt <= office.now()
  if (!(await isReceived(office, key, id))) {
    if (late) return conclude(office, claim, { state: 'expired' })
    const channel = await bspAccountOf(office, claim.channelId)
    if (channel === null || !mayTalkTo(office, channel.account.baseUrl)) {
      return conclude(office, claim, { state: 'failed' })
    }
    const receipt = await receiveMedia(office, key, claim, channel, signal)
    if (receipt.receipt !== 'received') return notReceived(office, claim, receipt)
  }
  const verdict = await inspect(office, key, claim)
  if (verdict !== null) return conclude(office, claim, columnsOf(verdict))
  // Without a verdict for as long as the provider keeps a file: it will not come any more.
  if (!late) return postpone(office, claim, scannerDelayMs)
  await deleteMedia(office, [id])
  await conclude(office, claim, { state: 'failed' })
}

async function notReceived(
  office: Office,
  claim: Claim,
  receipt: Exclude<Receipt, { receipt: 'received' }>,
): Promise<void> {
  const { id, attempts } = claim.attachment
  switch (receipt.receipt) {
    case 'not-as-announced':
      await keepReceived(office, id)
      return conclude(office, claim, { state: 'quarantined', quarantine: 'integrity' })
    case 'gone':
      return conclude(office, claim, { state: 'expired' })
    case 'too-large':
      return conclude(office, claim, { state: 'too-large' })
    case 'refused':
      office.log.warn({ code: receipt.code }, 'media refused')
      return conclude(office, claim, { state: 'failed' })
    case 'later':
      office.log.warn({ code: receipt.code, attempts }, 'media not fetched yet')
      return postponeWithin(office, claim, delayAfter(attempts))
    case 'resting':
      return postpone(office, claim, receipt.until.getTime() - office.now().getTime(), { tried: false })
  }
}

/** The last try is at the deadline: it says `expired`. */
function postponeWithin(office: Office, claim: Claim, delayMs: number): Promise<void> {
  const { deadlineAt } = claim.attachment
  const left = deadlineAt === null ? delayMs : Math.max(0, deadlineAt.getTime() - office.now().getTime())
  return postpone(office, claim, Math.min(delayMs, left))
}

async function inspect(office: Office, key: Buffer, { attachment }: Claim): Promise<Verdict | null> {
  const { id, mediaType, fileNameSealed } = attachment
  const fileName =
    fileNameSealed === null ? null : open(key, places.fileName(id), fileNameSealed).toString('utf8')
  try {
    return await inspectReceived(office, key, {
      id,
      mediaType,
      fileName,
      kind: attachment.kind as Attachment['kind'],
    })
  } catch (error) {
    if (!(error instanceof ScannerUnavailable)) throw error
    office.log.warn({ error }, 'media not scanned')
    return null
  }
}
