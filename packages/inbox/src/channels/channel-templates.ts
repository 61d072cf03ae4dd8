import {
  type ChannelTemplate,
  type listChannelTemplates as endpoint,
  Refusal,
  TemplateWords,
} from '@buergerdraht/contract'
import { asViewer, recordAct, requireAdmin, type Viewer } from '@buergerdraht/office'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { mayTalkTo } from './allowed-address.ts'
import { channelCredentialsOf } from './credentials.ts'
import { readChannel } from './list-channels.ts'
import { readTemplates } from './read-templates.ts'

type ChannelTemplates = z.input<(typeof endpoint)['reply']>

export type TemplateDraft = {
  readonly name: string
  readonly language: string
  readonly text: string
  readonly footer?: string | undefined
  readonly examples: readonly string[]
}

const patienceMs = 30_000

/** What is stored of a template's words; null: not read yet. */
export function storedWords(words: unknown): TemplateWords | null {
  return TemplateWords.nullable().parse(words ?? null)
}

/** @throws Refusal `not-allowed`, `not-found` */
export async function listChannelTemplates(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
): Promise<ChannelTemplates> {
  requireAdmin(viewer)
  const channel = await asViewer(inbox, viewer, ({ tx }) =>
    tx.channel.findUnique({
      where: { id },
      select: {
        templatesReadAt: true,
        templates: { orderBy: [{ name: 'asc' }, { language: 'asc' }] },
      },
    }),
  )
  if (channel === null) throw new Refusal('not-found')
  return {
    items: channel.templates.map(({ name, language, category, state, reason, words, changedAt }) => ({
      name,
      language,
      category,
      status: state as ChannelTemplate['status'],
      reason,
      words: storedWords(words),
      changedAt: changedAt.toISOString(),
    })),
    readAt: channel.templatesReadAt?.toISOString() ?? null,
  }
}

/** Who refused, and why, as far as the provider says it. */
async function refusedBy(inbox: Inbox, viewer: Viewer, id: string, code: string): Promise<Refusal> {
  const { baseUrl } = await readChannel(inbox, viewer, id)
  return new Refusal('provider-refused', [
    { path: 'provider', fault: 'provider-code', detail: code },
    { path: 'host', fault: 'provider-code', detail: new URL(baseUrl).host },
  ])
}

/** Asks the provider now. @throws Refusal `not-allowed`, `not-found`, `provider-refused` with the provider's code */
export async function refreshTemplates(inbox: Inbox, viewer: Viewer, id: string): Promise<ChannelTemplates> {
  await listChannelTemplates(inbox, viewer, id)
  const list = await readTemplates(inbox, id)
  if (list.outcome === 'refused') throw await refusedBy(inbox, viewer, id, list.code)
  return listChannelTemplates(inbox, viewer, id)
}

/** Placeholders are counted from 1 without a gap, and each has its example. @throws Refusal `invalid-input` */
function requireExamples({ text, examples }: TemplateDraft): void {
  const numbers = [
    ...new Set([...text.matchAll(/\{\{(\d{1,2})\}\}/g)].map(([, number]) => Number(number))),
  ].sort((a, b) => a - b)
  if (/\{\{(?!\d{1,2}\}\})/.test(text) || numbers.some((number, index) => number !== index + 1)) {
    throw new Refusal('invalid-input', [{ path: 'text', fault: 'placeholders-in-order' }])
  }
  if (numbers.length !== examples.length) {
    throw new Refusal('invalid-input', [
      { path: 'examples', fault: 'examples-for-all', detail: numbers.length },
    ])
  }
}

/**
 * Asks the provider to approve a utility template. Whether it was taken shows in the list that is read again afterwards; approval comes
 * later, by webhook.
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input`, `template-exists`, `provider-refused`
 */
export async function submitTemplate(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  draft: TemplateDraft,
): Promise<ChannelTemplates> {
  const { items } = await listChannelTemplates(inbox, viewer, id)
  requireExamples(draft)
  const { name, language, text, footer, examples } = draft
  if (items.some((item) => item.name === name && item.language === language && item.status !== 'deleted')) {
    throw new Refusal('template-exists')
  }
  const channel = await channelCredentialsOf(inbox, id)
  if (channel === null || channel.state === 'disabled')
    throw await refusedBy(inbox, viewer, id, 'channel-disabled')
  if (!mayTalkTo(inbox, channel.credentials.baseUrl))
    throw await refusedBy(inbox, viewer, id, 'host-not-allowed')
  const submission = await channel.adapter.submitTemplate(
    { name, language, body: text, footer: footer || null, examples },
    channel.credentials,
    AbortSignal.timeout(patienceMs),
  )
  await asViewer(inbox, viewer, ({ tx }) =>
    recordAct(tx, inbox.now(), viewer, {
      act: 'template-submitted',
      object: { kind: 'channel', id },
      facts: { accepted: submission.outcome === 'submitted' },
    }),
  )
  if (submission.outcome !== 'submitted') throw await refusedBy(inbox, viewer, id, submission.code)
  await readTemplates(inbox, id)
  return listChannelTemplates(inbox, viewer, id)
}
