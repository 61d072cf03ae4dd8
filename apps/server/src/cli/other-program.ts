import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { UsageError } from './output.ts'

/** Runs a program in our place: its words, its exit status. */
export async function runInstead(path: string, args: readonly string[]): Promise<number> {
  if (!existsSync(path)) throw new UsageError(`This is not part of the installation: ${path}`)
  const child = spawn(process.execPath, [path, ...args], { stdio: 'inherit' })
  const [status] = (await once(child, 'exit')) as [number | null]
  return status ?? 1
}
