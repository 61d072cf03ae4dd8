import { classifyMatter, returnToFile } from '@buergerdraht/inbox'
import { type OfficeContext, readRules, transaction } from '@buergerdraht/office'

type Office = Pick<OfficeContext, 'pool' | 'now' | 'keys'>

/** Matters of which everything that is sealed is confirmed to be in the electronic file, and nothing waits to be sealed. */
const filedSql = `select c.id from conversation c where c.cluster = 'DA03' and c.filing = 'FILED' and c.state = 'closed' and c.condemned_by is null
    and exists (select from archive_package p join hand_over h on h.package_id = p.id where p.conversation_id = c.id and h.message <> '0503' and h.state = 'confirmed')
    and not exists (select from archive_task t where t.conversation_id = c.id)
    and not exists (select from archive_package p where p.conversation_id = c.id
      and not exists (select from hand_over h where h.package_id = p.id and h.message <> '0503' and h.state = 'confirmed'))`

type Matter = { readonly closed_at: Date; readonly confirmed_at: Date }

/** What is in the electronic file is our copy only (DA02), and its period runs from the confirmation. */
async function becomeCopy({ pool, now }: Office, id: string): Promise<boolean> {
  return transaction(pool, async ({ client }) => {
    await client.query('select from conversation where id = $1 for no key update', [id])
    const { rows } = await client.query<Matter>(
      `select c.closed_at, (select max(h.ended_at) from hand_over h join archive_package p on p.id = h.package_id
         where p.conversation_id = c.id and h.message <> '0503' and h.state = 'confirmed') as confirmed_at
       from conversation c where c.id = $1 and c.id in (${filedSql})`,
      [id],
    )
    const [matter] = rows
    if (matter === undefined) return false
    const { closed_at, confirmed_at } = matter
    const closedAt = new Date(Math.max(closed_at.getTime(), confirmed_at.getTime()))
    await client.query('update conversation set handed_over_at = $2 where id = $1', [id, confirmed_at])
    const state = { cluster: 'DA02', filing: 'FILED', closedAt, variant: null } as const
    await classifyMatter(client, await readRules(client), id, state, now())
    return true
  })
}

/** Matters of which we kept a copy alone, and to which something has happened that the electronic file does not have. */
const changedSql = `select c.id from conversation c where c.cluster = 'DA02' and c.filing = 'FILED' and c.state = 'closed' and c.condemned_by is null
    and c.handed_over_at is not null and exists (select from archive_task t where t.conversation_id = c.id)`

/** What is not in the electronic file is more than a copy (DA03), until that is handed over too. */
async function becomeFile({ pool, now, keys }: Office, id: string): Promise<boolean> {
  return transaction(pool, async ({ client }) => {
    await client.query('select from conversation where id = $1 for no key update', [id])
    const { rows } = await client.query<{ key_id: string; closed_at: Date; sealed: Buffer | null }>(
      `select key_id, closed_at, file_reference_sealed as sealed from conversation where id = $1 and id in (${changedSql})`,
      [id],
    )
    const [matter] = rows
    if (matter === undefined) return false
    const { key_id, closed_at: closedAt, sealed } = matter
    await returnToFile(client, { id, closedAt, key: await keys.get(key_id), sealed }, now())
    return true
  })
}

/**
 * How handing over to the archive stands, by what has become of each package of the matter. Confirmed is only what all of it is; a further package waits
 * anew.
 */
const transferSql = `update archive_offer_item i set transfer = n.transfer from (
    select w.conversation_id, case when count(*) > 0 and bool_and(coalesce(w.states @> array['confirmed'], false)) then 'CONFIRMED'
        when bool_or(w.states && array['sent', 'received']) then 'SENT'
        when bool_or(w.states @> array['rejected'] and not w.states && array['prepared', 'sent', 'received', 'confirmed']) then 'FAILED'
        else 'OPEN' end as transfer
    from (select p.conversation_id, p.id, array(select h.state from hand_over h where h.package_id = p.id and h.message = '0503') as states
      from archive_package p join archive_offer_item o on o.conversation_id = p.conversation_id and o.valuation = 'A') w
    group by w.conversation_id) n
  where i.conversation_id = n.conversation_id and i.valuation = 'A' and i.transfer <> n.transfer`

/**
 * Draws the consequences of confirmations for matters: dates and standing, of which the law then decides whether our copy may go. Destroys nothing. May be
 * repeated and cut off anywhere. @returns how many changed
 */
export async function settleHandOvers(office: Office, signal: AbortSignal): Promise<number> {
  const { rowCount } = await office.pool.query(transferSql)
  let changed = rowCount ?? 0
  const { rows: again } = await office.pool.query<{ id: string }>(`${changedSql} order by c.id limit 1000`)
  for (const { id } of again) {
    if (signal.aborted) break
    if (await becomeFile(office, id)) changed += 1
  }
  const { rows } = await office.pool.query<{ id: string }>(`${filedSql} order by c.id limit 1000`)
  for (const { id } of rows) {
    if (signal.aborted) break
    if (await becomeCopy(office, id)) changed += 1
  }
  return changed
}
