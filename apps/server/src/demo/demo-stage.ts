import type { Inbox } from '@buergerdraht/inbox'
import type { Viewer } from '@buergerdraht/office'
import type { DemoClerk, DemoPhones } from './demo-people.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The office while its past is played, and what its people do in it. */
export type Stage = {
  /** Of the API's process, at the time that is played. */
  readonly office: Inbox
  /** As the worker, which looks through every team's matters. */
  readonly worker: Inbox
  /** As the owner of the database, who sees every row. */
  readonly prisma: Inbox['prisma']
  readonly phones: DemoPhones
  /** The office's time, as it is played. */
  readonly now: () => Date
  /** It is this long ago from here on. */
  readonly ago: (ms: number) => Promise<void>
  /** Somebody at their desk, by the beginning of their address; signed in anew after a pause. */
  readonly at: (name: string) => Promise<DemoClerk>
  /** The same somebody for what is done without a browser. */
  readonly viewer: (name: string) => Promise<Viewer>
  /** Who writes to the office for the first time comes to this team. */
  readonly arriveAt: (team: 'Bürgeramt' | 'Ordnungsamt') => Promise<void>
}
