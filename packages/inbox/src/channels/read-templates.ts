import type { ProviderTemplate, TemplateList } from '@buergerdraht/bsp'
import { type Change, change } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { mayTalkTo } from './allowed-address.ts'
import { type ChannelCredentials, channelCredentialsOf } from './credentials.ts'
import { endNotices, endTemplateNotices, unusableStates } from './end-notices.ts'

const minuteMs = 60_000
const patienceMs = 30_000
/** Providers tell of most changes; this finds what they did not tell. */
const againAfterMs = 6 * 60 * minuteMs
const againAfterFailureMs = 10 * minuteMs

async function writeTemplates(
  changing: Change,
  channelId: string,
  templates: readonly ProviderTemplate[],
  at: Date,
): Promise<void> {
  const { tx, publish } = changing
  const unusable = await tx.messageTemplate.findMany({
    where: { channelId, state: { in: [...unusableStates] } },
    select: { name: true },
  })
  for (const { name, language, state, category, reason, words } of templates) {
    const said = {
      state,
      category,
      reason,
      words: JSON.parse(JSON.stringify(words)) ?? undefined,
      changedAt: at,
    }
    await tx.messageTemplate.upsert({
      where: { channelId_name_language: { channelId, name, language } },
      create: { channelId, name, language, ...said },
      update: said,
    })
  }
  const known = await tx.messageTemplate.findMany({ where: { channelId, state: { not: 'deleted' } } })
  const listed = new Set(templates.map(({ name, language }) => JSON.stringify([name, language])))
  for (const { name, language } of known) {
    if (listed.has(JSON.stringify([name, language]))) continue
    await tx.messageTemplate.update({
      where: { channelId_name_language: { channelId, name, language } },
      data: { state: 'deleted', changedAt: at },
    })
  }
  await endTemplateNotices(changing, channelId, [...new Set(unusable.map(({ name }) => name))], at)
  publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
}

async function askProvider(inbox: Inbox, channel: ChannelCredentials | null): Promise<TemplateList> {
  if (channel === null || channel.state === 'disabled')
    return { outcome: 'refused', code: 'channel-disabled' }
  // The key goes to no host that is not, or no longer, allowed.
  if (!mayTalkTo(inbox, channel.credentials.baseUrl)) return { outcome: 'refused', code: 'host-not-allowed' }
  return channel.adapter.listTemplates(channel.credentials, AbortSignal.timeout(patienceMs))
}

/**
 * Reads a channel's templates from its provider. When it resolves with `found`, what the provider has is what is stored, and what it no
 * longer lists is marked as deleted; otherwise nothing has changed. May run at any time and anywhere.
 */
export async function readTemplates(inbox: Inbox, channelId: string): Promise<TemplateList> {
  const channel = await channelCredentialsOf(inbox, channelId)
  const list = await askProvider(inbox, channel)
  const at = inbox.now()
  await change(inbox, async (changing) => {
    const found = list.outcome === 'found'
    if (found) {
      await writeTemplates(changing, channelId, list.templates, at)
      // The key has just been accepted.
      await endNotices(changing, channelId, 'templates-read', at)
    }
    const templatesDueAt = new Date(at.getTime() + (found ? againAfterMs : againAfterFailureMs))
    await changing.tx.channel.updateMany({
      where: { id: channelId },
      data: { templatesDueAt, ...(found ? { templatesReadAt: at } : {}) },
    })
  })
  if (list.outcome === 'refused') inbox.log.warn({ channelId, code: list.code }, 'templates not read')
  return list
}

/** Reads the templates of every channel whose turn it is: at the start, after a change, every six hours. */
export async function sweepTemplates(inbox: Inbox, signal?: AbortSignal): Promise<number> {
  const due = await inbox.prisma.channel.findMany({
    where: { templatesDueAt: { lte: inbox.now() }, state: { not: 'disabled' } },
    select: { id: true },
  })
  let read = 0
  for (const { id } of due) {
    if (signal?.aborted) break
    if ((await readTemplates(inbox, id)).outcome === 'found') read += 1
  }
  return read
}
