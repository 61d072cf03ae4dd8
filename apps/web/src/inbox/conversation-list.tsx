import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactElement,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Icon } from '../ui/icon.tsx'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { conversationsQuery, countsQuery, prefetchThread } from './conversation-cache.ts'
import styles from './conversation-list.module.css'
import { type Filter, sorted } from './conversation-order.ts'
import { ConversationRow } from './conversation-row.tsx'
import { ListFilter } from './list-filter.tsx'
import { useArrangement } from './use-arrangement.ts'

export interface ListHandle {
  move(by: 1 | -1): void
  focusRow(id: string | null): void
  focusSearch(): void
}

const nothingFits = (w: ReturnType<typeof useWords>, filter: Filter): string => {
  if (filter.q !== '') return w.list.noMatch(filter.q)
  if (filter.unread) return w.list.emptyUnread
  return { open: w.list.emptyOpen, mine: w.list.emptyMine, all: w.list.emptyAll }[filter.tab]
}

export const ConversationList = ({
  ref,
  me,
  openId,
  filter,
  onFilter,
}: {
  ref: Ref<ListHandle>
  me: string
  openId: string | null
  filter: Filter
  onFilter: (filter: Filter) => void
}): ReactElement => {
  const w = useWords()
  const client = useQueryClient()
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(conversationsQuery(filter))
  const { data: counts } = useQuery(countsQuery)
  const [pointer, setPointer] = useState(false)
  const [focused, setFocused] = useState(false)
  const [current, setCurrent] = useState<string | null>(openId)
  const scroller = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const wanted = useRef<string | null>(null)

  const fresh = useMemo(() => {
    const all = (data?.pages ?? []).flatMap((page) => page.items)
    const once = [...new Map(all.map((item) => [item.id, item])).values()]
    return filter.q === '' ? sorted(once, filter.order) : once
  }, [data, filter.q, filter.order])
  const { rows, outside, letIn } = useArrangement(
    fresh,
    JSON.stringify(filter),
    pointer || focused,
    filter.order,
  )

  const currentIndex = rows.findIndex(({ id }) => id === (current ?? openId))
  const tabStop = currentIndex === -1 ? 0 : currentIndex
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 84,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    // The row that holds the focus stays, however far one scrolls.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), tabStop])].sort((a, b) => a - b),
  })
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastIndex >= rows.length - 6) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, lastIndex, rows.length, fetchNextPage])

  useEffect(() => {
    if (openId !== null) setCurrent(openId)
  }, [openId])

  const focusAt = (index: number): void => {
    const row = rows[index]
    if (row === undefined) return
    setCurrent(row.id)
    wanted.current = row.id
    virtual.scrollToIndex(index)
    // The row may not be drawn yet.
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${row.id}"]`)?.focus({ preventScroll: true })
    })
  }

  useImperativeHandle(ref, () => ({
    move: (by) => {
      const inside = scroller.current?.contains(document.activeElement) === true
      focusAt(inside ? Math.min(rows.length - 1, Math.max(0, tabStop + by)) : tabStop)
    },
    focusRow: (id) => {
      const index = rows.findIndex((row) => row.id === id)
      setTimeout(() => focusAt(index === -1 ? tabStop : index), 0)
    },
    focusSearch: () => {
      search.current?.focus()
      search.current?.select()
    },
  }))

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = { ArrowDown: tabStop + 1, ArrowUp: tabStop - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    focusAt(Math.min(rows.length - 1, Math.max(0, target)))
  }

  return (
    <section className={styles.pane} aria-label={w.list.title}>
      <ListFilter
        filter={filter}
        counts={counts}
        searchRef={search}
        onFilter={onFilter}
        onLeave={() => focusAt(tabStop)}
      />
      {filter.q !== '' && rows.length > 0 && (
        <p className={styles.hits}>{w.list.hits(rows.length, hasNextPage)}</p>
      )}
      {outside > 0 && (
        <div className={styles.news}>
          <button
            type="button"
            aria-label={w.list.newsLong(outside)}
            onClick={() => {
              letIn()
              scroller.current?.scrollTo({ top: 0 })
            }}
          >
            <Icon name="arrowDown" size={16} /> {w.list.news(outside)}
          </button>
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only watches where pointer and focus are */}
      <div
        ref={scroller}
        className={styles.scroller}
        onPointerEnter={(event) => setPointer(event.pointerType === 'mouse')}
        onPointerLeave={() => setPointer(false)}
        onFocus={() => setFocused(true)}
        onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
        onKeyDown={onKeyDown}
      >
        {isPending && <Loading rows={6} />}
        {error !== null && rows.length === 0 && <Failed error={error} onRetry={() => void refetch()} />}
        {!isPending && error === null && rows.length === 0 && (
          <Empty icon={filter.q === '' ? 'inbox' : 'search'}>
            <p>{nothingFits(w, filter)}</p>
          </Empty>
        )}
        <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const conversation = rows[index]
            if (conversation === undefined) return null
            return (
              <li
                key={conversation.id}
                ref={virtual.measureElement}
                data-index={index}
                aria-setsize={hasNextPage ? -1 : rows.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <ConversationRow
                  conversation={conversation}
                  me={me}
                  open={conversation.id === openId}
                  tabStop={index === tabStop}
                  onFocus={() => setCurrent(conversation.id)}
                  onNear={() => prefetchThread(client, conversation.id)}
                />
              </li>
            )
          })}
        </ul>
        {isFetchingNextPage && <p className={styles.more}>{w.list.loadingMore}</p>}
      </div>
    </section>
  )
}
