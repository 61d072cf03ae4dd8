import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Inbox } from '@buergerdraht/inbox'

/** Something that is looked after again and again: work that no reminder came for, and what has expired. */
export type Sweep = {
  readonly name: string
  readonly everyMs: number
  /** Safe to run in several processes at once, and to be cut off anywhere. Returns how much it found. */
  readonly run: (office: Inbox, signal: AbortSignal) => Promise<number>
}

/** At most a tenth earlier or later, so that processes started together do not sweep together. */
function jittered(ms: number): number {
  return ms * (0.9 + Math.random() * 0.2)
}

async function repeat(office: Inbox, sweep: Sweep, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const found = await sweep.run(office, signal)
      if (found > 0) office.log.info({ sweep: sweep.name, found }, 'sweep.found')
    } catch (error) {
      office.log.warn({ sweep: sweep.name, error }, 'sweep.failed')
    }
    await sleep(jittered(sweep.everyMs), undefined, { signal }).catch(() => {})
  }
}

/** Runs every sweep at once and then at its interval; resolves when the signal fires and the running ones are done. */
export async function runSweeps(office: Inbox, sweeps: readonly Sweep[], signal: AbortSignal): Promise<void> {
  // Each sweep listens while it sleeps, others of the process listen too: no leak, however many they are.
  setMaxListeners(sweeps.length + 10, signal)
  await Promise.all(sweeps.map((sweep) => repeat(office, sweep, signal)))
}
