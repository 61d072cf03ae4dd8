import type { ReactElement } from 'react'
import styles from './archive.module.css'
import type { Growth } from './merkle-path.ts'

const [width, level, box] = [320, 38, { width: 168, height: 28 }] as const
const [left, top] = [(width - box.width) / 2, 26] as const

/** Around the pieces that a root is made of, from the first to before the last, with the size of its tree above. */
function Bracket({
  x,
  side,
  count,
  size,
}: {
  x: number
  side: 1 | -1
  count: number
  size: string
}): ReactElement {
  const end = top + (count - 1) * level + box.height
  return (
    <>
      <text className={styles.hash} x={x} y={16} textAnchor="middle">
        {size}
      </text>
      <path
        className={side === 1 ? styles.way : styles.wayBeside}
        d={`M${x + 14 * side} ${top}H${x}V${end}H${x + 14 * side}`}
      />
    </>
  )
}

/** The pieces of a log one below the other, oldest on top: those of the older root on its left, those of the newer one on its right. */
export function GrowthDrawing({
  pieces,
  older,
  sizes,
}: Pick<Growth, 'pieces'> & { older: number; sizes: readonly [string, string] }): ReactElement {
  const shared = pieces.filter(({ to }) => to <= older).length
  return (
    <svg
      className={styles.drawing}
      viewBox={`0 0 ${width} ${top + pieces.length * level}`}
      aria-hidden="true"
    >
      <Bracket x={left - 36} side={1} count={shared} size={sizes[0]} />
      <Bracket x={left + box.width + 36} side={-1} count={pieces.length} size={sizes[1]} />
      {pieces.map(({ from, hash }, at) => (
        <g key={from}>
          <rect
            className={at < shared ? styles.own : styles.neighbour}
            x={left}
            y={top + at * level}
            width={box.width}
            height={box.height}
            rx={4}
          />
          <text className={styles.hash} x={width / 2} y={top + at * level + 19} textAnchor="middle">
            {hash.slice(0, 12)} …
          </text>
        </g>
      ))}
    </svg>
  )
}
