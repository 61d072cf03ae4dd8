import type { Prisma } from '@buergerdraht/prisma'
import type { Pool, PoolClient } from 'pg'

/**
 * Every advisory lock of the product, each a pair of numbers as PostgreSQL wants them. What is one of a kind has 7319 and a number of its
 * own; a lock for each of many has a class of its own and a hash of which one. Beside these there is only the lock that
 * migrations hold (`prisma/src/migrate.ts`), a single number, which no pair can meet.
 */
export const locks = {
  /** Taken by the SQL function `publish` until commit, so that live events get their ids in the order of commits. */
  publishing: [7319, 1],
  /** One process at a time wraps data keys anew. */
  rotatingKeys: [7319, 2],
  /** One process at a time ingests; held as long as its connection lives. */
  ingesting: [7319, 4],
  /** One process at a time seals the audit log; held as long as its connection lives. */
  sealing: [7319, 6],
  /** One process at a time writes the deletion ledger and destroys; held as long as its connection lives. */
  destroying: [7319, 8],
  /**
   * Whoever sets or changes what suspends deletion has it alone until commit, taken by a trigger; whoever condemns or deletes shares it, taken before
   * holds are read ({@link shareLock}).
   */
  holding: [7319, 10],
  /** One process at a time ships the audit log; held as long as its connection lives. */
  shipping: [7319, 7],
  /** One process at a time has checkpoints stamped and cosigned. */
  proving: [7319, 15],
  /** Versions of the filing plan are proposed and decided one after the other. */
  planning: [7319, 11],
  /** Versions of the privacy notice are proposed and decided one after the other. */
  informing: [7319, 20],
  /** One process at a time writes the archive log and seals packages; held as long as its connection lives. */
  archiving: [7319, 12],
  /** One process at a time looks through old matters. */
  finding: [7319, 9],
  /** One process at a time builds the search index anew. */
  indexing: [7319, 5],
} as const satisfies Readonly<Record<string, readonly [number, number]>>
export type LockName = keyof typeof locks

export const lockClasses = {
  /** By channel: admits requests for media one after the other. */
  mediaBreaker: 7320,
  /** By issuer and subject: of two first sign-ins at once the second finds the account of the first. */
  providerIdentity: 7322,
  /** One for the office: of two who take away the role of the last two administrators at once the second is refused. */
  administrators: 7323,
  /** By account: what its pages show, one after the other. */
  presence: 7321,
} as const satisfies Readonly<Record<string, number>>

/** Takes a lock for as long as the connection lives, or until {@link releaseLock}. False: somebody else has it. */
export async function tryLock(client: PoolClient, lock: LockName): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [
    ...locks[lock],
  ])
  return rows[0]?.got === true
}

/**
 * Runs `work` on a connection that holds the lock, unless somebody else, in whatever process, does: null then. Whoever is killed lets go,
 * because the lock ends with the connection.
 */
export async function alone<T>(
  pool: Pool,
  lock: LockName,
  work: (client: PoolClient) => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect()
  // A connection that breaks while nobody asks it anything is noticed by the next question.
  client.on('error', () => {})
  try {
    if (!(await tryLock(client, lock))) return null
    // At once, and not when the server has noticed that the connection is gone.
    return await work(client).finally(() => releaseLock(client, lock).catch(() => {}))
  } finally {
    client.release(true)
  }
}

export async function releaseLock(client: PoolClient, lock: LockName): Promise<void> {
  await client.query('select pg_advisory_unlock($1, $2)', [...locks[lock]])
}

/** Waits for a lock and holds it until the transaction ends that the connection is in. */
export async function waitForLock(client: Pick<PoolClient, 'query'>, lock: LockName): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1, $2)', [...locks[lock]])
}

/** The same, together with others who share it: waits only for whoever has it alone. */
export async function shareLock(client: Pick<PoolClient, 'query'>, lock: LockName): Promise<void> {
  await client.query('select pg_advisory_xact_lock_shared($1, $2)', [...locks[lock]])
}

/** Waits for the lock of one of many and holds it until the transaction ends that the connection is in. */
export async function lockUntilCommit(
  client: Pick<PoolClient, 'query'>,
  lock: keyof typeof lockClasses,
  id: string,
): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [lockClasses[lock], id])
}

/** {@link lockUntilCommit} in a transaction of Prisma's. */
export async function lockUntilPrismaCommits(
  tx: Prisma.TransactionClient,
  lock: keyof typeof lockClasses,
  id: string,
): Promise<void> {
  await tx.$queryRaw`select 1 as locked from pg_advisory_xact_lock(${lockClasses[lock]}::int, hashtext(${id}))`
}
