import { expect, test } from 'vitest'
import type { Session } from '../api.ts'
import { endingSoon } from './session-end.ts'

const start = Date.parse('2026-11-23T08:00:00Z')
const minute = 60_000
const session = {
  idleMinutes: 60,
  expiresAt: new Date(start + 720 * minute).toISOString(),
} as Session

test.each([
  ['just used', 0, 0, null],
  ['not used for 56 minutes', 0, 56, null],
  ['not used for 57 minutes: the server may count from a minute earlier', 0, 57, { at: 59, canStay: true }],
  ['used in another page', 50, 57, null],
  ['used until its absolute end', 717, 718, { at: 720, canStay: false }],
] as const)('%s', (_name, usedAt, now, ending) => {
  expect(endingSoon(session, start + usedAt * minute, start + now * minute)).toEqual(
    ending === null ? null : { ...ending, at: start + ending.at * minute },
  )
})
