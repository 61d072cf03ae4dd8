import { type DeletionRun, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { type ReasonCode, reason } from '@buergerdraht/records'
import type { StayCode } from './condemn.ts'

type Row = Omit<DeletionRun, 'plannedAt' | 'approvedAt' | 'endedAt' | 'fallenOut'> & {
  readonly fallenOut: readonly { readonly reason: StayCode; readonly count: number }[]
  readonly planned_at: Date
  readonly approved_at: Date | null
  readonly ended_at: Date | null
}

const maxRuns = 100

type Sentence = { readonly de: string; readonly en: string }

const sentences: Readonly<Record<Exclude<StayCode, ReasonCode>, Sentence>> = {
  GONE: {
    de: 'Das gibt es nicht mehr, oder ein anderer Lauf löscht es.',
    en: 'It is gone, or another run deletes it.',
  },
  BEING_SENT: {
    de: 'Eine Antwort daraus ist noch nicht gesendet.',
    en: 'An answer of it has not been sent yet.',
  },
  BEING_SEALED: {
    de: 'Es wird gerade für das Archiv versiegelt.',
    en: 'It is being sealed for the archive.',
  },
  RECLASSIFIED: {
    de: 'Es gehört inzwischen zu einer anderen Datenart als bei der Freigabe.',
    en: 'It belongs to another data cluster by now than when it was approved.',
  },
  APPROVAL_ENDED: {
    de: 'Die Dauerfreigabe, unter der gelöscht werden sollte, ist beendet.',
    en: 'The standing approval under which it was to be deleted has ended.',
  },
}

/** Why something stays, in words. */
export function sentenceOf(code: StayCode): Sentence {
  if (code in sentences) return sentences[code as keyof typeof sentences]
  const { de, en } = reason(code as ReasonCode)
  return { de, en }
}

/** Runs by their figures, newest first; one of them, where it is named. @throws Refusal `not-allowed` */
export async function listDeletionRuns(
  office: OfficeContext,
  viewer: Viewer,
  id: string | null = null,
): Promise<DeletionRun[]> {
  requireMay(viewer, 'see-deletion-runs')
  const { rows } = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, () =>
      changing.client.query<Row>(
        `select r.id, r.kind, r.state, r.paused, r.planned_at, r.approved_at, r.ended_at, r.destroyed, r.standing_approval_id is not null as standing,
           (select count(*)::int from deletion_run_item i where i.run_id = r.id and i.state <> 'fallen-out') as waiting,
           coalesce((select json_agg(json_build_object('reason', f.reason, 'count', f.n) order by f.reason) from (
             select reason, count(*)::int as n from deletion_run_item i where i.run_id = r.id and i.state = 'fallen-out' group by reason) f),
             '[]') as "fallenOut"
         from deletion_run r where $1::uuid is null or r.id = $1 order by r.planned_at desc, r.id desc limit ${maxRuns}`,
        [id],
      ),
    ),
  )
  return rows.map(({ planned_at, approved_at, ended_at, fallenOut, ...run }) => ({
    ...run,
    fallenOut: fallenOut.map((one) => ({ ...one, sentence: sentenceOf(one.reason) })),
    plannedAt: planned_at.toISOString(),
    approvedAt: approved_at?.toISOString() ?? null,
    endedAt: ended_at?.toISOString() ?? null,
  }))
}

/** @throws Refusal `not-allowed`, `not-found` */
export async function readDeletionRun(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
): Promise<DeletionRun> {
  const [run] = await listDeletionRuns(office, viewer, id)
  if (run === undefined) throw new Refusal('not-found')
  return run
}

/** Lets a run stand still, or go on. What is condemned is destroyed in any case. @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` */
export async function pauseDeletionRun(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  paused: boolean,
): Promise<DeletionRun> {
  requireMay(viewer, 'plan-deletion')
  await readDeletionRun(office, viewer, id)
  await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { rowCount } = await changing.client.query(
        `update deletion_run set paused = $2 where id = $1 and state in ('approved', 'running')`,
        [id, paused],
      )
      if (rowCount === 0) throw new Refusal('changed-meanwhile')
      const object = { kind: 'deletion-run', id } as const
      const act = paused ? 'run-paused' : 'run-resumed'
      await recordActOn(changing.client, office.now(), viewer, { act, object })
    }),
  )
  return readDeletionRun(office, viewer, id)
}
