import { randomUUID } from 'node:crypto'
import type { Conversation, FilingDecision } from '@buergerdraht/contract'
import { closeConversation, listConversations, sendReply } from '@buergerdraht/inbox'
import { until } from './demo-people.ts'
import { dayMs, minuteMs, type Stage } from './demo-stage.ts'
import type { Exchange } from './demo-texts.ts'

export type DemoMatter = {
  /** As the network names the person. */
  readonly identity: string
  readonly name: string
  readonly exchange: Exchange
  /** Left open, or how it was closed. */
  readonly ends: 'open' | FilingDecision
}

export type OfficeHour = {
  /** Days before today. */
  readonly days: number
  readonly clerk: 'aylin' | 'jonas'
  readonly matters: readonly DemoMatter[]
}

const teamOf = { aylin: 'Bürgeramt', jonas: 'Ordnungsamt' } as const

/**
 * An office hour of long ago: who has written is answered, one after the other, and what is done is closed. The clerk works through the use cases
 * that the API calls, without a browser between, and everybody's messages are on the way at once: there are many of these hours.
 * What of one was played before is not played again.
 */
export async function playOfficeHour(
  { phones, ago, now, office, prisma, viewer, arriveAt }: Stage,
  { days, clerk, matters }: OfficeHour,
): Promise<void> {
  await arriveAt(teamOf[clerk])
  await ago(days * dayMs)
  // The network's times have whole seconds.
  const beganAt = Math.floor(now().getTime() / 1000) * 1000
  function at(minutes: number): Promise<void> {
    return ago(days * dayMs - minutes * minuteMs)
  }
  for (const [place, { identity, name, exchange }] of matters.entries()) {
    await at(3 * place)
    await phones.introduce(identity, { profileName: name })
    await phones.writes(identity, exchange[0])
  }
  const who = await viewer(clerk)

  async function arrived(): Promise<ReadonlyMap<string, Conversation> | null> {
    const { items } = await listConversations(office, who, { status: 'all', order: 'latest', limit: 50 })
    const here = items.filter(
      ({ lastMessage }) => lastMessage !== null && Date.parse(lastMessage.sentAt) >= beganAt,
    )
    const found = new Map(here.map((one) => [one.contact.displayName, one]))
    return matters.every(({ name }) => found.has(name)) ? found : null
  }
  const conversations = await until(arrived)

  for (const [place, { name, exchange }] of matters.entries()) {
    const conversation = conversations.get(name)
    // Whoever has said thanks was answered, and waits for nothing.
    if (conversation?.waitingSince == null || conversation.lastMessage?.text === exchange[2]) continue
    await at(30 + 4 * place)
    await sendReply(office, who, conversation.id, { clientId: randomUUID(), text: exchange[1] })
  }
  const ids = [...conversations.values()].map(({ id }) => id)
  await until(async () => {
    const unread = await prisma.message.count({
      where: { conversationId: { in: ids }, direction: 'outbound', noticeVersion: null, readAt: null },
    })
    return unread === 0 ? true : null
  })
  for (const { identity, name, exchange } of matters) {
    const [, , thanks] = exchange
    if (thanks === undefined) continue
    await at(60)
    await phones.writes(identity, thanks)
    await until(async () => (await arrived())?.get(name)?.lastMessage?.text === thanks || null)
  }
  await at(90)
  for (const { name, ends } of matters) {
    const conversation = conversations.get(name)
    if (conversation?.status === 'open' && ends !== 'open')
      await closeConversation(office, who, conversation.id, { filing: ends })
  }
}
