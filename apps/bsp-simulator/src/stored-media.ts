import { createHash, randomBytes, randomInt } from 'node:crypto'

export type StoredFile = {
  readonly id: string
  readonly bytes: Buffer
  readonly mediaType: string
  readonly sha256: Buffer
  readonly storedAtMs: number
  /** Files in webhooks live 7 days, uploaded ones 30. */
  readonly livesMs: number
}

const dayMs = 86_400_000
const addressLivesMs = 300_000

/** The files that lie at the simulated BSP. */
export class StoredMedia {
  readonly #files = new Map<string, StoredFile>()
  readonly #addresses = new Map<string, { readonly mediaId: string; readonly endsAtMs: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  all(): readonly StoredFile[] {
    return [...this.#files.values()]
  }

  restore(file: Omit<StoredFile, 'sha256'>): void {
    this.#files.set(file.id, { ...file, sha256: createHash('sha256').update(file.bytes).digest() })
  }

  store(bytes: Buffer, mediaType: string, origin: 'webhook' | 'upload'): StoredFile {
    const file: StoredFile = {
      id: `${randomInt(1, 10)}${String(randomInt(0, 2 ** 47)).padStart(15, '0')}`,
      bytes,
      mediaType,
      sha256: createHash('sha256').update(bytes).digest(),
      storedAtMs: this.#now(),
      livesMs: origin === 'webhook' ? 7 * dayMs : 30 * dayMs,
    }
    this.#files.set(file.id, file)
    return file
  }

  /** Null: never there, deleted, or past its life. */
  find(mediaId: string): StoredFile | null {
    const file = this.#files.get(mediaId)
    return file && this.#now() - file.storedAtMs < file.livesMs ? file : null
  }

  delete(mediaId: string): boolean {
    return this.#files.delete(mediaId)
  }

  /** A download address as Meta writes it; it ends after five minutes. */
  addressOf(file: StoredFile): string {
    const hash = randomBytes(24).toString('base64url')
    const endsAtMs = this.#now() + addressLivesMs
    this.#addresses.set(hash, { mediaId: file.id, endsAtMs })
    const query = `mid=${file.id}&ext=${Math.trunc(endsAtMs / 1000)}&hash=${hash}`
    return `https://lookaside.fbsbx.com/whatsapp_business/attachments/?${query}`
  }

  /** The file behind an address. Null: wrong or no longer valid. */
  fileAt(mediaId: string, hash: string): StoredFile | null {
    const address = this.#addresses.get(hash)
    if (!address || address.mediaId !== mediaId || address.endsAtMs <= this.#now()) return null
    return this.find(mediaId)
  }
}
