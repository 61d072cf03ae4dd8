import { adapterFor, type BspCredentials, type NumberProof } from '@buergerdraht/bsp'
import { type changeChannel as endpoint, type ProposalPayload, Refusal } from '@buergerdraht/contract'
import {
  type Change,
  change,
  openJson,
  type ProposalKind,
  recordAct,
  sealJson,
  tellDpo,
} from '@buergerdraht/office'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredCredentials } from '../stored/additional-data.ts'
import { mayTalkTo, requireAllowedAddress } from './allowed-address.ts'
import { channelCredentialsOf } from './credentials.ts'
import { endNotices } from './end-notices.ts'
import { raiseNotice } from './raise-notice.ts'
import { remindOfQueued } from './remind-of-queued.ts'

export type NewSecrets = NonNullable<z.output<(typeof endpoint)['body']>['credentials']>

export type AccountChange = ProposalPayload<'change-channel-account'>

const patienceMs = 15_000

/** What is left away stays as it is. */
function changedCredentials(old: StoredCredentials, next: NewSecrets): StoredCredentials {
  return {
    apiKey: next.apiKey ?? old.apiKey,
    verifyToken: next.verifyToken ?? old.verifyToken,
    webhookSecrets: next.webhookSecrets ?? old.webhookSecrets,
    webhookHeaders: next.webhookHeaders ?? old.webhookHeaders,
  }
}

/** Whether messages go another way afterwards, and it has to be shown that it is the same number's. */
function leadsElsewhere({ baseUrl, credentials }: AccountChange): boolean {
  return baseUrl !== null || credentials.includes('apiKey')
}

/**
 * The stored key goes to no other host than the one it was entered for: whoever names a new one must hold the key. Otherwise an
 * administrator, who may set secrets but never see them, could have it sent to a server of their own.
 */
function requireKeyForNewHost(old: string, { baseUrl, credentials }: AccountChange): void {
  if (baseUrl === null || new URL(baseUrl).origin === new URL(old).origin) return
  if (credentials.includes('apiKey')) return
  throw new Refusal('invalid-input', [{ path: 'credentials.apiKey', fault: 'key-for-new-host' }])
}

async function askProvider(inbox: Inbox, vendor: string, credentials: BspCredentials): Promise<NumberProof> {
  if (!mayTalkTo(inbox, credentials.baseUrl)) return { outcome: 'unknown', code: 'host-not-allowed' }
  return adapterFor(vendor === 'meta' ? 'meta' : '360dialog').proveNumber(
    credentials,
    AbortSignal.timeout(patienceMs),
  )
}

/** The secrets go in and never out: the administrator's role cannot read what they are put beside. */
async function writeCredentials(inbox: Inbox, { tx }: Change, id: string, next: NewSecrets): Promise<void> {
  const { keyId, credentialsSealed } = await tx.channel.findUniqueOrThrow({ where: { id } })
  const key = await inbox.keys.get(keyId)
  const place = additionalData.credentials(id)
  const credentials = changedCredentials(openJson<StoredCredentials>(key, place, credentialsSealed), next)
  const sealed = Uint8Array.from(sealJson(key, place, credentials))
  await tx.channel.update({ where: { id }, data: { credentialsSealed: sealed } })
}

/**
 * Another address or other credentials for a number: whoever could change them alone could lead answers and citizens' numbers elsewhere,
 * unnoticed. The provider is asked before it is proposed and before it is approved; afterwards nothing is sent until it has said of what is
 * stored that it is this number's ({@link proveAccounts}).
 */
