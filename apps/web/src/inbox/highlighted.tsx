import { Fragment, type ReactElement } from 'react'

/** `matches` are [start, end) in UTF-16 units, ascending. */
export function Highlighted({
  text,
  matches,
}: {
  text: string
  matches: readonly (readonly [number, number])[]
}): ReactElement {
  let from = 0
  const parts: ReactElement[] = []
  for (const [start, end] of matches) {
    if (start < from || end > text.length) continue
    parts.push(
      <Fragment key={start}>
        {text.slice(from, start)}
        <mark>{text.slice(start, end)}</mark>
      </Fragment>,
    )
    from = end
  }
  return (
    <bdi>
      {parts}
      {text.slice(from)}
    </bdi>
  )
}
