import { type DpoNotice, type DpoNoticeKind, type ProposalPayload, Refusal } from '@buergerdraht/contract'
import { requireMay } from '../access/access.ts'
import type { Viewer } from '../access/viewer.ts'
import { recordActOn } from '../audit/record-act.ts'
import type { Change } from '../database/publish.ts'
import { transaction } from '../database/transaction.ts'
import {
  emergencyAccessJoins,
  emergencyAccessSql,
  presentedEmergencyAccess,
  type StoredEmergencyAccess,
} from '../emergency-access/list.ts'
import type { OfficeContext } from '../office-context.ts'

type Told = {
  readonly kind: DpoNoticeKind
  /** Of the emergency access, the channel, the hold, the team, the request, the offer to the archive, or the run. */
  readonly objectId: string
  /** Codes and ids. */
  readonly facts?: Readonly<Record<string, unknown>>
  /** Null: operators at the command line. */
  readonly proposedBy: string | null
  readonly decidedBy: string | null
  readonly at: Date
}

/** Tells the data-protection officer of something, in the transaction that it happens in. It waits until one has acknowledged it. */
export async function tellDpo(
  client: Pick<Change['client'], 'query'>,
  { kind, objectId, facts = {}, proposedBy, decidedBy, at }: Told,
): Promise<void> {
  await client.query(
    `insert into dpo_notice (kind, object_id, facts, proposed_by, decided_by, at) values ($1, $2, $3, $4, $5, $6)`,
    [kind, objectId, JSON.stringify(facts), proposedBy, decidedBy, at],
  )
}

const recentMs = 30 * 24 * 60 * 60 * 1000
const maxListed = 200

type Row = {
  readonly id: string
  readonly kind: DpoNoticeKind
  readonly object_id: string
  readonly at: Date
  readonly facts: Pick<ProposalPayload<'change-channel-account'>, 'baseUrl' | 'credentials'> &
    Pick<NonNullable<DpoNotice['hold']>, 'kind' | 'due'> &
    Pick<NonNullable<DpoNotice['tidyingDay']>, 'month'> & {
      readonly request: NonNullable<DpoNotice['request']>['kind']
      readonly period: NonNullable<DpoNotice['request']>['due']
      readonly answer: NonNullable<DpoNotice['offer']>['due']
      readonly matters: number
      readonly messages?: number
    }
  readonly proposed_by: DpoNotice['proposedBy']
  readonly decided_by: DpoNotice['decidedBy']
  readonly acknowledged_by: DpoNotice['acknowledgedBy']
  readonly acknowledged_at: Date | null
  readonly channel_name: string | null
  readonly team_name: string | null
  readonly access: StoredEmergencyAccess | null
}

function presented(row: Row): DpoNotice {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    proposedBy: row.proposed_by,
    decidedBy: row.decided_by,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    emergencyAccess: row.access === null ? null : presentedEmergencyAccess(row.access),
    channel:
      row.kind === 'channel-account'
        ? {
            name: row.channel_name ?? '',
            address: row.facts.baseUrl !== null,
            credentials: row.facts.credentials,
          }
        : null,
    hold: row.kind === 'legal-hold' ? { id: row.object_id, kind: row.facts.kind, due: row.facts.due } : null,
    request:
      row.kind === 'data-subject-request'
        ? { id: row.object_id, kind: row.facts.request, due: row.facts.period }
        : null,
    offer: row.kind === 'archive-offer' ? { id: row.object_id, due: row.facts.answer } : null,
    run:
      row.kind === 'emergency-run'
        ? { id: row.object_id, matters: row.facts.matters, messages: row.facts.messages ?? 0 }
        : null,
    tidyingDay: row.kind === 'tidying-day' ? { team: row.team_name ?? '', month: row.facts.month } : null,
  }
}

/** Somebody by the id in that column of the notice. */
function somebodySql(column: string): string {
  return `(select json_build_object('id', a.id, 'displayName', a.display_name) from account a where a.id = n.${column})`
}

/** What waits for an acknowledgement first, and what was told in the last 30 days. @throws Refusal `not-allowed` */
export async function listDpoNotices(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  viewer: Viewer,
): Promise<{ items: DpoNotice[] }> {
  requireMay(viewer, 'read-dpo-notices')
  const { rows } = await pool.query<Row>(
    `select n.id, n.kind, n.object_id, n.at, n.facts, ${somebodySql('proposed_by')} as proposed_by, ${somebodySql('decided_by')} as decided_by,
       ${somebodySql('acknowledged_by')} as acknowledged_by, n.acknowledged_at, channel.name as channel_name, team_of.name as team_name,
       ${emergencyAccessSql} as access
     from dpo_notice n left join emergency_access e on n.kind = 'emergency-access' and e.id = n.object_id ${emergencyAccessJoins}
       left join channel on n.kind = 'channel-account' and channel.id = n.object_id
       left join team team_of on n.kind = 'tidying-day' and team_of.id = n.object_id
     where n.acknowledged_at is null or n.at > $3 order by n.acknowledged_at is not null, n.at desc, n.id limit $4`,
    [now(), viewer.accountId, new Date(now().getTime() - recentMs), maxListed],
  )
  return { items: rows.map(presented) }
}

/** What each is about, as the log names it; null: an emergency access, which it names beside. */
const objectKinds: Readonly<
  Record<
    DpoNoticeKind,
    'channel' | 'legal-hold' | 'team' | 'data-subject-request' | 'archive-offer' | 'deletion-run' | null
  >
> = {
  'emergency-access': null,
  'channel-account': 'channel',
  'legal-hold': 'legal-hold',
  'tidying-day': 'team',
  'data-subject-request': 'data-subject-request',
  'archive-offer': 'archive-offer',
  'emergency-run': 'deletion-run',
}

/** Notes who has taken note, once; a second one changes nothing. @throws Refusal `not-allowed`, `not-found` */
export async function acknowledgeDpoNotice(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  viewer: Viewer,
  id: string,
): Promise<void> {
  requireMay(viewer, 'read-dpo-notices')
  await transaction(pool, async ({ client }) => {
    const { rows } = await client.query<{
      kind: DpoNoticeKind
      object_id: string
      acknowledged_at: Date | null
    }>('select kind, object_id, acknowledged_at from dpo_notice where id = $1 for update', [id])
    const [notice] = rows
    if (notice === undefined) throw new Refusal('not-found')
    if (notice.acknowledged_at !== null) return
    await client.query('update dpo_notice set acknowledged_by = $2, acknowledged_at = $3 where id = $1', [
      id,
      viewer.accountId,
      now(),
    ])
    const kind = objectKinds[notice.kind]
    await recordActOn(client, now(), viewer, {
      act: 'dpo-notice-acknowledged',
      ...(kind === null ? {} : { object: { kind, id: notice.object_id } }),
      facts: { kind: notice.kind, ...(kind === null ? { emergencyAccess: notice.object_id } : {}) },
    })
  })
}

/** As long as the entries of the log that tell of them. */
const keptMs = 90 * 24 * 60 * 60 * 1000

/** Deletes what was acknowledged long ago; what nobody has acknowledged stays. Returns how many. */
export async function expireDpoNotices({ pool, now }: Pick<OfficeContext, 'pool' | 'now'>): Promise<number> {
  const { rowCount } = await pool.query('delete from dpo_notice where acknowledged_at <= $1', [
    new Date(now().getTime() - keptMs),
  ])
  return rowCount ?? 0
}
