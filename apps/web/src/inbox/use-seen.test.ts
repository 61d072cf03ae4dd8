import { expect, test } from 'vitest'
import { lastStatement } from './use-seen.ts'

function said(
  statementId: string,
  more: { direction?: 'inbound' | 'outbound'; kind?: 'text' | 'system' } = {},
) {
  return { statementId, direction: 'inbound', kind: 'text', ...more } as const
}

test('what was said last is not always what stands last, and neither an answer nor a line of the system', () => {
  const answer = said('01a4', { direction: 'outbound' })
  const line = said('01a5', { kind: 'system' })
  expect(lastStatement([said('01a1'), said('01a3'), said('01a2'), answer, line])).toBe('01a3')
  expect(lastStatement([answer, line])).toBeNull()
})
