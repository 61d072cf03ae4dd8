import { useEffect, useId } from 'react'
import { guardLeaving } from './address.ts'
import { useWords, type Words } from './words.tsx'

/** What is entered and not saved, in words, by whoever holds it. */
const entries = new Map<string, { readonly what: string; readonly w: Words }>()

function leave(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function ask(): boolean {
  const unsaved = [...entries.values()]
  return (
    unsaved[0] === undefined ||
    window.confirm(unsaved[0].w.general.leaveUnsaved(unsaved.map(({ what }) => what).join('; ')))
  )
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
 */
export function useUnsaved(what: string | null): void {
  const w = useWords()
  const id = useId()
  useEffect(() => {
    if (what === null) return
    entries.set(id, { what, w })
    watch()
    return () => {
      entries.delete(id)
      watch()
    }
  }, [id, what, w])
}

/** Whoever was asked leaves, and is not asked again. */
export function letGoOfUnsaved(): void {
  entries.clear()
  watch()
}
