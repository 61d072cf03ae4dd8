import type { ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { startConfined } from '@buergerdraht/inbox'
import type { ToTypeset, Typeset } from './typesetting-process.ts'

/** For a slow machine that is busy with something else; a hundred pages take seconds. */
const timeoutMs = 120_000

// Compiled code, also when a test runs the source.
const entry = createRequire(import.meta.url).resolve('@buergerdraht/custody/typesetting-process')

let last: Promise<unknown> = Promise.resolve()
let lastButOne: Promise<unknown> = Promise.resolve()

/**
 * A page for people, as PDF/A-3a: written by Typst in a process of its own, which has neither keys nor folders of the office and ends with the
 * page. One after the other, because each takes a core and a hundred megabytes; the process of the next one in the queue is started meanwhile and reads
 * its fonts. Whether the page conforms no validator has said.
 */
export function typeset(question: ToTypeset): Promise<Uint8Array> {
  const before = last
  const started = lastButOne.then(startTypesetting)
  const page = started.then(async ({ child, ended }) => {
    await before
    return Promise.race([typesetIn(child, question), ended])
  })
  lastButOne = before
  last = page.catch(() => {})
  return page
}

type Typesetting = { readonly child: ChildProcess; readonly ended: Promise<never> }

function startTypesetting(): Typesetting {
  const child = startConfined(entry)
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    // Not `exit`: what it has answered may still be on its way then.
    child.once('close', (code, signal) =>
      reject(new Error(`The typesetting process has ended without a page (${signal ?? code})`)),
    )
  })
  // It may end before anybody asks it.
  ended.catch(() => {})
  return { child, ended }
}

function typesetIn(child: ChildProcess, question: ToTypeset): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.once('exit', () => clearTimeout(timer))
    child.once('message', (answer: Typeset) => {
      if ('pdf' in answer) resolve(answer.pdf)
      else reject(new Error(`Typst refused a template: ${answer.failed}`))
    })
    // A process that has ended already says so itself.
    child.send(question, () => {})
  })
}
