import { checkTimeStamp, type TimeStampExpectation, type TimeStampVerdict } from './check-time-stamp.ts'
import { TimeStampFault } from './time-stamp-fault.ts'
import { encodeTimeStampRequest, type TimeStampRequest } from './time-stamp-request.ts'
import { tokenInResponse } from './time-stamp-token.ts'

/**
 * Carries a request to a TSA and brings the answer: over HTTP a POST of `application/timestamp-query`, answered with
 * `application/timestamp-reply` (RFC 3161 section 3.4). Rejects when there is no answer.
 */
export type TimeStampTransport = (request: Uint8Array) => Promise<Uint8Array>

/** The answer as it came and the token in it, or the reason why there is none. */
export type TimeStampAnswer =
  | { ok: true; response: Uint8Array; token: Uint8Array; verdict: Extract<TimeStampVerdict, { ok: true }> }
  | Extract<TimeStampVerdict, { ok: false }>

/**
 * Asks for a time stamp and believes the answer only after the full check against the request. A TSA that cannot be
 * reached is an answer with TIME_STAMP_UNREACHABLE: ask again later; the gap stays visible and no time is invented.
 */
export async function requestTimeStamp(
  request: TimeStampRequest,
  trust: Pick<TimeStampExpectation, 'roots' | 'intermediates'>,
  transport: TimeStampTransport,
): Promise<TimeStampAnswer> {
  const { algorithm, digest, nonce, policy } = request
  try {
    const response = await carried(encodeTimeStampRequest(request), transport)
    const token = tokenInResponse(response)
    const verdict = checkTimeStamp(token, {
      ...trust,
      nonce,
      // A token over another algorithm cannot have the digest that was asked for.
      digestOf: (named) => (named === algorithm ? digest : new Uint8Array(0)),
      ...(policy !== undefined && { policies: [policy] }),
    })
    return verdict.ok ? { ok: true, response, token, verdict } : verdict
  } catch (error) {
    if (error instanceof TimeStampFault) return { ok: false, code: error.code, detail: error.message }
    throw error
  }
}

async function carried(request: Uint8Array, transport: TimeStampTransport): Promise<Uint8Array> {
  try {
    return await transport(request)
  } catch (cause) {
    throw new TimeStampFault('TIME_STAMP_UNREACHABLE', 'The authority did not answer', cause)
  }
}
