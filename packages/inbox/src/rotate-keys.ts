import { setTimeout as sleep } from 'node:timers/promises'
import { newKeyEncryptionKey, readKeyFile, writeKeyFile } from './key-file.ts'
import type { Keys } from './keys.ts'

/** Every process reads the file again within ten seconds; until then it may wrap with the old key. */
const takenUpAfterMs = 15_000

/**
 * Puts a new key-encryption key in place of the one in the file, while everything runs: adds it, waits until all processes use
 * it, wraps every data key with it, takes the old ones away. Cut off anywhere, the file holds every key that is needed;
 * run it again.
 * @returns how many data keys were wrapped anew
 */
export const rotateKeyFile = async (
  keys: Keys,
  path: string,
  waitMs: number = takenUpAfterMs,
): Promise<number> => {
  const made = newKeyEncryptionKey()
  await writeKeyFile(path, [made, ...(await readKeyFile(path))])
  await sleep(waitMs)
  const wrapped = await keys.rewrap()
  await writeKeyFile(path, [made])
  return wrapped
}
