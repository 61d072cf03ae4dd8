import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from './command.ts'
import { runInstead } from './other-program.ts'
import { UsageError } from './output.ts'

const folder = fileURLToPath(new URL('../bench', import.meta.url))

const benches = (): string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((file) => (file.endsWith('.js') ? basename(file, '.js') : []))
    : []

export const bench: Command = {
  name: 'bench',
  summary: 'measure this machine against a baseline in the same run',
  options: 'NAME',
  help: `Measures: ${benches().join(', ')}`,
  run: async ([name = 'intake', ...args]) => {
    if (!benches().includes(name))
      throw new UsageError(`There is no bench ${name}; there is: ${benches().join(', ')}`)
    return runInstead(join(folder, `${name}.js`), args)
  },
}
