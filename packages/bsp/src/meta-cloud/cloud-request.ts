import { objectOf, type Untrusted } from './untrusted.ts'

/** Some file hosts refuse what looks like a browser. */
const userAgent = 'Buergerdraht/0.1'

/** The API answers with a few hundred bytes. */
const maxAnswerBytes = 1024 * 1024

/** Failures before the first byte of the request was written. */
const nothingWritten =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|\w+_SELF_SIGNED_CERT|SELF_SIGNED_CERT_\w+|UNABLE_TO_\w+)$/

/**
 * `answered`: the BSP said something, whatever it is. `unsent`: it certainly saw nothing. `unknown`: the connection
 * ended after we began to write. Codes are safe to log.
 */
export type CloudAnswer =
  | { readonly result: 'answered'; readonly response: Response }
  | { readonly result: 'unsent'; readonly code: string }
  | { readonly result: 'unknown'; readonly code: string }

/** One request to the BSP; follows no redirect and never throws. */
export async function requestCloud(
  url: string,
  init: RequestInit & { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): Promise<CloudAnswer> {
  if (init.signal.aborted) return { result: 'unsent', code: 'aborted' }
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': userAgent, ...init.headers },
    })
    return { result: 'answered', response }
  } catch (error) {
    if (init.signal.aborted) return { result: 'unknown', code: 'timeout' }
    const code = causeCodeOf(error)
    return { result: nothingWritten.test(code) ? 'unsent' : 'unknown', code }
  }
}

/** The answer's JSON object. Null: another body, one far too large, or it broke off. */
export async function answerObjectOf<T>(response: Response): Promise<Untrusted<T> | null> {
  try {
    return objectOf<T>(JSON.parse(await limitedTextOf(response)))
  } catch {
    return null
  }
}

/** Counted after decompression: a few packed bytes can be gigabytes. */
async function limitedTextOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of response.body ?? []) {
    total += piece.byteLength
    if (total > maxAnswerBytes) throw new RangeError(`more than ${maxAnswerBytes} bytes`)
    pieces.push(piece)
  }
  return new TextDecoder().decode(Buffer.concat(pieces))
}

/** Frees the connection of an answer whose body nobody wants. */
export async function discardBody(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined)
}

function causeCodeOf(error: unknown): string {
  const cause = error instanceof Error ? objectOf<{ code: string }>(error.cause) : null
  return typeof cause?.code === 'string' ? cause.code : 'connection-lost'
}
