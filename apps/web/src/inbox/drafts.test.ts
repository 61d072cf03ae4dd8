import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Failure } from '../api.ts'
import { createDrafts, type Draft, noDraft } from './drafts.ts'

function text(words: string): Draft {
  return { ...noDraft, text: words }
}

/** A server that keeps for whoever is signed in, and can be away. */
function server() {
  const kept = new Map<string, Draft>()
  const state = { kept, account: 'yilmaz' as string | null, away: false, saves: 0 }
  function place(id: string): string {
    if (state.away) throw new Failure('offline')
    if (state.account === null) throw new Failure('not-signed-in')
    return `${state.account} ${id}`
  }
  const drafts = createDrafts({
    load: async (id) => kept.get(place(id)) ?? null,
    save: async (id, draft, unsent) => {
      kept.set(place(id), { ...draft, text: [...unsent, draft].map((one) => one.text).join('\n\n') })
      state.saves += 1
    },
    list: async () => [...kept.keys()].map((key) => key.split(' ')[1] ?? ''),
  })
  drafts.belongTo('yilmaz')
  return { ...state, state, drafts }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('what is written is kept after a pause, in few requests, and is there on another page', async () => {
  const { kept, drafts, state } = server()
  drafts.open('a')
  await vi.runAllTimersAsync()
  for (const words of ['G', 'Gu', 'Guten Tag']) drafts.change('a', () => ({ text: words }))
  expect(drafts.unsaved()).toBe(true)
  await vi.runAllTimersAsync()
  expect([drafts.unsaved(), state.saves, kept.get('yilmaz a')?.text]).toEqual([false, 1, 'Guten Tag'])
})

test('what was kept stands above what is written before it comes', async () => {
  const { kept, drafts } = server()
  kept.set('yilmaz a', text('Früher.'))
  drafts.open('a')
  drafts.change('a', () => ({ text: 'Jetzt.' }))
  await vi.runAllTimersAsync()
  expect([drafts.of('a').text, kept.get('yilmaz a')?.text]).toEqual([
    'Früher.\n\nJetzt.',
    'Früher.\n\nJetzt.',
  ])
})

test('a save that fails is tried until it succeeds, and says so meanwhile', async () => {
  const { kept, drafts, state } = server()
  drafts.open('a')
  await vi.runAllTimersAsync()
  state.away = true
  drafts.change('a', () => ({ text: 'Offline geschrieben' }))
  await vi.advanceTimersByTimeAsync(5 * 60_000)
  expect([drafts.isFailing('a'), drafts.unsaved()]).toEqual([true, true])
  state.away = false
  await vi.advanceTimersByTimeAsync(20_000)
  expect([drafts.isFailing('a'), kept.get('yilmaz a')?.text]).toEqual([false, 'Offline geschrieben'])
})

test('a session that is over keeps nothing more until somebody signs in; the same person goes on', async () => {
  const { kept, drafts, state } = server()
  drafts.open('a')
  await vi.runAllTimersAsync()
  state.account = null
  drafts.change('a', () => ({ text: 'Noch da' }))
  await vi.runAllTimersAsync()
  expect(drafts.unsaved()).toBe(true)
  state.account = 'yilmaz'
  drafts.belongTo('yilmaz')
  await drafts.flush()
  expect([drafts.of('a').text, kept.get('yilmaz a')?.text]).toEqual(['Noch da', 'Noch da'])
})

test('somebody else finds nothing of it, and nothing of it is kept for them', async () => {
  const { kept, drafts, state } = server()
  drafts.open('a')
  await vi.runAllTimersAsync()
  state.account = null
  drafts.change('a', () => ({ text: 'Geheim' }))
  await vi.runAllTimersAsync()
  state.account = 'brandt'
  drafts.belongTo('brandt')
  await drafts.flush()
  drafts.open('a')
  await vi.runAllTimersAsync()
  expect([drafts.of('a'), drafts.has('a'), [...kept.keys()]]).toEqual([noDraft, false, []])
})

test('what is sent and not stored yet is kept with it, until it is', async () => {
  const { kept, drafts } = server()
  drafts.open('a')
  await vi.runAllTimersAsync()
  drafts.change('a', () => ({ text: 'Neu' }))
  drafts.keepUnsent((id) => (id === 'a' ? [{ ...text('Unterwegs'), clientId: '1' }] : []))
  await vi.runAllTimersAsync()
  expect(kept.get('yilmaz a')?.text).toBe('Unterwegs\n\nNeu')
  drafts.keepUnsent(() => [])
  await vi.runAllTimersAsync()
  expect(kept.get('yilmaz a')?.text).toBe('Neu')
})
