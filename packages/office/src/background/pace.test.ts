import type { Pool } from 'pg'
import { expect, test, vi } from 'vitest'
import { atFullSpeed, paceBesidePeople } from './pace.ts'

const { signal } = new AbortController()

/** An office in which time stands still but for what is done, and where somebody comes in by changing `trace`. */
function quietOffice() {
  const seen = { trace: '1', isWaiting: false, looks: 0 }
  const rests: number[] = []
  let now = 0
  const pool = {
    query: async () => {
      seen.looks += 1
      return { rows: [{ trace: seen.trace, isWaiting: seen.isWaiting }] }
    },
  } as unknown as Pool
  const pace = paceBesidePeople(pool, {
    now: () => now,
    rest: async (ms) => {
      rests.push(ms)
    },
  })
  function pass(ms: number): void {
    now += ms
  }
  async function turn(tookMs: number): Promise<boolean> {
    return pace.turn(async (isGentle) => {
      pass(tookMs)
      return isGentle
    }, signal)
  }
  return { seen, rests, pace, pass, turn }
}

test('a batch is small while somebody is at work, and followed by a rest as long as itself', async () => {
  const { seen, rests, pass, turn } = quietOffice()
  expect(await turn(40)).toBe(true)
  expect(rests).toEqual([40])
  pass(90_000)
  expect(await turn(500)).toBe(false)
  expect(rests).toEqual([40])
  seen.trace = '2'
  pass(1000)
  expect(await turn(30)).toBe(true)
  expect(rests).toEqual([40, 30])
})

test('it looks no more than once a second', async () => {
  const { seen, pass, turn } = quietOffice()
  for (let n = 0; n < 5; n += 1) await turn(100)
  expect(seen.looks).toBe(1)
  pass(500)
  await turn(100)
  expect(seen.looks).toBe(2)
})

test('what fails fails, and is no reason to rest', async () => {
  const { rests, pace } = quietOffice()
  await expect(pace.turn(() => Promise.reject(new Error('no')), signal)).rejects.toThrow('no')
  expect(rests).toEqual([])
})

test('the rest ends when it is told to stop, however long the batch took', async () => {
  const stopping = new AbortController()
  const pool = { query: async () => ({ rows: [{ trace: '1', isWaiting: false }] }) } as unknown as Pool
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
  try {
    const turn = paceBesidePeople(pool).turn(async () => {
      now += 3_600_000
      stopping.abort()
      return 'done'
    }, stopping.signal)
    expect(await turn).toBe('done')
  } finally {
    clock.mockRestore()
  }
})

test('at full speed nobody is given way to', async () => {
  expect(await atFullSpeed.isGentle()).toBe(false)
  expect(await atFullSpeed.turn(async (isGentle) => isGentle, signal)).toBe(false)
})
