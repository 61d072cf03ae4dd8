import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { command } from './command.ts'
import { runInstead } from './other-program.ts'
import { UsageError } from './output.ts'

const benches = [
  'intake',
  'latency',
  'desk',
  'survival',
  'footprint',
  'sign-in',
  'audit',
  'finder',
  'deletion-run',
  'archive',
  'archive-log',
  'archive-package',
] as const

function programOf(name: string): string {
  return fileURLToPath(new URL(`../bench/${name}.js`, import.meta.url))
}

/** Measuring needs the embedded database and is no part of the production output. */
function available(): string[] {
  return benches.filter((name) => existsSync(programOf(name)))
}

export const bench = command({
  name: 'bench',
  summary: 'measure this machine against a baseline in the same run',
  words: '[NAME …]',
  options: {},
  help: `Measures what is named, or everything: ${benches.join(', ')}. With --json one line for each table.`,
  run: async ({ json, words: asked }) => {
    const there = available()
    if (there.length === 0)
      throw new UsageError('The benches are not built; npm run bench builds and runs them.')
    const names = asked.length === 0 ? there : asked
    const unknown = names.find((name) => !there.includes(name))
    if (unknown !== undefined)
      throw new UsageError(`There is no bench ${unknown}. There is: ${there.join(', ')}.`)
    for (const name of names) {
      const status = await runInstead(programOf(name), json ? ['--json'] : [])
      if (status !== 0) return status
    }
    return 0
  },
})
