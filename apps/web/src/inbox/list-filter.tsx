import { type ReactElement, type RefObject, useEffect, useState } from 'react'
import type { Reply } from '../api.ts'
import { Hidden } from '../ui/hidden.tsx'
import { Icon } from '../ui/icon.tsx'
import { useWords } from '../ui/words.tsx'
import type { Filter } from './conversation-order.ts'
import styles from './list-filter.module.css'

const debounceMs = 220

export function ListFilter({
  filter,
  counts,
  searchRef,
  onFilter,
  onLeave,
}: {
  filter: Filter
  counts: Reply<'readCounts'> | undefined
  searchRef: RefObject<HTMLInputElement | null>
  onFilter: (filter: Filter) => void
  onLeave: () => void
}): ReactElement {
  const w = useWords()
  const [typed, setTyped] = useState(filter.q)
  const q = typed.trim().replace(/\s+/g, ' ')

  useEffect(() => {
    if (q === filter.q) return
    const timer = setTimeout(() => onFilter({ ...filter, q }), q === '' ? 0 : debounceMs)
    return () => clearTimeout(timer)
  }, [q, filter, onFilter])

  function toHits(): void {
    if (q !== filter.q) onFilter({ ...filter, q })
    onLeave()
  }

  const tabs = [
    ['open', w.list.open, counts?.open],
    ['mine', w.list.mine, counts?.mine],
    ['all', w.list.all, undefined],
  ] as const
  // Everything is searched, whatever list one comes from, but for what one has asked to see alone.
  const narrowed: readonly (readonly [string, Partial<Filter>])[] = [
    ...(filter.tab === 'mine' ? [[w.list.mine, { tab: 'open' }] as const] : []),
    ...(filter.unread ? [[w.list.unreadOnly, { unread: false }] as const] : []),
  ]
  const other = filter.order === 'waiting' ? 'latest' : 'waiting'

  return (
    <header className={styles.header}>
      <search className={styles.search}>
        <Icon name="search" size={18} />
        <input
          ref={searchRef}
          type="search"
          aria-label={w.list.search}
          placeholder={w.list.searchPlaceholder}
          value={typed}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault()
              if (typed === '') onLeave()
              else setTyped('')
            }
            if ((event.key === 'ArrowDown' || event.key === 'Enter') && !event.nativeEvent.isComposing) {
              event.preventDefault()
              toHits()
            }
          }}
        />
        {typed === '' ? (
          <span className={styles.key} aria-hidden="true">
            /
          </span>
        ) : (
          <button type="button" aria-label={w.list.clearSearch} onClick={() => setTyped('')}>
            <Icon name="close" size={16} />
          </button>
        )}
      </search>
      {filter.q === '' ? (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
          <div className={styles.tabs} role="group" aria-label={w.list.title}>
            {tabs.map(([tab, name, count]) => (
              <button
                key={tab}
                type="button"
                className={styles.tab}
                aria-pressed={filter.tab === tab}
                onClick={() => onFilter({ ...filter, tab })}
              >
                {name}
                {count !== undefined && count > 0 && <span className={styles.count}> {count}</span>}
              </button>
            ))}
          </div>
          <div className={styles.tools}>
            {counts !== undefined && counts.waiting > 0 && (
              <span className={styles.waiting}>{w.list.waiting(counts.waiting)}</span>
            )}
            <button
              type="button"
              className={styles.tool}
              aria-pressed={filter.unread}
              onClick={() => onFilter({ ...filter, unread: !filter.unread })}
            >
              <span className={styles.dot} />
              {w.list.unreadOnly}
            </button>
            <button
              type="button"
              className={styles.tool}
              title={filter.order === 'waiting' ? w.list.byWaitingLong : w.list.byLatestLong}
              onClick={() => onFilter({ ...filter, order: other })}
            >
              <Icon name="sort" size={16} />
              <Hidden>{w.list.order}: </Hidden>
              {filter.order === 'waiting' ? w.list.byWaiting : w.list.byLatest}
            </button>
          </div>
        </>
      ) : (
        <div className={styles.tabs}>
          <span className={styles.scope}>{narrowed.length === 0 ? w.list.everywhere : w.list.onlyIn}</span>
          {narrowed.map(([name, wider]) => (
            <button
              key={name}
              type="button"
              className={styles.tab}
              aria-label={w.list.widen(name)}
              onClick={() => onFilter({ ...filter, ...wider })}
            >
              {name} <Icon name="close" size={14} />
            </button>
          ))}
        </div>
      )}
    </header>
  )
}
