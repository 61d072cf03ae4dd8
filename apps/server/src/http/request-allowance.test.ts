import { expect, test } from 'vitest'
import { RequestAllowance } from './request-allowance.ts'

function atDesk() {
  let ms = 0
  const allowance = new RequestAllowance(() => ms)
  function ask(kind: 'search' | 'other', times: number, account = 'clerk') {
    return Array.from({ length: times }, () => allowance.take(account, kind)).filter((wait) => wait === 0)
      .length
  }
  return { ask, take: allowance.take.bind(allowance), pass: (seconds: number) => (ms += seconds * 1000) }
}

test('three thousand six hundred searches at once are too many; who waits is answered again', () => {
  const { ask, take, pass } = atDesk()
  expect(ask('search', 3600)).toBe(1000)
  expect(take('clerk', 'search')).toBe(1)
  pass(1)
  expect(ask('search', 100)).toBe(20)
  pass(3600)
  expect(ask('search', 3600)).toBe(1000)
})

test('what one account asks for is no other’s', () => {
  const { ask } = atDesk()
  expect(ask('other', 5000)).toBe(3000)
  expect(ask('other', 100, 'colleague')).toBe(100)
})

test('a clerk who does something every tenth of a second all day is never refused', () => {
  const { ask, pass } = atDesk()
  for (let n = 0; n < 8 * 3600; n += 1) {
    pass(1)
    expect(ask('other', 8) + ask('search', 2)).toBe(10)
  }
})
