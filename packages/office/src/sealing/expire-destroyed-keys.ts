import type { OfficeContext } from '../office-context.ts'
import { destroyedKeysKeptMs } from './keys.ts'

/** Every process has heard by now, or forgets all that it knows. @returns how many */
export async function expireDestroyedKeys({ pool }: Pick<OfficeContext, 'pool'>): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from destroyed_key where at < now() - $1 * interval '1 millisecond'`,
    [destroyedKeysKeptMs],
  )
  return rowCount ?? 0
}
