import { type ProposalPayload, Refusal, type RulePeriod } from '@buergerdraht/contract'
import {
  type AuditObject,
  asViewer,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  readRules,
  requireMay,
  type Viewer,
} from '@buergerdraht/office'
import { classCode, type Retention, ruleReference, type Variant } from '@buergerdraht/records'
import { type LedgerAct, placeAct } from '../ledger/acts.ts'
import { rolesOf } from '../ledger/ledger-role.ts'
import { effectOf } from './preview-rule.ts'
import { nextRule } from './rule-periods.ts'

type Payload = ProposalPayload<'change-rule'>

/** Of a cluster, for the table of proposals, which names its objects by UUID: of the eighth version, whose bits are ours (RFC 9562 section 5.8). */
export function ruleObject(cluster: string): AuditObject {
  return { kind: 'deletion-rule', id: `00000000-0000-8000-8000-0000000000${cluster.slice(2)}` }
}

/** As far as the ledger counts. */
function counted(objects: number): number {
  return Math.min(objects, 999_999)
}

/** The classes of a rule, and of which variants they are: all that is needed to make it again. */
function toldClasses(
  retention: Retention,
): Pick<Extract<LedgerAct, { type: 'RULE_CHANGE' }>, 'classes' | 'variants'> {
  switch (retention.kind) {
    case 'PERMANENT':
      return { classes: ['PERMANENT'] }
    case 'CLASS':
      return { classes: [classCode(retention.class)] }
    case 'WITH_PARENT':
      return { classes: [retention.unlessFiled === null ? 'WITH_PARENT' : classCode(retention.unlessFiled)] }
    case 'BY_VARIANT':
      return {
        classes: Object.values(retention.classes).map(classCode),
        variants: Object.keys(retention.classes) as Variant[],
      }
  }
}

/**
 * Proposes the next version of a rule, with which it would also be put back after a mistake.
 * @throws Refusal `not-allowed`, `not-found`, `rule-not-changeable`, `rule-unchanged`, `invalid-input`, `proposal-open`
 */
export async function proposeRule(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  cluster: string,
  periods: RulePeriod[],
): Promise<void> {
  requireMay(viewer, 'propose-rules')
  await asViewer(office, viewer, async (changing) => {
    const { version } = nextRule(await readRules(changing.client), cluster, periods, office.now())
    await propose(office, kinds, changing, viewer, 'change-rule', { cluster, version, periods })
  })
}

/**
 * A version comes into force with its approval. It deletes nothing: dates are computed anew by the worker, and what a shorter period has made due
 * goes only with a run that was planned, and approved, under this version.
 */
export function changingOfRules({ now }: Pick<OfficeContext, 'now'>): ProposalKind<Payload> {
  return {
    object: ({ cluster }) => ruleObject(cluster),
    concerns: () => null,
    facts: ({ cluster, version }) => ({ cluster: cluster.toLowerCase(), version }),
    async basis({ client }, { cluster, version, periods }) {
      await client.query('select 1 from deletion_rule where cluster = $1 for update', [cluster])
      const next = nextRule(await readRules(client), cluster, periods, now())
      if (next.version !== version) throw new Refusal('changed-meanwhile')
      return `${cluster}@${next.current.version}`
    },
    async apply({ client }, { payload: { cluster, periods }, at, proposedBy, approvedBy, approverRole }) {
      const rules = await readRules(client)
      const next = nextRule(rules, cluster, periods, at)
      const { version, retention, current } = next
      const { objects, earlier, later } = await effectOf(client, rules, next, at)
      const act: LedgerAct = {
        type: 'RULE_CHANGE',
        cluster: next.cluster,
        rule: ruleReference({ cluster: next.cluster, version }),
        ...toldClasses(retention),
        affected: {
          dueEarlier: counted(earlier),
          dueLater: counted(later),
          unchanged: counted(objects - earlier - later),
        },
        approvals: await rolesOf(client, proposedBy, approverRole),
      }
      await placeAct(client, act, [], at)
      // Each begins later than the one before, also on a clock that was set back by less than a moment.
      const validFrom = new Date(Math.max(at.getTime(), Date.parse(current.validFrom) + 1))
      await client.query(
        `insert into deletion_rule (cluster, version, retention, valid_from, approved_at, proposed_by, approved_by)
         select $1, $2, $3, $4, $5, (select person_id from account where id = $6), (select person_id from account where id = $7)`,
        [cluster, version, JSON.stringify(retention), validFrom, at, proposedBy, approvedBy],
      )
      await client.query(
        `insert into coverage (asked_at) select $1 where not exists (select 1 from coverage where computed_at is null and asked_at >= $1)`,
        [at],
      )
    },
  }
}
