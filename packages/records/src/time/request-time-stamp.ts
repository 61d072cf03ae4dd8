import {
  checkTimeStamp,
  type GoodTimeStamp,
  type TimeStampExpectation,
  type TimeStampVerdict,
} from './check-time-stamp.ts'
import { fetchRevocation, type RevocationTransport } from './fetch-revocation.ts'
import { TimeStampFault } from './time-stamp-fault.ts'
import { encodeTimeStampRequest, type TimeStampRequest } from './time-stamp-request.ts'
import { plainResponse, tokenInResponse } from './time-stamp-response.ts'

/**
 * Carries a request to a TSA and brings the answer: over HTTP a POST of `application/timestamp-query`, answered with
 * `application/timestamp-reply` (RFC 3161 section 3.4). Rejects when there is no answer.
 */
export type TimeStampTransport = (request: Uint8Array) => Promise<Uint8Array>

/** The answer and the token in it, both in the form in which they are stored, or the reason why there is none. */
export type TimeStampAnswer =
  | { ok: true; response: Uint8Array; token: Uint8Array; verdict: GoodTimeStamp }
  | Extract<TimeStampVerdict, { ok: false }>

/**
 * Asks for a time stamp and believes the answer only after the full check against the request. A TSA that cannot be
 * reached is an answer with TIME_STAMP_UNREACHABLE: ask again later; the gap stays visible and no time is invented.
 *
 * What nobody signed is left out of what is answered (`storedToken`). With a transport for them, revocation data are fetched
 * and kept in the token; an authority that offers none, or does not answer, leaves `verdict.revocation` without a
 * statement, which the verifier says.
 */
export async function requestTimeStamp(
  request: TimeStampRequest,
  trust: Pick<TimeStampExpectation, 'roots' | 'intermediates' | 'calendar'>,
  transport: TimeStampTransport,
  revocation?: RevocationTransport,
): Promise<TimeStampAnswer> {
  const { algorithm, digest, nonce, policy } = request
  const expected: TimeStampExpectation = {
    ...trust,
    nonce,
    // A token over another algorithm cannot have the digest that was asked for.
    digestOf: (named) => (named === algorithm ? digest : new Uint8Array(0)),
    ...(policy !== undefined && { policies: [policy] }),
  }
  try {
    const response = await carried(encodeTimeStampRequest(request), transport)
    const first = checkTimeStamp(tokenInResponse(response), expected)
    if (!first.ok) return first
    const kept = revocation === undefined ? [] : await fetchRevocation(first.path, revocation)
    const token = first.storedWith(kept)
    const verdict = checkTimeStamp(token, expected)
    return verdict.ok ? { ok: true, response: plainResponse(token), token, verdict } : verdict
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
