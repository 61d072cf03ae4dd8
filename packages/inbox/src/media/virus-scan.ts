import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/**
 * There is no verdict: clamd cannot be reached, answers an error, or takes too long. The file must not be
 * shown yet.
 */
export class ScannerUnavailable extends Error {
  constructor(reason: string) {
    super(`The virus scanner gave no verdict: ${reason}`)
    this.name = 'ScannerUnavailable'
  }
}

const silenceMs = 120_000

function connectTo(address: URL): Socket {
  return address.protocol === 'unix:'
    ? connect({ path: address.pathname })
    : connect({ host: address.hostname.replace(/^\[|\]$/g, ''), port: Number(address.port) })
}

function lengthOf(piece: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(piece.length)
  return length
}

/** clamd may answer, and hang up, before it has read everything. */
function isOver(socket: Socket): boolean {
  return socket.destroyed || socket.readableEnded || !socket.writable
}

/**
 * Lets clamd look at a file (INSTREAM of clamd(8)); memory stays at one piece. clamd's `StreamMaxLength` must
 * be at least the largest file that is taken in.
 * @param url `tcp://host:port` or `unix:/path`
 * @throws ScannerUnavailable
 */
export async function findVirus(url: string, plain: AsyncIterable<Uint8Array>): Promise<boolean> {
  const socket = connectTo(new URL(url))
  socket.setTimeout(silenceMs, () => socket.destroy(new Error('silence')))
  const answer = new Promise<string>((resolve, reject) => {
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (part: string) => {
      text += part
    })
    // Not only `close`: whoever answers early may never read the rest.
    socket.once('end', () => resolve(text))
    socket.once('close', () => resolve(text))
    socket.once('error', reject)
  })
  // Awaited below; until then nobody else hears of a failure.
  answer.catch(() => {})
  try {
    await Promise.race([once(socket, 'connect'), answer])
    async function send(bytes: Uint8Array) {
      if (!isOver(socket) && !socket.write(bytes)) await Promise.race([once(socket, 'drain'), answer])
    }
    await send(Buffer.from('zINSTREAM\0'))
    for await (const piece of plain) {
      if (isOver(socket)) break
      if (piece.length === 0) continue
      await send(lengthOf(piece))
      await send(piece)
    }
    await send(Buffer.alloc(4))
    return verdict(await answer)
  } catch (error) {
    if (error instanceof ScannerUnavailable) throw error
    if (!isSocketError(error)) throw error
    throw new ScannerUnavailable(error.code ?? error.message)
  } finally {
    socket.destroy()
  }
}

function isSocketError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && ('syscall' in error || 'code' in error || error.message === 'silence')
}

function verdict(answer: string): boolean {
  if (/^stream: OK\0?$/.test(answer)) return false
  if (/^stream: .+ FOUND\0?$/.test(answer)) return true
  throw new ScannerUnavailable(/size limit/i.test(answer) ? 'StreamMaxLength is too small' : 'no verdict')
}
