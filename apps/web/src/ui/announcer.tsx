import { type ReactElement, useEffect, useState } from 'react'
import { Hidden } from './hidden.tsx'

const spoken = new EventTarget()

/** Announces a sentence to screen readers, once and politely. This is the only live region of the page. */
export function announce(text: string): void {
  spoken.dispatchEvent(new CustomEvent('say', { detail: text }))
}

/** Takes back what was said: it is not for whoever sits there now, or may be read no more. */
export function hush(): void {
  spoken.dispatchEvent(new Event('hush'))
}

/** Long enough to be read out behind others, short enough that nobody finds it later and takes it for new. */
const keptMs = 10_000

type Sentence = { readonly id: number; readonly text: string }

/** What is said at the same time stands side by side: nothing replaces a sentence before it was heard. */
export function Announcer(): ReactElement {
  const [sentences, setSentences] = useState<readonly Sentence[]>([])
  useEffect(() => {
    let count = 0
    const timers = new Set<ReturnType<typeof setTimeout>>()
    function say(event: Event): void {
      if (!(event instanceof CustomEvent)) return
      const sentence = { id: ++count, text: String(event.detail) }
      setSentences((before) => [...before, sentence])
      const timer = setTimeout(() => {
        timers.delete(timer)
        setSentences((before) => before.filter(({ id }) => id !== sentence.id))
      }, keptMs)
      timers.add(timer)
    }
    function forget(): void {
      setSentences([])
    }
    spoken.addEventListener('say', say)
    spoken.addEventListener('hush', forget)
    return () => {
      spoken.removeEventListener('say', say)
      spoken.removeEventListener('hush', forget)
      for (const timer of timers) clearTimeout(timer)
    }
  }, [])
  return (
    <div role="status" aria-live="polite" aria-atomic="false">
      {sentences.map(({ id, text }) => (
        <p key={id}>
          <Hidden>{text}</Hidden>
        </p>
      ))}
    </div>
  )
}
