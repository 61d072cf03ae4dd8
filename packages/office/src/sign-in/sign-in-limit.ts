import { Refusal } from '@buergerdraht/contract'
import type { OfficeContext } from '../office-context.ts'
import { macOf } from '../sealing/sealing.ts'
import { networkOf } from './network-of.ts'

/** Failures within this time are counted together. */
const windowMs = 15 * 60 * 1000
/** What somebody hears who has guessed wrong. */
const guesses: ReadonlySet<string> = new Set(['wrong-credentials', 'wrong-second-factor'])
const maxFailures = { device: 10, pair: 10, account: 50, network: 100 } as const

type Asking = Pick<OfficeContext, 'pool' | 'keys' | 'now'>

/** Somebody who tries to sign in. */
export type SignInAttempt = {
  /** Lower case. */
  readonly email: string
  /** IP address of the browser. */
  readonly address: string
  /** The browser's random number, when this account has signed in with it before. */
  readonly device: string | null
}

type Bucket = {
  readonly mac: Buffer
  readonly max: number
}

/** The first bucket is the attempt's own: a success empties it. Of the others it takes back one failure. */
function bucketsOf({ keys }: Asking, { email, address, device }: SignInAttempt): readonly Bucket[] {
  function bucket(kind: keyof typeof maxFailures, ...of: readonly string[]): Bucket {
    return {
      mac: macOf(keys.lookup.signIn, kind, ...of),
      max: maxFailures[kind],
    }
  }
  if (device !== null) return [bucket('device', device, email)]
  const network = networkOf(address)
  return [bucket('pair', email, network), bucket('account', email), bucket('network', network)]
}

async function isFull({ pool, now }: Asking, buckets: readonly Bucket[]): Promise<boolean> {
  const { rows } = await pool.query(
    `select 1 from sign_in_failure f join unnest($1::bytea[], $2::int[]) as b(mac, max) on f.bucket_mac = b.mac
     where f.count >= b.max and f.since_at > $3 and f.since_at <= $4`,
    [buckets.map(({ mac }) => mac), buckets.map((one) => one.max), windowStart(now()), now()],
  )
  return rows.length > 0
}

function windowStart(at: Date): Date {
  return new Date(at.getTime() - windowMs)
}

/** Rows are locked in one order, so that attempts at the same time wait for each other instead of failing. */
async function addFailure({ pool, now }: Asking, buckets: readonly Bucket[]): Promise<boolean> {
  // A window that begins later than now began before the clock was set back: it is over.
  const { rows } = await pool.query<{ bucket_mac: Buffer; count: number }>(
    `insert into sign_in_failure as f (bucket_mac, count, since_at)
       select mac, 1, $3 from unnest($1::bytea[]) as b(mac) order by mac
     on conflict (bucket_mac) do update set
       count = case when f.since_at > $2 and f.since_at <= $3 then f.count + 1 else 1 end,
       since_at = case when f.since_at > $2 and f.since_at <= $3 then f.since_at else $3 end
     returning bucket_mac, count`,
    [buckets.map(({ mac }) => mac), windowStart(now()), now()],
  )
  return rows.every((row) =>
    buckets.some((bucket) => bucket.mac.equals(row.bucket_mac) && row.count <= bucket.max),
  )
}

async function takeBack({ pool }: Asking, buckets: readonly Bucket[], empty: Buffer | null): Promise<void> {
  await pool.query(
    `with held as (select bucket_mac from sign_in_failure where bucket_mac = any($1) order by bucket_mac for update)
     update sign_in_failure f set count = case when f.bucket_mac = $2 then 0 else greatest(f.count - 1, 0) end
     from held where f.bucket_mac = held.bucket_mac`,
    [buckets.map(({ mac }) => mac), empty],
  )
}

/**
 * Slows down guessing, for all processes together and across restarts: in a quarter of an hour ten failures for an account from
 * one network, fifty for an account, a hundred from a network. A browser that the account has signed in with before has ten of its
 * own and is held to none of these, so that nobody locks out a colleague. An attempt counts as failed before `attempt` runs, so that
 * parallel guesses count; one that ends in anything but `wrong-credentials` or `wrong-second-factor` is taken back. What is refused
 * here counts nowhere.
 * The table holds keyed hashes and numbers, nothing of a person.
 * @param isDone whether the result empties the count: who knows a password, and not the second factor, has not signed in yet
 * @throws Refusal `too-many-requests`, and what `attempt` throws
 */
export async function withinSignInLimit<T>(
  office: Asking,
  who: SignInAttempt,
  attempt: () => Promise<T>,
  isDone: (result: T) => boolean = () => true,
): Promise<T> {
  const buckets = bucketsOf(office, who)
  if (await isFull(office, buckets)) throw new Refusal('too-many-requests')
  if (!(await addFailure(office, buckets))) throw new Refusal('too-many-requests')
  try {
    const result = await attempt()
    await takeBack(office, buckets, isDone(result) ? (buckets[0]?.mac ?? null) : null)
    return result
  } catch (error) {
    const guessed = error instanceof Refusal && guesses.has(error.code)
    if (!guessed) await takeBack(office, buckets, null)
    throw error
  }
}

/** Deletes counts of which nothing counts any more; returns how many. */
export async function expireSignInFailures({
  pool,
  now,
}: Pick<OfficeContext, 'pool' | 'now'>): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from sign_in_failure where count = 0 or since_at <= $1 or since_at > $2',
    [windowStart(now()), now()],
  )
  return rowCount ?? 0
}
