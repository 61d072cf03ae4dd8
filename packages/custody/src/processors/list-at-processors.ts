import type { ProcessorList, ProcessorTask } from '@buergerdraht/contract'
import { asViewer, type OfficeContext, requireMay, type Viewer, withOwnRights } from '@buergerdraht/office'

const maxListed = 200

/** Which tasks a list has, at the moment `$1`. What nobody knows the end of rests there. */
const lists: Readonly<Record<ProcessorList, string>> = {
  open: `state = 'open'`,
  refused: `state = 'refused'`,
  resting: `(residue_until is null and state <> 'unnameable' or residue_until > $1)`,
  // Nothing can be asked for, and nobody knows when it is gone: what there was to do has ended with the day on which that was found.
  ended: `(residue_until <= $1 and state not in ('open', 'refused') or state = 'unnameable')`,
}

type Row = Omit<ProcessorTask, 'createdAt' | 'nextTryAt' | 'residueUntil'> & {
  readonly created_at: Date
  readonly next_try_at: Date | null
  readonly residue_until: Date | null
}
type Counts = Readonly<Record<ProcessorList, number>> & {
  readonly oldest: Date | null
  readonly residue: Date | null
}

const countsSql = `select ${Object.entries(lists)
  .map(([name, condition]) => `count(*) filter (where ${condition})::int as ${name}`)
  .join(
    ', ',
  )}, min(created_at) filter (where state in ('open', 'refused')) as oldest, max(residue_until) filter (where residue_until > $1) as residue
  from processor_task`

/** What processors hold of what was destroyed here: by figures, and one list of it. No content, and never of whom. @throws Refusal `not-allowed` */
export async function listAtProcessors(office: OfficeContext, viewer: Viewer, of: ProcessorList) {
  requireMay(viewer, 'watch-retention')
  const now = office.now()
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const counted = await client.query<Counts>(countsSql, [now])
      const [all] = counted.rows
      if (all === undefined) throw new Error('A count has a row')
      const { rows } = await client.query<Row>(
        `select t.id, t.processor, t.kind, t.state, t.objects, c.name as channel, t.created_at, t.attempts, t.next_try_at, t.code, t.residue_until,
           t.ledger_entry as "ledgerEntry", t.reported_in as "reportedIn"
         from processor_task t join channel c on c.id = t.channel_id where t.id in (select id from processor_task where ${lists[of]}
           and $1::timestamptz is not null) order by t.created_at, t.id limit ${maxListed}`,
        [now],
      )
      const { oldest, residue, ...counts } = all
      return {
        counts,
        oldestAt: oldest?.toISOString() ?? null,
        residueUntil: residue?.toISOString() ?? null,
        items: rows.map(({ created_at, next_try_at, residue_until, ...task }) => ({
          ...task,
          createdAt: created_at.toISOString(),
          nextTryAt: next_try_at?.toISOString() ?? null,
          residueUntil: residue_until?.toISOString() ?? null,
        })),
      }
    }),
  )
}
