import { randomUUID } from 'node:crypto'
import { type Channel, type createChannel as endpoint, Refusal } from '@buergerdraht/contract'
import { asViewer, recordAct, requireAdmin, sealJson, type Viewer, withOwnRights } from '@buergerdraht/office'
import { Prisma } from '@buergerdraht/prisma'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredCredentials } from '../stored/additional-data.ts'
import { requireAllowedAddress } from './allowed-address.ts'
import { readChannel } from './list-channels.ts'

export type NewChannel = z.output<(typeof endpoint)['body']>

/**
 * Sets up a number; it receives and sends at once. Its secrets are encrypted under a key of its own.
 * @throws Refusal `not-allowed`, `invalid-input`: no such team, a host that is not allowed, or the number is set up already
 */
export async function createChannel(inbox: Inbox, viewer: Viewer, channel: NewChannel): Promise<Channel> {
  requireAdmin(viewer)
  requireAllowedAddress(inbox, channel.baseUrl)
  const { name, vendor, team: teamId, phoneNumberId, wabaId, displayPhoneNumber, baseUrl } = channel
  const id = randomUUID()
  const key = inbox.keys.make('channel')
  const credentials: StoredCredentials = {
    apiKey: channel.credentials.apiKey,
    verifyToken: channel.credentials.verifyToken,
    webhookSecrets: channel.credentials.webhookSecrets ?? [],
    webhookHeaders: channel.credentials.webhookHeaders ?? {},
  }
  try {
    await asViewer(inbox, viewer, async (changing) => {
      const { tx, publish } = changing
      const team = await tx.team.findUnique({ where: { id: teamId }, select: { id: true } })
      if (team === null) throw new Refusal('invalid-input', [{ path: 'team', fault: 'no-such-team' }])
      await withOwnRights(changing, async () => {
        await tx.dataKey.create({ data: { ...key.row, wrapped: Uint8Array.from(key.row.wrapped) } })
        await tx.channel.create({
          data: {
            id,
            vendor,
            name,
            teamId,
            phoneNumberId,
            wabaId,
            displayPhoneNumber,
            baseUrl,
            keyId: key.id,
            credentialsSealed: Uint8Array.from(
              sealJson(key.bytes, additionalData.credentials(id), credentials),
            ),
          },
        })
      })
      await recordAct(tx, inbox.now(), viewer, { act: 'channel-created', object: { kind: 'channel', id } })
      publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new Refusal('invalid-input', [{ path: 'phoneNumberId', fault: 'number-set-up' }])
    }
    throw error
  }
  return readChannel(inbox, viewer, id)
}
