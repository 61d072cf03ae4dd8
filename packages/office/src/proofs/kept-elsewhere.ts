/** Where checkpoints are kept by somebody else, as whoever carries them there sees it. */
export type KeptElsewhere = {
  /** Sizes of the checkpoints of a log that lie there; those up to `from` may be left out. @throws KeepUnusable */
  sizes(log: string, from: number): Promise<readonly number[]>
  /** @throws KeepUnusable */
  read(log: string, size: number): Promise<Uint8Array>
  /** What is there stays as it is. Durable when it resolves, and as safe from being overwritten as it has to be there. @throws KeepUnusable */
  add(log: string, size: number, ending: 'txt' | 'tsr', bytes: Uint8Array): Promise<void>
}

/** It cannot be read or written, or does not keep as it has to. */
export class KeepUnusable extends Error {
  readonly isUnlocked: boolean
  constructor(isUnlocked = false) {
    super('Checkpoints cannot be kept there.')
    this.name = 'KeepUnusable'
    this.isUnlocked = isUnlocked
  }
}
