import { openJson } from '@buergerdraht/office'
import type { Variant } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'

type Client = Pick<PoolClient, 'query'>

/** Matters of one page: each is opened with its key to read its file reference. */
const pageSize = 500
const nobody = '00000000-0000-0000-0000-000000000000'

/** One space where there are several: what a reference is compared by, besides its case. */
export function tidiedReference(reference: string): string {
  return reference.normalize('NFC').trim().replace(/\s+/g, ' ')
}

/**
 * The beginnings of a file reference that an entry of the filing plan can be, longest first: each ends where a number or a word ends. So 10.2
 * is a beginning of "10.2-7/2026" and not of "10.20".
 */
export function beginningsOf(fileReference: string): string[] {
  const text = tidiedReference(fileReference)
  const ends = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => index + word.length)
  return ends.map((end) => text.slice(0, end)).toReversed()
}

/**
 * For how many years what is filed under each reference is kept: by the entry with a period that is its longest beginning. Null: the plan in
 * force knows none, or there is no plan.
 */
export async function yearsByPlan(
  client: Client,
  fileReferences: readonly string[],
): Promise<readonly (number | null)[]> {
  const beginnings = fileReferences.map(beginningsOf)
  const { rows } = await client.query<{ asked: string; years: number }>(
    `select asked, e.years from unnest($1::text[]) asked join filing_plan_entry e on lower(e.reference) = lower(asked)
     where e.years is not null and e.version = (select max(version) from filing_plan where approved_at is not null)`,
    [[...new Set(beginnings.flat())]],
  )
  const years = new Map(rows.map((row) => [row.asked, row.years]))
  return beginnings.map((own) => {
    const found = own.find((beginning) => years.has(beginning))
    return found === undefined ? null : (years.get(found) ?? null)
  })
}

/** What the law calls the period of a filing plan. */
export function variantOf(years: number | null): Variant | null {
  return years === null ? null : (`FILE_PLAN_${years}Y` as Variant)
}

type Filed = {
  readonly id: string
  readonly key_id: string
  readonly sealed: Buffer
  readonly variant: Variant | null
}

function yearsOf(variant: Variant | null): number {
  return variant === null ? 0 : Number(/\d+/.exec(variant)?.[0])
}

/** Nothing where it does not open: never a reason to leave all the others without a period. */
function referenceOf({ id, sealed }: Filed, key: Buffer | undefined, log: Inbox['log']): string {
  if (key === undefined) return ''
  try {
    return openJson<string>(key, additionalData.fileReference(id), sealed)
  } catch {
    log.error({ conversation: id }, 'filing-plan.reference-damaged')
    return ''
  }
}

async function giveLongerPeriods(
  { keys, pool, log }: Pick<Inbox, 'keys' | 'pool' | 'log'>,
  page: readonly Filed[],
): Promise<number> {
  const known = await keys.getMany(page.map(({ key_id }) => key_id))
  const references = page.map((row) => referenceOf(row, known.get(row.key_id), log))
  const years = await yearsByPlan(pool, references)
  const longer = page.flatMap((row, index) => {
    const found = years[index] ?? null
    return found !== null && found > yearsOf(row.variant) ? [{ row, variant: variantOf(found) }] : []
  })
  if (longer.length === 0) return 0
  const { rowCount } = await pool.query(
    `update conversation c set variant = u.variant from unnest($1::uuid[], $2::text[], $3::bytea[]) as u(id, variant, sealed)
     where c.id = u.id and c.cluster = 'DA03' and c.file_reference_sealed = u.sealed`,
    [
      longer.map(({ row }) => row.id),
      longer.map(({ variant }) => variant),
      longer.map(({ row }) => row.sealed),
    ],
  )
  return rowCount ?? 0
}

/** Whoever closed a matter while a plan came into force has looked into the one before: within this time they are found. */
const overlapMs = 60 * 1000

/**
 * Once for each version: gives periods to matters that were filed before the plan knew their reference, and the longer ones that it has for
 * others. A shorter one holds only for what is closed after it: a change of the plan makes nothing due. Page by page; cut off, it begins anew.
 * The dates follow with the coverage that it asks for. @returns how many matters have another period
 */
export async function applyFilingPlan(
  office: Pick<Inbox, 'pool' | 'keys' | 'now' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  const { pool, now } = office
  const { rows: plans } = await pool.query<{ version: number; approved_at: Date; applied_at: Date | null }>(
    'select version, approved_at, applied_at from filing_plan where approved_at is not null order by version desc limit 1',
  )
  const [plan] = plans
  if (plan === undefined || plan.applied_at !== null) return 0
  const begunAt = now()
  let changed = 0
  let after = nobody
  while (!signal.aborted) {
    const { rows } = await pool.query<Filed>(
      `select id, key_id, file_reference_sealed as sealed, variant from conversation
       where cluster = 'DA03' and id > $1 and file_reference_sealed is not null order by id limit ${pageSize}`,
      [after],
    )
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
    changed += await giveLongerPeriods(office, rows)
  }
  if (changed > 0) await pool.query('insert into coverage (asked_at) values ($1)', [now()])
  if (!signal.aborted && begunAt.getTime() - plan.approved_at.getTime() >= overlapMs)
    await pool.query('update filing_plan set applied_at = $2 where version = $1', [plan.version, begunAt])
  return changed
}
