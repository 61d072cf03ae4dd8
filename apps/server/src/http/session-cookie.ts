/**
 * The cookies of signing in: `__Host-session` carries the session's token, `__Host-device` lets the account's own browser be told
 * from a guesser's and opens nothing. `__Host-` (RFC 6265bis §4.1.3.2) binds both to this very host over a secure connection;
 * browsers count `http://127.0.0.1` and `http://localhost` as secure.
 */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'
const halfYearSeconds = 180 * 24 * 60 * 60

export function sessionCookie(token: string): string {
  return `__Host-session=${token}; ${attributes}`
}

export const endedSessionCookie = `__Host-session=; ${attributes}; Max-Age=0`

export function deviceCookie(device: string): string {
  return `__Host-device=${device}; ${attributes}; Max-Age=${halfYearSeconds}`
}

const atProviderSeconds = 10 * 60

/** Kept while somebody is at the identity provider: what comes back is worth something in this browser alone. */
export function providerCookie(token: string): string {
  return `__Host-provider=${token}; ${attributes}; Max-Age=${atProviderSeconds}`
}

export function providerTokenOf(cookie: string | undefined): string | null {
  return /(?:^|;\s*)__Host-provider=([\w-]{43})(?:;|$)/.exec(cookie ?? '')?.[1] ?? null
}

/** The token in a `Cookie` header; null when there is none, or nothing that could be one. */
export function sessionTokenOf(cookie: string | undefined): string | null {
  return /(?:^|;\s*)__Host-session=([\w-]{43})(?:;|$)/.exec(cookie ?? '')?.[1] ?? null
}

/** What the browser keeps as its device; null when there is none, or nothing that could be one. */
export function deviceOf(cookie: string | undefined): string | null {
  return /(?:^|;\s*)__Host-device=([\w.-]{1,300})(?:;|$)/.exec(cookie ?? '')?.[1] ?? null
}
