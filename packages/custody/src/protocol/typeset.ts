import { createRequire } from 'node:module'
import { startConfined } from '@buergerdraht/inbox'
import type { ToTypeset, Typeset } from './typesetting-process.ts'

/** For a slow machine that is busy with something else; a hundred pages take seconds. */
const timeoutMs = 120_000

// Compiled code, also when a test runs the source.
const entry = createRequire(import.meta.url).resolve('@buergerdraht/custody/typesetting-process')

let queue: Promise<unknown> = Promise.resolve()

/**
 * A page for people, as PDF/A-3a: written by Typst in a process of its own, which has neither keys nor folders of the office and ends with the
 * page. One after the other, because each takes a core and a hundred megabytes. Whether it conforms no validator has said.
 */
export function typeset(question: ToTypeset): Promise<Uint8Array> {
  const next = queue.then(() => typesetNow(question))
  queue = next.catch(() => {})
  return next
}

function typesetNow(question: ToTypeset): Promise<Uint8Array> {
  const child = startConfined(entry)
  return new Promise<Uint8Array>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.once('message', (answer: Typeset) => {
      if ('pdf' in answer) resolve(answer.pdf)
      else reject(new Error(`Typst refused a template: ${answer.failed}`))
    })
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('The typesetting process has ended without a page'))
    })
    child.send(question)
  })
}
