import type { Attachment } from '@buergerdraht/contract'
import { KeyDestroyed, open, openJson, Unreadable } from '@buergerdraht/office'
import { mayTalkTo } from '../channels/allowed-address.ts'
import { channelCredentialsOf } from '../channels/credentials.ts'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredMediaSource } from '../stored/additional-data.ts'
import { inspectReceived, type Verdict } from './inspect-received.ts'
import { conclude, type Lease, leaseMedia, postpone, whileLeased } from './media-lease.ts'
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
 * the files are durable and the row is committed. Safe to call at any time and by several workers: a lease in
 * the database decides, a killed worker's lease ends by itself. What has been received is not fetched again
 * when a later step fails.
 */
export async function fetchMedia(
  inbox: Inbox,
  attachmentId: string,
  signal: AbortSignal = neverAborted,
): Promise<void> {
  const lease = await leaseMedia(inbox, attachmentId)
  if (lease === null) return
  try {
    const key = await inbox.keys.get(lease.keyId)
    await whileLeased(inbox, lease, () => proceed(inbox, key, lease, signal))
  } catch (error) {
    if (error instanceof KeyDestroyed) return withoutKey(inbox, lease)
    throw error
  }
}

/** Deleted under our hands, or in a database whose keys have not been restored yet: only a row that is gone lets files go. */
async function withoutKey(inbox: Inbox, lease: Lease): Promise<void> {
  const { id } = lease.attachment
  const row = await inbox.prisma.attachment.findUnique({ where: { id }, select: { id: true } })
  if (row === null) return removeMedia(inbox, [id])
  inbox.log.error({ attachmentId: id }, 'media key missing')
  await postpone(inbox, lease, hour, { tried: false })
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

async function proceed(inbox: Inbox, key: Buffer, lease: Lease, signal: AbortSignal): Promise<void> {
  const { id, deadlineAt } = lease.attachment
  const late = deadlineAt !== null && deadlineAt <= inbox.now()
  if (!(await isReceived(inbox, key, id))) {
    if (late) return conclude(inbox, lease, { state: 'expired' })
    const channel = await channelCredentialsOf(inbox, lease.channelId)
    if (channel === null || !mayTalkTo(inbox, channel.credentials.baseUrl)) {
      return conclude(inbox, lease, { state: 'failed' })
    }
    const receipt = await receiveMedia(inbox, key, lease, channel, signal)
    if (receipt.receipt !== 'received') return notReceived(inbox, lease, receipt)
  }
  const verdict = await inspect(inbox, key, lease)
  if (verdict !== null) return conclude(inbox, lease, columnsOf(key, id, verdict))
  // Without a verdict for as long as the provider keeps a file: it will not come any more.
  if (!late) return postpone(inbox, lease, scannerDelayMs)
  await deleteMedia(inbox, [id])
  await conclude(inbox, lease, { state: 'failed' })
}

async function notReceived(
  inbox: Inbox,
  lease: Lease,
  receipt: Exclude<Receipt, { receipt: 'received' }>,
): Promise<void> {
  const { id, attempts } = lease.attachment
  switch (receipt.receipt) {
    case 'not-as-stated':
      await keepReceived(inbox, id)
      return conclude(inbox, lease, { state: 'quarantined', quarantine: 'integrity' })
    case 'gone':
      return conclude(inbox, lease, { state: 'expired' })
    case 'too-large':
      return conclude(inbox, lease, { state: 'too-large' })
    case 'refused':
      inbox.log.warn({ code: receipt.code }, 'media refused')
      return conclude(inbox, lease, { state: 'failed' })
    case 'later':
      inbox.log.warn({ code: receipt.code, attempts }, 'media not fetched yet')
      return postponeWithin(inbox, lease, delayAfter(attempts))
    case 'resting':
      return postpone(inbox, lease, receipt.until.getTime() - inbox.now().getTime(), { tried: false })
  }
}

/** The last try is at the deadline: it says `expired`. */
function postponeWithin(inbox: Inbox, lease: Lease, delayMs: number): Promise<void> {
  const { deadlineAt } = lease.attachment
  const left = deadlineAt === null ? delayMs : Math.max(0, deadlineAt.getTime() - inbox.now().getTime())
  return postpone(inbox, lease, Math.min(delayMs, left))
}

async function inspect(inbox: Inbox, key: Buffer, { attachment }: Lease): Promise<Verdict | null> {
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
