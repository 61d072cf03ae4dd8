import type { MediaKind, MediaReference } from '../event.ts'
import { nonEmptyTextOf, type Untrusted, unquotedIdOf } from './untrusted.ts'
import type { WireMedia } from './wire-format.ts'

/** Only such an id is ever put into the path of a request. */
export const mediaIdForm = /^[0-9A-Za-z_-]{1,128}$/
const mediaTypeForm = /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}$/
const maxUrlLength = 4096
const sha256Hex = /^[0-9a-fA-F]{64}$/
const sha256Base64 = /^[0-9A-Za-z+/_-]{43}=?$/

export function mediaReferenceOf(kind: MediaKind, media: Untrusted<WireMedia>): MediaReference {
  return {
    kind,
    id: mediaIdOf(media.id),
    url: httpsUrlOf(media.url),
    mediaType: mediaTypeOf(media.mime_type) ?? 'application/octet-stream',
    sha256: sha256Of(media.sha256),
    fileName: nonEmptyTextOf(media.filename),
    animated: media.animated === true,
  }
}

function mediaIdOf(value: unknown): string | null {
  const id = unquotedIdOf(value)
  return id !== null && mediaIdForm.test(id) ? id : null
}

function httpsUrlOf(value: unknown): string | null {
  const url = nonEmptyTextOf(value)
  return url?.startsWith('https://') && url.length <= maxUrlLength ? url : null
}

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
export function mediaTypeOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const end = value.indexOf(';')
  const base = (end < 0 ? value : value.slice(0, end)).trim().toLowerCase()
  return mediaTypeForm.test(base) ? base : null
}

/** Webhooks say base64, look-ups sometimes hexadecimal; ours is lower-case hexadecimal. */
export function sha256Of(value: unknown): string | null {
  if (typeof value !== 'string') return null
  if (sha256Hex.test(value)) return value.toLowerCase()
  return sha256Base64.test(value) ? Buffer.from(value, 'base64').toString('hex') : null
}
