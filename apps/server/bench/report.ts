import { parseArgs } from 'node:util'

/** One line of a bench: what, how much, and where it should be. Ratios only mean something within one run. */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Undefined: reported without a goal. */
  readonly goal?: { readonly min: number } | { readonly max: number }
}

/** A table for people or, with `--json`, one line for programs. */
export function print(title: string, figures: readonly Figure[]): void {
  if (parseArgs({ options: { json: { type: 'boolean' } } }).values.json) {
    process.stdout.write(`${JSON.stringify({ title, figures })}\n`)
    return
  }
  process.stdout.write(`\n${title}\n`)
  for (const { name, value, unit, goal } of figures) {
    const met =
      goal === undefined
        ? ''
        : 'min' in goal
          ? ` (goal ≥ ${goal.min}: ${value >= goal.min ? 'met' : 'missed'})`
          : ` (goal ≤ ${goal.max}: ${value <= goal.max ? 'met' : 'missed'})`
    const digits = Math.abs(value) >= 100 ? 0 : 2
    process.stdout.write(`  ${name.padEnd(58)} ${value.toFixed(digits).padStart(10)} ${unit}${met}\n`)
  }
}
