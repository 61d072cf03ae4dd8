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
import { type RequestRow, requestColumns, scopesOf } from './read-requests.ts'

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

/** An object that a request is about, and is there. */
export type Asked = Item & {
  /** A run that waits for its second person or goes on has it: itself, or what it is a part of. */
  readonly inRun: boolean
  /** A lead erases what is their own teams'. */
  readonly own: boolean
}

/**
 * What a request is about, as far as it is there: the person's matters, or what was chosen of them. Who the person is goes by itself when no matter of
 * theirs is left (DA06). @param viewer who is to erase it; null: nobody in particular
 */
export async function askedBy(client: Client, row: RequestRow, viewer: Viewer | null): Promise<Asked[]> {
  const { rows } = await client.query<Asked>(
    `select n.kind, n.id, $5::uuid[] is null or c.team_id = any($5::uuid[]) as own,
       exists (select from deletion_run_item i join deletion_run r on r.id = i.run_id
         where i.object_id in (n.id, n.message, c.id) and i.state = 'planned' and r.state in ('planned', 'approved', 'running')) as "inRun"
     from conversation c cross join lateral (
       select 'conversation' as kind, c.id, null::uuid as message where $2
       union all select 'message', m.id, null from message m where not $2 and m.conversation_id = c.id and m.id = any($3::uuid[])
       union all select 'attachment', a.id, a.message_id from attachment a where not $2 and a.conversation_id = c.id and a.id = any($4::uuid[])) n
     where c.contact_id = $1 and c.condemned_by is null order by n.id`,
    [
      row.contact_id,
      row.chosen_at === null,
      row.chosen_messages,
      row.chosen_files,
      viewer?.role === 'team-lead' ? viewer.teamIds : null,
    ],
  )
  return rows
}

/** The grant that is being thought of: of a request that nobody has decided about, on the ground that is the least. */
function supposed(row: RequestRow, now: Date): DataSubjectRequest[] {
  if (row.outcome !== null) return []
  const at = asInstant(now)
  return scopesOf(row).map((scope) => ({
    kind: 'ERASURE',
    scope,
    receivedAt: asInstant(row.received_at),
    ground: 'ART17_1A',
    outcome: { state: 'GRANTED', at },
  }))
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
  const { fates, planned, gone } = await asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const row = await erasure(client, id)
    return withOwnRights(changing, async () => {
      const asked = await askedBy(client, row, viewer)
      const own = asked.filter((one) => one.own)
      return {
        fates: await decideByLaw(client, own, now, 'as-planned-now', supposed(row, now)),
        planned: own.filter(({ inRun }) => inRun).length,
        gone:
          row.chosen_at === null ? 0 : row.chosen_messages.length + row.chosen_files.length - asked.length,
      }
    })
  })
  const stays = new Map<Parameters<typeof sentenceOf>[0], number>()
  for (const fate of fates)
    if ('fallenOut' in fate) stays.set(fate.fallenOut, (stays.get(fate.fallenOut) ?? 0) + 1)
  return {
    goes: fates.filter((fate) => 'facts' in fate).length,
    planned,
    gone,
    stays: [...stays].map(([code, count]) => ({ reason: code, sentence: sentenceOf(code), count })),
  }
}

/**
 * Plans a run over what a request for erasure that is granted is about, and puts it before a second person: the one way to a deletion. What another run
 * has already is left to it.
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
    const { planned } = await planItems(office, kinds, changing, viewer, 'erasure', async (client) =>
      (await askedBy(client, row, viewer)).flatMap(({ kind, id: object, own, inRun }) =>
        own && !inRun ? [{ kind, id: object }] : [],
      ),
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
