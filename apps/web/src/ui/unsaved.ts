import { useEffect } from 'react'
import { useWords } from './words.tsx'

/**
 * While something is entered and not saved, leaving asks first: closing or reloading the page in the browser's words, following a link
 * of the page in ours. The way back of the browser's history is not ours to stop.
 */
export function useUnsaved(unsaved: boolean): void {
  const w = useWords()
  const question = w.general.leaveUnsaved
  useEffect(() => {
    if (!unsaved) return
    function leave(event: BeforeUnloadEvent): void {
      event.preventDefault()
    }
    function follow(event: MouseEvent): void {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      const staysHere = link?.getAttribute('href')?.startsWith('#') === true || link?.hasAttribute('download')
      if (link === null || staysHere || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (window.confirm(question)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', leave)
    window.addEventListener('click', follow, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', leave)
      window.removeEventListener('click', follow, { capture: true })
    }
  }, [unsaved, question])
}
