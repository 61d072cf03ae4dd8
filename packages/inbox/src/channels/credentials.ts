import { adapterFor, type BspAdapter, type BspCredentials, type Vendor, vendors } from '@buergerdraht/bsp'
import { openJson } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredCredentials } from '../stored/additional-data.ts'
import { proofMacOf } from '../stored/webhook-proof.ts'
import { mayTalkTo } from './allowed-address.ts'

/** A channel with what it takes to talk to its provider. Lives in memory only. */
export type ChannelCredentials = {
  readonly channelId: string
  readonly adapter: BspAdapter
  readonly credentials: BspCredentials
  /** Keyed hashes of what its webhooks prove themselves with ({@link BspAdapter.webhookProofs}). */
  readonly proofMacs: readonly Buffer[]
  readonly state: string
  readonly readReceipts: boolean
  readonly revision: number
}

function isVendor(vendor: string): vendor is Vendor {
  return vendors.some((known) => known === vendor)
}

/**
 * A channel with its credentials as it is now. One that leads to a host that is not, or no longer, allowed counts as stopped: nothing is sent
 * there. Null: there is no such channel. @throws KeyDestroyed
 */
export async function channelCredentialsOf(
  inbox: Pick<Inbox, 'prisma' | 'keys' | 'bspHosts'>,
  channelId: string,
): Promise<ChannelCredentials | null> {
  const channel = await inbox.prisma.channel.findUnique({ where: { id: channelId } })
  if (channel === null || !isVendor(channel.vendor)) return null
  const key = await inbox.keys.get(channel.keyId)
  const stored = openJson<StoredCredentials>(
    key,
    additionalData.credentials(channel.id),
    channel.credentialsSealed,
  )
  const { phoneNumberId, wabaId, baseUrl, state, readReceipts, revision } = channel
  const adapter = adapterFor(channel.vendor)
  const credentials = { phoneNumberId, wabaId, baseUrl, ...stored }
  return {
    channelId,
    adapter,
    credentials,
    proofMacs: adapter.webhookProofs(credentials).map((proof) => proofMacOf(inbox, proof)),
    state: state === 'enabled' && !mayTalkTo(inbox, baseUrl) ? 'stopped' : state,
    readReceipts,
    revision,
  }
}
