import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { link, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A key-encryption key (AES-256). It wraps data keys and encrypts nothing else. */
export type KeyEncryptionKey = {
  /** First 8 bytes of the key's SHA-256, hex: tells which key wrapped a data key, and nothing about it. */
  readonly id: string
  readonly bytes: Buffer
}

/** Newest first: the first wraps, the others only unwrap. Never empty. */
export type KeyEncryptionKeys = readonly [KeyEncryptionKey, ...KeyEncryptionKey[]]

export class KeyFileUnusable extends Error {
  constructor(reason: string) {
    super(`The key file cannot be used: ${reason}`)
    this.name = 'KeyFileUnusable'
  }
}

function toKey(text: string): KeyEncryptionKey {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32) throw new KeyFileUnusable('each line must be 32 random bytes in base64.')
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes }
}

/** One key a line, base64, newest first; lines that start with # are remarks. */
export function parseKeys(text: string): KeyEncryptionKeys {
  const [first, ...others] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(toKey)
  if (first === undefined) throw new KeyFileUnusable('it holds no key.')
  return [first, ...others]
}

export function newKeyEncryptionKey(): KeyEncryptionKey {
  return toKey(randomBytes(32).toString('base64'))
}

export async function readKeyFile(path: string): Promise<KeyEncryptionKeys> {
  try {
    return parseKeys(await readFile(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') throw new KeyFileUnusable('it is a folder.')
    throw error
  }
}

/** A file of its own beside the key file, durable, mode 0600. */
async function writeBeside(path: string, keys: KeyEncryptionKeys): Promise<string> {
  const beside = `${path}.${randomUUID()}`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(`${keys.map((key) => key.bytes.toString('base64')).join('\n')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return beside
}

/** A new name is durable when its folder is. */
async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Durable and atomic: when it resolves the file holds these keys, after a crash on the way these or the old ones. Mode 0600. */
export async function writeKeyFile(path: string, keys: KeyEncryptionKeys): Promise<void> {
  const beside = await writeBeside(path, keys)
  try {
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncFolderOf(path)
}

/**
 * Reads the key file, or makes one with a fresh key where there is none: for the demo and the first start. Of several processes
 * that make one at once, all get the key of the first.
 */
export async function readOrCreateKeyFile(path: string): Promise<KeyEncryptionKeys> {
  try {
    return await readKeyFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const beside = await writeBeside(path, [newKeyEncryptionKey()])
  try {
    // Unlike a new name, a second name is refused where there is a file already.
    await link(beside, path)
    await syncFolderOf(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(beside, { force: true })
  }
  return readKeyFile(path)
}
