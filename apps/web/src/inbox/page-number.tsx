import { type ReactElement, useEffect, useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './file-viewer.module.css'

/** Which page of a document is shown; a number can be typed. */
export function PageNumber({
  page,
  shown,
  all,
  onPage,
}: {
  page: number
  /** So many can be gone to. */
  shown: number
  all: number
  onPage: (page: number) => void
}): ReactElement {
  const w = useWords()
  const id = useId()
  const [typed, setTyped] = useState(String(page))
  useEffect(() => setTyped(String(page)), [page])
  function go(): void {
    const wanted = Number.parseInt(typed, 10)
    if (Number.isNaN(wanted)) setTyped(String(page))
    else {
      onPage(wanted)
      setTyped(String(Math.min(shown, Math.max(1, wanted))))
    }
  }
  return (
    <fieldset className={styles.group} aria-label={w.viewer.pages}>
      <Button
        kind="quiet"
        icon="up"
        aria-label={w.viewer.previousPage}
        isDisabled={page === 1}
        onPress={() => onPage(page - 1)}
      />
      <label className={styles.count} htmlFor={id}>
        {w.viewer.page}
      </label>
      <input
        id={id}
        className={styles.number}
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go()
        }}
      />
      <span className={styles.count}>{w.viewer.of(all.toLocaleString(w.locale))}</span>
      <Button
        kind="quiet"
        icon="down"
        aria-label={w.viewer.nextPage}
        isDisabled={page === shown}
        onPress={() => onPage(page + 1)}
      />
    </fieldset>
  )
}
