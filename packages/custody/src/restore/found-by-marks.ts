import type { PoolClient } from 'pg'
import type { ObjectKind } from '../destroy/objects.ts'
import { type EntryRange, readSegments, type SegmentKind, tombstoneOf } from '../ledger/segments.ts'

/** What an entry may be about: what can be destroyed, and besides what is sealed and handed over. */
type MarkedKind = ObjectKind | 'package' | 'hand-over'
export type Found<Kind extends MarkedKind = MarkedKind> = { readonly kind: Kind; readonly id: string }
/** What of this database has a hash at a place of a month. */
export type Hits<Kind extends MarkedKind = MarkedKind> = ReadonlyMap<string, ReadonlyMap<number, Found<Kind>>>

const objectsSql = `select 'conversation' as kind, id from conversation union all select 'contact', id from contact union all select 'message', id from message
  union all select 'attachment', id from attachment union all select 'request', id from data_subject_request
  union all select 'notice', id from privacy_notice_evidence`

export const markedSql = `${objectsSql} union all select 'package', id from archive_package union all select 'hand-over', id from hand_over`

/** What is sealed in the archive goes with what it is of, and must be gone in the end too. */
export const withArchiveSql = `${objectsSql} union all select 'archived', i.id from archive_item i
  where not exists (select from archive_erasure e where e.package_id = i.package_id and i.id = any(e.items))`

/** An object that several entries of a month are about has its hash in each of their places. */
function placesOf(hashes: readonly Uint8Array[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [at, hash] of hashes.entries()) {
    const key = Buffer.from(hash).toString('latin1')
    const own = places.get(key)
    if (own === undefined) places.set(key, [at])
    else own.push(at)
  }
  return places
}

/** One pass over every object for all segments: a restored database may hold a million, and a ledger thousands of entries. */
export async function hitsOf<Kind extends MarkedKind = ObjectKind>(
  client: Pick<PoolClient, 'query'>,
  folder: string,
  kind: SegmentKind,
  sql = objectsSql,
): Promise<Hits<Kind>> {
  const segments = [...(await readSegments(folder, kind)).values()].map((segment) => ({
    segment,
    places: placesOf(segment.tombstones),
    hits: new Map<number, Found<Kind>>(),
  }))
  const { rows } = await client.query<Found<Kind>>(sql)
  for (const one of rows)
    for (const { segment, places, hits } of segments) {
      const hash = Buffer.from(tombstoneOf(one.id, segment)).toString('latin1')
      for (const at of places.get(hash) ?? []) hits.set(at, one)
    }
  return new Map(segments.map(({ segment, hits }) => [segment.month, hits]))
}

/**
 * What an entry is about first, as a mark: within a month two entries about the same have the same, also where this database does not have it. Null: the
 * segment is destroyed.
 */
export async function readFirstMarks(folder: string): Promise<(range: EntryRange) => string | null> {
  const segments = await readSegments(folder, 'marks')
  return ({ segment, from }) => {
    const hash = segments.get(segment)?.tombstones[from]
    return hash === undefined ? null : `${segment} ${Buffer.from(hash).toString('hex')}`
  }
}

/** Each with its place in the range, from 0. Null: the segment is destroyed, so nobody can say. */
export function foundAt<Kind extends MarkedKind>(
  hits: Hits<Kind>,
  { segment, from, to }: EntryRange,
): (Found<Kind> & { at: number })[] | null {
  const month = hits.get(segment)
  if (month === undefined) return null
  return [...month].flatMap(([at, one]) => (at >= from && at <= to ? [{ ...one, at: at - from }] : []))
}
