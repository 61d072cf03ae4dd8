import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** Who holds something of what was destroyed here: the provider of a channel, and Meta's contact book. */
const processors = ['BSP', 'META_CONTACT_BOOK'] as const

/**
 * open: to be asked for · refused: it said no, and is asked again · done · lapsed: it refused until it was gone there by itself ·
 * not-possible: it has no way to be asked · unnameable: nobody has ever said by what this person could be asked for, so nothing can be, from that day on
 */
const processorTaskStates = ['open', 'refused', 'done', 'lapsed', 'not-possible', 'unnameable'] as const

/** Which of them: to be asked for, refused, still resting there whatever became of it, or ended. */
const processorLists = ['open', 'refused', 'resting', 'ended'] as const
export type ProcessorList = (typeof processorLists)[number]

/** Something that lies at a processor: what, how many, and how that stands; never of whom. */
export const ProcessorTask = z.object({
  id: z.uuid(),
  processor: z.enum(processors),
  kind: z.enum(['media', 'messages', 'contact-entry']),
  state: z.enum(processorTaskStates),
  objects: z.int(),
  channel: z.string(),
  createdAt: z.iso.datetime(),
  attempts: z.int(),
  /** When it is asked for again; null: not any more. */
  nextTryAt: z.iso.datetime().nullable(),
  /** The provider's code for why it did not work the last time. */
  code: z.string().nullable(),
  /** From when on nothing of it rests there; null: nobody knows while it is not deleted. */
  residueUntil: z.iso.datetime().nullable(),
  /** Places in the deletion ledger: of the entry that asked for it, and of the one that says what became of it. */
  ledgerEntry: z.int(),
  reportedIn: z.int().nullable(),
})
export type ProcessorTask = z.infer<typeof ProcessorTask>

export const listAtProcessors = endpoint({
  method: 'GET',
  path: '/retention/processors',
  summary:
    'What processors still hold of what was destroyed here, without content: the oldest first, 200 at most.',
  access: 'watch-retention',
  query: z.object({ of: z.enum(processorLists).default('open') }),
  status: 200,
  reply: z.object({
    /** How many stand in each list. */
    counts: z.object({ open: z.int(), refused: z.int(), resting: z.int(), ended: z.int() }),
    /** Since when the oldest of what is open or refused waits; null: nothing does. */
    oldestAt: z.iso.datetime().nullable(),
    /** From when on nothing rests anywhere, as far as it is known; null: nothing does. */
    residueUntil: z.iso.datetime().nullable(),
    items: z.array(ProcessorTask),
  }),
  refusals: [],
})

/** The rest a channel has after a failure ends with it. */
export const askProcessorAgain = endpoint({
  method: 'POST',
  path: '/retention/processors/:id/retry',
  summary: 'Ask a processor again now, and not only when it is its turn.',
  access: 'ask-processors',
  params: z.object({ id: z.uuid() }),
  status: 204,
  reply: null,
  refusals: ['changed-meanwhile'],
})
