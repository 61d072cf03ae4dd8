import { useEffect, useRef } from 'react'
import { preferences } from './preferences.ts'
import { meantBy, type Shortcuts } from './shortcut-keys.ts'

const sequenceMs = 1_200

function writesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
      (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)))
  )
}

function behindDialog(): boolean {
  return document.querySelector('[role="dialog"]') !== null
}

/**
 * Single keys (`j`), sequences (`g i`) and `ctrl+k`. They rest while somebody writes, while a dialog is open and when
 * switched off (WCAG 2.2, 2.1.4); `ctrl+…` works in text too.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    let first: { key: string; at: number } | null = null
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || event.isComposing) return
      if (!preferences().shortcuts) return
      const modified = event.ctrlKey || event.metaKey
      if (!modified && writesText(event.target)) return
      const before = first !== null && event.timeStamp - first.at < sequenceMs ? first.key : null
      const key = event.key === 'Escape' ? 'esc' : event.key
      const run = modified
        ? latest.current[`ctrl+${key.toLowerCase()}`]
        : meantBy(latest.current, before, key)
      first = run === undefined && !modified ? { key, at: event.timeStamp } : null
      // Looked for last: it goes through the whole page, and most keys write a text.
      if (run === undefined || behindDialog()) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
