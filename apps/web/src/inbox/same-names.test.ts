import { expect, test } from 'vitest'
import type { Conversation } from '../api.ts'
import { apartBy, sharedNames } from './same-names.ts'

function person(id: string, displayName: string, more: Partial<Conversation['contact']> = {}) {
  return { contact: { id, displayName, maskedPhone: null, username: null, shape: 0, ...more } }
}

test('a name is shared by two persons, not by two conversations of one', () => {
  const list = [person('1', 'Thomas Müller'), person('2', 'Erika'), person('2', 'Erika')]
  expect([...sharedNames(list)]).toEqual([])
  expect([...sharedNames([...list, person('3', 'Thomas Müller')])]).toEqual(['Thomas Müller'])
})

test.each([
  [{ maskedPhone: '+49 ••• 055' }, '…055'],
  [{ maskedPhone: '+49 ••• 055', username: 'thomas' }, '…055'],
  [{ username: 'thomas' }, '@thomas'],
  [{}, null],
])('who has %j is told apart by %s', (known, mark) => {
  expect(apartBy(person('1', 'Thomas Müller', known).contact)).toBe(mark)
})

test('a number that stands in for the name tells nothing', () => {
  expect(apartBy(person('1', '+49 ••• 055', { maskedPhone: '+49 ••• 055' }).contact)).toBeNull()
})
