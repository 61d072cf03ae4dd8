import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react'
import { useWords } from '../ui/words.tsx'
import styles from './emoji-grid.module.css'
import { emojiSet, findEmoji } from './emoji-set.ts'

const columns = 8
const nameOf = new Map(emojiSet.map(([emoji, words]) => [emoji, words.split(' ').slice(0, 2).join(' ')]))

/** Search first, then arrows and Enter. */
export function EmojiGrid({ onChoose }: { onChoose: (emoji: string) => void }): ReactElement {
  const w = useWords()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const grid = useRef<HTMLDivElement>(null)
  const found = findEmoji(query)
  function focus(index: number): void {
    const to = Math.min(found.length - 1, Math.max(0, index))
    setAt(to)
    grid.current?.querySelectorAll('button')[to]?.focus()
  }
  function onKeyDown(event: KeyboardEvent): void {
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + columns,
      ArrowUp: at - columns,
      Home: 0,
      End: found.length - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    focus(to)
  }
  return (
    <div className={styles.picker}>
      <input
        type="search"
        className={styles.search}
        aria-label={w.emoji.search}
        placeholder={w.emoji.search}
        value={query}
        // biome-ignore lint/a11y/noAutofocus: the popover was opened to choose
        autoFocus
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') {
            event.preventDefault()
            focus(0)
          }
          if (event.key === 'Enter' && found[0] !== undefined) {
            event.preventDefault()
            onChoose(found[0])
          }
        }}
      />
      {found.length === 0 && <p className={styles.none}>{w.emoji.none}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
      <div ref={grid} className={styles.grid} role="group" aria-label={w.emoji.picker} onKeyDown={onKeyDown}>
        {found.map((emoji, index) => (
          <button
            key={emoji}
            type="button"
            tabIndex={index === at ? 0 : -1}
            aria-label={`${emoji} ${nameOf.get(emoji) ?? ''}`}
            title={nameOf.get(emoji)}
            onClick={() => onChoose(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </div>
  )
}
