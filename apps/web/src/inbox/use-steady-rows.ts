import { type RefObject, useEffect, useRef } from 'react'

/** Where the first row is, on the page, in pixels. */
function placeOfRows(scroller: HTMLElement): number {
  return scroller.getBoundingClientRect().top - scroller.scrollTop
}

/**
 * What appears above the rows – that the connection is interrupted, that an answer was lost – takes its room from the list: while pointer
 * or focus hold it, the rows stay where they are, as far as there is something to scroll.
 */
export function useSteadyRows(scroller: RefObject<HTMLElement | null>, isHeld: boolean): void {
  const held = useRef(isHeld)
  held.current = isHeld
  useEffect(() => {
    const { current } = scroller
    if (current === null) return
    const element: HTMLElement = current
    let before = placeOfRows(element)
    let height = element.clientHeight
    function remember(): void {
      before = placeOfRows(element)
      height = element.clientHeight
    }
    const listening = new AbortController()
    // What is scrolled while a change of height has not been told yet is the browser's doing, or comes in the same frame as a second line.
    element.addEventListener('scroll', () => element.clientHeight === height && remember(), {
      passive: true,
      signal: listening.signal,
    })
    // Told before the change is painted. At its end the list has been scrolled by the browser already when it became higher: what is
    // compared is where the rows are, not where the list begins.
    const resized = new ResizeObserver(() => {
      if (held.current) element.scrollTop += placeOfRows(element) - before
      remember()
    })
    resized.observe(element)
    return () => {
      resized.disconnect()
      listening.abort()
    }
  }, [scroller])
}