export function changingOfChannelAccount(inbox: Inbox): ProposalKind<AccountChange> {
  return {
    object: ({ channelId }) => ({ kind: 'channel', id: channelId }),
    concerns: () => null,
    facts: ({ baseUrl, credentials }) => ({ address: baseUrl !== null, credentials: credentials.length > 0 }),
    async basis({ tx }, payload) {
      const { channelId: id } = payload
      await tx.$queryRaw`select 1 as locked from channel where id = ${id}::uuid for no key update`
      const select = { baseUrl: true, credentialsSealed: true } as const
      const channel = await tx.channel.findUnique({ where: { id }, select })
      if (channel === null) throw new Refusal('not-found')
      requireKeyForNewHost(channel.baseUrl, payload)
      if (payload.baseUrl !== null) requireAllowedAddress(inbox, payload.baseUrl)
      // Sealed anew with every change: its first bytes, a random nonce among them, tell one state from another.
      return `${channel.baseUrl.slice(0, 120)} ${Buffer.from(channel.credentialsSealed.slice(0, 16)).toString('hex')}`
    },
    async check(payload, secret) {
      if (payload.baseUrl !== null) requireAllowedAddress(inbox, payload.baseUrl)
      const channel = await channelCredentialsOf(inbox, payload.channelId)
      if (channel === null) throw new Refusal('not-found')
      requireKeyForNewHost(channel.credentials.baseUrl, payload)
      if (!leadsElsewhere(payload)) return
      const proof = await askProvider(inbox, channel.adapter.vendor, {
        ...channel.credentials,
        ...changedCredentials(channel.credentials, (secret ?? {}) as NewSecrets),
        baseUrl: payload.baseUrl ?? channel.credentials.baseUrl,
      })
      if (proof.outcome === 'other') throw new Refusal('account-of-other-number')
    },
    async apply(changing, { payload, secret, proposedBy, approvedBy, at }) {
      const { tx, client, publish, afterCommit } = changing
      const { channelId: id, baseUrl, credentials } = payload
      const { state } = await tx.channel.findUniqueOrThrow({ where: { id }, select: { state: true } })
      await tx.channel.update({
        where: { id },
        data: {
          ...(baseUrl === null ? {} : { baseUrl }),
          ...(leadsElsewhere(payload)
            ? {
                accountProvenAt: null,
                state: state === 'enabled' ? 'stopped' : state,
                templatesDueAt: at,
              }
            : {}),
          revision: { increment: 1 },
        },
      })
      await writeCredentials(inbox, changing, id, (secret ?? {}) as NewSecrets)
      await tellDpo(client, {
        kind: 'channel-account',
        objectId: id,
        facts: { baseUrl, credentials },
        proposedBy,
        decidedBy: approvedBy,
        at,
      })
      if (credentials.includes('webhookSecrets')) await endNotices(changing, id, 'secrets-changed', at)
      publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
      if (leadsElsewhere(payload)) afterCommit(async () => void (await proveAccount(inbox, id)))
    },
  }
}

/** Asks the provider about what is stored now. True: something has been settled. */
async function proveAccount(inbox: Inbox, id: string): Promise<boolean> {
  const channel = await channelCredentialsOf(inbox, id)
  if (channel === null) return false
  const proof = await askProvider(inbox, channel.adapter.vendor, channel.credentials)
  if (proof.outcome === 'unknown') return false
  return change(inbox, async (changing) => {
    const { tx, publish, afterCommit } = changing
    // What was changed while the provider was asked is asked about anew.
    await tx.$queryRaw`select 1 as locked from channel where id = ${id}::uuid for no key update`
    const row = await tx.channel.findFirst({
      where: { id, accountProvenAt: null, revision: channel.revision },
    })
    if (row === null) return false
    if (proof.outcome === 'other') {
      await raiseNotice(changing, id, 'account-of-other-number', '', inbox.now())
      return false
    }
    const resumes = row.state === 'stopped'
    await tx.channel.update({
      where: { id },
      data: {
        accountProvenAt: inbox.now(),
        ...(resumes ? { state: 'enabled' } : {}),
        revision: { increment: 1 },
      },
    })
    await recordAct(tx, inbox.now(), null, {
      act: 'channel-changed',
      object: { kind: 'channel', id },
      facts: { proven: true, ...(resumes ? { state: 'enabled' } : {}) },
    })
    await endNotices(changing, id, 'number-proven', inbox.now())
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
    if (resumes) afterCommit(() => remindOfQueued(inbox, id))
    return true
  })
}

/** Asks about every account that is not proven yet; sending resumes with the proof. Returns how many were proven. */
export async function proveAccounts(inbox: Inbox): Promise<number> {
  const unproven = await inbox.prisma.channel.findMany({
    where: { accountProvenAt: null },
    select: { id: true },
  })
  let proven = 0
  for (const { id } of unproven) if (await proveAccount(inbox, id)) proven += 1
  return proven
}
