import { type Channel, Refusal } from '@buergerdraht/contract'
import { asViewer, requireAdmin, type Viewer } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'
import { noticeMeaning } from './notice-severity.ts'

/** No more than an administrator's role may read: not the secrets. */
const select = {
  id: true,
  name: true,
  vendor: true,
  displayPhoneNumber: true,
  phoneNumberId: true,
  baseUrl: true,
  state: true,
  readReceipts: true,
  verifiedAt: true,
  lastTestAt: true,
  lastWebhookAt: true,
  team: { select: { id: true, name: true } },
  notices: { where: { dismissedAt: null }, orderBy: { lastAt: 'desc' } },
} as const satisfies Prisma.ChannelSelect

type ChannelRow = Prisma.ChannelGetPayload<{ select: typeof select }>

/** A channel as the administrators see it. Its secrets stay where they are. */
function presentChannel(row: ChannelRow): Channel {
  return {
    id: row.id,
    name: row.name,
    vendor: row.vendor as Channel['vendor'],
    displayPhoneNumber: row.displayPhoneNumber,
    phoneNumberId: row.phoneNumberId,
    baseUrl: row.baseUrl,
    webhookPath: `/webhooks/whatsapp/${row.id}`,
    team: row.team,
    state: row.state as Channel['state'],
    readReceipts: row.readReceipts,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    lastTestAt: row.lastTestAt?.toISOString() ?? null,
    lastWebhookAt: row.lastWebhookAt?.toISOString() ?? null,
    notices: row.notices.map(({ id, code, detail, count, firstAt, lastAt }) => ({
      id,
      ...noticeMeaning(code),
      detail: detail === '' ? null : detail,
      count,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    })),
  }
}

/** All channels by name, with their open notices. @throws Refusal `not-allowed` */
export async function listChannels(inbox: Inbox, viewer: Viewer): Promise<{ items: Channel[] }> {
  requireAdmin(viewer)
  const rows = await asViewer(inbox, viewer, ({ tx }) =>
    tx.channel.findMany({ select, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  )
  return { items: rows.map(presentChannel) }
}

/** @throws Refusal `not-allowed`, `not-found` */
export async function readChannel(inbox: Inbox, viewer: Viewer, id: string): Promise<Channel> {
  requireAdmin(viewer)
  const row = await asViewer(inbox, viewer, ({ tx }) => tx.channel.findUnique({ where: { id }, select }))
  if (row === null) throw new Refusal('not-found')
  return presentChannel(row)
}
