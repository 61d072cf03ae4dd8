import { connect, type Socket } from 'node:net'

export type LoadResult = {
  readonly answered: number
  readonly refused: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** A request as bytes, ready to be written. */
export function requestBytes(path: string, headers: Readonly<Record<string, string>>, body: Buffer): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${lines.join('')}\r\n`
  return Buffer.concat([Buffer.from(head), body])
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Sends requests over keep-alive connections, each with one request under way, as cheaply as Node can: the client shares the
 * machine with what is measured. Closed loop (as fast as answered) or paced at `perSecond`.
 * @param next the next request and its number; null ends the load
 */
export async function load(options: {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  readonly perSecond?: number
  readonly next: () => { readonly n: number; readonly bytes: Buffer } | null
  readonly onAnswer?: (n: number, status: number) => void
}): Promise<LoadResult> {
  const latencies: number[] = []
  let refused = 0
  const startedAt = performance.now()
  const endsAt = startedAt + options.seconds * 1000
  let sent = 0

  function run(): Promise<void> {
    return new Promise((resolve) => {
      const socket: Socket = connect(options.port, '127.0.0.1')
      socket.setNoDelay(true)
      let buffer: Buffer = Buffer.alloc(0)
      let current = -1
      let sentAt = 0
      function finish(): void {
        socket.destroy()
        resolve()
      }
      function send(): void {
        const now = performance.now()
        if (now >= endsAt) {
          finish()
          return
        }
        if (options.perSecond !== undefined) {
          const dueAt = startedAt + (sent / options.perSecond) * 1000
          if (dueAt > now + 1) {
            setTimeout(send, dueAt - now)
            return
          }
        }
        const request = options.next()
        if (request === null) {
          finish()
          return
        }
        sent += 1
        current = request.n
        sentAt = performance.now()
        socket.write(request.bytes)
      }
      socket.on('connect', send)
      socket.on('error', finish)
      socket.on('close', finish)
      socket.on('data', (chunk) => {
        buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk])
        const end = buffer.indexOf(headEnd)
        if (end < 0) return
        const head = buffer.toString('latin1', 0, end)
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
        if (buffer.length < end + 4 + length) return
        buffer = buffer.subarray(end + 4 + length)
        const status = Number(head.slice(9, 12))
        latencies.push(performance.now() - sentAt)
        if (status !== 200) refused += 1
        options.onAnswer?.(current, status)
        send()
      })
    })
  }

  await Promise.all(Array.from({ length: options.connections }, run))
  const seconds = (performance.now() - startedAt) / 1000
  const sorted = latencies.toSorted((a, b) => a - b)
  return {
    answered: latencies.length,
    refused,
    perSecond: (latencies.length - refused) / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  }
}
