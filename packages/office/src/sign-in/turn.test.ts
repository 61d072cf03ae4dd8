import { expect, test } from 'vitest'
import { inTurn, maxAtOnce } from './turn.ts'

/** Work that ends when it is told to. */
function gate() {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, work: () => opened }
}

test('known browsers go first, and of one network only a few wait', async () => {
  const order: string[] = []
  const gates = Array.from({ length: maxAtOnce }, gate)
  const running = gates.map(({ work }) => inTurn('198.51.100.1', work))
  function come(name: string, network: string | null) {
    return inTurn(network, async () => void order.push(name))
  }
  const one = Array.from({ length: 6 }, (_, n) => come(`one ${n}`, '198.51.100.1'))
  await expect(come('one too many', '198.51.100.1')).rejects.toMatchObject({ code: 'too-many-requests' })
  const others = Array.from({ length: 26 }, (_, n) => come(`other ${n}`, `203.0.113.${n}`))
  await expect(come('another too many', '203.0.113.99')).rejects.toMatchObject({ code: 'too-many-requests' })
  const colleagues = Array.from({ length: 20 }, (_, n) => come(`colleague ${n}`, null))
  for (const { open } of gates) open()
  await Promise.all([...running, ...one, ...others, ...colleagues])
  expect(order.slice(0, 20).every((name) => name.startsWith('colleague'))).toBe(true)
  expect(order).toHaveLength(52)
  // Everybody has gone: the next one runs at once.
  await come('last', '198.51.100.1')
  expect(order.at(-1)).toBe('last')
})
