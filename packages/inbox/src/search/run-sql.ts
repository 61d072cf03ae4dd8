import { prepared, type Transaction } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { Pool, PoolClient } from 'pg'

/** Runs a statement whose text holds no values, in whatever transaction its maker is in, and gives its rows. */
export type RunSql = <R extends object>(text: string, values?: readonly unknown[]) => Promise<readonly R[]>

/** A transaction as the index needs it, whichever client it is on. */
export type Writing = {
  readonly run: RunSql
  readonly afterCommit: Transaction['afterCommit']
}

export function onClient(client: Pool | PoolClient): RunSql {
  return async <R extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<R>(prepared(text, values))).rows
}

export function inTransaction(tx: Prisma.TransactionClient): RunSql {
  return (text, values = []) => tx.$queryRawUnsafe(text, ...values)
}
