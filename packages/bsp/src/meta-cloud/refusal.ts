import type { RefusalClass } from '../adapter.ts'
import { refusalClassOf } from './error-class.ts'
import { numberOf, objectOf, type Untrusted } from './untrusted.ts'
import type { WireError } from './wire-format.ts'

/** Meta's error object, or 360dialog's own bodies: `{ error: "…" }` and the older `{ meta: { developer_message } }`. */
export interface ErrorBody {
  readonly error?: WireError | string
  readonly meta?: { readonly developer_message?: string }
}

export interface Refused {
  readonly refusal: RefusalClass
  readonly code: string
}

/**
 * Why an answer other than 2xx refused the request. Meta's `error.code` decides when there is one; else the HTTP
 * status. Null: a server failed without saying whether it had acted (5xx without a code).
 */
export function refusalOf(httpStatus: number, body: Untrusted<ErrorBody> | null): Refused | null {
  const code = metaCodeOf(body)
  if (code !== null) return { refusal: refusalClassOf(code), code: String(code) }
  if (httpStatus >= 500) return null
  return { refusal: refusalByStatus(httpStatus, ownText(body)), code: `http-${httpStatus}` }
}

function metaCodeOf(body: Untrusted<ErrorBody> | null): number | null {
  const code = numberOf(objectOf<WireError>(body?.error)?.code)
  return code !== null && Number.isSafeInteger(code) ? code : null
}

/** Unclear refusals of the account's door stop the channel and alert the admin. */
function refusalByStatus(httpStatus: number, text: string): RefusalClass {
  switch (httpStatus) {
    case 429:
      return 'slow-channel'
    case 408:
    case 425:
      return 'retry'
    case 413:
    case 415:
    case 422:
      return 'final'
    case 400:
      // 360dialog's rate limit and its unpaid invoice share this status: only the text tells them apart.
      return /rate.?limit/i.test(text) ? 'slow-channel' : 'stop-channel'
    default:
      return 'stop-channel'
  }
}

function ownText(body: Untrusted<ErrorBody> | null): string {
  const meta = objectOf<{ developer_message: string }>(body?.meta)
  const text = body?.error ?? meta?.developer_message
  const message = objectOf<WireError>(text)?.message
  return typeof text === 'string' ? text : typeof message === 'string' ? message : ''
}
