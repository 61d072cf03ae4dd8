import { type ReactElement, useEffect, useState } from 'react'
import { Hidden } from './hidden.tsx'

const spoken = new EventTarget()

/** Announces a sentence to screen readers, once and politely. This is the only live region of the page. */
export function announce(text: string): void {
  spoken.dispatchEvent(new CustomEvent('say', { detail: text }))
}

export function Announcer(): ReactElement {
  const [text, setText] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function say(event: Event): void {
      if (!(event instanceof CustomEvent)) return
      clearTimeout(timer)
      // Emptied first, so that the same sentence twice is heard twice.
      setText('')
      timer = setTimeout(() => setText(String(event.detail)), 60)
    }
    spoken.addEventListener('say', say)
    return () => {
      spoken.removeEventListener('say', say)
      clearTimeout(timer)
    }
  }, [])
  return (
    <div role="status" aria-live="polite" aria-atomic="true">
      <Hidden>{text}</Hidden>
    </div>
  )
}
