import { expect, test } from 'vitest'
import { idsIn } from './ids-in.ts'

const [one, other] = ['0a0b0c0d-1111-4222-8333-444455556666', '0a0b0c0d-1111-4222-8333-444455557777']

test('of addresses, lines and capitals the ids are taken, each once', () => {
  const text = `https://rathaus.example/posteingang/${one.toUpperCase()}?x=1\n${other}, ${one}`
  expect(idsIn(text)).toEqual([one, other])
})

test('what is no id names none', () => {
  expect(idsIn('Vorgang 4711, 385F-00CD')).toEqual([])
  expect(idsIn('')).toEqual([])
})
