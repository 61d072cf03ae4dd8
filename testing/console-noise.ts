import { format } from 'node:util'
import { afterEach } from 'vitest'

/** A test that passes while something complains is a test nobody reads; a complaint fails it. */
const complaints: string[] = []
for (const level of ['error', 'warn'] as const) {
  console[level] = (...words: unknown[]) => {
    complaints.push(`console.${level}: ${format(...words)}`)
  }
}

// Read anew for each file, in a process that files share: the process is listened to by one of them at a time.
const listening = Symbol.for('buergerdraht.console-noise')
const processes = process as unknown as Record<symbol, (warning: Error) => void>
const before = processes[listening]
if (before !== undefined) process.off('warning', before)
processes[listening] = (warning) => {
  if (warning.name !== 'ExperimentalWarning')
    complaints.push(`process warning: ${warning.stack ?? warning.message}`)
}
process.on('warning', processes[listening])

afterEach(() => {
  const heard = complaints.splice(0)
  if (heard.length > 0) throw new Error(heard.join('\n'))
})
