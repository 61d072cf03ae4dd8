import {
  type ArchiveState,
  type PackageQuery,
  type PackageRead,
  type PackageSummary,
  type PageOfPackages,
  Refusal,
} from '@buergerdraht/contract'
import { beginningsOf, type Inbox } from '@buergerdraht/inbox'
import {
  asViewer,
  type Change,
  calendarInForce,
  cursorOf,
  logKeyOf,
  openJson,
  positionOf,
  proofStanding,
  readRoots,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { leafHash, parseManifest, type Trust } from '@buergerdraht/records'
import { gathersSql } from './lead-archive.ts'
import { labelPlace, type PackageLabel } from './prepare-package.ts'
import { readProof } from './read-proof.ts'
import { referenceMac } from './seal-packages.ts'

type Office = Pick<Inbox, 'prisma' | 'pool' | 'keys' | 'now' | 'notify' | 'log'>

type Row = {
  readonly id: string
  readonly conversation_id: string
  readonly team_id: string
  readonly team: string | null
  readonly number: number | null
  readonly opened_at: Date | null
  readonly closed_at: Date | null
  readonly wanted_at: Date | null
  readonly sealed_at: Date | null
  readonly messages: number | null
  readonly system_lines: number | null
  readonly files: number | null
  readonly items: number | null
  readonly erased: number
  readonly size_bytes: string | null
  readonly leaf_index: string | null
  readonly stamped: boolean
  readonly failure: PackageSummary['failure']
  readonly gathering: boolean
  readonly attempts: number
  readonly next_try_at: Date | null
  readonly metadata_item: string | null
  readonly label_sealed: Buffer | null
  readonly listed_at: Date
}

/** What waits and what is sealed, in one list: by when it was sealed, and what waits first. */
const listSql = `select t.package_id as id, t.conversation_id, c.team_id, m.name as team, null::int as number, c.opened_at, c.closed_at, t.wanted_at,
    null::timestamptz as sealed_at, null::int as messages, null::int as system_lines, null::int as files, null::int as items, 0 as erased, null::bigint as size_bytes,
    null::bigint as leaf_index, false as stamped, t.failure, ${gathersSql} as gathering, t.attempts, t.next_try_at, null::uuid as metadata_item, null::bytea as label_sealed,
    t.wanted_at as listed_at, case when t.failure is null then 'waiting' else 'failed' end as state
  from archive_task t join conversation c on c.id = t.conversation_id left join team m on m.id = c.team_id
  union all select p.id, p.conversation_id, p.team_id, m.name, p.number, p.opened_at, p.closed_at, null, p.sealed_at, p.messages, p.system_lines, p.files, n.items, n.erased,
    f.size_bytes, p.leaf_index, f.stamped, null, false, 0, null, p.metadata_item, p.label_sealed, p.sealed_at, case when n.erased = n.items then 'erased' else 'sealed' end
  from archive_package p join archive_file f on f.package_id = p.id left join team m on m.id = p.team_id
    cross join lateral (select (select count(*)::int from archive_item i where i.package_id = p.id) as items,
      (select coalesce(sum(cardinality(e.items)), 0)::int from archive_erasure e where e.package_id = p.id) as erased) n`

function at(moment: Date | null): string | null {
  return moment?.toISOString() ?? null
}

function stateOf({ sealed_at, failure, erased, items }: Row): PackageSummary['state'] {
  if (sealed_at === null) return failure === null ? 'waiting' : 'failed'
  return erased === items ? 'erased' : 'sealed'
}

/** File references are shown to records management; of what is erased the key is gone. */
async function labelsOf(
  { keys }: Office,
  viewer: Viewer,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  if (viewer.role !== 'records') return new Map()
  const known = await keys.getMany(rows.flatMap(({ metadata_item }) => metadata_item ?? []))
  return new Map(
    rows.flatMap(({ id, metadata_item, label_sealed }) => {
      const key = metadata_item === null ? undefined : known.get(metadata_item)
      if (key === undefined || label_sealed === null) return []
      const { fileReference } = openJson<PackageLabel>(key, labelPlace(id), label_sealed)
      return fileReference === null ? [] : [[id, fileReference] as const]
    }),
  )
}

function presented(row: Row, labels: ReadonlyMap<string, string>): PackageSummary {
  return {
    id: row.id,
    state: stateOf(row),
    conversationId: row.conversation_id,
    team: { id: row.team_id, name: row.team },
    number: row.number,
    fileReference: labels.get(row.id) ?? null,
    openedAt: at(row.opened_at),
    closedAt: at(row.closed_at),
    wantedAt: at(row.wanted_at),
    sealedAt: at(row.sealed_at),
    messages: row.messages,
    systemLines: row.system_lines,
    files: row.files,
    items: row.items,
    erasedItems: row.erased,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    leafIndex: row.leaf_index === null ? null : Number(row.leaf_index),
    stamped: row.stamped,
    failure: row.failure,
    gathering: row.gathering,
    attempts: row.attempts,
    nextTryAt: at(row.next_try_at),
  }
}

/** In the viewer's transaction, with the program's own rights: the role has been asked for before. */
async function select(changing: Change, where: string, values: readonly unknown[]): Promise<Row[]> {
  return withOwnRights(changing, async () => {
    const { rows } = await changing.client.query<Row>(`select * from (${listSql}) x where ${where}`, [
      ...values,
    ])
    return rows
  })
}

/** The beginning of an id: of the whole of it, or of its last eight digits, as pages show it (`9A0E-2B2C`). */
const idBeginning = /^[0-9a-f-]{4,36}$/i

/**
 * What waits to be sealed and what is sealed, newest first. By the beginning of its file reference something is found by records management alone.
 * @throws Refusal `not-allowed`, `invalid-input` for a cursor
 */
export async function listPackages(
  office: Office,
  viewer: Viewer,
  query: PackageQuery,
): Promise<PageOfPackages> {
  requireMay(viewer, 'see-archive')
  const { state, q, team, from, to, cursor, limit } = query
  const before = positionOf('cursor', cursor)
  const asked = q === undefined || q === '' ? null : q
  // Whoever types the separator too, or forgets a quotation mark, means the same.
  const references =
    asked === null || viewer.role !== 'records' ? [] : [asked, ...beginningsOf(asked).slice(0, 1)]
  const beginning = asked !== null && idBeginning.test(asked) ? asked.toLowerCase().replaceAll('-', '') : null
  return asViewer(office, viewer, async (changing) => {
    const rows = await select(
      changing,
      `($1::text is null or state = $1) and ($2::uuid is null or team_id = $2)
       and ($3::date is null or closed_at >= $3::date) and ($4::date is null or closed_at < $4::date + 1)
       and (not $5::boolean or replace(id::text, '-', '') like $6 || '%' or right(id::text, 8) like $6 || '%' or exists (select from archive_reference r where r.package_id = x.id and r.mac = any($7::bytea[])))
       and ($8::timestamptz is null or (listed_at, id) < ($8, $9::uuid))
       order by listed_at desc, id desc limit $10`,
      [
        state ?? null,
        team ?? null,
        from ?? null,
        to ?? null,
        asked !== null,
        beginning,
        references.map((one) => referenceMac(office.keys, one)),
        before?.at ?? null,
        before?.id ?? null,
        limit + 1,
      ],
    )
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const labels = await labelsOf(office, viewer, page)
    return {
      items: page.map((row) => presented(row, labels)),
      nextCursor:
        rows.length > limit && last !== undefined
          ? cursorOf({ mark: 'a', at: last.listed_at, id: last.id })
          : null,
    }
  })
}

async function verifierKeysOf({ keys }: Pick<Office, 'keys'>) {
  return {
    archive: (await logKeyOf(keys, 'archive-log')).verifierKey,
    ledger: (await logKeyOf(keys, 'deletion-ledger')).verifierKey,
  }
}

type Waiting = {
  readonly waiting: number
  readonly gathering: number
  readonly failed: number
  readonly oldest: Date | null
}

const waitingSql = `select (count(*) filter (where failure is null))::int as waiting, (count(*) filter (where ${gathersSql}))::int as gathering,
    (count(*) filter (where failure is not null))::int as failed, min(wanted_at) filter (where not ${gathersSql}) as oldest from archive_task`

/** How it stands with the archive as a whole. @throws Refusal `not-allowed` */
export async function readArchiveState(
  office: Office,
  viewer: Viewer,
  { authorityNamed }: Pick<ArchiveState, 'authorityNamed'>,
): Promise<ArchiveState> {
  requireMay(viewer, 'see-archive')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows: tasks } = await client.query<Waiting>(waitingSql)
      const { rows: teams } = await client.query<{ id: string; name: string | null }>(
        `select t.id, m.name from (select team_id as id from archive_package
             union select c.team_id from archive_task k join conversation c on c.id = k.conversation_id) t
           left join team m on m.id = t.id order by m.name, t.id`,
      )
      const { rows: sealed } = await client.query<{ sealed: number; erased: number; leaves: number }>(
        `select count(*)::int as sealed, (count(*) filter (where n.items = n.erased))::int as erased,
           (select coalesce(max(index) + 1, 0)::int from archive_leaf) as leaves
         from archive_package p cross join lateral (select (select count(*) from archive_item i where i.package_id = p.id) as items,
           (select coalesce(sum(cardinality(e.items)), 0) from archive_erasure e where e.package_id = p.id) as erased) n`,
      )
      const { rows: checkpoints } = await client.query<{ size: string; note: string; at: Date }>(
        'select size, note, at from archive_checkpoint order by size desc limit 1',
      )
      const { rows: checks } = await client.query<{
        at: Date
        leaves: string
        packages: number
        contents: number
        findings: { code: string; place: string }[]
      }>('select at, leaves, packages, contents, findings from archive_check order by at desc limit 1')
      const [checkpoint] = checkpoints
      const [check] = checks
      const { waiting = 0, gathering = 0, failed = 0, oldest = null } = tasks[0] ?? {}
      const { sealed: all = 0, erased = 0, leaves = 0 } = sealed[0] ?? {}
      return {
        authorityNamed,
        counts: { waiting, gathering, failed, sealed: all - erased, erased },
        teams,
        oldestWaitingAt: at(oldest),
        leaves,
        checkpoint:
          checkpoint === undefined
            ? null
            : { size: Number(checkpoint.size), note: checkpoint.note, at: checkpoint.at.toISOString() },
        check:
          check === undefined ? null : { ...check, at: check.at.toISOString(), leaves: Number(check.leaves) },
        proofs: await proofStanding(client, 'archive-log'),
        verifierKeys: await verifierKeysOf(office),
      }
    }),
  )
}

