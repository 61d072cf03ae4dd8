/**
 * The cookie that carries the session's token. `__Host-` (RFC 6265bis §4.1.3.2) binds it to this very host over a secure
 * connection; browsers count `http://127.0.0.1` and `http://localhost` as secure.
 */
const name = '__Host-session'
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict'

export const sessionCookie = (token: string): string => `${name}=${token}; ${attributes}`

export const endedSessionCookie = `${name}=; ${attributes}; Max-Age=0`

/** The token in a `Cookie` header; null when there is none, or nothing that could be one. */
export const sessionTokenOf = (cookie: string | undefined): string | null =>
  /(?:^|;\s*)__Host-session=([\w-]{43})(?:;|$)/.exec(cookie ?? '')?.[1] ?? null
