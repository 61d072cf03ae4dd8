import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Citizen } from './citizen.ts'
import type { Network } from './citizen-writes.ts'
import type { Webhook } from './config.ts'
import { readIfThere, replaceFile } from './kept-file.ts'
import type { Bubble } from './message.ts'
import type { MessageTemplate } from './message-templates.ts'
import type { OfficeMessage, OfficePost } from './office-writes.ts'
import type { StoredFile } from './stored-media.ts'
import type { Undelivered } from './webhook-courier.ts'

/** What many changes at once are written after. */
const quietMs = 250

type Kept = {
  readonly version: 1
  readonly webhook: Webhook | null
  readonly undelivered: readonly Undelivered[]
  readonly phones: readonly { readonly citizen: Citizen; readonly bubbles: readonly Bubble[] }[]
  readonly sent: readonly (readonly [string, OfficeMessage])[]
  readonly templates: readonly MessageTemplate[]
  /** Missing in what was kept before there was one. */
  readonly contactBook?: readonly string[]
  readonly files: readonly Omit<StoredFile, 'bytes' | 'sha256'>[]
}

export type KeptState = {
  /** Resolves when everything that has happened is on the disk. */
  close(): Promise<void>
}

/**
 * Brings back what the folder holds and keeps it up to date from then on: phones with their names and chats, files, templates, and the
 * webhooks that nobody has taken yet. What happened in the last quarter of a second before a kill is lost.
 * @throws where the folder holds something else
 */
export async function keepState(
  folder: string,
  network: Network,
  post: OfficePost,
  complain: (error: unknown) => void,
): Promise<KeptState> {
  const path = join(folder, 'phones.json')
  const mediaFolder = join(folder, 'media')
  await mkdir(mediaFolder, { recursive: true, mode: 0o700 })
  const written = await restore()

  async function restore(): Promise<Set<string>> {
    const kept = await readKept(path)
    if (kept === null) return new Set()
    for (const { id, ...file } of kept.files) {
      network.media.restore({ ...file, id, bytes: await readFile(join(mediaFolder, id)) })
    }
    for (const { citizen, bubbles } of kept.phones) {
      network.town.restore(
        citizen,
        bubbles.map((bubble) => ({ ...bubble, sentAt: new Date(bubble.sentAt) })),
      )
    }
    network.town.restoreContactBook(kept.contactBook ?? [])
    network.templates.restore(kept.templates)
    post.restore(kept.sent)
    network.courier.restore(kept.webhook, kept.undelivered)
    return new Set(kept.files.map(({ id }) => id))
  }

  async function write(): Promise<void> {
    const files = network.media.all()
    for (const { id, bytes } of files) {
      if (written.has(id)) continue
      await writeFile(join(mediaFolder, id), bytes, { mode: 0o600 })
      written.add(id)
    }
    const { town, templates, courier } = network
    const kept: Kept = {
      version: 1,
      webhook: courier.webhook,
      undelivered: courier.undelivered(),
      phones: town.phones(),
      sent: post.sent(),
      templates: templates.list(),
      contactBook: town.contactBook(),
      files: files.map(({ bytes: _bytes, sha256: _sha256, ...file }) => file),
    }
    await replaceFile(path, JSON.stringify(kept))
  }

  let timer: NodeJS.Timeout | null = null
  let writing = Promise.resolve()
  function writeNow(): Promise<void> {
    timer = null
    writing = writing.then(write).catch(complain)
    return writing
  }
  const unwatch = network.town.watch(() => {
    timer ??= setTimeout(() => void writeNow(), quietMs)
  })
  return {
    close: async () => {
      unwatch()
      if (timer !== null) clearTimeout(timer)
      await writeNow()
    },
  }
}

/** Null: nothing has been kept yet. */
async function readKept(path: string): Promise<Kept | null> {
  const text = await readIfThere(path)
  if (text === null) return null
  const kept = parsed(text)
  if (kept?.version === 1) return kept as Kept
  throw new Error(`${path} cannot be read; remove it to begin with empty phones.`)
}

function parsed(text: string): Partial<Kept> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
