import type { BspCredentials, MediaOutcome } from '../adapter.ts'
import { answerObjectOf, discardBody, requestCloud } from './cloud-request.ts'
import { mediaIdForm, mediaTypeOf, sha256Of } from './media-reference.ts'
import type { CloudPreset } from './preset.ts'
import { type ErrorBody, type Refused, refusalOf } from './refusal.ts'
import { nonEmptyTextOf, numberOf } from './untrusted.ts'

/** Thrown by the body of a found file when it turns out to be longer than `maxBytes`. */
export class MediaTooLarge extends Error {
  override readonly name = 'MediaTooLarge'
}

export type MediaRequest = {
  readonly id: string
  readonly url: string | null
  readonly maxBytes: number
}

/** What the look-up of a media id says about the file. */
type MediaAddress = {
  readonly url: string
  readonly mediaType: string | null
  readonly sha256: string | null
}

type MediaAnswer = ErrorBody & {
  readonly url: string
  readonly mime_type: string
  readonly sha256: string
  readonly file_size: number | string
}

type Failure = Exclude<MediaOutcome, { outcome: 'found' }>

/**
 * Opens a file that lies at the BSP. A ready address is tried first; addresses live five minutes, so that on 401
 * or 404 the id is resolved (again) once. Requests go only to the vendor's own hosts and follow no redirect. The body
 * must be read or ended by the caller; it throws `MediaTooLarge` as soon as it exceeds `maxBytes`.
 */
export async function fetchMediaFile(
  preset: CloudPreset,
  media: MediaRequest,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<MediaOutcome> {
  const ready = media.url === null ? null : preset.downloadUrl(media.url, credentials)
  let address: MediaAddress | Failure =
    ready === null
      ? await resolveMedia(preset, media, credentials, signal)
      : { url: ready, mediaType: null, sha256: null }
  for (let attempt = 1; ; attempt += 1) {
    if ('outcome' in address) return address
    const download = await downloadMedia(preset, media, address, credentials, signal)
    if (download !== 'expired') return download
    if (attempt === 2) return { outcome: 'gone' }
    address = await resolveMedia(preset, media, credentials, signal)
  }
}

async function resolveMedia(
  preset: CloudPreset,
  media: MediaRequest,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<MediaAddress | Failure> {
  if (!mediaIdForm.test(media.id)) return { outcome: 'refused', code: 'bad-media-id' }
  const answer = await requestCloud(preset.mediaUrl(media.id, credentials), {
    headers: preset.authorization(credentials),
    signal,
  })
  if (answer.result !== 'answered') return later(answer.code, false)
  const { response } = answer
  const body = await answerObjectOf<MediaAnswer>(response)
  if (!response.ok) return failureOf(response.status, refusalOf(response.status, body))
  const sizeBytes = numberOf(body?.file_size)
  if (sizeBytes !== null && sizeBytes > media.maxBytes) return { outcome: 'too-large', sizeBytes }
  const given = nonEmptyTextOf(body?.url)
  if (given === null) return later('no-url', false)
  const url = preset.downloadUrl(given, credentials)
  if (url === null) return { outcome: 'refused', code: 'host-not-allowed' }
  return { url, mediaType: mediaTypeOf(body?.mime_type), sha256: sha256Of(body?.sha256) }
}

async function downloadMedia(
  preset: CloudPreset,
  media: MediaRequest,
  address: MediaAddress,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<MediaOutcome | 'expired'> {
  const answer = await requestCloud(address.url, { headers: preset.authorization(credentials), signal })
  if (answer.result !== 'answered') return later(answer.code, false)
  const { response } = answer
  if (response.status === 401 || response.status === 404 || response.status === 410) {
    await discardBody(response)
    return 'expired'
  }
  if (!response.ok) {
    const body = await answerObjectOf<ErrorBody>(response)
    return failureOf(response.status, refusalOf(response.status, body))
  }
  const sizeBytes = numberOf(response.headers.get('content-length'))
  if (sizeBytes !== null && sizeBytes > media.maxBytes) {
    await discardBody(response)
    return { outcome: 'too-large', sizeBytes }
  }
  return {
    outcome: 'found',
    body: limited(response, media.maxBytes),
    sizeBytes,
    mediaType: address.mediaType ?? mediaTypeOf(response.headers.get('content-type')),
    sha256: address.sha256,
  }
}

/** Error answers count against the BSP's limit of failures (it blocks the number for half an hour). */
function failureOf(httpStatus: number, refused: Refused | null): Failure {
  if (httpStatus >= 300 && httpStatus < 400) return { outcome: 'refused', code: 'redirect' }
  if (refused === null) return later(`http-${httpStatus}`, true)
  // An id that has ended its seven days: 404, or Meta's "object does not exist".
  if (httpStatus === 404 || refused.code === '100' || refused.code === '33') return { outcome: 'gone' }
  switch (refused.refusal) {
    case 'retry':
    case 'slow-channel':
    case 'slow-citizen':
      return later(refused.code, true)
    default:
      return { outcome: 'refused', code: refused.code }
  }
}

function later(code: string, countsAgainstLimit: boolean): Failure {
  return { outcome: 'retry', code, countsAgainstLimit }
}

async function* limited(response: Response, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (!response.body) return
  let total = 0
  for await (const chunk of response.body) {
    total += chunk.byteLength
    if (total > maxBytes) throw new MediaTooLarge(`more than ${maxBytes} bytes`)
    yield chunk
  }
}
