import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Above what services like, below what systems hand out by themselves: no outgoing connection can take such a port meanwhile. */
const [from, to] = [20_000, 32_768]
/** Test processes that run beside each other look for ports of different remainders. */
const step = 16
const remainder = Number(process.env['VITEST_POOL_ID'] ?? 0) % step
const given = new Set<number>()

/** A TCP port on 127.0.0.1 that nobody listens on now, and that no other test of the run is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = from + randomInt((to - from) / step) * step + remainder
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1')
  try {
    await once(probe, 'listening')
  } catch {
    return false
  }
  probe.close()
  await once(probe, 'close')
  return true
}
