import {
  Refusal,
  type SecondFactorAnswer,
  type SecondFactorKind,
  type SecondFactors,
  type SecondFactorWanted,
} from '@buergerdraht/contract'
import type { PoolClient } from 'pg'
import { recordActOn } from '../audit/record-act.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { destroyKeys } from '../sealing/destroy-keys.ts'
import { open, seal } from '../sealing/sealing.ts'
import type { LiveSession } from './live-session.ts'
import { askForPasskey, passkeyAnswers } from './passkeys.ts'
import { makeRecoveryCodes, useRecoveryCode } from './recovery-codes.ts'
import type { SignInPlace } from './sign-in-place.ts'
import { base32, newTotpSecret, stepOfTotp, totpUri } from './totp.ts'

type Asking = Pick<OfficeContext, 'pool' | 'keys' | 'now'>

function placeOf(accountId: string): string {
  return `totp_factor.secret:${accountId}`
}

/** The kinds that an account has in force. */
export async function secondFactorsOf(
  { pool }: Pick<OfficeContext, 'pool'>,
  accountId: string,
): Promise<SecondFactorKind[]> {
  const { rows } = await pool.query<{ totp: boolean; passkey: boolean }>(
    `select exists (select 1 from totp_factor where account_id = $1 and confirmed_at is not null) as totp,
       exists (select 1 from passkey where account_id = $1) as passkey`,
    [accountId],
  )
  return [...(rows[0]?.totp ? (['totp'] as const) : []), ...(rows[0]?.passkey ? (['passkey'] as const) : [])]
}

/** What somebody is asked for whose password was right; null: the account has no second factor. */
export async function askForSecondFactor(
  office: Asking,
  place: SignInPlace,
  accountId: string,
): Promise<SecondFactorWanted | null> {
  const secondFactor = await secondFactorsOf(office, accountId)
  if (secondFactor.length === 0) return null
  return { secondFactor, passkey: await askForPasskey(office, place, accountId) }
}

/** A code is used up in the statement that takes it: of two that come at once, one counts (RFC 6238 §5.2). */
async function totpAnswers(office: Asking, accountId: string, code: string): Promise<boolean> {
  const { pool, keys, now } = office
  const { rows } = await pool.query<{ key_id: string; secret_sealed: Buffer }>(
    'select key_id, secret_sealed from totp_factor where account_id = $1 and confirmed_at is not null',
    [accountId],
  )
  const row = rows[0]
  if (row === undefined) return false
  const step = stepOfTotp(
    open(await keys.get(row.key_id), placeOf(accountId), row.secret_sealed),
    code,
    now(),
  )
  if (step === null) return false
  const { rowCount } = await pool.query(
    'update totp_factor set used_step = $2 where account_id = $1 and key_id = $3 and used_step < $2',
    [accountId, step, row.key_id],
  )
  return rowCount === 1
}

/**
 * Whether this shows a second factor of the account: a code of its app that was not used before, a recovery code, which is used up, or
 * its passkey. An answer is worth something once.
 */
export async function secondFactorAnswers(
  office: Asking,
  place: SignInPlace,
  accountId: string,
  { code, passkey }: SecondFactorAnswer,
): Promise<boolean> {
  if (passkey !== undefined) return passkeyAnswers(office, place, accountId, passkey)
  const entered = (code ?? '').trim()
  if (/^\d{3}\s?\d{3}$/.test(entered)) return totpAnswers(office, accountId, entered.replace(/\s/, ''))
  return entered !== '' && useRecoveryCode(office, accountId, entered)
}

/** One's own, without any secret. */
export async function readSecondFactors(
  { pool }: Pick<OfficeContext, 'pool'>,
  { rpId, localAccounts }: SignInPlace,
  { viewer, session, needsSecondFactor }: LiveSession,
): Promise<SecondFactors> {
  const { accountId } = viewer
  const [kinds, passkeys, codes, account] = await Promise.all([
    secondFactorsOf({ pool }, accountId),
    pool.query<{ id: string; name: string; rp_id: string; created_at: Date; used_at: Date | null }>(
      'select id, name, rp_id, created_at, used_at from passkey where account_id = $1 order by created_at, id',
      [accountId],
    ),
    pool.query<{ count: number }>('select count(*)::int as count from recovery_code where account_id = $1', [
      accountId,
    ]),
    pool.query<{ password: boolean }>(
      'select password_hash is not null as password from account where id = $1',
      [accountId],
    ),
  ])
  const isTaken = localAccounts === 'all' || localAccounts.only === session.account.email
  return {
    password: isTaken && account.rows[0]?.password === true,
    totp: kinds.includes('totp'),
    passkeys: passkeys.rows.map((row) => ({
      id: row.id,
      name: row.name,
      createdAt: row.created_at.toISOString(),
      usedAt: row.used_at?.toISOString() ?? null,
      usable: row.rp_id === rpId,
    })),
    recoveryCodes: codes.rows[0]?.count ?? 0,
    needed: needsSecondFactor,
    passkeysPossible: rpId !== null,
  }
}

/** The secret for an app goes with its key, if there is one, in the transaction that the connection is in. */
export async function dropTotp(
  client: PoolClient,
  keys: Pick<OfficeContext['keys'], 'forget'>,
  accountId: string,
): Promise<void> {
  const { rows } = await client.query<{ key_id: string }>(
    'delete from totp_factor where account_id = $1 returning key_id',
    [accountId],
  )
  await destroyKeys(
    client,
    keys,
    'account',
    rows.map((row) => row.key_id),
  )
}

