import type { z } from 'zod'
import type { Act } from './policy.ts'
import type { ErrorCode } from './refusals.ts'

/**
 * One request the browser may make. `access` is the act that the caller's role must allow (object-level checks come on top); `reply` is an
 * allow-list: what it does not declare never leaves the server. `reply: null` answers 204; `'stream'` is bytes or
 * server-sent events.
 */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly access: 'public' | 'signed-in' | Act
  /**
   * Also for a session that still lacks its second factor: in any case, or only where the account has none yet. What sets one up must not be
   * open to whoever has not shown the one there is.
   */
  readonly beforeSecondFactor?: 'always' | 'to-set-up'
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType | 'multipart'
  /** Of a multipart body: its fields, and after them one file. */
  readonly parts?: z.ZodObject
  /** Where it may be larger than other bodies. */
  readonly maxBodyBytes?: number
  readonly status: 200 | 201 | 202 | 204
  readonly reply: z.ZodType | null | 'stream'
  /** Refusals beyond the ones every endpoint may give (see {@link commonRefusals}). */
  readonly refusals: readonly ErrorCode[]
}

/** Keeps the literal types, so that handler and client are typed by the same object. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition
}

export const commonRefusals = [
  'invalid-input',
  'not-signed-in',
  'not-allowed',
  'second-factor-required',
  'network-not-allowed',
  'certificate-required',
  'not-found',
  'foreign-origin',
  'too-many-requests',
  'not-ready',
] as const satisfies readonly ErrorCode[]
