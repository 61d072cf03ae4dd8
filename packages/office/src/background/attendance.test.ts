import { expect, test } from 'vitest'
import { type Attendance, attendance, isSomebodyAtWork } from './attendance.ts'

const second = 1000

function after(...looks: readonly { trace: string; isWaiting?: boolean; at: number }[]): Attendance {
  let known: Attendance | null = null
  for (const { trace, isWaiting = false, at } of looks) known = attendance(known, { trace, isWaiting }, at)
  if (known === null) throw new Error('Nobody has looked')
  return known
}

test('whoever has just begun to look takes it that somebody is at work', () => {
  const known = after({ trace: '1', at: 5 })
  expect(isSomebodyAtWork(known, 5)).toBe(true)
})

test('nobody is at work when there was no sign of anybody for longer than the use of a session goes without being noted', () => {
  const known = after({ trace: '1', at: 0 }, { trace: '1', at: 30 * second }, { trace: '1', at: 60 * second })
  expect(isSomebodyAtWork(known, 61 * second)).toBe(true)
  expect(isSomebodyAtWork(known, 90 * second)).toBe(false)
})

test('a sign is one that differs, in whichever direction: clocks of other machines are compared with nothing', () => {
  for (const trace of ['1', '3', '']) {
    const known = after({ trace: '2', at: 0 }, { trace: '2', at: 100 * second }, { trace, at: 101 * second })
    expect(isSomebodyAtWork(known, 150 * second)).toBe(true)
    expect(isSomebodyAtWork(known, 191 * second)).toBe(false)
  }
})

test('what has come in and is not yet to be seen is a sign, however long it waits', () => {
  const known = after({ trace: '1', at: 0 }, { trace: '1', isWaiting: true, at: 200 * second })
  expect(isSomebodyAtWork(known, 280 * second)).toBe(true)
})
