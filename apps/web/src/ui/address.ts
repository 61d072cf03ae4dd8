import { useSyncExternalStore } from 'react'
import type { NavigateOptions } from 'wouter'

/** Asks whether what is entered may be left, for another address or (null) on this one; false: stay. */
type Guard = (to: string | null) => boolean

let shown = window.location.pathname
let guard: Guard | null = null
const listeners = new Set<() => void>()

/** Where among the visited pages of this tab one is: each entry of the browser's history knows its place. */
function placeIn(state: unknown): number | null {
  const place = state !== null && typeof state === 'object' && 'place' in state ? state.place : null
  return typeof place === 'number' ? place : null
}
function keepPlace(to: number): void {
  window.history.replaceState({ ...window.history.state, place: to }, '')
}

let place = placeIn(window.history.state) ?? 0
keepPlace(place)

/** While set, it is asked before another page is shown, by a link, a button, or the browser's back and forward. */
export function guardLeaving(ask: Guard | null): void {
  guard = ask
}

export function mayLeave(to: string | null): boolean {
  return guard === null || guard(to)
}

function show(pathname: string): void {
  shown = pathname
  for (const listener of listeners) listener()
}

/** What is open is not opened again: each step back leads somewhere else. */
export function navigate(to: string, { replace = false, state = null }: NavigateOptions = {}): void {
  if (to === shown || !mayLeave(to)) return
  if (!replace) place += 1
  window.history[replace ? 'replaceState' : 'pushState']({ ...state, place }, '', to)
  show(window.location.pathname)
}

/** The browser has gone back or forward already; where one wants to stay, it is sent where it came from. */
function follow(): void {
  const to = placeIn(window.history.state)
  if (window.location.pathname === shown) {
    // A link to a part of the page makes an entry of its own.
    if (to === null) keepPlace(place + 1)
    place = to ?? place + 1
  } else if (mayLeave(window.location.pathname)) {
    place = to ?? place
    show(window.location.pathname)
  } else {
    const back = place - (to ?? place - 1)
    window.history.go(back === 0 ? 1 : back)
  }
}
window.addEventListener('popstate', follow)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * The address for the router: what is shown, which is not what the browser's bar says while somebody is asked whether to leave. The
 * router's own hook would show the other page before the question is answered.
 */
export function useAddress(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, () => shown), navigate]
}
