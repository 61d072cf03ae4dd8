import { expect, test } from 'vitest'
import { lastArrived } from './use-mark-read.ts'

function inbound(id: string) {
  return { id, direction: 'inbound' } as const
}

test('what arrived last is not always what stands last', () => {
  const answer = { id: '01a4', direction: 'outbound' } as const
  expect(lastArrived([inbound('01a1'), inbound('01a3'), inbound('01a2'), answer])).toBe('01a3')
  expect(lastArrived([answer])).toBeUndefined()
})
