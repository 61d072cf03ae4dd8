import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Who has been answered and told to go gets so long to read it. */
const farewellMs = 2000
/** What a sender still sends after its answer is read and dropped, so that it comes to read the answer; but only so much and so long. */
const maxDrainedBytes = 16 * 1024 * 1024
const maxDrainMs = 10_000
const lookEveryMs = 50

/** Sends the last bytes and takes the connection away, whatever the other side does with its half of it. */
export function endConnection(socket: Socket, lastBytes: string): void {
  socket.end(lastBytes)
  setTimeout(() => socket.destroy(), farewellMs).unref()
}

/**
 * For when a response is finished: Node itself reads and drops what is left of the request without end. Here the connection is taken
 * away once that is more than a client in good faith has under way.
 */
export function limitDrain(request: IncomingMessage): void {
  if (request.complete) return
  const { socket } = request
  const limit = socket.bytesRead + maxDrainedBytes
  const endsAt = performance.now() + maxDrainMs
  const looking = setInterval(() => {
    if (request.complete || socket.destroyed) clearInterval(looking)
    else if (socket.bytesRead > limit || performance.now() > endsAt) socket.destroy()
  }, lookEveryMs)
  looking.unref()
}

/** Whether an answer to what is being received has begun: a second one would be taken for part of it. */
export function isBeingAnswered(socket: Socket): boolean {
  return (socket as { readonly _httpMessage?: ServerResponse | null })._httpMessage?.headersSent === true
}
