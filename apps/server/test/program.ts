import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const patienceMs = 120_000

/** A program of `dist/` as an operator runs it: nothing of our environment, its words kept. */
export class Program {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  output = ''

  constructor(
    name: 'api' | 'worker' | 'cli',
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ) {
    const path = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url))
    this.#child = spawn(process.execPath, [path, ...args], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#ended = once(this.#child, 'close')
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk
      })
    }
  }

  /** Waits until `url` is answered with this status. */
  async answers(url: string, status: number): Promise<void> {
    for (const deadline = Date.now() + patienceMs; ; await sleep(20)) {
      const response = await fetch(url).catch(() => null)
      await response?.body?.cancel()
      if (response?.status === status) return
      if (this.#child.exitCode !== null || Date.now() > deadline) throw new Error(this.output)
    }
  }

  /** Says something on its standard input, which ends then. */
  say(text: string): void {
    this.#child.stdin?.end(text)
  }

  /** Resolves with the exit status. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#child.exitCode
  }

  /** Resolves with the exit status; null when the signal ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal)
    return this.ended()
  }
}
