import { format } from 'node:util'
import { afterEach } from 'vitest'

/** A test that passes while something complains is a test nobody reads; a complaint fails it. */
const complaints: string[] = []
for (const level of ['error', 'warn'] as const) {
  console[level] = (...words: unknown[]) => {
    complaints.push(`console.${level}: ${format(...words)}`)
  }
}
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning')
    complaints.push(`process warning: ${warning.stack ?? warning.message}`)
})

afterEach(() => {
  const heard = complaints.splice(0)
  if (heard.length > 0) throw new Error(heard.join('\n'))
})
