import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Conversation } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { useDelayed } from '../ui/delayed.ts'
import { Icon } from '../ui/icon.tsx'
import { clock, exactly } from '../ui/moment.ts'
import { usePreferences } from '../ui/preferences.ts'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { useInterruption } from '../use-live-connection.ts'
import { conversationsQuery, countsQuery, prefetchThread } from './conversation-cache.ts'
import styles from './conversation-list.module.css'
import { type Filter, sorted } from './conversation-order.ts'
import { ConversationRow } from './conversation-row.tsx'
import { ListFilter } from './list-filter.tsx'
import { sharedNames } from './same-names.ts'
import { useArrangement } from './use-arrangement.ts'
import { useSteadyRows } from './use-steady-rows.ts'

export type ListHandle = {
  move(by: 1 | -1): void
  focusRow(id: string | null): void
  focusSearch(): void
}

/** Where the focus is to go in the list: to a row, or (`null`) to the one that Tab would reach. */
type Wish = {
  readonly row: string | null
}

function nothingFits(w: ReturnType<typeof useWords>, filter: Filter): string {
  if (filter.q !== '') return w.list.noMatch(filter.q)
  if (filter.unread) return w.list.emptyUnread
  return { open: w.list.emptyOpen, mine: w.list.emptyMine, all: w.list.emptyAll }[filter.tab]
}

export function ConversationList({
  ref,
  me,
  openId,
  filter,
  onFilter,
  onOpen,
  above,
}: {
  ref: Ref<ListHandle>
  me: string
  openId: string | null
  filter: Filter
  onFilter: (filter: Filter) => void
  onOpen: (conversation: Conversation) => void
  /** Stands above the rows. */
  above: ReactNode
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const interruption = useInterruption()
  const {
    data,
    error,
    isPending,
    isFetchingNextPage,
    isFetchNextPageError,
    hasNextPage,
    fetchNextPage,
    refetch,
  } = useInfiniteQuery(conversationsQuery(filter))
  const indexedSince = data?.pages.at(-1)?.indexedSince ?? null
  const slow = useDelayed(isFetchingNextPage)
  const { data: counts } = useQuery(countsQuery)
  const [pointer, setPointer] = useState(false)
  const [focused, setFocused] = useState(false)
  const [current, setCurrent] = useState<string | null>(openId)
  const scroller = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const [wish, setWish] = useState<Wish | null>(null)

  const fresh = useMemo(() => {
    const all = (data?.pages ?? []).flatMap((page) => page.items)
    const once = [...new Map(all.map((item) => [item.id, item])).values()]
    return filter.q === '' ? sorted(once, filter.order) : once
  }, [data, filter.q, filter.order])
  const { dense } = usePreferences()
  const isHeld = pointer || focused
  const { rows, outside, letIn } = useArrangement(fresh, JSON.stringify(filter), isHeld, filter.order)

  const shared = useMemo(() => sharedNames(rows), [rows])
  const tabStop =
    [wish?.row, current, openId]
      .map((id) => rows.findIndex((row) => row.id === id))
      .find((index) => index !== -1) ?? 0
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (dense ? 49 : 84),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    // The row that holds the focus stays, however far one scrolls.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), tabStop])].sort((a, b) => a - b),
  })
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0

  useEffect(() => {
    const wantsMore = hasNextPage && !isFetchingNextPage && !isFetchNextPageError
    if (wantsMore && lastIndex >= rows.length - 6) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, lastIndex, rows.length, fetchNextPage])

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useLayoutEffect(() => virtual.measure(), [dense])

  useSteadyRows(scroller, isHeld)

  useEffect(() => {
    if (openId !== null) setCurrent(openId)
  }, [openId])

  // A key may be pressed before the rows it is meant for are rendered: the request waits until they are.
  useLayoutEffect(() => {
    if (wish === null || isPending) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${rows[tabStop]?.id}"]`)
    if (rows.length > 0 && !row) return
    virtual.scrollToIndex(tabStop)
    row?.focus({ preventScroll: true })
    setWish(null)
  })

  const isEmpty = rows.length === 0
  useLayoutEffect(() => {
    // The first row takes over what the empty list had.
    if (!isEmpty && document.activeElement === scroller.current) setWish({ row: null })
  }, [isEmpty])

  const hits = filter.q === '' || data === undefined ? null : fresh.length
  const saidOf = useRef('')
  useEffect(() => {
    if (filter.q === '') saidOf.current = ''
    if (hits === null || saidOf.current === filter.q) return
    saidOf.current = filter.q
    announce(hits === 0 ? w.list.noMatch(filter.q) : w.list.hits(hits, hasNextPage))
  }, [filter.q, hits, hasNextPage, w])

  function wishFor(index: number): void {
    setWish({ row: rows[Math.min(rows.length - 1, Math.max(0, index))]?.id ?? null })
  }

  useImperativeHandle(ref, () => ({
    move: (by) => {
      const inside = scroller.current?.contains(document.activeElement) === true
      wishFor(inside ? tabStop + by : tabStop)
    },
    focusRow: (row) => setWish({ row }),
    focusSearch: () => {
      search.current?.focus()
      search.current?.select()
    },
  }))

  function onKeyDown(event: KeyboardEvent): void {
    const target = { ArrowDown: tabStop + 1, ArrowUp: tabStop - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    wishFor(target)
  }

  return (
    <section className={styles.pane} aria-label={w.list.title}>
      <ListFilter
        filter={filter}
        counts={counts}
        searchRef={search}
        onFilter={onFilter}
        onLeave={() => setWish({ row: null })}
      />
      {above}
      {filter.q !== '' && rows.length > 0 && (
        <p className={styles.hits}>{w.list.hits(rows.length, hasNextPage)}</p>
      )}
      {indexedSince !== null && (
        <p className={styles.hits} role="status">
          {w.list.indexing(exactly(w, Date.parse(indexedSince)))}
        </p>
      )}
      {interruption?.since && (
        <p className={styles.hits}>{w.general.asOf(clock(w, interruption.since.getTime()))}</p>
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
        // Without rows nothing in it takes the focus, and the keyboard could not scroll what is said instead (WCAG 2.2, 2.1.1).
        tabIndex={isEmpty ? 0 : undefined}
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
                  apart={shared.has(conversation.contact.displayName)}
                  onFocus={() => setCurrent(conversation.id)}
                  onOpen={onOpen}
                  onNear={() => prefetchThread(client, conversation.id)}
                />
              </li>
            )
          })}
        </ul>
        {slow && <p className={styles.more}>{w.list.loadingMore}</p>}
        {isFetchNextPageError && <Failed error={error} onRetry={() => void fetchNextPage()} />}
      </div>
    </section>
  )
}
