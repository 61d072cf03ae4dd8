import {
  type ErrorBody,
  type ErrorCode,
  errorCodes,
  type FieldRefusal,
  Refusal,
  sentenceOfField,
} from '@buergerdraht/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from './language.ts'

/** The framework's own refusals, in our words. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'encoding-refused',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-input',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid-input',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid-input',
  FST_ERR_BAD_URL: 'invalid-input',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
}

/** PostgreSQL's SQLSTATE classes and the driver's words for "there is no database to talk to right now, or it takes too long", and a full disk. */
const unavailable =
  /^(ENOSPC|EDQUOT|EROFS|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN|08\d{3}|53\d{3}|57014|57P0[1-5]|P1001|P1002|P1008|P1017|P2024|P2028)$/
const lostConnection =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded|timeout expired|Query read timeout)/

/** Prisma keeps the driver's error in `meta`, and PostgreSQL's own code as `originalCode` in its cause. */
type Wrapping = {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown }
}

function isUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, originalCode, message, cause, meta } = error as Wrapping
  if ([code, originalCode].some((one) => typeof one === 'string' && unavailable.test(one))) return true
  if (typeof message === 'string' && lostConnection.test(message)) return true
  return isUnavailable(cause) || isUnavailable(meta?.driverAdapterError)
}

/** Node's own words for a client that has gone while it was sending: nothing of ours has failed. */
function isHungUp({ message }: Error, code: string | undefined): boolean {
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || (code === 'ECONNRESET' && message === 'aborted')
}

/** What the asker may know of an error: a refusal stays what it is, the rest is a defect without a text. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (!(error instanceof Error)) return new Refusal('defect')
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (isHungUp(error, code)) return new Refusal('incomplete-request')
  const known = code === undefined ? undefined : frameworkCodes[code]
  if (known !== undefined) return new Refusal(known)
  if (isUnavailable(error)) return new Refusal('not-ready')
  return new Refusal(statusCode === 400 ? 'invalid-input' : 'defect')
}

export function errorBody(
  code: ErrorCode,
  request: Pick<FastifyRequest, 'id' | 'headers'>,
  fields: readonly FieldRefusal[] = [],
): ErrorBody {
  const language = languageOf(request.headers['accept-language'])
  const faults = fields.map((field) => ({ path: field.path, message: sentenceOfField(field, language) }))
  return {
    code,
    message: errorCodes[code].message[language],
    requestId: request.id,
    ...(faults.length === 0 ? {} : { fields: faults }),
  }
}

/** Answers a refusal; `Retry-After` where waiting helps (RFC 9110 §10.2.3). */
export function answerRefusal(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status } = errorCodes[refusal.code]
  if (status === 503) reply.header('retry-after', '5')
  if (status === 429 && !reply.hasHeader('retry-after')) reply.header('retry-after', '60')
  // Cut off while still sending, a client often never reads the answer; the rest is received and dropped instead.
  if (status === 413) reply.removeHeader('connection')
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(errorBody(refusal.code, request, refusal.fields))
}
