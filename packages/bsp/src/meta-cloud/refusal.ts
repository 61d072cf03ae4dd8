import type { RefusalClass } from '../adapter.ts'
import { refusalClassOf } from './error-class.ts'
import { numberOf, objectOf, type Untrusted } from './untrusted.ts'
import type { WireError } from './wire-format.ts'

/** Meta's error object, or 360dialog's own bodies: `{ error: "…" }` and the older `{ meta: { developer_message } }`. */
export type ErrorBody = {
  readonly error?: WireError | string
  readonly meta?: { readonly developer_message?: string }
}

export type Refused = {
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
  return refusedByText(httpStatus, ownText(body)) ?? refusedByStatus(httpStatus)
}

function metaCodeOf(body: Untrusted<ErrorBody> | null): number | null {
  const code = numberOf(objectOf<WireError>(body?.error)?.code)
  return code !== null && Number.isSafeInteger(code) ? code : null
}

/**
 * 360dialog refuses quite different matters with 400; only the text tells them apart. The codes are those that Meta has
 * for the same matter, so that everybody is told the same.
 */
function refusedByText(httpStatus: number, text: string): Refused | null {
  if (httpStatus !== 400) return null
  if (/rate.?limit/i.test(text)) return { refusal: 'slow-channel', code: '80007' }
  if (/payment/i.test(text)) return { refusal: 'stop-channel', code: '131042' }
  if (/disabled/i.test(text)) return { refusal: 'stop-channel', code: '131031' }
  return null
}

function refusedByStatus(httpStatus: number): Refused {
  return { refusal: classOfStatus(httpStatus), code: `http-${httpStatus}` }
}

/** Unclear refusals of the credentials stop the channel and alert the admin. */
function classOfStatus(httpStatus: number): RefusalClass {
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
