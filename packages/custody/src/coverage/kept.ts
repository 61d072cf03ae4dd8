import { asInstant, type Change } from '@buergerdraht/office'
import { archiveStanding, europeBerlin } from '@buergerdraht/records'
import { readAgreement } from '../rules/agree-with-archive.ts'

type Client = Pick<Change['client'], 'query'>

/** What holds are in force over, and the offers in which silence has released what is not decided. All of it is few. */
export type Keepers = {
  readonly everything: boolean
  readonly clusters: readonly string[]
  readonly people: readonly string[]
  readonly matters: readonly string[]
  /** Single objects of any kind, matters among them. */
  readonly objects: readonly string[]
  readonly releasedOffers: readonly string[]
}

/** In force as the guard of what is held says it: by the database's clock. */
const holdsSql = `select coalesce(bool_or(scope = 'EVERYTHING'), false) as everything,
    coalesce(array_agg(cluster) filter (where scope = 'CLUSTER'), '{}') as clusters,
    coalesce(array_agg(object_id) filter (where scope = 'CONTACT'), '{}') as people,
    coalesce(array_agg(object_id) filter (where scope = 'CONVERSATION'), '{}') as matters,
    coalesce(array_agg(object_id) filter (where scope not in ('EVERYTHING', 'CLUSTER', 'CONTACT', 'CONVERSATION')), '{}') as objects
  from legal_hold where ended_at is null and (expires_at is null or expires_at > now())`

/** Where silence releases, the law says from when on. */
async function readReleasedOffers(client: Client, now: Date): Promise<string[]> {
  const agreement = await readAgreement(client)
  if (agreement?.silence !== 'RELEASES') return []
  const { rows } = await client.query<{ id: string; offered_at: Date }>(
    'select id, offered_at from archive_offer',
  )
  return rows.flatMap(({ id, offered_at }) => {
    const offering = { state: 'OFFERED', offeredAt: asInstant(offered_at) } as const
    const { standing } = archiveStanding(offering, null, agreement, asInstant(now), europeBerlin)
    return standing === 'SILENCE_RELEASED' ? [id] : []
  })
}

export async function readKeepers(client: Client, now: Date): Promise<Keepers> {
  const { rows } = await client.query<Omit<Keepers, 'releasedOffers'>>(holdsSql)
  const [holds] = rows
  if (holds === undefined) throw new Error('An aggregate has a row')
  return { ...holds, releasedOffers: await readReleasedOffers(client, now) }
}

/** Rows `t` of a table: with this join, `kept` says of each whether something keeps it past its date. */
type KeptRows = { readonly join: string; readonly kept: string }

/** What keeps objects past their date, in the words of a statement. */
export type KeptSql = {
  /** For its `with`: matters that a hold keeps, and those that are with the archive; each once. */
  readonly terms: string
  readonly rowsOf: (table: string, cluster: string | null) => KeptRows
  /** Of a row `p` with what it is and belongs to (kind, id, matter, person, cluster), joined by `joinPage`. */
  readonly joinPage: string
  readonly held: string
  readonly atArchive: string
}

/**
 * A matter is held whole where anything of it is, since nothing of it goes without the rest; its files go with it. It is with the archive from its
 * offer until V, until it is handed over (A), or until silence releases it. Joined with the few that are kept: no function is asked row by row.
 */
export function keptSql(keepers: Keepers, bind: (value: unknown) => string): KeptSql {
  const clusters = `${bind(keepers.clusters)}::text[]`
  const people = `${bind(keepers.people)}::uuid[]`
  const matters = `${bind(keepers.matters)}::uuid[]`
  const objects = `${bind(keepers.objects)}::uuid[]`
  const released = `${bind(keepers.releasedOffers)}::uuid[]`
  const everything = `${bind(keepers.everything)}::boolean`
  const terms = `held_matter(id) as (
      select unnest(${matters} || ${objects})
      union select id from conversation where contact_id = any(${people})
      union select conversation_id from message where id = any(${objects})
      union select conversation_id from attachment where id = any(${objects})
      union select id from conversation where cardinality(${clusters}) > 0 and cluster = any(${clusters})
      union select conversation_id from attachment where cardinality(${clusters}) > 0 and cluster = any(${clusters})
      union select conversation_id from draft where 'DA07' = any(${clusters})),
    archive_matter(id) as (
      select conversation_id from archive_offer_item where valuation = 'B' or valuation = 'A' and transfer <> 'CONFIRMED'
        or valuation is null and not offer_id = any(${released}))`
  function joinOn(matter: string): string {
    return `left join held_matter h on h.id = ${matter} left join archive_matter a on a.id = ${matter}`
  }
  function withMatter(column: string): KeptRows {
    return {
      join: joinOn(`t.${column}`),
      kept: `(${everything} or h.id is not null or a.id is not null)`,
    }
  }
  function alone(cluster: string, person: string | null): KeptRows {
    const named = person === null ? '' : `or t.${person} = any(${people}) or t.id = any(${objects})`
    return { join: '', kept: `(${everything} or ${cluster} = any(${clusters}) ${named})` }
  }
  return {
    terms,
    rowsOf: (table, cluster) => {
      switch (table) {
        case 'conversation':
          return withMatter('id')
        case 'attachment':
          return withMatter('conversation_id')
        case 'contact':
          return alone('t.cluster', 'id')
        case 'privacy_notice_evidence':
          return alone('t.cluster', 'contact_id')
        case 'data_subject_request':
          return alone(`'DA18'`, 'contact_id')
        default:
          return alone(cluster === null ? 't.cluster' : `'${cluster}'`, null)
      }
    },
    // Requests outlive their matters, and are kept without them.
    joinPage: joinOn(`case when p.kind <> 'request' then p.matter end`),
    held: `(${everything} or h.id is not null or p.kind in ('contact', 'notice', 'request')
        and (p.cluster = any(${clusters}) or p.person = any(${people}) or p.id = any(${objects})))`,
    atArchive: 'a.id is not null',
  }
}
