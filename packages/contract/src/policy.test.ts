import { expect, test } from 'vitest'
import { rolesFor, secondsFor } from './policy.ts'

test('whoever may be the second person for a run or the end of a hold, and nobody else, is let to approving it', () => {
  expect(rolesFor('approve-deletion')).toEqual(secondsFor('deletion-run'))
  expect(rolesFor('approve-deletion')).toEqual(secondsFor('lift-hold'))
})
