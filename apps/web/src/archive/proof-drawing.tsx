import type { ReactElement } from 'react'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import type { Rung } from './merkle-path.ts'
import { proofWords } from './proof-words.ts'

const [width, level, box] = [320, 64, { width: 120, height: 30 }] as const
/** For the words below the box of the package. */
const foot = 20
const x = { left: 8, right: width - 8 - box.width } as const
type Side = keyof typeof x

function other(side: Side): Side {
  return side === 'left' ? 'right' : 'left'
}

function Node({ at, y, hash, own }: { at: number; y: number; hash: string; own: boolean }): ReactElement {
  return (
    <>
      <rect
        className={own ? styles.own : styles.neighbour}
        x={at}
        y={y}
        width={box.width}
        height={box.height}
        rx={4}
      />
      <text className={styles.hash} x={at + box.width / 2} y={y + 20} textAnchor="middle">
        {hash.slice(0, 8)} …
      </text>
    </>
  )
}

/** From the package at the bottom to the root at the top: each pair of boxes gives the one above. The table beside it says the same. */
export function ProofDrawing({ leaf, rungs }: { leaf: string; rungs: readonly Rung[] }): ReactElement {
  const { drawn } = proofWords[useWords().language]
  const height = rungs.length * level + box.height + foot + 4
  const middle = (width - box.width) / 2
  const root = rungs.at(-1)?.above ?? leaf
  /** Of what is reached after so many steps. */
  function placeOf(step: number): { at: number; y: number } {
    const rung = rungs[step]
    return {
      at: rung === undefined ? middle : x[other(rung.side)],
      y: height - 2 - foot - box.height - step * level,
    }
  }
  return (
    <svg className={styles.drawing} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {rungs.map(({ own, neighbour, side }, step) => {
        const from = placeOf(step)
        const to = placeOf(step + 1)
        const joint = to.at + box.width / 2
        return (
          <g key={own}>
            {[from.at, x[side]].map((start) => (
              <path
                key={start}
                className={start === from.at ? styles.way : styles.wayBeside}
                d={`M${start + box.width / 2} ${from.y}V${from.y - 17}H${joint}V${to.y + box.height}`}
              />
            ))}
            <Node at={from.at} y={from.y} hash={own} own />
            <Node at={x[side]} y={from.y} hash={neighbour} own={false} />
          </g>
        )
      })}
      <Node {...placeOf(rungs.length)} hash={root} own />
      <text className={styles.caption} x={middle + box.width + 10} y={22}>
        {drawn.root}
      </text>
      <text className={styles.caption} x={placeOf(0).at + box.width / 2} y={height - 4} textAnchor="middle">
        {drawn.own}
      </text>
    </svg>
  )
}
