import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from 'react'
import { useLocation } from 'wouter'
import { ask, type Conversation } from '../api.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Modal } from '../ui/modal.tsx'
import { prefer, usePreferences } from '../ui/preferences.ts'
import { useWords } from '../ui/words.tsx'
import { Highlighted } from './highlighted.tsx'
import styles from './palette.module.css'
import { previewOf } from './preview.ts'
import { apartBy } from './same-names.ts'

/** Something that can be done here, by its name. */
export type Act = {
  readonly id: string
  readonly icon: IconName
  readonly name: string
  /** The key that does it without the palette. */
  readonly keys?: string
  readonly detail?: ReactElement | string
  run(): void
}

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

/** The command palette: what can be done, how the page may look, and conversations, found by typing. */
function Palette({
  acts,
  onOpen,
  onClose,
}: {
  /** Of the page it was opened on. */
  acts: readonly Act[]
  onOpen: (conversation: Conversation) => void
  onClose: () => void
}): ReactElement {
  const w = useWords()
  const likes = usePreferences()
  const [, navigate] = useLocation()
  const list = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const q = useDebounced(typed.trim())
  const { data } = useQuery({
    queryKey: ['palette', q],
    queryFn: ({ signal }) => ask('searchConversations', { body: { q, limit: 6 } }, signal),
    enabled: q.length > 1,
    gcTime: 0,
  })
  const commands: readonly Act[] = [
    ...acts,
    {
      id: 'light',
      icon: 'settings',
      name: `${w.appearance.theme}: ${w.appearance.light}`,
      run: () => prefer({ theme: 'light' }),
    },
    {
      id: 'dark',
      icon: 'settings',
      name: `${w.appearance.theme}: ${w.appearance.dark}`,
      run: () => prefer({ theme: 'dark' }),
    },
    {
      id: 'system',
      icon: 'settings',
      name: `${w.appearance.theme}: ${w.appearance.system}`,
      run: () => prefer({ theme: 'system' }),
    },
    {
      id: 'order',
      icon: 'sort',
      name: likes.order === 'waiting' ? w.list.byLatestLong : w.list.byWaitingLong,
      run: () => prefer({ order: likes.order === 'waiting' ? 'latest' : 'waiting' }),
    },
    {
      id: 'dense',
      icon: 'list',
      name: likes.dense ? w.palette.airy : w.appearance.dense,
      run: () => prefer({ dense: !likes.dense }),
    },
    {
      id: 'enter',
      icon: 'settings',
      name: likes.enterSends ? w.palette.enterBreaks : w.appearance.enterSends,
      run: () => prefer({ enterSends: !likes.enterSends }),
    },
  ]
  const asked = typed.trim().toLocaleLowerCase(w.locale)
  const fitting = commands.filter(({ name }) => name.toLocaleLowerCase(w.locale).includes(asked))
  const found = (q.length > 1 ? (data?.items ?? []) : []).map(
    (conversation): Act => ({
      id: conversation.id,
      icon: 'bubble',
      name: [conversation.contact.displayName, apartBy(conversation.contact)].filter(Boolean).join(' · '),
      detail:
        conversation.hit === null ? (
          previewOf(w, conversation.lastMessage)
        ) : (
          <Highlighted text={conversation.hit.text} matches={conversation.hit.matches} />
        ),
      run: () => {
        onOpen(conversation)
        navigate(`/posteingang/${conversation.id}`)
      },
    }),
  )
  const options = [...fitting, ...found]
  const chosen = options[Math.min(at, options.length - 1)]
  function choose(command: Act | undefined): void {
    if (command === undefined) return
    onClose()
    command.run()
  }
  function onKeyDown(event: KeyboardEvent): void {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      setAt((to + options.length) % Math.max(1, options.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(chosen)
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
