import type { WitnessConflict } from '@buergerdraht/contract'
import {
  emptyRoot,
  formatNote,
  judgeWitnessRequest,
  Malformed,
  type NoteKey,
  parseWitnessRequest,
  signNote,
  type Witnessed,
  type WitnessRequest,
  type WitnessVerdict,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { newId } from '../database/new-id.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { witnessKeyOf } from '../sealing/log-key.ts'

/** An answer as c2sp.org/tlog-witness wants it over HTTP. */
export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly contentType: string
  readonly body: string
}

type Office = Pick<OfficeContext, 'pool' | 'keys' | 'now' | 'log'>

const plain = 'text/plain; charset=utf-8'
/** Evidence of one log: more of it says nothing more. */
const maxConflicts = 100

/**
 * Answers a log that asks this office to cosign a checkpoint. Only a log that is witnessed, by its signature, and only what goes on from what was
 * cosigned of it last; that is remembered before the answer leaves. Two checkpoints that do not go together are kept as evidence and told.
 *
 * @param witnessed keys of the logs of others that this office is a witness of
 */
export async function answerAsWitness(
  office: Office,
  witnessed: readonly NoteKey[],
  body: Uint8Array,
): Promise<WitnessAnswer> {
  const request = requestIn(body)
  if (request === null) return refusal(400)
  return transaction(office.pool, async ({ client }) => {
    let last: LastCosigned | undefined
    const verdict = await judgeWitnessRequest(request, witnessed, async (origin) => {
      last = await lockLast(client, origin, office.now())
      return last
    })
    return answer(office, client, verdict, last)
  })
}

type LastCosigned = Witnessed & { readonly text: string | null }

function requestIn(body: Uint8Array): WitnessRequest | null {
  try {
    return parseWitnessRequest(body)
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

/** Until commit nobody else is answered about this log. */
async function lockLast(client: PoolClient, origin: string, at: Date): Promise<LastCosigned> {
  await client.query(
    'insert into witnessed_log (origin, size, root, at) values ($1, 0, $2, $3) on conflict do nothing',
    [origin, emptyRoot(), at],
  )
  const { rows } = await client.query<{ size: string; root: Buffer; text: string | null }>(
    'select size, root, text from witnessed_log where origin = $1 for update',
    [origin],
  )
  const [row] = rows
  if (row === undefined) throw new Error('What was inserted is there')
  return { size: Number(row.size), root: row.root, text: row.text }
}

async function answer(
  office: Office,
  client: PoolClient,
  verdict: WitnessVerdict,
  last: LastCosigned | undefined,
): Promise<WitnessAnswer> {
  switch (verdict.say) {
    case 'malformed':
      return refusal(400)
    case 'not-signed':
      return refusal(403)
    case 'unknown-log':
      return refusal(404)
    case 'other-size':
      return { status: 409, contentType: 'text/x.tlog.size', body: `${verdict.size}\n` }
    case 'forked':
    case 'not-consistent': {
      const { origin } = verdict.checkpoint
      await keepConflict(office, client, origin, verdict.say, last?.text ?? '', verdict.text)
      if (verdict.say === 'not-consistent') return refusal(422)
      return { status: 409, contentType: 'text/x.tlog.size', body: `${verdict.checkpoint.size}\n` }
    }
    case 'cosign': {
      const { origin, size, root } = verdict.checkpoint
      const at = office.now()
      await client.query(
        'update witnessed_log set size = $2, root = $3, text = $4, at = $5 where origin = $1',
        [origin, size, Buffer.from(root), verdict.text, at],
      )
      // It goes on after all: whoever had submitted it without a proof was not the log, or did not have one.
      await client.query(
        `update witness_conflict set resolved_at = $3
         where origin = $1 and submitted = $2 and kind = 'not-consistent' and resolved_at is null`,
        [origin, verdict.text, at],
      )
      const signer = (await witnessKeyOf(office.keys)).signerAt(at)
      const signed = signNote({ text: verdict.text, signatures: [] }, [signer])
      return { status: 200, contentType: plain, body: formatNote(signed).slice(verdict.text.length + 1) }
    }
  }
}

function refusal(status: WitnessAnswer['status']): WitnessAnswer {
  return { status, contentType: plain, body: '' }
}

async function keepConflict(
  { log, now }: Office,
  client: PoolClient,
  origin: string,
  kind: WitnessConflict['kind'],
  cosigned: string,
  submitted: string,
): Promise<void> {
  const { rowCount } = await client.query(
    `insert into witness_conflict (id, origin, at, kind, cosigned, submitted)
     select $1, $2, $3, $4, $5, $6 where (select count(*) from witness_conflict where origin = $2) < $7
     on conflict do nothing`,
    [newId(), origin, now(), kind, cosigned, submitted, maxConflicts],
  )
  if (rowCount !== 0) log.error({ origin, kind }, 'witness.conflict')
}

/** What others have submitted that does not go together with what was cosigned of it, unresolved, newest first. */
export async function witnessConflicts(client: Pick<PoolClient, 'query'>): Promise<WitnessConflict[]> {
  const { rows } = await client.query<Omit<WitnessConflict, 'at'> & { at: Date }>(
    `select origin, at, kind, cosigned, submitted from witness_conflict where resolved_at is null order by at desc limit 100`,
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}
