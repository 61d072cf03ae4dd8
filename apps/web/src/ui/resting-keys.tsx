import { useLayoutEffect, useRef } from 'react'

/** Keys that are the browser's own, whatever is open. */
const browsers = /^(?:F\d{1,2}|Control|Meta|Alt|Shift)$/

/**
 * Stands where a dialog will be once its code is here: until then no key reaches what lies behind it. Escape gives the dialog up.
 */
export function RestingKeys({ onCancel }: { onCancel: () => void }): null {
  const cancel = useRef(onCancel)
  cancel.current = onCancel
  useLayoutEffect(() => {
    function rest(event: KeyboardEvent): void {
      event.stopImmediatePropagation()
      if (event.key === 'Escape') cancel.current()
      if (!event.ctrlKey && !event.metaKey && !event.altKey && !browsers.test(event.key))
        event.preventDefault()
    }
    window.addEventListener('keydown', rest, true)
    return () => window.removeEventListener('keydown', rest, true)
  }, [])
  return null
}
