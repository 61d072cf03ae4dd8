// `npx pnpm cli COMMAND`: the product's command line, built first where it is stale. Standard output belongs to the command.
import { build } from './build.mjs'
import { StepFailed } from './workspace.mjs'

try {
  await build((step) => process.stderr.write(`${step} …\n`))
  await import('../apps/server/dist/cli.js')
} catch (error) {
  if (!(error instanceof StepFailed)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
