import { type Batch, may, Refusal, type RefusalReason, type Sample } from '@buergerdraht/contract'
import { additionalData, contentText, type Inbox, type StoredContent } from '@buergerdraht/inbox'
import {
  asViewer,
  type Change,
  type OfficeContext,
  openJson,
  recordActOn,
  requireMay,
  type Viewer,
} from '@buergerdraht/office'
import { type MetadataRow, metadataSql, presentMetadata } from './metadata.ts'

/**
 * The matters of a batch by metadata, those that were drawn first. Empty where nobody at the workbench made the run, and when it is decided against.
 * @throws Refusal `not-allowed`
 */
export async function readBatch(office: OfficeContext, viewer: Viewer, runId: string): Promise<Batch> {
  requireMay(viewer, 'review-batches')
  const { rows } = await asViewer(office, viewer, ({ client }) =>
    client.query<MetadataRow & { sampled: boolean }>(
      `select ${metadataSql}, d.sampled from workbench_decision d join conversation c on c.id = d.conversation_id
         join conversation_signal s on s.conversation_id = c.id
       where d.run_id = $1 order by d.sampled desc, c.last_message_at, c.id`,
      [runId],
    ),
  )
  const now = office.now()
  return {
    items: rows.map((row) => ({ ...presentMetadata(row, now), sampled: row.sampled })),
    mayOpenSample: may(viewer.role, 'open-samples'),
  }
}

type MessageRow = {
  readonly id: string
  readonly kind: string
  readonly direction: 'inbound' | 'outbound'
  readonly sent_at: Date
  readonly key_id: string
  readonly content_sealed: Buffer | null
}
const maxMessages = 100

/** The team of a matter that was drawn, while its run waits for somebody who is another person than the one who proposed it. */
async function teamOfSample(
  { pool, now }: OfficeContext,
  viewer: Viewer,
  runId: string,
  conversationId: string,
): Promise<string> {
  const { rows } = await pool.query<{ team_id: string; same: boolean }>(
    `select c.team_id, same_person($3, p.proposed_by) as same
     from workbench_decision d join conversation c on c.id = d.conversation_id
       join proposal p on p.kind = 'deletion-run' and p.object_id = d.run_id and p.state = 'open' and p.expires_at > $4
     where d.run_id = $1 and d.conversation_id = $2 and d.sampled`,
    [runId, conversationId, viewer.accountId, now()],
  )
  const [row] = rows
  if (row === undefined) throw new Refusal('not-found')
  if (row.same) throw new Refusal('second-person-required')
  return row.team_id
}

/**
 * What was said in a matter that was drawn as a sample: for the second person alone, while the batch waits for them, and recorded before it is
 * shown. The database lends them that team's rights for this one look, as an emergency access does.
 * @throws Refusal `not-allowed`, `not-found`, `second-person-required`
 */
export async function openSample(
  inbox: Inbox,
  viewer: Viewer,
  runId: string,
  conversationId: string,
): Promise<Sample> {
  requireMay(viewer, 'open-samples')
  const teamId = await teamOfSample(inbox, viewer, runId, conversationId)
  await recordActOn(inbox.pool, inbox.now(), viewer, {
    act: 'sample-opened',
    object: { kind: 'conversation', id: conversationId },
    facts: { run: runId },
  })
  const lent: Viewer = { ...viewer, role: 'clerk', teamIds: [teamId] }
  const { rows } = await asViewer(
    inbox,
    lent,
    ({ client }) =>
      client.query<MessageRow>(
        `select m.id, m.kind, m.direction, m.sent_at, c.key_id, case when m.revoked_at is null then m.content_sealed end as content_sealed
         from message m join conversation c on c.id = m.conversation_id
         where c.id = $1 and c.condemned_by is null and m.kind <> 'system' order by m.sent_at desc, m.id desc limit ${maxMessages}`,
        [conversationId],
      ),
    'read only',
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  return {
    messages: rows.toReversed().map((row) => {
      const key = keys.get(row.key_id)
      const { content } =
        key === undefined || row.content_sealed === null
          ? { content: null }
          : openJson<StoredContent>(key, additionalData.content(row.id), row.content_sealed)
      return {
        at: row.sent_at.toISOString(),
        from: row.direction === 'inbound' ? 'citizen' : 'office',
        text: content === null || content.kind === 'system' ? '' : contentText(content),
        kind: row.kind,
      }
    }),
  }
}

/** Why a second person does not let single matters of a batch go: to be written with the refusal of its proposal, of matters that are in it. */
export function notingRefusals(
  proposalId: string,
  matters: readonly { readonly conversationId: string; readonly reason: RefusalReason }[],
): (changing: Change) => Promise<void> {
  return async ({ client }) => {
    await client.query(
      `update workbench_decision d set refusal = n.reason from unnest($2::uuid[], $3::text[]) as n(id, reason)
       where d.conversation_id = n.id and d.run_id = (select object_id from proposal where id = $1 and kind = 'deletion-run')`,
      [proposalId, matters.map(({ conversationId }) => conversationId), matters.map(({ reason }) => reason)],
    )
  }
}
