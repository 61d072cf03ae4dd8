import { setTimeout as sleep } from 'node:timers/promises'
import { type KeyEncryptionKeys, newKeyEncryptionKey, readKeyFile, writeKeyFile } from './key-file.ts'
import type { Keys } from './keys.ts'

/** Every process reads the file again every five seconds; until then it wraps with the old key. */
const takenUpAfterMs = 7500
const maxRounds = 20

/** Nothing is lost: the file holds every key that is needed. Run it again. */
class RotationUnfinished extends Error {
  constructor(reason: string) {
    super(`The old keys stay in the key file: ${reason}`)
    this.name = 'RotationUnfinished'
  }
}

function sameKeys(one: KeyEncryptionKeys, other: KeyEncryptionKeys): boolean {
  return one.map(({ id }) => id).join() === other.map(({ id }) => id).join()
}

/** Until a whole waiting time has passed in which nobody wrapped with an old key. */
async function wrapAll(keys: Keys, waitMs: number): Promise<number> {
  let total = 0
  for (let round = 0; round < maxRounds; round += 1) {
    await sleep(waitMs)
    const wrapped = await keys.rewrap()
    total += wrapped
    if (wrapped === 0) return total
  }
  throw new RotationUnfinished('a process goes on using them; restart it, then rotate again.')
}

/**
 * Puts a new key-encryption key in place of the one in the file, while everything runs: adds it, waits until all processes use
 * it, wraps every data key with it, takes the old ones away. Cut off anywhere, the file holds every key that is needed;
 * run it again. Two rotations at once would take away each other's key: the second is refused.
 * @returns how many data keys were wrapped anew
 * @throws RotationUnfinished, KeyFileUnusable
 */
export async function rotateKeyFile(
  keys: Keys,
  path: string,
  waitMs: number = takenUpAfterMs,
): Promise<number> {
  const rotated = await keys.alone(async () => {
    const made = newKeyEncryptionKey()
    const meanwhile: KeyEncryptionKeys = [made, ...(await readKeyFile(path))]
    await writeKeyFile(path, meanwhile)
    const wrapped = await wrapAll(keys, waitMs)
    if (!sameKeys(meanwhile, await readKeyFile(path))) {
      throw new RotationUnfinished('somebody else has changed it meanwhile.')
    }
    await writeKeyFile(path, [made])
    return { wrapped }
  })
  if (rotated === null) throw new RotationUnfinished('they are being rotated already.')
  return rotated.wrapped
}
