import { Refusal, type RulePeriod } from '@buergerdraht/contract'
import { newId, readRules } from '@buergerdraht/office'
import { type LedgerEntry, ruleReference } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { takeBack } from '../archive/take-back.ts'
import type { ActEntry } from '../ledger/acts.ts'
import { agreementOf } from '../rules/agree-with-archive.ts'
import { classesOf, nextRule } from '../rules/rule-periods.ts'
import { foundAt, type Hits } from './found-by-marks.ts'
import { momentOf, type Outcome, persons } from './outcome.ts'

type Client = Pick<PoolClient, 'query'>
type Of<Type extends LedgerEntry['type']> = Extract<LedgerEntry, { type: Type }>

/** The rules that two persons had signed are signed. */
export async function signAgain(client: Client, entry: Of<'RULES_SIGNED'>, place: number): Promise<Outcome> {
  const { rowCount } = await client.query(
    `update deletion_rule set approved_at = $1, proposed_by = $2, approved_by = $3, ledger_entry = $4
     where approved_by is null and 'LR-' || cluster || '@' || version = any($5::text[])`,
    [momentOf(entry), ...persons, place, entry.rules],
  )
  return rowCount === 0 ? null : 'decisions'
}

/** `CASE_CLOSED+END_OF_YEAR/5y` as it is proposed. */
function periodOf(code: string, variant: string | null): RulePeriod {
  return {
    variant,
    period: code.slice(code.indexOf('/') + 1),
    endOfYear: code.includes('+END_OF_YEAR/'),
  }
}

/** The version that two persons had agreed to, made of the one before it and of the periods that the ledger names; the law looks at it as at any other. */
export async function changeRuleAgain(
  client: Client,
  entry: Of<'RULE_CHANGE'>,
  place: number,
  now: Date,
): Promise<Outcome> {
  const rules = await readRules(client)
  const own = rules.filter(({ cluster }) => cluster === entry.cluster)
  if (own.some((rule) => ruleReference(rule) === entry.rule)) return null
  const before = own.at(-1)
  const variants =
    entry.variants ?? classesOf(before?.retention ?? { kind: 'PERMANENT' }).map((one) => one.variant)
  // Entries of before do not say which class is whose.
  const isSaid = entry.variants !== undefined || (variants.length === 1 && variants[0] === null)
  if (before === undefined || !isSaid || variants.length !== entry.classes.length) return 'anew'
  const periods = entry.classes.map((code, at) => periodOf(code, variants[at] ?? null))
  try {
    const next = nextRule(rules, entry.cluster, periods, now)
    if (ruleReference({ cluster: entry.cluster, version: next.version }) !== entry.rule) return 'anew'
    const validFrom = new Date(Math.max(momentOf(entry).getTime(), Date.parse(before.validFrom) + 1))
    await client.query(
      `insert into deletion_rule (cluster, version, retention, valid_from, approved_at, proposed_by, approved_by, ledger_entry)
       values ($1, $2, $3, $4, $4, $5, $6, $7)`,
      [entry.cluster, next.version, JSON.stringify(next.retention), validFrom, ...persons, place],
    )
  } catch (error) {
    if (error instanceof Refusal) return 'anew'
    throw error
  }
  // The dates are computed anew as after any change.
  await client.query(
    'insert into coverage (asked_at) select $1 where not exists (select 1 from coverage where computed_at is null and asked_at >= $1)',
    [now],
  )
  return 'decisions'
}

/** What was agreed with the archive, checked against the law of the Land as any other. */
export async function agreeAgain(client: Client, entry: Of<'ARCHIVE_AGREEMENT'>): Promise<Outcome> {
  try {
    await client.query(
      `insert into archive_agreement (agreed_at, agreement, proposed_by, approved_by)
       select greatest($1::timestamptz, max(agreed_at) + interval '1 millisecond'), $2, $3, $4 from archive_agreement`,
      [momentOf(entry), JSON.stringify(agreementOf(entry)), ...persons],
    )
  } catch (error) {
    if (error instanceof Refusal) return 'anew'
    throw error
  }
  return 'decisions'
}

