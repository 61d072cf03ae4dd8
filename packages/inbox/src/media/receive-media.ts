import { createHash } from 'node:crypto'
import { type MediaOutcome, MediaTooLarge, refusalClassOf } from '@buergerdraht/bsp'
import { openJson } from '@buergerdraht/office'
import type { ChannelCredentials } from '../channels/credentials.ts'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredMediaSource } from '../stored/additional-data.ts'
import { admit, settle } from './media-breaker.ts'
import type { Lease } from './media-lease.ts'
import { storePart } from './media-store.ts'
import { FileTooLarge } from './sealed-file.ts'

/** WhatsApp's own limit for a file that a citizen sends. */
const maxMediaBytes = 100 * 1024 * 1024

/** One download; a hundred megabytes at 1.4 Mbit/s. */
const timeoutMs = 10 * 60 * 1000

export type Receipt =
  /** The bytes are durable as `received` and are what was stated. */
  | { readonly receipt: 'received' }
  /** The bytes are durable as `received`, but twice not what was stated. */
  | { readonly receipt: 'not-as-stated' }
  | { readonly receipt: 'gone' }
  | { readonly receipt: 'too-large' }
  | { readonly receipt: 'refused'; readonly code: string }
  | { readonly receipt: 'later'; readonly code: string }
  /** The channel rests; nothing was tried. */
  | { readonly receipt: 'resting'; readonly until: Date }

type Found = Extract<MediaOutcome, { outcome: 'found' }>

/** The provider's side broke off; our own faults (disk) stay defects. */
class Interrupted extends Error {}

async function* readBy(body: AsyncIterable<Uint8Array>, look: (piece: Uint8Array) => void) {
  try {
    for await (const piece of body) {
      look(piece)
      yield piece
    }
  } catch (error) {
    throw error instanceof MediaTooLarge
      ? new FileTooLarge()
      : new Interrupted('interrupted', { cause: error })
  }
}

async function store(
  inbox: Inbox,
  key: Buffer,
  { attachment }: Lease,
  stated: string | null,
  found: Found,
): Promise<'received' | 'mismatch' | 'too-large' | 'interrupted'> {
  const hash = createHash('sha256')
  try {
    const body = readBy(found.body, (piece) => hash.update(piece))
    const size = await storePart(inbox, key, attachment.id, 'received', body, maxMediaBytes)
    if (found.sizeBytes !== null && found.sizeBytes !== size) return 'mismatch'
  } catch (error) {
    if (error instanceof FileTooLarge) return 'too-large'
    if (error instanceof Interrupted) return 'interrupted'
    throw error
  }
  const seen = hash.digest('hex')
  return [stated, found.sha256].every((hash) => hash === null || hash === seen) ? 'received' : 'mismatch'
}

/**
 * Asking again with the same id will not help; everything else (a key that was refused, a block) ends some
 * day.
 */
function isFinal(code: string): boolean {
  return (
    ['bad-media-id', 'host-not-allowed', 'redirect'].includes(code) ||
    (/^\d+$/.test(code) && refusalClassOf(Number(code)) === 'final')
  )
}

function receiptOf(outcome: Exclude<MediaOutcome, Found>): Receipt {
  switch (outcome.outcome) {
    case 'gone':
    case 'too-large':
      return { receipt: outcome.outcome }
    case 'refused':
      return { receipt: isFinal(outcome.code) ? 'refused' : 'later', code: outcome.code }
    case 'retry':
      return { receipt: 'later', code: outcome.code }
  }
}

/**
 * Error answers of the provider count against its limit; requests that were never sent, or not answered, do
 * not.
 */
function isFault(outcome: MediaOutcome): boolean {
  switch (outcome.outcome) {
    case 'gone':
      return true
    case 'refused':
      return !['bad-media-id', 'host-not-allowed'].includes(outcome.code)
    case 'retry':
      return outcome.countsAgainstLimit
    default:
      return false
  }
}

/**
 * Fetches a file from the provider into the media folder, encrypted, and holds it against what was stated
 * (size, SHA-256); what does not match is fetched once more. Memory stays flat. Nothing is in the database
 * when it resolves.
 */
export async function receiveMedia(
  inbox: Inbox,
  key: Buffer,
  lease: Lease,
  channel: ChannelCredentials,
  signal: AbortSignal,
): Promise<Receipt> {
  const { id, sourceSealed } = lease.attachment
  if (sourceSealed === null) return { receipt: 'refused', code: 'no-source' }
  const source = openJson<StoredMediaSource>(key, additionalData.mediaSource(id), sourceSealed)
  if (source.id === null) return { receipt: 'refused', code: 'no-media-id' }
  const media = { id: source.id, url: source.url, maxBytes: maxMediaBytes }
  for (let round = 1; ; round += 1) {
    const admission = await admit(inbox, channel.channelId, timeoutMs)
    if ('notBefore' in admission) return { receipt: 'resting', until: admission.notBefore }
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    const outcome = await channel.adapter.fetchMedia(media, channel.credentials, within)
    await settle(inbox, channel.channelId, admission.riskId, isFault(outcome))
    if (outcome.outcome !== 'found') return receiptOf(outcome)
    const stored = await store(inbox, key, lease, source.sha256 ?? null, outcome)
    if (stored === 'received' || stored === 'too-large') return { receipt: stored }
    if (stored === 'interrupted') return { receipt: 'later', code: 'interrupted' }
    if (round === 2) return { receipt: 'not-as-stated' }
  }
}
