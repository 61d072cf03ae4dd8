import { type RefObject, useEffect, useRef } from 'react'

/**
 * What appears above the rows – that the connection is interrupted, that an answer was lost – takes its room from the list: while pointer
 * or focus hold it, the rows stay where they are, as far as there is something to scroll.
 */
export function useSteadyRows(scroller: RefObject<HTMLElement | null>, isHeld: boolean): void {
  const held = useRef(isHeld)
  held.current = isHeld
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let top = element.getBoundingClientRect().top
    // Told before the change is painted.
    const resized = new ResizeObserver(() => {
      const by = element.getBoundingClientRect().top - top
      top += by
      if (held.current) element.scrollTop += by
    })
    resized.observe(element)
    return () => resized.disconnect()
  }, [scroller])
}
