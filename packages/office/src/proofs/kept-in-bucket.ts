import { createHash } from 'node:crypto'
import { KeepUnusable, type KeptElsewhere } from './kept-elsewhere.ts'
import { type BucketLogin, type BucketRequest, signRequest } from './sign-request.ts'

/** A bucket of somebody else, at a store that speaks the protocol of Amazon S3 with Object Lock. */
export type Bucket = BucketLogin & {
  /** `https://host/bucket`, with what names begin with behind it where they begin with something. */
  readonly url: string
  /** For so long nobody can change or remove what is kept there. */
  readonly years: number
}

const timeoutMs = 30_000
const maxAnswerBytes = 2 * 1024 * 1024
/** So that names sort as sizes do. */
const digits = 16

type Answer = { readonly status: number; readonly headers: Headers; readonly bytes: Buffer }

async function ask(
  bucket: Bucket,
  {
    method,
    url,
    headers = {},
    body = new Uint8Array(),
  }: Partial<BucketRequest> & Pick<BucketRequest, 'method' | 'url'>,
  now: Date,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      headers: signRequest(bucket, { method, url, headers, body }, now),
      ...(method === 'PUT' ? { body: new Uint8Array(body) } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const pieces: Uint8Array[] = []
    let length = 0
    for await (const piece of response.body ?? []) {
      length += piece.length
      if (length > maxAnswerBytes) throw new KeepUnusable()
      pieces.push(piece)
    }
    return { status: response.status, headers: response.headers, bytes: Buffer.concat(pieces) }
  } catch {
    throw new KeepUnusable()
  }
}

function padded(size: number): string {
  return String(size).padStart(digits, '0')
}

/**
 * Checkpoints in such a bucket, each as an object that is locked in compliance mode: not even the owner of the account can shorten that. Nothing is
 * overwritten (`If-None-Match`), and what was written is asked for, because a store that does not know Object Lock may take the headers and forget them.
 */
export function keptInBucket(bucket: Bucket, now: () => Date): KeptElsewhere {
  const { origin, pathname } = new URL(bucket.url)
  const [, name = '', ...rest] = pathname.split('/')
  const folder = rest.filter((part) => part !== '').join('/')
  const beginning = folder === '' ? '' : `${folder}/`

  function keyOf(log: string, size: number, ending: string): string {
    return `${beginning}${log}-${padded(size)}.${ending}`
  }
  function at(key: string): URL {
    return new URL(`${origin}/${name}/${key}`)
  }

  async function list(log: string, after: string | null): Promise<readonly string[]> {
    const url = new URL(`${origin}/${name}`)
    url.searchParams.set('list-type', '2')
    url.searchParams.set('prefix', `${beginning}${log}-`)
    if (after !== null) url.searchParams.set('start-after', after)
    const { status, bytes } = await ask(bucket, { method: 'GET', url }, now())
    const text = bytes.toString()
    if (status !== 200 || !/<ListBucketResult[\s>]/.test(text)) throw new KeepUnusable()
    const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key)
    const last = keys.at(-1)
    if (!/<IsTruncated>true<\/IsTruncated>/.test(text) || last === undefined) return keys
    return [...keys, ...(await list(log, last))]
  }

  /** Whether it is locked until then at least. */
  async function requireLocked(url: URL, until: Date): Promise<void> {
    const { status, headers } = await ask(bucket, { method: 'HEAD', url }, now())
    if (status !== 200) throw new KeepUnusable()
    const kept = Date.parse(headers.get('x-amz-object-lock-retain-until-date') ?? '')
    if (headers.get('x-amz-object-lock-mode') !== 'COMPLIANCE' || !(kept >= until.getTime()))
      throw new KeepUnusable(true)
  }

  return {
    sizes: async (log, from) => {
      const keys = await list(log, from < 0 ? null : keyOf(log, from, 'txt'))
      const start = `${beginning}${log}-`
      return keys.flatMap((key) =>
        key.startsWith(start) && /^\d{16}\.txt$/.test(key.slice(start.length))
          ? [Number.parseInt(key.slice(start.length), 10)]
          : [],
      )
    },
    read: async (log, size) => {
      const { status, bytes } = await ask(bucket, { method: 'GET', url: at(keyOf(log, size, 'txt')) }, now())
      if (status !== 200) throw new KeepUnusable()
      return bytes
    },
    add: async (log, size, ending, body) => {
      const url = at(keyOf(log, size, ending))
      const until = new Date(now())
      until.setUTCFullYear(until.getUTCFullYear() + bucket.years)
      until.setUTCHours(0, 0, 0, 0)
      const headers = {
        'content-type': 'application/octet-stream',
        'content-md5': createHash('md5').update(body).digest('base64'),
        'if-none-match': '*',
        'x-amz-object-lock-mode': 'COMPLIANCE',
        'x-amz-object-lock-retain-until-date': until.toISOString(),
      }
      const { status } = await ask(bucket, { method: 'PUT', url, headers, body }, now())
      // It is there: since when does not matter, but nobody may be able to remove it now.
      if (status === 412) return requireLocked(url, now())
      if (status !== 200) throw new KeepUnusable()
      await requireLocked(url, until)
    },
  }
}
