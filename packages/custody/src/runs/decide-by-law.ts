import { matterEvents, periodBeginsSql } from '@buergerdraht/inbox'
import { asInstant, type Rules, readRules } from '@buergerdraht/office'
import {
  approveRule,
  type ClusterCode,
  catalogue,
  classCode,
  classOfVariant,
  type DataSubjectRequest,
  type Decision,
  decide,
  type Filing,
  personId,
  type RuleHistory,
  ruleHistory,
  type Subject,
  type Variant,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { type OfferingRow, offeringOf, readOfferings } from '../archive/read-offers.ts'
import { readHolds } from '../holds/read-holds.ts'
import { readRequests } from '../requests/read-requests.ts'
import { readAgreement } from '../rules/agree-with-archive.ts'
import type { Facts, Fate, Item } from './condemn.ts'
import { stillApproved } from './standing-approval.ts'

type Client = Pick<PoolClient, 'query'>

type Row = {
  readonly id: string
  readonly kind: 'conversation' | 'message' | 'attachment' | 'contact' | 'request' | 'notice'
  /** The matter that it is, or that a message or file is of; null: it is of none. */
  readonly matter: string | null
  readonly contact_id: string
  readonly cluster: ClusterCode
  /** Null: it has none of its own, and is under the one in force. */
  readonly rule_version: number | null
  readonly closed_at: Date | null
  readonly ended_at: Date | null
  readonly filing: Filing
  readonly variant: Variant | null
  readonly condemned: boolean
  /** An answer has been stored and not been taken by the provider. */
  readonly sending: boolean
  /** Its items have keys, and its package is not written yet. */
  readonly sealing: boolean
}

/** A message is what its matter is, and so is a file that goes without its message: what has to be kept of a matter has to be kept of each part. */
const rowsSql = `select n.id, n.kind, c.id as matter, c.contact_id, c.cluster, c.rule_version, ${periodBeginsSql('c')} as closed_at, null::timestamptz as ended_at, c.filing,
    c.variant, c.condemned_by is not null or n.condemned as condemned,
    n.sending, exists (select from archive_task t where t.conversation_id = c.id and (t.state <> 'waiting' or c.cluster = 'DA02')) as sealing
  from (select 'conversation' as kind, v.id, v.id as conversation_id, false as condemned,
      exists (select from message m where m.conversation_id = v.id and m.send_state in ('queued', 'sending')) as sending
      from conversation v where v.id = any($1::uuid[])
    union all select 'message', m.id, m.conversation_id, exists (select from deletion_run_item i where i.object_id = m.id and i.state = 'condemned'),
      coalesce(m.send_state in ('queued', 'sending'), false) from message m where m.id = any($1::uuid[])
    union all select 'attachment', a.id, a.conversation_id,
      exists (select from deletion_run_item i where i.object_id in (a.id, m.id) and i.state = 'condemned'),
      coalesce(m.send_state in ('queued', 'sending'), false) from attachment a join message m on m.id = a.message_id where a.id = any($1::uuid[])) n
    join conversation c on c.id = n.conversation_id
  union all select p.id, 'contact', null, p.id, p.cluster, p.rule_version, null,
    case when not exists (select from conversation v where v.contact_id = p.id) then p.relation_ended_at end, 'NOT_APPLICABLE', null,
    p.condemned_by is not null, false, false
  from contact p where p.id = any($1::uuid[])
  union all select e.id, 'notice', null, e.contact_id, e.cluster, e.rule_version, null, e.relation_ended_at, 'NOT_APPLICABLE', null,
    exists (select from deletion_run_item i where i.object_id = e.id and i.state = 'condemned'), false, false
  from privacy_notice_evidence e where e.id = any($1::uuid[])
  union all select r.id, 'request', null, r.contact_id, 'DA18', null, r.closed_at, null, 'NOT_APPLICABLE', null,
    exists (select from deletion_run_item i where i.object_id = r.id and i.state = 'condemned'), false, false
  from data_subject_request r where r.id = any($1::uuid[])`

/** The versions of a rule that two persons have signed: under others nothing is deleted. Undefined: there is none. */
function historyOf(rules: Rules, cluster: ClusterCode): RuleHistory | undefined {
  const signed = rules.flatMap(({ cluster: of, version, retention, validFrom, approved }) => {
    if (of !== cluster || approved === null) return []
    const checked = approveRule({
      cluster: catalogue[cluster],
      version,
      retention,
      validFrom,
      proposedBy: personId(approved.proposedBy),
      approvedBy: personId(approved.approvedBy),
    })
    return 'accepted' in checked ? [checked.accepted] : []
  })
  const history = ruleHistory(signed)
  return 'accepted' in history ? history.accepted : undefined
}

function subjectOf(row: Row, offering: OfferingRow | undefined, inForce: number): Subject {
  const { id, matter, contact_id, cluster, rule_version, closed_at, ended_at, filing, variant } = row
  const events =
    matter !== null
      ? matterEvents({ cluster, closedAt: closed_at, filing, variant })
      : {
          occurred: {
            ...(ended_at === null ? {} : { RELATION_ENDED: asInstant(ended_at) }),
            ...(closed_at === null ? {} : { CASE_CLOSED: asInstant(closed_at) }),
          },
          variant: null,
          parent: null,
        }
  return {
    id,
    conversation: matter,
    contact: contact_id,
    cluster: catalogue[cluster],
    ruleVersion: rule_version ?? inForce,
    events,
    filing,
    // Waivers and catalogues of the archive speak of clusters.
    archiveCategory: cluster,
    offering: offeringOf(offering),
  }
}

/** The class as the ledger writes it. */
function classOf(history: RuleHistory, version: number, variant: Variant | null): Facts['class'] {
  const retention = history.find((rule) => rule.version === version)?.retention
  const own = retention === undefined ? null : classOfVariant(retention, variant)
  if (own === null) throw new Error('Nothing is deleted under a rule without a period')
  return classCode(own)
}

function fateOf(row: Row, history: RuleHistory, decision: Decision): Fate {
  const item: Item = { kind: row.kind, id: row.id }
  if (decision.outcome !== 'DELETE' || decision.rule === null)
    return { item, fallenOut: decision.because.code }
  const version = Number(decision.rule.split('@')[1])
  return {
    item,
    facts: {
      cluster: row.cluster,
      rule: decision.rule,
      class: classOf(history, version, row.variant),
      ground: decision.ground,
      archive: decision.clearance,
    },
  }
}

/**
 * What the law says of matters, single messages and files, and people now. `approved` are the rules under which a run has been approved, by object: an object that a
 * shortened rule has made due goes only with an approval that names it. `supposed` are requests that are thought of, to say what would follow.
 */
export async function decideByLaw(
  client: Client,
  items: readonly Item[],
  now: Date,
  approved: ReadonlyMap<string, string> | 'as-planned-now',
  supposed: readonly DataSubjectRequest[] = [],
): Promise<readonly Fate[]> {
  const rules = await readRules(client)
  const archiveAgreement = await readAgreement(client)
  const { rows } = await client.query<Row>(rowsSql, [items.map(({ id }) => id)])
  const holdsOn = await readHolds(
    client,
    rows.map(({ id }) => id),
  )
  const offerings = await readOfferings(
    client,
    rows.flatMap(({ matter }) => matter ?? []),
  )
  const requestsOf = await readRequests(
    client,
    rows.map(({ contact_id }) => contact_id),
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  const histories = new Map(
    [...new Set(rows.map(({ cluster }) => cluster))].map((one) => [one, historyOf(rules, one)]),
  )
  return items.map((item) => {
    const row = found.get(item.id)
    if (row === undefined || row.condemned) return { item, fallenOut: 'GONE' }
    if (row.sending) return { item, fallenOut: 'BEING_SENT' }
    if (row.sealing) return { item, fallenOut: 'BEING_SEALED' }
    const approvedRule = approved === 'as-planned-now' ? undefined : approved.get(item.id)
    if (approvedRule !== undefined && !approvedRule.startsWith(`LR-${row.cluster}@`))
      return { item, fallenOut: 'RECLASSIFIED' }
    const rule = histories.get(row.cluster)
    if (rule === undefined) return { item, fallenOut: 'NO_RULE_IN_FORCE' }
    const named = approved === 'as-planned-now' ? rule.at(-1)?.version : versionIn(approvedRule)
    const decision = decide({
      subject: subjectOf(row, offerings.get(row.matter ?? ''), rule.at(-1)?.version ?? 1),
      rule,
      approvedVersion: named ?? null,
      ...holdsOn(row.id),
      // That somebody asked is no data of which they could ask that it go before its time.
      requests: [...requestsOf(row.contact_id), ...supposed].filter(
        ({ kind }) => row.kind !== 'request' || kind !== 'ERASURE',
      ),
      archiveAgreement,
      on: asInstant(now),
    })
    return fateOf(row, rule, decision)
  })
}

function versionIn(rule: string | undefined): number | undefined {
  return rule === undefined ? undefined : Number(rule.split('@')[1])
}

/**
 * What a run of that kind takes for granted: of an emergency that each of its matters and messages was unlawfully processed, which obliges to erase it whether
 * or not the person has asked (Art. 17 (1) (d) GDPR).
 */
export function supposedBy(kind: string, items: readonly Item[], now: Date): readonly DataSubjectRequest[] {
  if (kind !== 'emergency') return []
  const at = asInstant(now)
  return items.map(({ id }) => ({
    kind: 'ERASURE',
    scope: { kind: 'OBJECT', id },
    receivedAt: at,
    ground: 'ART17_1D',
    outcome: { state: 'GRANTED', at },
  }))
}

/** Decides at the condemnation, under the rules that the approval named, where what it rests on still holds. */
export async function decideAgain(
  client: Client,
  runId: string,
  items: readonly Item[],
  now: Date,
): Promise<readonly Fate[]> {
  if (!(await stillApproved(client, runId, now)))
    return items.map((item) => ({ item, fallenOut: 'APPROVAL_ENDED' }))
  const { rows } = await client.query<{ id: string; rule: string; run: string }>(
    `select i.object_id as id, i.facts ->> 'rule' as rule, r.kind as run from deletion_run_item i join deletion_run r on r.id = i.run_id
     where i.run_id = $1 and i.object_id = any($2::uuid[])`,
    [runId, items.map(({ id }) => id)],
  )
  const supposed = supposedBy(rows[0]?.run ?? '', items, now)
  return decideByLaw(client, items, now, new Map(rows.map(({ id, rule }) => [id, rule])), supposed)
}
