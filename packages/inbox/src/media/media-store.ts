import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Unreadable } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { SealedFile, writeSealedFile } from './sealed-file.ts'

/**
 * The files of an attachment: `received` as they came and not checked yet, `content` as they are shown and
 * sent, `preview` a small picture of them.
 */
export type Part = 'received' | 'content' | 'preview'

export const parts: readonly Part[] = ['received', 'content', 'preview']
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The file is not in the media folder. */
export class MediaMissing extends Error {
  constructor() {
    super('The media folder does not hold this file.')
    this.name = 'MediaMissing'
  }
}

// The last digits of our ids are random, the first ones are time.
function folderOf(mediaDir: string, id: string): string {
  if (!uuid.test(id)) throw new TypeError('An attachment is named by its UUID.')
  return join(mediaDir, id.slice(-2))
}

function pathOf(mediaDir: string, id: string, part: Part): string {
  return join(folderOf(mediaDir, id), part === 'content' ? id : `${id}.${part}`)
}

/** What lies here has never been the file of an attachment: it gets its name when it is complete. */
function unfinishedFolder(mediaDir: string): string {
  return join(mediaDir, 'unfinished')
}

// What was received may become the content by a new name alone, a preview may not.
function placeOf(id: string, part: Part): string {
  return `attachment.${part === 'preview' ? part : 'content'}:${id}`
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Encrypts a file of an attachment under its key. When it resolves, the whole file MUST be
 * durable under its name; when it rejects, nothing of it is left. Replaces an earlier one.
 * @returns bytes of plaintext
 * @throws FileTooLarge
 */
export async function storePart(
  { mediaDir }: Pick<Inbox, 'mediaDir'>,
  key: Buffer,
  id: string,
  part: Part,
  plain: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number> {
  const path = pathOf(mediaDir, id, part)
  const folder = dirname(path)
  for (const needed of [folder, unfinishedFolder(mediaDir)]) {
    if ((await mkdir(needed, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(mediaDir)
  }
  const unfinished = join(unfinishedFolder(mediaDir), randomUUID())
  try {
    const file = await open(unfinished, 'wx', 0o600)
    let size: number
    try {
      size = await writeSealedFile(file, key, placeOf(id, part), plain, maxBytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
    await syncFolder(folder)
    return size
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** @param keys tried one after the other @throws MediaMissing, Unreadable */
export async function openPart(
  inbox: Pick<Inbox, 'mediaDir'>,
  [key, ...others]: readonly [Buffer, ...Buffer[]],
  id: string,
  part: Part,
): Promise<SealedFile> {
  try {
    return await openWith(inbox, key, id, part)
  } catch (error) {
    const [next, ...rest] = others
    if (next === undefined || !(error instanceof Unreadable)) throw error
    return openPart(inbox, [next, ...rest], id, part)
  }
}

async function openWith(
  { mediaDir }: Pick<Inbox, 'mediaDir'>,
  key: Buffer,
  id: string,
  part: Part,
): Promise<SealedFile> {
  let file: FileHandle
  try {
    file = await open(pathOf(mediaDir, id, part), constants.O_RDONLY)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MediaMissing()
    throw error
  }
  return SealedFile.open(file, key, placeOf(id, part))
}

/** What was received is the content, unchanged. Durable when it resolves. */
export async function keepReceived({ mediaDir }: Pick<Inbox, 'mediaDir'>, id: string): Promise<void> {
  await rename(pathOf(mediaDir, id, 'received'), pathOf(mediaDir, id, 'content'))
  await syncFolder(folderOf(mediaDir, id))
}

/** Removes one file of an attachment, if it is there. */
export async function dropPart({ mediaDir }: Pick<Inbox, 'mediaDir'>, id: string, part: Part): Promise<void> {
  await rm(pathOf(mediaDir, id, part), { force: true })
}

/** One turn for each file, where `rm` would look at it first. */
async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/**
 * Removes all files of attachments. When it resolves, the removal MUST be durable. May be repeated. The bytes
 * are unreadable for good once the attachment's key is gone as well, which the caller destroys first.
 */
export async function deleteMedia(
  { mediaDir }: Pick<Inbox, 'mediaDir'>,
  attachmentIds: readonly string[],
): Promise<void> {
  const paths = attachmentIds.flatMap((id) => parts.map((part) => pathOf(mediaDir, id, part)))
  await Promise.all(paths.map(removeIfThere))
  const folders = new Set(attachmentIds.map((id) => folderOf(mediaDir, id)))
  // At once, because the disk can flush several with one turn.
  await Promise.all(
    [...folders].map(async (folder) => {
      try {
        await syncFolder(folder)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }),
  )
}

const unfinishedForMs = 24 * 60 * 60 * 1000

/** Removes what a killed process was writing a day ago. @returns how many files */
export async function dropUnfinishedFiles({ mediaDir }: Pick<Inbox, 'mediaDir'>): Promise<number> {
  const folder = unfinishedFolder(mediaDir)
  let dropped = 0
  for (const name of await namesIn(folder)) {
    if (Date.now() - (await stat(join(folder, name))).mtimeMs < unfinishedForMs) continue
    await rm(join(folder, name), { force: true })
    dropped += 1
  }
  return dropped
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** The files of the media folder, folder by folder: where each lies and the attachment it is named after. */
export async function* storedFiles({
  mediaDir,
}: Pick<Inbox, 'mediaDir'>): AsyncGenerator<
  readonly { readonly attachmentId: string; readonly path: string }[]
> {
  for (const shard of await namesIn(mediaDir)) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue
    const files = (await namesIn(join(mediaDir, shard)))
      .map((name) => ({ attachmentId: name.slice(0, 36), path: join(mediaDir, shard, name) }))
      .filter(({ attachmentId }) => uuid.test(attachmentId))
    if (files.length > 0) yield files
  }
}
