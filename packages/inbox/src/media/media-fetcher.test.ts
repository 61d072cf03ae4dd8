import { expect, test } from 'vitest'
import { inTurn } from './media-fetcher.ts'

const { signal } = new AbortController()
function tick() {
  return new Promise((resolve) => setImmediate(resolve))
}

/** A worker with a queue; attachments are named `<conversation><number>`. */
function openWorker() {
  const queue: string[] = []
  const begun: string[] = []
  const gates = new Map<string, (failed?: Error) => void>()
  const take = inTurn({
    conversationOf: async (id) => (id === 'gone' ? null : id.slice(0, 1)),
    fetch: (id) =>
      new Promise((resolve, reject) => {
        begun.push(id)
        gates.set(id, (failed) => (failed === undefined ? resolve() : reject(failed)))
      }),
    remind: async (reminder) => void queue.push(reminder.job === 'fetch-media' ? reminder.attachmentId : ''),
  })
  async function work() {
    const hands = queue.splice(0).map((id) => take(id, signal).catch(() => 'failed'))
    await tick()
    return hands
  }
  return { queue, begun, work, end: (id: string, failed?: Error) => gates.get(id)?.(failed) }
}

test('a citizen who sends much holds one hand; others come at once, and everything comes in its order', async () => {
  const worker = openWorker()
  worker.queue.push('a1', 'a2', 'a3', 'b1', 'gone')
  const [a1, a2, a3] = await worker.work()
  expect(worker.begun).toEqual(['a1', 'b1'])
  // Their hands are free again.
  await Promise.all([a2, a3])
  worker.end('a1')
  await a1
  expect(worker.queue).toEqual(['a2'])
  const [second] = await worker.work()
  worker.end('a2')
  await second
  await worker.work()
  expect(worker.begun).toEqual(['a1', 'b1', 'a2', 'a3'])
})

test('a file that fails does not keep the next one waiting', async () => {
  const worker = openWorker()
  worker.queue.push('a1', 'a2')
  const [a1] = await worker.work()
  worker.end('a1', new Error('broken'))
  expect(await a1).toBe('failed')
  expect(worker.queue).toEqual(['a2'])
})

test('a reminder that is lost holds up nobody: the next one that comes is taken', async () => {
  const worker = openWorker()
  worker.queue.push('a1', 'a2', 'a3')
  const [a1] = await worker.work()
  worker.end('a1')
  await a1
  worker.queue.splice(0)
  worker.queue.push('a2', 'a3')
  await worker.work()
  expect(worker.begun).toEqual(['a1', 'a2'])
})
