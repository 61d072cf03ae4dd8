import { createHash } from 'node:crypto'
import { prepared } from '../database/prepared.ts'
import type { OfficeContext } from '../office-context.ts'

/** `logout-token` asks nothing: it remembers what must not come twice. */
export type CeremonyPurpose = 'passkey-use' | 'passkey-creation' | 'provider' | 'logout-token'

const lifeMs = 10 * 60_000

type Asking = Pick<OfficeContext, 'pool' | 'now'>

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * Remembers what was asked, for ten minutes. `token` is what the answer must bring; only its hash is stored.
 * @returns false: the same has been asked before, and its answer is not due yet
 */
export async function beginCeremony(
  { pool, now }: Asking,
  purpose: CeremonyPurpose,
  token: string,
  about: { readonly accountId?: string; readonly state?: object } = {},
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into sign_in_ceremony (token_hash, purpose, account_id, state, expires_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [hashOf(token), purpose, about.accountId ?? null, about.state ?? {}, new Date(now().getTime() + lifeMs)],
  )
  return rowCount === 1
}

/** What was asked, used up with that: the same answer is worth nothing a second time. Null: nothing like it was asked, or long ago. */
export async function takeCeremony<State = unknown>(
  { pool, now }: Asking,
  purpose: CeremonyPurpose,
  token: string,
): Promise<{ readonly accountId: string | null; readonly state: State } | null> {
  const { rows } = await pool.query<{ account_id: string | null; state: State; expires_at: Date }>(
    prepared(
      'delete from sign_in_ceremony where token_hash = $1 and purpose = $2 returning account_id, state, expires_at',
      [hashOf(token), purpose],
    ),
  )
  const row = rows[0]
  if (row === undefined || row.expires_at <= now()) return null
  return { accountId: row.account_id, state: row.state }
}

/** Deletes what nobody has answered; returns how many. */
export async function expireCeremonies({ pool, now }: Asking): Promise<number> {
  const { rowCount } = await pool.query('delete from sign_in_ceremony where expires_at <= $1', [now()])
  return rowCount ?? 0
}
