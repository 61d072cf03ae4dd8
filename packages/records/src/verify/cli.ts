#!/usr/bin/env node
import { run } from './main.ts'

// The only file that touches the process; everything it calls is a function of its arguments.
process.exitCode = await run(process.argv.slice(2), new Date(), {
  write: (text) => process.stdout.write(text),
  progress: (text) => process.stderr.write(text),
})
