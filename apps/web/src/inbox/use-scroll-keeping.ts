import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Message } from '../api.ts'

const nearEndPx = 90
const nearBeginningPx = 600

type Scrolling = {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The one child of the scroller: its height tells of every change within. */
  readonly content: RefObject<HTMLDivElement | null>
  readonly atEnd: boolean
  readonly newBelow: number
  toEnd(): void
  /** The reader has been taken somewhere: whether that is the end is seen anew. */
  lookAround(): void
}

/** The first child that holds a message and ends below `top`; the children stand one below the other. */
function firstInSight(parent: Element, top: number): Element | null {
  const { children } = parent
  let [from, to] = [0, children.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((children[middle]?.getBoundingClientRect().bottom ?? 0) <= top) from = middle + 1
    else to = middle
  }
  let child = children[from] ?? null
  // Day marks and the like come and go when older messages come in above them.
  while (child !== null && child.querySelector('[data-message]') === null) child = child.nextElementSibling
  return child
}

/**
 * A thread stays where the reader is: at the end it follows what comes, elsewhere what is in sight keeps its place, also
 * when older messages come in above or a picture gets its height.
 */
export function useScrollKeeping(
  messages: readonly Message[],
  pending: number,
  onNearBeginning: () => void,
): Scrolling {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [newBelow, setNewBelow] = useState(0)
  const following = useRef(true)
  const anchor = useRef<{ child: Element; top: number } | null>(null)
  const ask = useRef(onNearBeginning)
  ask.current = onNearBeginning
  const newestId = messages.at(-1)?.id

  const toEnd = useCallback((): void => {
    const element = scroller.current
    if (element === null) return
    following.current = true
    element.scrollTop = element.scrollHeight
  }, [])

  /** Remembers the first message in sight and where it stands. */
  const remember = useCallback((): void => {
    if (scroller.current === null || content.current === null) return
    const top = scroller.current.getBoundingClientRect().top
    const page = firstInSight(content.current, top)
    const child = page === null ? null : firstInSight(page, top)
    anchor.current = child === null ? null : { child, top: child.getBoundingClientRect().top - top }
  }, [])

  const lookAround = useCallback((): void => {
    const element = scroller.current
    if (element === null) return
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx
    setAtEnd(following.current)
    remember()
  }, [remember])

  const settle = useCallback((): void => {
    const element = scroller.current
    if (element === null) return
    if (following.current) {
      element.scrollTop = element.scrollHeight
      return
    }
    if (anchor.current?.child.isConnected !== true) return
    const { child, top } = anchor.current
    const moved = child.getBoundingClientRect().top - element.getBoundingClientRect().top - top
    if (Math.abs(moved) >= 1) element.scrollTop += moved
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new content that makes it settle
  useLayoutEffect(settle, [messages, pending])

  const lastPending = useRef(pending)
  useLayoutEffect(() => {
    // One's own words are always worth seeing.
    if (pending > lastPending.current) toEnd()
    lastPending.current = pending
  }, [pending, toEnd])

  const lastNewest = useRef(newestId)
  useEffect(() => {
    if (lastNewest.current !== undefined && newestId !== lastNewest.current && !following.current) {
      const known = messages.findIndex((message) => message.id === lastNewest.current)
      const inbound = messages.slice(known + 1).filter((message) => message.direction === 'inbound')
      setNewBelow((before) => before + inbound.length)
    }
    lastNewest.current = newestId
  }, [newestId, messages])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let lastTop = element.scrollTop
    function onScroll(this: HTMLElement): void {
      const end = this.scrollHeight - this.scrollTop - this.clientHeight < nearEndPx
      // Only going up is leaving the end; that something grew below is not.
      if (end) following.current = true
      else if (this.scrollTop < lastTop) following.current = false
      lastTop = this.scrollTop
      setAtEnd(end || following.current)
      if (following.current) setNewBelow(0)
      remember()
      if (this.scrollTop < nearBeginningPx) ask.current()
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    const resized = new ResizeObserver(settle)
    for (const sized of [element, content.current]) if (sized !== null) resized.observe(sized)
    return () => {
      element.removeEventListener('scroll', onScroll)
      resized.disconnect()
    }
  }, [remember, settle])

  return { scroller, content, atEnd, newBelow, toEnd, lookAround }
}
