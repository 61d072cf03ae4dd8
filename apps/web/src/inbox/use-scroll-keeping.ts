import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Message } from '../api.ts'

const nearEndPx = 90
const nearBeginningPx = 600

interface Scrolling {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly atEnd: boolean
  readonly newBelow: number
  toEnd(): void
}

/**
 * A thread stays where the reader is: at the end it follows what comes, elsewhere what is in sight keeps its place, also
 * when older messages come in above or a picture gets its height.
 */
export const useScrollKeeping = (
  messages: readonly Message[],
  pending: number,
  onNearBeginning: () => void,
): Scrolling => {
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [newBelow, setNewBelow] = useState(0)
  const following = useRef(true)
  const anchor = useRef<{ id: string; top: number } | null>(null)
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
    const element = scroller.current
    if (element === null) return
    const top = element.getBoundingClientRect().top
    for (const child of element.querySelectorAll<HTMLElement>('[data-message]')) {
      const box = child.getBoundingClientRect()
      if (box.bottom <= top) continue
      anchor.current = { id: child.dataset['message'] ?? '', top: box.top - top }
      return
    }
  }, [])

  const settle = useCallback((): void => {
    const element = scroller.current
    if (element === null) return
    if (following.current) {
      element.scrollTop = element.scrollHeight
      return
    }
    if (anchor.current === null) return
    const kept = element.querySelector<HTMLElement>(`[data-message="${anchor.current.id}"]`)
    if (kept === null) return
    const moved = kept.getBoundingClientRect().top - element.getBoundingClientRect().top - anchor.current.top
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
    const onScroll = (): void => {
      const end = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx
      // Only going up is leaving the end; that something grew below is not.
      if (end) following.current = true
      else if (element.scrollTop < lastTop) following.current = false
      lastTop = element.scrollTop
      setAtEnd(end || following.current)
      if (following.current) setNewBelow(0)
      remember()
      if (element.scrollTop < nearBeginningPx) ask.current()
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    const resized = new ResizeObserver(settle)
    resized.observe(element)
    const observeAll = (): void => {
      for (const child of element.children) resized.observe(child)
    }
    observeAll()
    const grown = new MutationObserver(observeAll)
    grown.observe(element, { childList: true })
    return () => {
      element.removeEventListener('scroll', onScroll)
      resized.disconnect()
      grown.disconnect()
    }
  }, [remember, settle])

  return { scroller, atEnd, newBelow, toEnd }
}
