import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from './command.ts'
import { runInstead } from './other-program.ts'
import { UsageError } from './output.ts'

const benches = ['intake', 'latency', 'desk', 'survival', 'footprint'] as const

const programOf = (name: string): string => fileURLToPath(new URL(`../bench/${name}.js`, import.meta.url))

/** Measuring needs the embedded database and is no part of the production output. */
const available = (): string[] => benches.filter((name) => existsSync(programOf(name)))

export const bench: Command = {
  name: 'bench',
  summary: 'measure this machine against a baseline in the same run',
  options: '[NAME …]',
  help: `Measures what is named, or everything: ${benches.join(', ')}.`,
  run: async (args) => {
    const names = args.length === 0 ? available() : args
    const unknown = names.find((name) => !available().includes(name))
    if (unknown !== undefined || names.length === 0) {
      throw new UsageError(
        `There is no bench ${unknown ?? ''} here. There is: ${available().join(', ') || 'none'}.`,
      )
    }
    for (const name of names) {
      const status = await runInstead(programOf(name), [])
      if (status !== 0) return status
    }
    return 0
  },
}
