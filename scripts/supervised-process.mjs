import { spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from './cannot-start.mjs'
import { StepFailed } from './workspace.mjs'

const endWithParent = new URL('end-with-parent.mjs', import.meta.url).href
const maxLogBytes = 10_000_000
const stopPatienceMs = 15_000
const restartPauseMs = 1_000

/**
 * A Node program that runs as long as we do: what it writes goes to its log file, and when it ends unasked it is
 * started again.
 */
export class SupervisedProcess {
  name
  #script
  #env
  #logFile
  #onStart
  #onNews
  #child
  #logStart
  #isStopping = false

  /** @param {{ name: string, script: string, env: Record<string, string>, logFile: string, onStart: (pid: number) => void, onNews: (sentence: string) => void }} description */
  constructor({ name, script, env, logFile, onStart, onNews }) {
    this.name = name
    this.#script = script
    this.#env = env
    this.#logFile = logFile
    this.#onStart = onStart
    this.#onNews = onNews
    if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) {
      renameSync(logFile, `${logFile}.1`)
    }
  }

  start() {
    const { child, logStart } = spawnLogged(this.#script, this.#env, this.#logFile)
    this.#child = child
    this.#logStart = logStart
    if (this.#child.pid) this.#onStart(this.#child.pid)
    this.#child.once('exit', async (status, signal) => {
      if (this.#isStopping) return
      await sleep(restartPauseMs)
      if (this.#isStopping) return
      this.#onNews(`${this.name} ended (${signal ?? `status ${status}`}), it is started again.`)
      this.start()
    })
  }

  /**
   * Resolves when the program has said that it listens (the message `ready`) and the address answers 2xx. By the answer alone
   * another program on that port could be taken for ours. An office that is closed until two persons open it is waited for, however long they take.
   * @param {string} url
   * @param {{ isStopped?: () => boolean, onClosed?: () => void }} [closed] whether it is waited for no longer, and what is told once that it is closed
   * @throws {CannotStart} when the program ends before, or takes longer than a minute
   * @throws {StepFailed} when it is stopped while it is closed
   */
  async ready(url, { isStopped = () => false, onClosed = () => {} } = {}) {
    const child = this.#child
    let listens = false
    let isClosed = false
    child.on('message', (message) => {
      listens ||= message === 'ready'
    })
    for (const deadline = Date.now() + 60_000; ; await sleep(50)) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new CannotStart(`${this.name} did not start: ${lastWords(this.#logFile, this.#logStart)}`)
      }
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
      const reason = answer?.status === 503 ? (await answer.json().catch(() => null))?.reason : null
      await answer?.body?.cancel().catch(() => {})
      if (listens && answer?.ok) return
      if (reason === 'quarantine' && !isClosed) {
        isClosed = true
        onClosed()
      }
      if (isClosed && isStopped()) throw new StepFailed(`${this.name} was stopped while it was closed.`)
      if (Date.now() > deadline && !isClosed)
        throw new CannotStart(`${this.name} was not ready within a minute; see ${this.#logFile}.`)
    }
  }

  /** Ends it in order and starts it anew. */
  async restart() {
    await this.stop()
    this.#isStopping = false
    this.start()
  }

  /** Asks it to finish what it is doing, and insists after a while. */
  async stop() {
    this.#isStopping = true
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs)
    await ended
    clearTimeout(patience)
  }
}

/** Runs a Node program to its end. @throws {CannotStart} when it fails */
export async function runToEnd({ name, script, env, logFile }) {
  const { child, logStart } = spawnLogged(script, env, logFile)
  const status = await new Promise((done) => child.once('exit', done))
  if (status !== 0) throw new CannotStart(`${name} was not made: ${lastWords(logFile, logStart)}`)
}

function spawnLogged(script, env, logFile) {
  const log = openSync(logFile, 'a', 0o600)
  const logStart = fstatSync(log).size
  const child = spawn(process.execPath, ['--import', endWithParent, script], {
    env,
    // A process group of its own, so that Ctrl-C reaches only us and the order of stopping is ours.
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  return { child, logStart }
}

/** The last sentence that a program has written: neither a line of its running log nor a place in the code. */
function lastWords(logFile, logStart) {
  const lines = readFileSync(logFile).subarray(logStart).toString().split('\n')
  const sentence = lines.findLast((line) => /^[^\s{}]/.test(line) && !line.startsWith('Node.js v'))
  return `${sentence ?? 'it gave no reason.'} (${logFile})`
}
