import { type Channel, Refusal } from '@buergerdraht/contract'
import { asViewer, type Change, requireAdmin, type Viewer, withOwnRights } from '@buergerdraht/office'
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
  accountProvenAt: true,
  verifiedAt: true,
  lastTestAt: true,
  lastWebhookAt: true,
  team: { select: { id: true, name: true } },
  notices: { where: { dismissedAt: null }, orderBy: { lastAt: 'desc' } },
} as const satisfies Prisma.ChannelSelect

type ChannelRow = Prisma.ChannelGetPayload<{ select: typeof select }>

/** A channel as the administrators see it. Its secrets stay where they are. */
function presentChannel(row: ChannelRow, waiting: ReadonlySet<string>): Channel {
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
    accountProven: row.accountProvenAt !== null,
    changeWaits: waiting.has(row.id),
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

/** Channels of which a change waits for a second person. */
async function waitingChanges(inbox: Inbox, changing: Change): Promise<Set<string>> {
  const rows = await withOwnRights(changing, () =>
    changing.tx.proposal.findMany({
      where: { kind: 'change-channel-account', state: 'open', expiresAt: { gt: inbox.now() } },
      select: { objectId: true },
    }),
  )
  return new Set(rows.flatMap(({ objectId }) => objectId ?? []))
}

/** All channels by name, with their open notices. @throws Refusal `not-allowed` */
export async function listChannels(inbox: Inbox, viewer: Viewer): Promise<{ items: Channel[] }> {
  requireAdmin(viewer)
  return asViewer(inbox, viewer, async (changing) => {
    const rows = await changing.tx.channel.findMany({ select, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
    const waiting = await waitingChanges(inbox, changing)
    return { items: rows.map((row) => presentChannel(row, waiting)) }
  })
}

/** @throws Refusal `not-allowed`, `not-found` */
export async function readChannel(inbox: Inbox, viewer: Viewer, id: string): Promise<Channel> {
  requireAdmin(viewer)
  return asViewer(inbox, viewer, async (changing) => {
    const row = await changing.tx.channel.findUnique({ where: { id }, select })
    if (row === null) throw new Refusal('not-found')
    return presentChannel(row, await waitingChanges(inbox, changing))
  })
}