/** The entries of the list that this one is of, itself among them: they stand one behind the other, and the first begins with number 1. */
function listOf(entry: Of<'ARCHIVE_OFFER'>, acts: readonly ActEntry[]): readonly Of<'ARCHIVE_OFFER'>[] {
  const offers = acts.filter((act) => act.type === 'ARCHIVE_OFFER')
  const begin = offers.findLastIndex(({ seq, firstNumber }) => seq <= entry.seq && firstNumber === 1)
  if (begin < 0) return []
  const next = offers.findIndex(({ firstNumber }, at) => at > begin && firstNumber === 1)
  return offers.slice(begin, next < 0 ? undefined : next)
}

/** The list that was offered, with the same number for each matter, because the archive answers by numbers. What of it the backup does not have is not in it. */
export async function offerAgain(
  client: Client,
  entry: Of<'ARCHIVE_OFFER'>,
  {
    marks,
    acts,
    placeOf,
  }: {
    readonly marks: Hits
    readonly acts: readonly ActEntry[]
    readonly placeOf: (seq: number) => number
  },
): Promise<Outcome> {
  const { firstNumber, proposal } = entry
  const matters = (foundAt(marks, entry.marks) ?? []).filter(({ kind }) => kind === 'conversation')
  if (matters.length === 0) return null
  const list = listOf(entry, acts)
  const [first] = list
  if (firstNumber === undefined || proposal === undefined || first === undefined) return 'anew'
  const offered = list.reduce((sum, { objects }) => sum + (objects.conversations ?? 0), 0)
  const at = momentOf(entry)
  const { rows } = await client.query<{ id: string }>(
    'select id from archive_offer where ledger_entry = $1',
    [placeOf(first.seq)],
  )
  const id = rows[0]?.id ?? newId(at)
  if (rows.length === 0)
    await client.query(
      `insert into archive_offer (id, offered_at, offered_by, offered_role, offered, ledger_entry) values ($1, $2, $3, 'records', $4, $5)`,
      [id, at, persons[0], offered, placeOf(first.seq)],
    )
  const { rowCount } = await client.query(
    `insert into archive_offer_item (conversation_id, offer_id, number, proposal)
     select n.id, $1, n.number, $4 from unnest($2::uuid[], $3::int[]) as n(id, number) on conflict (conversation_id) do nothing`,
    [id, matters.map((one) => one.id), matters.map((one) => firstNumber + one.at), proposal],
  )
  return rowCount === matters.length ? 'decisions' : 'anew'
}

/** What two persons had withdrawn of what is offered here. */
export async function withdrawAgain(
  client: Client,
  entry: Of<'ARCHIVE_WITHDRAWAL'>,
  marks: Hits,
): Promise<Outcome> {
  const matters = (foundAt(marks, entry.marks) ?? []).filter(({ kind }) => kind === 'conversation')
  if (matters.length === 0) return null
  const taken = await takeBack(
    client,
    matters.map(({ id }) => id),
    entry.reason,
    momentOf(entry),
  )
  return taken === matters.length ? 'decisions' : 'anew'
}

/** What the archive had decided, of what is offered here. */
export async function valueAgain(
  client: Client,
  entry: Of<'ARCHIVE_DECISION'>,
  marks: Hits,
): Promise<Outcome> {
  const matters = (foundAt(marks, entry.marks) ?? []).filter(({ kind }) => kind === 'conversation')
  if (matters.length === 0) return null
  const { rowCount } = await client.query(
    `update archive_offer_item set valuation = $2, basis = $3, decided_by = $4, decided_at = $5,
       transfer = case when $2 = 'A' then coalesce(transfer, 'OPEN') end
     where conversation_id = any($1::uuid[]) and (valuation is distinct from 'A' or $2 = 'A')`,
    [matters.map((one) => one.id), entry.decision, entry.basis, persons[0], momentOf(entry)],
  )
  return rowCount === matters.length ? 'decisions' : 'anew'
}
