import type { Inbox } from '../inbox.ts'

const maxReminders = 1000

/** Of one channel, or of all (null). By the program itself: whose messages wait is nothing that an administrator is told. */
export async function remindOfQueued(inbox: Inbox, channelId: string | null): Promise<void> {
  const queued = await inbox.prisma.message.findMany({
    where: { sendState: 'queued', ...(channelId === null ? {} : { channelId }) },
    distinct: ['conversationId'],
    select: { conversationId: true },
    take: maxReminders,
  })
  for (const { conversationId } of queued) await inbox.remind({ job: 'send-replies', conversationId })
}
