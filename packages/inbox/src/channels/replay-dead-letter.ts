import { Refusal } from '@buergerdraht/contract'
import { change, open, recordAct, requireAdmin, type Viewer } from '@buergerdraht/office'
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
  requireAdmin(viewer)
  const letter = await inbox.prisma.deadLetter.findUnique({ where: { id } })
  const now = inbox.now()
  if (letter === null || letter.expiresAt <= now) throw new Refusal('not-found')
  const key = (await inbox.keys.getMany([letter.keyId])).get(letter.keyId)
  if (key === undefined) throw new Refusal('not-found')
  const waitsAgain = await change(inbox, async ({ tx, publish }) => {
    await tx.deadLetter.update({ where: { id }, data: { replayedAt: now } })
    await recordAct(tx, now, viewer, { act: 'dead-letter-replayed', object: { kind: 'dead-letter', id } })
    const { count } = await tx.webhookEvent.updateMany({
      where: { id: letter.eventId },
      data: { ingestedAt: null },
    })
    await tx.$executeRaw`select pg_notify('intake', '')`
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
    return count === 1
  })
  if (!waitsAgain) {
    // The raw event has gone before its letter: the letter holds the same bytes.
    const body = open(key, additionalData.deadLetter(letter.channelId, letter.eventId), letter.bodySealed)
    const proof = letter.proofMac === null ? null : Buffer.from(letter.proofMac)
    await inbox.intake.accept(letter.channelId, body, letter.receivedAt, false, proof)
  }
  return readDeadLetter(inbox, viewer, id)
}
