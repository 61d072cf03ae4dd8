import { Refusal } from '@buergerdraht/contract'
import { asViewer, open, recordAct, requireMay, type Viewer, withOwnRights } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { readDeadLetter } from './dead-letters.ts'

/**
 * Feeds the event that a dead letter is part of to the intake again, e.g. after an update that can read it. The whole event is read
 * anew; what is already in the inbox is recognised and not doubled.
 * @throws Refusal `not-allowed`, `not-found`: no such letter, expired, or its key is destroyed
 */
export async function replayDeadLetter(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
): Promise<Awaited<ReturnType<typeof readDeadLetter>>> {
  requireMay(viewer, 'watch-operation')
  const now = inbox.now()
  const again = await asViewer(inbox, viewer, async (changing) => {
    const { tx, publish } = changing
    const { count: there } = await tx.deadLetter.updateMany({
      where: { id, expiresAt: { gt: now } },
      data: { replayedAt: now },
    })
    if (there === 0) throw new Refusal('not-found')
    // The program feeds it to itself; what is in it the administrator does not see.
    const letter = await withOwnRights(changing, () => tx.deadLetter.findUniqueOrThrow({ where: { id } }))
    const key = (await inbox.keys.getMany([letter.keyId])).get(letter.keyId)
    if (key === undefined) throw new Refusal('not-found')
    await recordAct(tx, now, viewer, { act: 'dead-letter-replayed', object: { kind: 'dead-letter', id } })
    const { count } = await tx.webhookEvent.updateMany({
      where: { id: letter.eventId },
      data: { ingestedAt: null },
    })
    await tx.$executeRaw`select pg_notify('intake', '')`
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
    return count === 1 ? null : { letter, key }
  })
  if (again !== null) {
    const { letter, key } = again
    // The raw event has gone before its letter: the letter holds the same bytes.
    const body = open(key, additionalData.deadLetter(letter.channelId, letter.eventId), letter.bodySealed)
    const proof = letter.proofMac === null ? null : Buffer.from(letter.proofMac)
    await inbox.intake.accept(letter.channelId, body, letter.receivedAt, false, proof)
  }
  return readDeadLetter(inbox, viewer, id)
}
