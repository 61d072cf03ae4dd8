import { Readable } from 'node:stream'
import type { HandOverFailure } from '@buergerdraht/contract'

/** Of a file of four gigabytes over a slow line. */
const patienceMs = 30 * 60 * 1000

type Collection = { readonly url: string; readonly authorization: string | null }

/**
 * Puts a file into a collection (RFC 4918 section 9.7) and follows no redirection: nothing goes anywhere but to the host that the operator has named.
 * Null: the server has it. A second time does no harm.
 */
export async function putInto(
  { url, authorization }: Collection,
  name: string,
  content: Readable,
  signal: AbortSignal,
): Promise<HandOverFailure | null> {
  const request: RequestInit & { duplex: 'half' } = {
    method: 'PUT',
    body: Readable.toWeb(content) as ReadableStream,
    duplex: 'half',
    redirect: 'error',
    headers: {
      'content-type': 'application/zip',
      ...(authorization === null ? {} : { authorization }),
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  }
  try {
    const address = new URL(encodeURIComponent(name), url.endsWith('/') ? url : `${url}/`)
    const { ok, status, body } = await fetch(address, request)
    await body?.cancel()
    if (content.errored !== null) return 'package-missing'
    if (ok) return null
    if (status === 507) return 'disk-full'
    return status >= 500 ? 'unreachable' : 'refused'
  } catch {
    return content.errored === null ? 'unreachable' : 'package-missing'
  } finally {
    content.destroy()
  }
}
