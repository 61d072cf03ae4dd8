import { type Channel, type changeChannel as endpoint, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  openJson,
  recordAct,
  requireAdmin,
  sealJson,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredCredentials } from '../stored/additional-data.ts'
import { requireAllowedAddress } from './allowed-address.ts'
import { endNotices } from './end-notices.ts'
import { readChannel } from './list-channels.ts'
import { remindOfQueued } from './remind-of-queued.ts'

export type ChannelChange = z.output<(typeof endpoint)['body']>

type Credentials = ChannelChange['credentials']

/** What is left away stays as it is. */
function changedCredentials(old: StoredCredentials, next: NonNullable<Credentials>): StoredCredentials {
  return {
    apiKey: next.apiKey ?? old.apiKey,
    verifyToken: next.verifyToken ?? old.verifyToken,
    webhookSecrets: next.webhookSecrets ?? old.webhookSecrets,
    webhookHeaders: next.webhookHeaders ?? old.webhookHeaders,
  }
}

/**
 * The stored key goes to no other host than the one it was entered for: whoever names a new one must hold the key. Otherwise an
 * administrator, who may set secrets but never see them, could have it sent to a server of their own.
 */
function requireKeyForNewHost(old: string, { baseUrl, credentials }: ChannelChange): void {
  if (baseUrl === undefined || new URL(baseUrl).origin === new URL(old).origin) return
  if (credentials?.apiKey !== undefined) return
  throw new Refusal('invalid-input', [{ path: 'credentials.apiKey', fault: 'key-for-new-host' }])
}

/** Events that came while the channel was disabled are read now, in their order; nothing that was accepted is lost. */
async function releaseHeldEvents(tx: Prisma.TransactionClient, channelId: string): Promise<void> {
  await tx.$executeRaw`update webhook_event set held = false where channel_id = ${channelId}::uuid and held`
  await tx.$executeRaw`select pg_notify('intake', '')`
}

/** The secrets go in and never out: the administrator's role cannot read what they are put beside. */
function writeCredentials(
  inbox: Inbox,
  changing: Change,
  id: string,
  next: NonNullable<Credentials>,
): Promise<void> {
  const { tx } = changing
  return withOwnRights(changing, async () => {
    const { keyId, credentialsSealed } = await tx.channel.findUniqueOrThrow({ where: { id } })
    const key = await inbox.keys.get(keyId)
    const place = additionalData.credentials(id)
    const credentials = changedCredentials(openJson<StoredCredentials>(key, place, credentialsSealed), next)
    const sealed = Uint8Array.from(sealJson(key, place, credentials))
    await tx.channel.update({ where: { id }, data: { credentialsSealed: sealed } })
  })
}

/**
 * Changes a channel. `enabled` resumes one that was stopped or disabled: what was held is read, what is queued is sent. `disabled` goes on
 * storing what comes, unread. Credentials take effect everywhere within a second.
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input`: a host that is not allowed, a new host without the key
 */
export async function changeChannel(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  wanted: ChannelChange,
): Promise<Channel> {
  requireAdmin(viewer)
  if (wanted.baseUrl !== undefined) requireAllowedAddress(inbox, wanted.baseUrl)
  await asViewer(inbox, viewer, async (changing) => {
    const { tx, publish, afterCommit } = changing
    await tx.$queryRaw`select 1 as locked from channel where id = ${id}::uuid for no key update`
    const old = await tx.channel.findUnique({ where: { id }, select: { baseUrl: true, state: true } })
    if (old === null) throw new Refusal('not-found')
    requireKeyForNewHost(old.baseUrl, wanted)
    const { name, state, readReceipts, baseUrl, credentials } = wanted
    await tx.channel.update({
      where: { id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(state === undefined ? {} : { state }),
        ...(readReceipts === undefined ? {} : { readReceipts }),
        ...(baseUrl === undefined ? {} : { baseUrl }),
        // A new key is tried at once.
        ...(credentials?.apiKey === undefined ? {} : { templatesDueAt: inbox.now() }),
        revision: { increment: 1 },
      },
      select: { id: true },
    })
    if (credentials !== undefined) await writeCredentials(inbox, changing, id, credentials)
    await recordAct(tx, inbox.now(), viewer, {
      act: 'channel-changed',
      object: { kind: 'channel', id },
      facts: {
        ...(state === undefined || state === old.state ? {} : { state }),
        address: baseUrl !== undefined && baseUrl !== old.baseUrl,
        credentials: credentials !== undefined,
      },
    })
    if (state === 'enabled' && old.state !== 'enabled') {
      await endNotices(changing, id, 'enabled', inbox.now())
      await releaseHeldEvents(tx, id)
      afterCommit(() => remindOfQueued(inbox, id))
    }
    if (credentials?.webhookSecrets !== undefined)
      await endNotices(changing, id, 'secrets-changed', inbox.now())
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
  return readChannel(inbox, viewer, id)
}
