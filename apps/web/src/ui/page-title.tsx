import { type ReactElement, type Ref, useEffect } from 'react'
import { Hidden } from './hidden.tsx'
import { useWords } from './words.tsx'

/** What a page is called: by its one heading of the first level, and by the tab of the browser. */
export function PageTitle({
  children: title,
  tab = title,
  waiting = 0,
  hidden = false,
  ...heading
}: {
  children: string
  /** In the tab, where the heading says something else; null: only what the product is called. */
  tab?: string | null
  /** How many wait, for whoever looks at another tab. */
  waiting?: number
  /** For screen readers only. */
  hidden?: boolean
  id?: string
  className?: string | undefined
  tabIndex?: -1
  ref?: Ref<HTMLHeadingElement>
}): ReactElement {
  const w = useWords()
  const named = tab === null ? w.product : `${tab} – ${w.product}`
  const counted = waiting > 0 ? `(${waiting}) ${named}` : named
  useEffect(() => {
    document.title = counted
  }, [counted])
  return hidden ? <Hidden as="h1">{title}</Hidden> : <h1 {...heading}>{title}</h1>
}
