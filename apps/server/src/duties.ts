import {
  dropStrayFiles,
  dropUnusedUploads,
  expireSessions,
  fetchMedia,
  type Office,
  type SessionRules,
  sweepMedia,
} from '@buergerdraht/inbox'
import { expireLiveEvents } from './live-log.ts'
import type { JobHandlers } from './queue.ts'
import type { Sweep } from './sweeps.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** What the worker does when it is reminded. */
export const jobHandlers = (office: Office): JobHandlers => ({
  'send-replies': async () => {},
  'fetch-media': (attachmentId, signal) => fetchMedia(office, attachmentId, signal),
})

/** What the worker looks after by itself. */
export const allSweeps = (rules: SessionRules): readonly Sweep[] => [
  { name: 'sessions', everyMs: 5 * minute, run: (office) => expireSessions(office, rules) },
  { name: 'media', everyMs: 30 * second, run: sweepMedia },
  { name: 'unused-uploads', everyMs: 10 * minute, run: dropUnusedUploads },
  { name: 'stray-files', everyMs: 6 * hour, run: dropStrayFiles },
  { name: 'live-events', everyMs: 10 * minute, run: expireLiveEvents },
]
