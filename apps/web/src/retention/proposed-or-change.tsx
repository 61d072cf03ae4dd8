import type { ReactElement, ReactNode } from 'react'
import deskStyles from '../ui/desk.module.css'
import { Notice } from '../ui/notice.tsx'

/** Of something that two persons decide: what is proposed, or, as long as nothing is, the way to propose it for whoever may. */
export function ProposedOrChange({
  words: c,
  proposed,
  form,
}: {
  words: {
    readonly proposedTitle: string
    readonly proposed: string
    readonly change: string
    readonly changeHint: string
  }
  /** Null: nothing is. */
  proposed: ReactNode | null
  /** Null for whoever may not. */
  form: ReactNode | null
}): ReactElement | null {
  if (proposed !== null)
    return (
      <>
        <h2>{c.proposedTitle}</h2>
        <Notice tone="info">{c.proposed}</Notice>
        {proposed}
      </>
    )
  if (form === null) return null
  return (
    <>
      <h2>{c.change}</h2>
      <p className={deskStyles.quiet}>{c.changeHint}</p>
      {form}
    </>
  )
}
