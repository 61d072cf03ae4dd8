import { ConfigurationFault, readConfig } from './config.ts'
import { startSimulator } from './simulator.ts'

/** The simulator as a program of its own. Ctrl-C and SIGTERM end it with status 0. */
try {
  const config = readConfig()
  const simulator = await startSimulator(config)
  process.stdout.write(`The simulator's phone is at ${simulator.url}\n`)
  process.send?.('ready')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void simulator.close().then(() => process.exit(0))
    })
  }
} catch (error) {
  process.stderr.write(`The simulator cannot start: ${sentenceFor(error)}\n`)
  process.exitCode = 1
}

function sentenceFor(error: unknown): string {
  if (error instanceof ConfigurationFault) return `the configuration is wrong.\n${error.message}`
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return 'another program already listens on its port; set SIMULATOR_PORT.'
  if (code === 'EACCES') return 'this user may not listen on its port; set SIMULATOR_PORT.'
  return message
}
