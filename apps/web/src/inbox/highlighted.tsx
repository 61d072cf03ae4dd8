import { Fragment, type ReactElement } from 'react'
import { plainText } from './markup.ts'

type Match = readonly [number, number]

/** A text without its writing marks, and where the matches are in it: every letter that stays, stays in its order. */
export function withoutMarks(
  text: string,
  matches: readonly Match[],
): { readonly text: string; readonly matches: readonly Match[] } {
  const plain = plainText(text)
  if (plain === text) return { text, matches }
  const placeOf: number[] = []
  let at = 0
  for (const letter of text.split('')) {
    placeOf.push(at)
    if (plain[at] === letter) at += 1
  }
  placeOf.push(at)
  return {
    text: plain,
    matches: matches.map(([start, end]) => [placeOf[start] ?? at, placeOf[end] ?? at]),
  }
}

/** `matches` are [start, end) in UTF-16 units, ascending. */
export function Highlighted(said: { text: string; matches: readonly Match[] }): ReactElement {
  const { text, matches } = withoutMarks(said.text, said.matches)
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
    <bdi dir="auto">
      {parts}
      {text.slice(from)}
    </bdi>
  )
}
