import { expect, test } from 'vitest'
import { afterFailure, nextDue, nextDueAt, outbox, type Pending } from './outbox.ts'

function pending(clientId: string, more: Partial<Pending> = {}): Pending {
  return {
    clientId,
    conversationId: 'a',
    createdAt: 0,
    text: clientId,
    replyTo: null,
    seenUpTo: null,
    seenAssignee: null,
    files: [],
    template: null,
    state: 'waiting',
    attempts: 0,
    dueAt: 0,
    refusal: null,
    ...more,
  }
}

test('written twice is there once', () => {
  const once = outbox([], { type: 'written', pending: pending('1') })
  expect(outbox(once, { type: 'written', pending: pending('1') })).toBe(once)
})

test('a lost connection keeps the clientId and counts the attempts', () => {
  let state = outbox([], { type: 'written', pending: pending('1') })
  for (const dueAt of [500, 1_500]) {
    state = outbox(state, { type: 'attempted', clientId: '1' })
    expect(nextDue(state, 10_000)).toBeNull()
    state = outbox(state, { type: 'postponed', clientId: '1', dueAt })
  }
  expect(state).toEqual([pending('1', { attempts: 2, dueAt: 1_500 })])
  expect(nextDue(state, 1_499)).toBeNull()
  expect(nextDue(state, 1_500)?.clientId).toBe('1')
})

test('in one conversation the second waits for the first, in another it does not', () => {
  const state = [pending('1', { state: 'sending' }), pending('2'), pending('3', { conversationId: 'b' })]
  expect(nextDue(state, 0)?.clientId).toBe('3')
  expect(nextDue(state.slice(0, 2), 0)).toBeNull()
})

test('one that is not due yet holds back those behind it', () => {
  expect(nextDue([pending('1', { dueAt: 900 }), pending('2')], 0)).toBeNull()
  expect(nextDueAt([pending('1', { dueAt: 900 }), pending('2', { dueAt: 100 })])).toBe(100)
  expect(nextDueAt([pending('1', { state: 'sending' })])).toBeNull()
})

test('a refused one lets the next pass, and can be tried again', () => {
  let state: readonly Pending[] = [pending('1'), pending('2')]
  state = outbox(state, { type: 'refused', clientId: '1', refusal: { code: 'window-closed', sentences: [] } })
  expect(nextDue(state, 0)?.clientId).toBe('2')
  state = outbox(state, { type: 'tried-again', clientId: '1', now: 7 })
  expect(state[0]).toEqual(pending('1', { dueAt: 7 }))
})

test('what is stored or discarded goes, and signing out empties', () => {
  const state = [pending('1'), pending('2')]
  expect(outbox(state, { type: 'gone', clientId: '1' })).toEqual([pending('2')])
  expect(outbox(state, { type: 'emptied' })).toEqual([])
})

test('no answer is tried for ever, ever more slowly', () => {
  expect(afterFailure('offline', 1)).toEqual({ what: 'postpone', waitMs: 1_000 })
  expect(afterFailure('offline', 3)).toEqual({ what: 'postpone', waitMs: 4_000 })
  expect(afterFailure('not-ready', 500)).toEqual({ what: 'postpone', waitMs: 20_000 })
})

test('a lost session holds, a refusal asks the clerk, a defect is tried five times', () => {
  expect(afterFailure('not-signed-in', 1)).toEqual({ what: 'hold' })
  expect(afterFailure('window-closed', 1)).toEqual({ what: 'refuse', code: 'window-closed' })
  expect(afterFailure('defect', 4).what).toBe('postpone')
  expect(afterFailure('defect', 5)).toEqual({ what: 'refuse', code: 'defect' })
})

test('a file that is still being checked is asked for again soon, and not for ever', () => {
  const waits = Array.from({ length: 8 }, (_, index) => afterFailure('attachment-not-ready', index + 1))
  const total = waits.reduce((sum, next) => sum + (next.what === 'postpone' ? next.waitMs : Number.NaN), 0)
  expect(waits[0]).toEqual({ what: 'postpone', waitMs: 200 })
  expect(total).toBeGreaterThan(30_000)
  expect(afterFailure('attachment-not-ready', 9)).toEqual({ what: 'refuse', code: 'attachment-not-ready' })
})

test('tried again, it says what its author has seen since, and what is left out stays as it was', () => {
  const state = [pending('1', { state: 'refused', seenUpTo: 's1', seenAssignee: 'a1' })]
  const again = { type: 'tried-again', clientId: '1', now: 7 } as const
  expect(outbox(state, again)[0]).toMatchObject({ state: 'waiting', seenUpTo: 's1', seenAssignee: 'a1' })
  expect(outbox(state, { ...again, seen: { seenAssignee: 'a2' } })[0]).toMatchObject({
    seenUpTo: 's1',
    seenAssignee: 'a2',
  })
})