/**
 * A new secret for an app, sealed under a key of its own; it counts once {@link confirmTotp} has seen a code of it. One that was begun
 * before is void.
 * @throws Refusal `second-factor-exists`
 */
export async function beginTotp(
  office: Asking,
  { viewer, session }: LiveSession,
): Promise<{ secret: string; uri: string }> {
  const { accountId } = viewer
  const secret = newTotpSecret()
  const key = office.keys.make('account')
  await transaction(office.pool, async ({ client }) => {
    // Of two pages that begin at once the second waits here, and takes the first one's secret away.
    await client.query('select 1 from account where id = $1 for no key update', [accountId])
    const { rows } = await client.query(
      'select 1 from totp_factor where account_id = $1 and confirmed_at is not null',
      [accountId],
    )
    if (rows.length > 0) throw new Refusal('second-factor-exists')
    await dropTotp(client, office.keys, accountId)
    await client.query('insert into data_key (id, purpose, wrapped, kek_id) values ($1, $2, $3, $4)', [
      key.row.id,
      key.row.purpose,
      key.row.wrapped,
      key.row.kekId,
    ])
    await client.query('insert into totp_factor (account_id, key_id, secret_sealed) values ($1, $2, $3)', [
      accountId,
      key.id,
      seal(key.bytes, placeOf(accountId), secret),
    ])
  })
  return { secret: base32(secret), uri: totpUri(secret, session.account.email) }
}

/**
 * Puts the app in force. The session in which that is done counts as one in which a second factor was shown.
 * @returns recovery codes, when it is the account's first second factor
 * @throws Refusal `wrong-second-factor`, `second-factor-exists`
 */
export async function confirmTotp(
  office: Asking,
  { viewer, sessionId }: LiveSession,
  code: string,
): Promise<string[] | null> {
  const { accountId } = viewer
  return transaction(office.pool, async ({ client }) => {
    const { rows } = await client.query<{
      key_id: string
      secret_sealed: Buffer
      confirmed_at: Date | null
    }>('select key_id, secret_sealed, confirmed_at from totp_factor where account_id = $1 for update', [
      accountId,
    ])
    const row = rows[0]
    if (row === undefined) throw new Refusal('wrong-second-factor')
    if (row.confirmed_at !== null) throw new Refusal('second-factor-exists')
    const secret = open(await office.keys.get(row.key_id), placeOf(accountId), row.secret_sealed)
    const step = stepOfTotp(secret, code.replace(/\s/g, ''), office.now())
    if (step === null) throw new Refusal('wrong-second-factor')
    await client.query('update totp_factor set confirmed_at = $2, used_step = $3 where account_id = $1', [
      accountId,
      office.now(),
      step,
    ])
    await client.query('update session set second_factor = true where id = $1', [sessionId])
    await recordActOn(client, office.now(), viewer, {
      act: 'second-factor-changed',
      facts: { change: 'totp-added' },
    })
    const kept = await client.query('select 1 from recovery_code where account_id = $1 limit 1', [accountId])
    return kept.rows.length > 0 ? null : makeRecoveryCodes(client, office.keys, accountId)
  })
}

/** Takes one away; with the last one the recovery codes go too. @throws Refusal `last-second-factor`, `not-found` */
async function remove(
  office: Asking,
  { viewer, needsSecondFactor }: LiveSession,
  change: 'totp-removed' | 'passkey-removed',
  take: (client: PoolClient) => Promise<void>,
): Promise<void> {
  const { accountId } = viewer
  await transaction(office.pool, async ({ client }) => {
    await client.query('select 1 from account where id = $1 for no key update', [accountId])
    await take(client)
    await recordActOn(client, office.now(), viewer, { act: 'second-factor-changed', facts: { change } })
    const { rows } = await client.query(
      `select 1 from totp_factor where account_id = $1 and confirmed_at is not null
       union all select 1 from passkey where account_id = $1 limit 1`,
      [accountId],
    )
    if (rows.length > 0) return
    if (needsSecondFactor) throw new Refusal('last-second-factor')
    await client.query('delete from recovery_code where account_id = $1', [accountId])
  })
}

/** @throws Refusal `last-second-factor` */
export function removeTotp(office: Asking, liveSession: LiveSession): Promise<void> {
  return remove(office, liveSession, 'totp-removed', (client) =>
    dropTotp(client, office.keys, liveSession.viewer.accountId),
  )
}

/** @throws Refusal `last-second-factor`, `not-found` */
export function removePasskey(office: Asking, liveSession: LiveSession, id: string): Promise<void> {
  return remove(office, liveSession, 'passkey-removed', async (client) => {
    const { rowCount } = await client.query('delete from passkey where id = $1 and account_id = $2', [
      id,
      liveSession.viewer.accountId,
    ])
    if (rowCount === 0) throw new Refusal('not-found')
  })
}

/** @throws Refusal `not-found` without a second factor that they could stand in for */
export async function renewRecoveryCodes(office: Asking, { viewer }: LiveSession): Promise<string[]> {
  if ((await secondFactorsOf(office, viewer.accountId)).length === 0) throw new Refusal('not-found')
  return transaction(office.pool, async ({ client }) => {
    await recordActOn(client, office.now(), viewer, {
      act: 'second-factor-changed',
      facts: { change: 'recovery-codes-renewed' },
    })
    return makeRecoveryCodes(client, office.keys, viewer.accountId)
  })
}
