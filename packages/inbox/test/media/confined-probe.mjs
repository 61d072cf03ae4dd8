// Runs where what strangers sent is opened, and tries what it should not be able to.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

const tries = {
  read: (path) => readFileSync(path),
  list: (path) => readdirSync(path),
  write: (path) => writeFileSync(path, 'x'),
  start: () => execFileSync('/bin/true'),
  thread: () => new Worker('', { eval: true }),
  allocate: () => Buffer.alloc(3 * 1024 ** 3).fill(1).length,
}
process.on('message', ({ attempt, path }) => {
  try {
    tries[attempt](path)
    process.send({ done: true, environment: Object.keys(process.env) })
  } catch (error) {
    process.send({ done: false, code: error.code ?? error.name })
  }
})