type Erased = {
  readonly items: readonly string[]
  readonly rule: string
  readonly on: string
  readonly ledger_entry: number
}

/** One package with its items, its proof and what has happened to it; no content. @throws Refusal `not-allowed`, `not-found` */
export async function readPackage(
  office: Office,
  viewer: Viewer,
  { archiveDir, rootsFile }: { readonly archiveDir: string; readonly rootsFile: string | null },
  id: string,
): Promise<PackageRead> {
  requireMay(viewer, 'see-archive')
  const roots = rootsFile === null ? [] : await readRoots(rootsFile)
  const trust: Trust = { keys: [], roots, calendar: await calendarInForce(office.pool), on: office.now() }
  return asViewer(office, viewer, async (changing) => {
    const [row] = await select(changing, 'id = $1', [id])
    if (row === undefined) throw new Refusal('not-found')
    const { client } = changing
    const summary = presented(row, await labelsOf(office, viewer, [row]))
    const verifierKeys = await verifierKeysOf(office)
    const { rows: siblings } = await client.query<{ id: string; number: number }>(
      'select id, number from archive_package where conversation_id = $1 order by number',
      [row.conversation_id],
    )
    const { rows: erasures } = await client.query<Erased>(
      'select items, rule, on_date::text as on, ledger_entry from archive_erasure where package_id = $1 order by number',
      [id],
    )
    const { rows: stored } = await client.query<{ manifest: Buffer; leaf_index: string }>(
      'select manifest, leaf_index from archive_package where id = $1',
      [id],
    )
    const manifest = stored[0] === undefined ? null : parseManifest(stored[0].manifest)
    const none = {
      siblings,
      cluster: null,
      rule: null,
      class: null,
      createdAt: null,
      entries: [],
      proof: null,
      timeStamp: null,
      evidence: null,
      times: [],
      events: [],
      verifierKeys,
    }
    if (stored[0] === undefined || !manifest?.ok) return { ...summary, ...none }
    const { cluster, rule, class: deletionClass, createdAt, items } = manifest.value
    const erasedBy = new Map(erasures.flatMap((one) => one.items.map((item) => [item, one] as const)))
    const leaf = Buffer.from(leafHash(stored[0].manifest))
    const inFile = await readProof(archiveDir, id, leaf, verifierKeys.archive, trust)
    return {
      ...summary,
      ...none,
      cluster,
      rule,
      class: deletionClass,
      createdAt,
      entries: items.map((item) => {
        const erasure = erasedBy.get(item.id)
        return {
          ...item,
          erased:
            erasure === undefined
              ? null
              : { rule: erasure.rule, on: erasure.on, ledgerEntry: erasure.ledger_entry },
        }
      }),
      ...inFile,
      events: [
        { type: 'MADE' as const, at: createdAt, items: null, ledgerEntry: null },
        { type: 'SEALED' as const, at: at(row.sealed_at) ?? createdAt, items: null, ledgerEntry: null },
        ...erasures.map((one) => ({
          type: 'ERASED' as const,
          at: `${one.on}T00:00:00.000Z`,
          items: one.items.length,
          ledgerEntry: one.ledger_entry,
        })),
      ],
    }
  })
}
