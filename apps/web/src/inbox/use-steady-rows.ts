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
    const listening = new AbortController()
    element.addEventListener(
      'scroll',
      () => {
        before = placeOfRows(element)
      },
      { passive: true, signal: listening.signal },
    )
    // Told before the change is painted. At its end the list has been scrolled by the browser already when it became higher: what is
    // compared is where the rows are, not where the list begins.
    const resized = new ResizeObserver(() => {
      if (held.current) element.scrollTop += placeOfRows(element) - before
      before = placeOfRows(element)
    })
    resized.observe(element)
    return () => {
      resized.disconnect()
      listening.abort()
    }
  }, [scroller])
}
