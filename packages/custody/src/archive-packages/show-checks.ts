import {
  type Ending,
  logNames,
  type PageOfSelfChecks,
  type Renewals,
  type SelfCheckQuery,
} from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import {
  asViewer,
  calendarInForce,
  cursorOf,
  type InspectedLogs,
  newestStamp,
  positionOf,
  readRoots,
  requireMay,
  stampLeadDays,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import {
  type AlgorithmCalendar,
  algorithmEnds,
  type Certificate,
  type GoodTimeStamp,
  nameForPeople,
  verifyEvidence,
} from '@buergerdraht/records'
import { questionOf, readGroups } from './keep-evidence.ts'

type Office = Pick<Inbox, 'prisma' | 'pool' | 'keys' | 'now' | 'notify' | 'log'>

/** The self-checks of the archive, newest first. @throws Refusal `not-allowed`, `invalid-input` for a cursor */
export async function listSelfChecks(
  office: Office,
  viewer: Viewer,
  { cursor, limit }: SelfCheckQuery,
): Promise<PageOfSelfChecks> {
  requireMay(viewer, 'see-archive')
  const before = positionOf('cursor', cursor)
  const rows = await asViewer(office, viewer, async ({ client }) => {
    const found = await client.query<{
      id: string
      at: Date
      leaves: string
      packages: number
      contents: number
      findings: { code: string; place: string }[]
    }>(
      `select id, at, leaves, packages, contents, findings from archive_check
       where $1::timestamptz is null or (at, id) < ($1, $2::uuid) order by at desc, id desc limit $3`,
      [before?.at ?? null, before?.id ?? null, limit + 1],
    )
    return found.rows
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({ ...row, at: row.at.toISOString(), leaves: Number(row.leaves) })),
    nextCursor:
      rows.length > limit && last !== undefined ? cursorOf({ mark: 'c', at: last.at, id: last.id }) : null,
  }
}

/** Records that end together rest on the same certificates; so many ends are looked at. */
const maxEnds = 24

type Trusted = { readonly roots: readonly Certificate[]; readonly calendar: AlgorithmCalendar }
type Rest = Pick<Ending, 'kind' | 'name' | 'until'>

function keyOf({ kind, name, until }: Rest): string {
  return `${kind} ${name} ${until}`
}

/** Each once. */
function restsOn(stamps: readonly GoodTimeStamp[], calendar: AlgorithmCalendar): Rest[] {
  const certificates = stamps.flatMap(({ path }) =>
    path.map(({ subject, notAfter }) => ({
      kind: 'certificate' as const,
      name: nameForPeople(subject),
      until: notAfter.toISOString().slice(0, 10),
    })),
  )
  const uses = stamps.flatMap(({ algorithms }) => algorithms)
  const rests = [...certificates, ...algorithmEnds(calendar, uses)]
  return [...new Map(rests.map((rest) => [keyOf(rest), rest] as const)).values()]
}

/** What the records in a package rest on: the newest time stamp of each. Nothing where there is none that holds; the self-check says so. */
async function packageRestsOn(archiveDir: string, id: string, { roots, calendar }: Trusted): Promise<Rest[]> {
  const groups = await readGroups(archiveDir, id).catch(() => [])
  const stamps = groups.flatMap((group) => {
    const verdict = group.record && verifyEvidence(group.record, { ...questionOf(group), roots, calendar })
    return verdict?.ok ? verdict.stamps.slice(-1) : []
  })
  return restsOn(stamps, calendar)
}

/**
 * What the proofs of the archive rest on and until when, as their newest time stamps show it, and how many packages are due for renewal. Of records that end
 * at the same moment the oldest is looked at.
 * @throws Refusal `not-allowed`
 */
export async function readRenewals(
  office: Office,
  viewer: Viewer,
  { archiveDir }: { readonly archiveDir: string },
  { folders, rootsFile }: InspectedLogs,
): Promise<Renewals> {
  requireMay(viewer, 'see-archive')
  const { calendar, ends, packages } = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<Renewals['packages']>(
        `select count(evidence_made_at)::int as covered, (count(*) filter (where evidence_made_at is null))::int as bare,
           (count(*) filter (where evidence_ends_at <= $1::timestamptz + $2 * interval '1 day'))::int as due from archive_file`,
        [office.now(), stampLeadDays],
      )
      const { rows: ends } = await client.query<{ packages: number; id: string }>(
        `select count(*)::int as packages, (array_agg(package_id order by evidence_made_at, package_id))[1] as id
         from archive_file where evidence_ends_at is not null group by evidence_ends_at order by evidence_ends_at limit $1`,
        [maxEnds],
      )
      const calendar = await calendarInForce(client)
      return { calendar, ends, packages: rows[0] ?? { covered: 0, bare: 0, due: 0 } }
    }),
  )
  const trusted = { roots: rootsFile === null ? [] : await readRoots(rootsFile), calendar }
  const endings = new Map<string, Ending>()
  function endingOf(rest: Rest): Ending {
    const key = keyOf(rest)
    const known = endings.get(key) ?? { ...rest, packages: 0, logs: [] }
    endings.set(key, known)
    return known
  }
  for (const { id, packages: count } of ends)
    for (const rest of await packageRestsOn(archiveDir, id, trusted)) endingOf(rest).packages += count
  for (const log of logNames) {
    const stamp = await newestStamp(folders[log], trusted)
    for (const rest of stamp === null ? [] : restsOn([stamp], calendar)) endingOf(rest).logs.push(log)
  }
  const soonest = [...endings.values()].toSorted(
    (one, other) => one.until.localeCompare(other.until) || one.name.localeCompare(other.name),
  )
  return { endings: soonest, leadDays: stampLeadDays, packages }
}
