import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { HandOverFailure } from '@buergerdraht/contract'
import { readXml, type XmlElement } from '../xdomea/read-xml.ts'
import { type AnswerFile, type Answers, AnswersUnreachable, isAnswerName } from './answers.ts'

/** Of a file of four gigabytes over a slow line. */
const patienceMs = 30 * 60 * 1000
const answerPatienceMs = 60_000
/** Of a list of what is there: some ten thousand files. */
const maxListBytes = 8 * 1024 * 1024

type Collection = { readonly url: string; readonly authorization: string | null }

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

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
    const address = new URL(encodeURIComponent(name), withSlash(url))
    const { ok, status, body } = await fetch(address, request)
    await body?.cancel()
    if (content.errored !== null) return 'package-missing'
    if (ok) return null
    if (status === 401) return 'login-refused'
    if (status === 507) return 'disk-full'
    return status >= 500 ? 'unreachable' : 'refused'
  } catch {
    return content.errored === null ? 'unreachable' : 'package-missing'
  } finally {
    content.destroy()
  }
}

type Asked = { readonly method: string; readonly headers?: Record<string, string>; readonly body?: string }

/** One request about answers, to nobody but the named host. @throws AnswersUnreachable */
async function ask(
  { authorization }: Collection,
  address: URL,
  { method, headers = {}, body }: Asked,
  signal: AbortSignal,
): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, {
      method,
      redirect: 'error',
      headers: { ...headers, ...(authorization === null ? {} : { authorization }) },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerPatienceMs)]),
    })
  } catch {
    throw new AnswersUnreachable('unreachable')
  }
  const { status } = response
  // What is not there (any more), or has changed (RFC 9110 sections 15.5.5, 15.5.13): whoever asks knows what follows.
  if (response.ok || status === 404 || status === 412) return response
  await response.body?.cancel()
  if (status === 401) throw new AnswersUnreachable('login-refused')
  throw new AnswersUnreachable(status >= 500 ? 'unreachable' : 'no-access')
}

/** The beginning of a body, one byte longer than `maxBytes` where there is more. @throws AnswersUnreachable */
async function beginningOf({ body }: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk)
      length += chunk.length
      if (length > maxBytes) break
    }
  } catch {
    throw new AnswersUnreachable('unreachable')
  }
  return Buffer.concat(chunks).subarray(0, maxBytes + 1)
}

function within(of: XmlElement, name: string): XmlElement[] {
  return of.children.filter((child) => child.namespace === 'DAV:' && child.name === name)
}

/** The name of a file directly in the collection; null: another collection, or something elsewhere. */
function nameOf(response: XmlElement, collection: URL): string | null {
  const isCollection = within(response, 'propstat')
    .flatMap((one) => within(one, 'prop'))
    .flatMap((one) => within(one, 'resourcetype'))
    .some((one) => within(one, 'collection').length > 0)
  const href = within(response, 'href')[0]?.text.trim() ?? ''
  if (isCollection || !URL.canParse(href, collection.href)) return null
  const { origin, pathname } = new URL(href, collection)
  if (origin !== collection.origin || !pathname.startsWith(collection.pathname)) return null
  try {
    return decodeURIComponent(pathname.slice(collection.pathname.length))
  } catch {
    return null
  }
}

const listing =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'

/** A strong entity tag, by which the server keeps us from removing what has changed (RFC 9110 section 13.1.1). */
function unlessChanged({ mark }: AnswerFile): Record<string, string> {
  return mark.startsWith('"') ? { 'if-match': mark } : {}
}

/**
 * What lies in a collection as answers (RFC 4918): listed by PROPFIND, read by GET, removed by DELETE, put aside by MOVE into `refused` below it. No
 * redirection is followed.
 */
export function answersInCollection(collection: Collection, signal: AbortSignal): Answers {
  const root = new URL(withSlash(collection.url))
  function at(name: string): URL {
    return new URL(encodeURIComponent(name), root)
  }
  return {
    names: async () => {
      const headers = { depth: '1', 'content-type': 'application/xml; charset=utf-8' }
      const response = await ask(collection, root, { method: 'PROPFIND', headers, body: listing }, signal)
      const bytes = await beginningOf(response, maxListBytes)
      const list = response.status === 207 && bytes.length <= maxListBytes ? await readXml(bytes) : undefined
      if (list?.namespace !== 'DAV:' || list.name !== 'multistatus')
        throw new AnswersUnreachable('not-understood')
      return within(list, 'response')
        .flatMap((one) => nameOf(one, root) ?? [])
        .filter(isAnswerName)
        .sort()
    },
    read: async (name, maxBytes) => {
      const response = await ask(collection, at(name), { method: 'GET' }, signal)
      const bytes = await beginningOf(response, maxBytes)
      if (response.status === 404) return null
      const mark = response.headers.get('etag') ?? `${bytes.length} ${response.headers.get('last-modified')}`
      return { name, bytes, mark, isYoung: null }
    },
    drop: async (file) => {
      const headers = unlessChanged(file)
      const response = await ask(collection, at(file.name), { method: 'DELETE', headers }, signal)
      await response.body?.cancel()
    },
    putAside: async (file) => {
      const refused = new URL('refused/', root)
      // 405: it is there.
      await ask(collection, refused, { method: 'MKCOL' }, signal).catch(() => {})
      const destination = new URL(encodeURIComponent(`${randomUUID()}-${file.name}`), refused).href
      const headers = { ...unlessChanged(file), destination, overwrite: 'F' }
      const response = await ask(collection, at(file.name), { method: 'MOVE', headers }, signal)
      await response.body?.cancel()
    },
  }
}
