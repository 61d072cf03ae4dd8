import { additionalData, type Inbox } from '@buergerdraht/inbox'
import { newId, seal } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { AtProcessor } from './find-at-processors.ts'

/**
 * Writes down what processors are to be asked for, in the transaction that destroys it here: with its commit both are durable, or neither. Each
 * id lies under a key of its own, which ends when there is nothing to ask for any more.
 * @param ledgerEntry the place of the entry that speaks of it
 */
export async function writeProcessorTasks(
  { keys, now }: Pick<Inbox, 'keys' | 'now'>,
  client: Pick<PoolClient, 'query'>,
  ledgerEntry: number,
  found: readonly AtProcessor[],
): Promise<void> {
  if (found.length === 0) return
  const at = now()
  const tasks = found.map((one) => {
    const id = newId(at)
    const key = one.target === null ? null : keys.make('processor')
    return {
      ...one,
      id,
      key,
      sealed:
        key === null || one.target === null
          ? null
          : seal(key.bytes, additionalData.processorTask(id), one.target),
    }
  })
  const made = tasks.flatMap(({ key }) => (key === null ? [] : [key.row]))
  await client.query(
    `insert into data_key (id, purpose, wrapped, kek_id) select n.id, 'processor', n.wrapped, n.kek_id
     from unnest($1::uuid[], $2::bytea[], $3::text[]) as n(id, wrapped, kek_id)`,
    [made.map(({ id }) => id), made.map(({ wrapped }) => wrapped), made.map(({ kekId }) => kekId)],
  )
  await client.query(
    `insert into processor_task (id, ledger_entry, channel_id, processor, kind, objects, state, key_id, target_sealed, created_at, residue_until, next_try_at)
     select n.id, $1, n.channel_id, n.processor, n.kind, n.objects, case when n.key_id is not null then 'open' when n.kind = 'contact-entry' then 'unnameable' else 'not-possible' end, n.key_id, n.sealed, $2,
       n.residue_until, case when n.key_id is not null then $2::timestamptz end
     from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::uuid[], $9::bytea[], $10::timestamptz[])
       as n(id, channel_id, processor, kind, objects, key_id, sealed, residue_until)`,
    [
      ledgerEntry,
      at,
      tasks.map(({ id }) => id),
      tasks.map(({ channelId }) => channelId),
      tasks.map(({ processor }) => processor),
      tasks.map(({ kind }) => kind),
      tasks.map(({ objects }) => objects),
      tasks.map(({ key }) => key?.id ?? null),
      tasks.map(({ sealed }) => sealed),
      tasks.map(({ residueUntil }) => residueUntil),
    ],
  )
}
