import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from 'react'
import { type Act, offered } from './acts.ts'
import { Icon } from './icon.tsx'
import { Modal } from './modal.tsx'
import styles from './palette.module.css'
import { prefer } from './preferences.ts'
import { useWords } from './words.tsx'

const debounceMs = 200

/** The text once nobody has typed for a moment: not every letter is asked for. */
function useDebounced(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), debounceMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** The command palette: what can be done on this page, how it may look, and what else is found by typing. */
function Palette({ onClose }: { onClose: () => void }): ReactElement {
  const w = useWords()
  const list = useId()
  const [offers] = useState(() => offered().map(({ acts, find }) => ({ acts: acts(), find })))
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  /** Enter was pressed before there was an answer to what is typed: it means the first that is found. */
  const [isAwaited, setAwaited] = useState(false)
  const q = useDebounced(typed.trim())
  const finds = offers.flatMap(({ find }) => find ?? [])
  const { data } = useQuery({
    queryKey: ['palette', q],
    queryFn: async ({ signal }) => (await Promise.all(finds.map((find) => find(q, signal)))).flat(),
    enabled: q.length > 1 && finds.length > 0,
    gcTime: 0,
  })
  const themes = ['light', 'dark', 'system'] as const
  const commands: readonly Act[] = [
    ...offers.flatMap(({ acts }) => acts),
    ...themes.map(
      (theme): Act => ({
        id: theme,
        icon: 'settings',
        name: `${w.appearance.theme}: ${w.appearance[theme]}`,
        run: () => prefer({ theme }),
      }),
    ),
  ]
  const asked = typed.trim().toLocaleLowerCase(w.locale)
  const fitting = commands.filter(({ name }) => name.toLocaleLowerCase(w.locale).includes(asked))
  // What was found for something else is not what an Enter means now.
  const found = q.length > 1 && q === typed.trim() ? (data ?? []) : []
  const options = [...fitting, ...found]
  const chosen = options[Math.min(at, options.length - 1)]
  function choose(command: Act | undefined): void {
    if (command === undefined) return
    onClose()
    command.run()
  }
  const first = found[0]
  useEffect(() => {
    if (!isAwaited || first === undefined) return
    onClose()
    first.run()
  }, [isAwaited, first, onClose])
  function onKeyDown(event: KeyboardEvent): void {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      setAt((to + options.length) % Math.max(1, options.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      if (chosen === undefined) setAwaited(true)
      else choose(chosen)
    }
  }
  return (
    <Modal title={w.palette.title} onClose={onClose}>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.id}`}
        aria-label={w.palette.placeholder}
        placeholder={w.palette.placeholder}
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type
        autoFocus
        value={typed}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
          setAwaited(false)
        }}
        onKeyDown={onKeyDown}
      />
      {options.length === 0 && <p className={styles.none}>{w.palette.none}</p>}
      <div id={list} role="listbox" aria-label={w.palette.title} className={styles.list}>
        {options.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
          <div
            key={command.id}
            id={`${list}-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            className={styles.option}
            onClick={() => choose(command)}
          >
            <Icon name={command.icon} size={18} />
            <span>
              <bdi>{command.name}</bdi>
            </span>
            {command.keys !== undefined && <kbd className={styles.keys}>{command.keys}</kbd>}
            {command.detail !== undefined && <span className={styles.detail}>{command.detail}</span>}
          </div>
        ))}
      </div>
    </Modal>
  )
}

export default Palette
