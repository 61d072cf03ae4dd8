import type { Inbox } from '../inbox.ts'
import { fetchMedia } from './fetch-media.ts'

type Turns = {
  busy: boolean
  /** Attachments whose reminder came while another file of their conversation was in hand, in that order. */
  readonly waiting: Set<string>
}

type FetchingOffice = Pick<Inbox, 'remind'> & {
  /** The conversation of an attachment; null: there is no such attachment. */
  readonly conversationOf: (attachmentId: string) => Promise<string | null>
  readonly fetch: (attachmentId: string, signal: AbortSignal) => Promise<void>
}

/**
 * What one worker does with reminders of media: the files of one conversation come one after the other, so that one citizen holds one
 * hand, however much they send. Who must wait gives the hand back and is reminded of again, at the end of the queue, when it is their
 * turn. A process that is killed forgets who waited; the sweeper finds them.
 */
export function inTurn({ conversationOf, fetch, remind }: FetchingOffice) {
  const turns = new Map<string, Turns>()

  async function leave(conversationId: string, { waiting }: Turns): Promise<void> {
    const [attachmentId] = waiting
    if (attachmentId === undefined) {
      turns.delete(conversationId)
      return
    }
    waiting.delete(attachmentId)
    await remind({ job: 'fetch-media', attachmentId })
  }

  return async (attachmentId: string, signal: AbortSignal): Promise<void> => {
    const conversationId = await conversationOf(attachmentId)
    if (conversationId === null) return
    const turn = turns.get(conversationId) ?? { busy: false, waiting: new Set<string>() }
    turns.set(conversationId, turn)
    if (turn.busy) {
      turn.waiting.add(attachmentId)
      return
    }
    turn.busy = true
    turn.waiting.delete(attachmentId)
    try {
      await fetch(attachmentId, signal)
    } finally {
      turn.busy = false
      await leave(conversationId, turn)
    }
  }
}

/** {@link fetchMedia} for the reminders of one worker, fair among citizens. */
export function mediaFetcher(inbox: Inbox): (attachmentId: string, signal: AbortSignal) => Promise<void> {
  return inTurn({
    remind: inbox.remind,
    conversationOf: async (id) => {
      const row = await inbox.prisma.attachment.findUnique({
        where: { id },
        select: { conversationId: true },
      })
      return row?.conversationId ?? null
    },
    fetch: (id, signal) => fetchMedia(inbox, id, signal),
  })
}
