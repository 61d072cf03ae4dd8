import { adapterFor, type BspAccount, type BspAdapter, VENDORS, type Vendor } from '@buergerdraht/bsp'
import { openJson } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredCredentials } from '../stored/additional-data.ts'
import { proofMacOf } from '../stored/webhook-proof.ts'
import { mayTalkTo } from './allowed-address.ts'

/** A channel with what it takes to talk to its provider. Lives in memory only. */
export type ChannelAccount = {
  readonly channelId: string
  readonly adapter: BspAdapter
  readonly account: BspAccount
  /** Keyed hashes of what its webhooks prove themselves with ({@link BspAdapter.webhookProofs}). */
  readonly proofMacs: readonly Buffer[]
  readonly state: string
  readonly readReceipts: boolean
  readonly revision: number
}

function isVendor(vendor: string): vendor is Vendor {
  return VENDORS.some((known) => known === vendor)
}

/**
 * The account of a channel as it is now. One that leads to a host that is not, or no longer, allowed counts as stopped: nothing is sent
 * there. Null: there is no such channel. @throws KeyDestroyed
 */
export async function bspAccountOf(
  inbox: Pick<Inbox, 'prisma' | 'keys' | 'bspHosts'>,
  channelId: string,
): Promise<ChannelAccount | null> {
  const channel = await inbox.prisma.channel.findUnique({ where: { id: channelId } })
  if (channel === null || !isVendor(channel.vendor)) return null
  const key = await inbox.keys.get(channel.keyId)
  const credentials = openJson<StoredCredentials>(
    key,
    additionalData.credentials(channel.id),
    channel.credentialsSealed,
  )
  const { phoneNumberId, wabaId, baseUrl, state, readReceipts, revision } = channel
  const adapter = adapterFor(channel.vendor)
  const account = { phoneNumberId, wabaId, baseUrl, ...credentials }
  return {
    channelId,
    adapter,
    account,
    proofMacs: adapter.webhookProofs(account).map((proof) => proofMacOf(inbox, proof)),
    state: state === 'enabled' && !mayTalkTo(inbox, baseUrl) ? 'stopped' : state,
    readReceipts,
    revision,
  }
}
