import { adapterFor, type BspEvent, type Vendor } from '@buergerdraht/bsp'
import { insertRows, macOf, openJson, seal } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredCredentials } from '../stored/additional-data.ts'
import { proofMacOf } from '../stored/webhook-proof.ts'
import type { ForeignEvent, Item } from './item.ts'

/** The bytes of one POST, read, with the channel at whose address they came. */
export type RawEvent = {
  readonly id: string
  readonly channelId: string
  readonly vendor: string
  readonly phoneNumberId: string
  readonly wabaId: string | null
  readonly proofMac: Buffer | null
  readonly receivedAt: Date
  readonly body: Buffer
  readonly events: readonly BspEvent[]
}

/** The items of one POST, each with its channel. */
export type Owned = { readonly raw: RawEvent; readonly owned: readonly Item[] }

type Sibling = {
  readonly id: string
  readonly vendor: string
  readonly phoneNumberId: string
  readonly wabaId: string | null
  readonly isDisabled: boolean
  readonly proofMacs: readonly Buffer[]
}

/** Whether a number or a business account is named that is not the channel's own; a number that is its own says enough. */
function isForeign(raw: RawEvent, event: BspEvent): boolean {
  if (event.type === 'ignored' || event.type === 'unreadable') return false
  if (event.phoneNumberId !== null) return event.phoneNumberId !== raw.phoneNumberId
  const wabaId = 'wabaId' in event ? event.wabaId : null
  return wabaId !== null && raw.wabaId !== null && wabaId !== raw.wabaId
}

function isAbout(sibling: Sibling, raw: RawEvent, event: BspEvent): boolean {
  if (sibling.vendor !== raw.vendor) return false
  if (event.phoneNumberId !== null) return sibling.phoneNumberId === event.phoneNumberId
  return 'wabaId' in event && event.wabaId !== null && sibling.wabaId === event.wabaId
}

async function siblingsOf(client: PoolClient, inbox: Inbox, raws: readonly RawEvent[]): Promise<Sibling[]> {
  const { rows } = await client.query<{
    id: string
    vendor: string
    phone_number_id: string
    waba_id: string | null
    base_url: string
    state: string
    key_id: string
    credentials_sealed: Buffer
  }>(
    `select id, vendor, phone_number_id, waba_id, base_url, state, key_id, credentials_sealed from channel where vendor = any($1::text[])`,
    [[...new Set(raws.map(({ vendor }) => vendor))]],
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  return rows.flatMap((row) => {
    const key = keys.get(row.key_id)
    if (key === undefined) return []
    const credentials = openJson<StoredCredentials>(
      key,
      additionalData.credentials(row.id),
      row.credentials_sealed,
    )
    const { phone_number_id: phoneNumberId, waba_id: wabaId, base_url: baseUrl, vendor } = row
    const proofs = adapterFor(vendor as Vendor).webhookProofs({
      phoneNumberId,
      wabaId,
      baseUrl,
      ...credentials,
    })
    return [
      {
        id: row.id,
        vendor,
        phoneNumberId,
        wabaId,
        isDisabled: row.state === 'disabled',
        proofMacs: proofs.map((proof) => proofMacOf(inbox, proof)),
      },
    ]
  })
}

/** The same bytes once more, for a disabled channel that will find its own in them when it is enabled. */
async function holdFor(client: PoolClient, inbox: Inbox, channelId: string, raw: RawEvent): Promise<void> {
  const { id: keyId, bytes } = inbox.keys.intake
  const mac = macOf(inbox.keys.lookup.event, channelId, raw.body)
  await insertRows(
    client,
    'webhook_event',
    {
      channel_id: 'uuid',
      content_mac: 'bytea',
      key_id: 'uuid',
      body_sealed: 'bytea',
      received_at: 'timestamptz',
      held: 'boolean',
      proof_mac: 'bytea',
    },
    [
      [
        channelId,
        mac,
        keyId,
        seal(bytes, additionalData.event(channelId, mac), raw.body),
        raw.receivedAt,
        true,
        raw.proofMac,
      ],
    ],
    'on conflict (content_mac) do nothing',
  )
}

/**
 * Gives every event to the channel that it is about. An app has one address, whichever of its numbers and business accounts it speaks of: what
 * is another's belongs to the channel with that vendor and number (or business account) if the secret that proved the webhook is that
 * channel's too. Nothing authentic is dropped: what is nobody's becomes a `foreign` item of the channel at whose address it came,
 * to be kept as a dead letter, and what is a disabled channel's is stored for it.
 */
export async function findOwners(
  client: PoolClient,
  inbox: Inbox,
  raws: readonly RawEvent[],
): Promise<Owned[]> {
  const isAnyForeign = raws.some((raw) => raw.events.some((event) => isForeign(raw, event)))
  const siblings = isAnyForeign ? await siblingsOf(client, inbox, raws) : []
  const found: Owned[] = []
  for (const raw of raws) {
    const items: Item[] = []
    const { channelId, receivedAt, proofMac } = raw
    const held = new Set<string>()
    for (const event of raw.events) {
      if (!isForeign(raw, event)) {
        items.push({ channelId, event, receivedAt })
        continue
      }
      const about = siblings.filter((sibling) => isAbout(sibling, raw, event))
      const owners = about.filter(
        (sibling) => proofMac !== null && sibling.proofMacs.some((mac) => mac.equals(proofMac)),
      )
      for (const owner of owners) {
        if (owner.isDisabled) held.add(owner.id)
        else items.push({ channelId: owner.id, event, receivedAt })
      }
      if (owners.length === 0) {
        const code: ForeignEvent['code'] = about.length === 0 ? 'unknown-number' : 'secret-differs'
        items.push({ channelId, event: { type: 'foreign', code, path: event.path }, receivedAt })
      }
    }
    for (const id of held) await holdFor(client, inbox, id, raw)
    found.push({ raw, owned: items })
  }
  return found
}
