import type { Inbox } from '../inbox.ts'

const maxReminders = 1000

/** By the program itself: whose messages wait is nothing that an administrator is told. */
export async function remindOfQueued(inbox: Inbox, channelId: string): Promise<void> {
  const queued = await inbox.prisma.message.findMany({
    where: { channelId, sendState: 'queued' },
    distinct: ['conversationId'],
    select: { conversationId: true },
    take: maxReminders,
  })
  for (const { conversationId } of queued) await inbox.remind({ job: 'send-replies', conversationId })
}
