import { expireSessions, type Office, type SessionRules } from '@buergerdraht/inbox'
import { expireLiveEvents } from './live-log.ts'
import type { JobHandlers } from './queue.ts'
import type { Sweep } from './sweeps.ts'

const second = 1000
const minute = 60 * second

/** What the worker does when it is reminded. */
export const jobHandlers = (_office: Office): JobHandlers => ({
  'send-replies': async () => {},
  'fetch-media': async () => {},
})

/** What the worker looks after by itself. */
export const allSweeps = (rules: SessionRules): readonly Sweep[] => [
  { name: 'sessions', everyMs: 5 * minute, run: (office) => expireSessions(office, rules) },
  { name: 'live-events', everyMs: 10 * minute, run: expireLiveEvents },
]
