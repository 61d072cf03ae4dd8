import { type ErasurePreview, Refusal } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type Change,
  type OfficeContext,
  type ProposalKinds,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { DataSubjectRequest } from '@buergerdraht/records'
import type { Item } from '../runs/condemn.ts'
import { decideByLaw } from '../runs/decide-by-law.ts'
import { planItems } from '../runs/plan-run.ts'
import { sentenceOf } from '../runs/read-runs.ts'
import { type RequestRow, requestColumns } from './read-requests.ts'

type Client = Change['client']

/** A request for erasure that this viewer is shown. @throws Refusal `not-found`, `request-closed` */
async function erasure(client: Client, id: string): Promise<RequestRow> {
  const { rows } = await client.query<RequestRow>(
    `select ${requestColumns} from data_subject_request where id = $1 and kind = 'ERASURE'`,
    [id],
  )
  const [row] = rows
  if (row === undefined) throw new Refusal('not-found')
  if (row.closed_at !== null) throw new Refusal('request-closed')
  return row
}

/** The person's matters. Who the person is goes by itself when no matter of theirs is left (DA06). A lead erases what is their own teams'. */
async function mattersOf(client: Client, { contact_id }: RequestRow, viewer: Viewer): Promise<Item[]> {
  const { rows } = await client.query<Item>(
    `select 'conversation' as kind, id from conversation where contact_id = $1 and condemned_by is null
       and ($2::uuid[] is null or team_id = any($2::uuid[])) order by id`,
    [contact_id, viewer.role === 'team-lead' ? viewer.teamIds : null],
  )
  return rows
}

/** How many of them are in a run that waits for its second person, or goes on. */
async function inRuns(client: Client, items: readonly Item[]): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(distinct i.object_id)::int as count from deletion_run_item i join deletion_run r on r.id = i.run_id
     where i.object_id = any($1::uuid[]) and i.state = 'planned' and r.state in ('planned', 'approved', 'running')`,
    [items.map(({ id }) => id)],
  )
  return rows[0]?.count ?? 0
}

/** The grant that is being thought of: of a request that nobody has decided about, on the ground that is the least. */
function supposed(row: RequestRow, now: Date): DataSubjectRequest[] {
  if (row.outcome !== null) return []
  const at = asInstant(now)
  return [
    {
      kind: 'ERASURE',
      scope: { kind: 'CONTACT', id: row.contact_id },
      receivedAt: asInstant(row.received_at),
      ground: 'ART17_1A',
      outcome: { state: 'GRANTED', at },
    },
  ]
}

/**
 * What would go if the request is granted, and what would stay and why, as the law says it now. Nothing is changed.
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`
 */
export async function previewErasure(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
): Promise<ErasurePreview> {
  requireMay(viewer, 'plan-deletion')
  const now = office.now()
  const { fates, planned } = await asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const row = await erasure(client, id)
    return withOwnRights(changing, async () => {
      const matters = await mattersOf(client, row, viewer)
      return {
        fates: await decideByLaw(client, matters, now, 'as-planned-now', supposed(row, now)),
        planned: await inRuns(client, matters),
      }
    })
  })
  const stays = new Map<Parameters<typeof sentenceOf>[0], number>()
  for (const fate of fates)
    if ('fallenOut' in fate) stays.set(fate.fallenOut, (stays.get(fate.fallenOut) ?? 0) + 1)
  return {
    goes: fates.filter((fate) => 'facts' in fate).length,
    planned,
    stays: [...stays].map(([code, count]) => ({ reason: code, sentence: sentenceOf(code), count })),
  }
}

/**
 * Plans a run over the matters of a person whose request for erasure is granted, and puts it before a second person: the one way to a deletion.
 * @returns the run's id
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, `request-undecided`, `nothing-to-delete`, `proposal-open`
 */
export async function planErasure(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
): Promise<string> {
  requireMay(viewer, 'plan-deletion')
  return asViewer(office, viewer, async (changing) => {
    const row = await erasure(changing.client, id)
    if (row.outcome !== 'GRANTED') throw new Refusal('request-undecided')
    const { planned } = await planItems(office, kinds, changing, viewer, 'erasure', (client) =>
      mattersOf(client, row, viewer),
    )
    if (planned === null) throw new Refusal('nothing-to-delete')
    const { runId } = planned
    await withOwnRights(changing, () =>
      changing.client.query('update data_subject_request set run_ids = run_ids || $2::uuid where id = $1', [
        id,
        runId,
      ]),
    )
    return runId
  })
}
