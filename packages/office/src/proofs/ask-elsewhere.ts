export type Question = {
  /** Left out: a GET. */
  readonly body?: Uint8Array
  readonly contentType?: string
  readonly timeoutMs: number
  /** A longer answer is none. */
  readonly maxBytes: number
}

export type ElsewhereAnswer = { readonly status: number; readonly bytes: Buffer }

/**
 * Asks a program that is not ours. Follows no redirect: who is asked was decided by whoever runs the office.
 * @throws where there is no answer in time, or one that is too long
 */
export async function askElsewhere(
  url: string,
  { body, contentType, timeoutMs, maxBytes }: Question,
): Promise<ElsewhereAnswer> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'Buergerdraht/0.1',
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    ...(body !== undefined && { method: 'POST', body: new Uint8Array(body) }),
  })
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of response.body ?? []) {
    total += piece.byteLength
    if (total > maxBytes) throw new RangeError(`The answer has more than ${maxBytes} bytes`)
    pieces.push(piece)
  }
  return { status: response.status, bytes: Buffer.concat(pieces) }
}
