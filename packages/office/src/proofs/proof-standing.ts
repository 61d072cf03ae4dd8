import type { CheckpointProof } from '@buergerdraht/contract'
import type { PoolClient } from 'pg'
import type { LogPurpose } from '../sealing/keys.ts'

type Client = Pick<PoolClient, 'query'>
type ProofKind = CheckpointProof['kind']

/** Somebody elsewhere who proves something about the checkpoints of a log. */
export type Prover = { readonly kind: ProofKind; readonly prover: string }

/** Proven, and how far: the newest checkpoint and the time that its proof says. */
export type Proven = { readonly size: number; readonly at: Date }

type Row = {
  readonly kind: ProofKind
  readonly prover: string
  readonly size: string | null
  readonly proven_at: Date | null
  readonly failing_since: Date | null
  readonly fault: string | null
}

/** What those say of a log who are asked; nothing where nobody is. */
export async function proofStanding(client: Client, log: LogPurpose): Promise<CheckpointProof[]> {
  const { rows } = await client.query<Row>(
    `select kind, prover, size, proven_at, failing_since, fault from checkpoint_proof where log = $1
     order by kind <> 'time-stamp', kind, prover`,
    [log],
  )
  return rows.map(({ kind, prover, size, proven_at, failing_since, fault }) => ({
    kind,
    prover,
    size: size === null ? null : Number(size),
    provenAt: proven_at?.toISOString() ?? null,
    failingSince: failing_since?.toISOString() ?? null,
    fault,
  }))
}

export async function noteProven(client: Client, log: LogPurpose, by: Prover, proven: Proven): Promise<void> {
  await client.query(
    `insert into checkpoint_proof (log, kind, prover, size, proven_at) values ($1, $2, $3, $4, $5)
     on conflict (log, kind, prover) do update set size = $4, proven_at = $5, failing_since = null, fault = null`,
    [log, by.kind, by.prover, proven.size, proven.at],
  )
}

/** @returns whether it is new: it has worked before, or was never tried */
export async function noteFailing(
  client: Client,
  log: LogPurpose,
  by: Prover,
  fault: string,
  at: Date,
): Promise<boolean> {
  const { rows } = await client.query<{ is_new: boolean }>(
    `insert into checkpoint_proof as p (log, kind, prover, failing_since, fault) values ($1, $2, $3, $5, $4)
     on conflict (log, kind, prover) do update set failing_since = coalesce(p.failing_since, $5), fault = $4
     returning p.failing_since = $5 as is_new`,
    [log, by.kind, by.prover, fault, at],
  )
  return rows[0]?.is_new === true
}

/** Nobody waits any more for whom the office does not ask any more. */
export async function forgetOthers(client: Client, log: LogPurpose, asked: readonly Prover[]): Promise<void> {
  await client.query(
    `delete from checkpoint_proof where log = $1
       and (kind, prover) not in (select * from unnest($2::text[], $3::text[]))`,
    [log, asked.map(({ kind }) => kind), asked.map(({ prover }) => prover)],
  )
}
