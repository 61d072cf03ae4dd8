import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttachmentRow } from '@buergerdraht/office'
import { webhook, wireTime } from '../../../../testing/webhook-payload.ts'
import { openMedia } from '../../src/index.ts'
import { openTestOffice, type TestOffice } from '../test-office.ts'
import { type MediaProvider, type ProvidedFile, startMediaProvider } from './media-provider.ts'

export type SentMedia = ProvidedFile & {
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker'
  readonly claimedType: string
  readonly fileName?: string
  readonly voice?: boolean
  /** In the webhook; default: the true one. */
  readonly claimedSha256?: string
  readonly mediaId?: string
}

/** An office with one channel whose provider has files, and a citizen who sends them. */
export type MediaOffice = TestOffice & {
  readonly provider: MediaProvider
  readonly channelId: string
  /** A webhook with one file is stored and ingested. @returns the attachment's id */
  receive(media: SentMedia): Promise<string>
  attachment(id: string): Promise<AttachmentRow>
  /** What would be served. */
  contentOf(id: string, part?: 'content' | 'preview'): Promise<Buffer>
  /** Every file in the media folder: its path below the folder and its bytes. */
  filesOnDisk(): Promise<{ path: string; bytes: Buffer }[]>
  published(): Promise<{ type: string; messageId: string | null; teamId: string | null }[]>
}

export async function openMediaOffice(): Promise<MediaOffice> {
  const base = await openTestOffice()
  const provider = await startMediaProvider()
  const channelId = await base.addChannel({ vendor: '360dialog', baseUrl: provider.baseUrl })
  const { office } = base
  let count = 0
  function payload(media: SentMedia, mediaId: string) {
    return webhook({
      contacts: [{ profile: { name: 'Erika' }, wa_id: '491713920011', user_id: 'DE.7001000000000000011' }],
      messages: [
        {
          from: '491713920011',
          from_user_id: 'DE.7001000000000000011',
          id: `wamid.media${count}`,
          timestamp: wireTime(office.now()),
          type: media.kind,
          [media.kind]: {
            id: mediaId,
            mime_type: media.claimedType,
            sha256: media.claimedSha256 ?? createHash('sha256').update(media.bytes).digest('base64'),
            ...(media.fileName === undefined ? {} : { filename: media.fileName }),
            ...(media.voice === undefined ? {} : { voice: media.voice }),
          },
        },
      ],
    })
  }
  return {
    ...base,
    provider,
    channelId,
    async receive(media) {
      count += 1
      const mediaId = media.mediaId ?? `90000${count}`
      provider.files.set(mediaId, media)
      await base.deliver(channelId, payload(media, mediaId))
      const reminder = base.reminders.at(-1)
      if (reminder?.job !== 'fetch-media') throw new Error('The ingest did not remind of a file.')
      return reminder.attachmentId
    },
    attachment: (id) => office.prisma.attachment.findUniqueOrThrow({ where: { id } }),
    async contentOf(id, part) {
      const attachment = await office.prisma.attachment.findUniqueOrThrow({ where: { id } })
      const where = { id: attachment.conversationId }
      const conversation = await office.prisma.conversation.findUniqueOrThrow({ where })
      const media = await openMedia(office, { attachment, conversation }, part)
      const pieces: Buffer[] = []
      for await (const piece of media.stream()) pieces.push(piece)
      await media.close()
      return Buffer.concat(pieces)
    },
    async filesOnDisk() {
      const entries = await readdir(office.mediaDir, { recursive: true, withFileTypes: true })
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
      return Promise.all(
        paths.map(async (path) => ({
          path: path.slice(office.mediaDir.length + 1),
          bytes: await readFile(path),
        })),
      )
    },
    published: () =>
      office.prisma.liveEvent.findMany({
        select: { type: true, messageId: true, teamId: true },
        orderBy: { id: 'asc' },
      }),
    async close() {
      await provider.close()
      await base.close()
    },
  }
}
