import { useEffect, useId, useState } from 'react'
import { guardLeaving } from './address.ts'
import { useWords, type Words } from './words.tsx'

/** What is entered and not saved, in words, by whoever holds it. */
const entries = new Map<
  string,
  { readonly what: string; readonly w: Words; readonly staysAt: (address: string) => boolean }
>()

/** The entries themselves, by the form they stand in. */
const kept = new Map<string, unknown>()

/** The session has ended, and what stood on the page has gone with it: not because somebody left it. */
let paused = false

function leave(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function nowhere(): boolean {
  return false
}

function ask(to: string | null): boolean {
  const lost = [...entries].filter(([, { staysAt }]) => to === null || !staysAt(to))
  const [, first] = lost[0] ?? []
  if (first === undefined) return true
  if (!window.confirm(first.w.general.leaveUnsaved(lost.map(([, { what }]) => what).join('; ')))) return false
  if (to !== null) {
    // Until the code of the next page is here, the forms are: whoever has been asked is not asked again.
    for (const [id] of lost) entries.delete(id)
    watch()
  }
  return true
}

function watch(): void {
  guardLeaving(entries.size === 0 ? null : ask)
  if (entries.size === 0) window.removeEventListener('beforeunload', leave)
  else window.addEventListener('beforeunload', leave)
}

/**
 * While something is entered and not saved, leaving asks first and names what would be lost: in our words for another page of ours, in
 * the browser's, which take none of ours, for closing and reloading.
 * @param what null: nothing is
 * @param staysAt the addresses at which it still stands there; a function that does not change
 */
export function useUnsaved(what: string | null, staysAt: (address: string) => boolean = nowhere): void {
  const w = useWords()
  const id = useId()
  useEffect(() => {
    if (what === null) return
    entries.set(id, { what, w, staysAt })
    watch()
    return () => {
      if (paused) return
      entries.delete(id)
      watch()
    }
  }, [id, what, w, staysAt])
}

/**
 * Like `useState`, for what is entered in a form: when the session ends, it is still there for whoever signs in again on this page. Not for
 * secrets: they would stay behind on a page that nobody is signed in to.
 * @param form what the entries belong to, unlike any other
 */
export function useEntered<T>(form: string, initial: T): [entered: T, enter: (next: T) => void] {
  const [first] = useState(initial)
  const [entered, enter] = useState<T>(() => (kept.has(form) ? (kept.get(form) as T) : initial))
  useEffect(() => {
    if (entered === first) return
    kept.set(form, entered)
    return () => {
      if (!paused) kept.delete(form)
    }
  }, [form, entered, first])
  return [entered, enter]
}

/** Entries of this form have outlived the session. */
export function areKept(form: string): boolean {
  return kept.has(form)
}

export function isAnythingUnsaved(): boolean {
  return entries.size > 0
}

/** From here on nothing is let go because the form it stands in is: the session has ended. */
export function pauseUnsaved(): void {
  paused = true
}

/** Somebody has signed in again, and finds their entries where they made them. */
export function resumeUnsaved(): void {
  if (!paused) return
  paused = false
  // Each form that is shown again says so itself.
  entries.clear()
  watch()
}

/** Whoever was asked leaves, and is not asked again; and what somebody entered is not for the next one. */
export function letGoOfUnsaved(): void {
  entries.clear()
  kept.clear()
  watch()
}
