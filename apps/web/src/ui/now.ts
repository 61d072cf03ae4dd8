import { useSyncExternalStore } from 'react'

const stepMs = 15_000
/** A clock that differs by less is taken for right: what tells the time tells whole seconds. */
const toleratedMs = 10_000
/** By how much the office's clock is ahead of this machine's. */
let aheadMs = 0
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** The office's time, also where this machine's clock is wrong. Milliseconds since 1970. */
export function officeNow(): number {
  return Date.now() + aheadMs
}

function tick(): void {
  now = officeNow()
  for (const listener of listeners) listener()
}

/**
 * Hears the office's time from an answer of it.
 * @param date its `Date` header @param askedAt when it was asked, by this machine's clock: it may have taken long to answer
 */
export function hearOfficeTime(date: string | null, askedAt: number): void {
  const told = Date.parse(date ?? '')
  if (Number.isNaN(told)) return
  const answeredAt = Date.now()
  // Somewhere between asking and the answer: only what lies beyond says that the clocks differ.
  const beyond = told < askedAt ? told - askedAt : Math.max(0, told - answeredAt)
  const ahead = Math.abs(beyond) < toleratedMs ? 0 : beyond
  if (Math.abs(ahead - aheadMs) < toleratedMs) return
  aheadMs = ahead
  tick()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = officeNow()
    timer = setInterval(tick, stepMs)
    document.addEventListener('visibilitychange', tick)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  }
}

/** The office's time, in steps of a quarter minute, the same for everything on the page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
