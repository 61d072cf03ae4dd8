import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** One of the office's programs as a process of its own, so that it can be killed as the kernel kills. */
export class OfficeProcess {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** Starts `dist/<name>.js` and waits until it answers at `probe`. */
  static async start(
    name: 'api' | 'worker',
    environment: Readonly<Record<string, string>>,
    probe: string,
  ): Promise<OfficeProcess> {
    const entry = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url))
    const child = spawn(process.execPath, [entry], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const running = new OfficeProcess(child)
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}.`)
      const answer = await fetch(`${probe}/health/live`).catch(() => null)
      await answer?.body?.cancel()
      if (answer?.ok) return running
      await sleep(20)
    }
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
  }
}
