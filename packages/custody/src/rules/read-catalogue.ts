import type { CatalogueCluster } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type OfficeContext,
  type Rules,
  readRules,
  requireMay,
  ruleAt,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { catalogue, type DataCluster, standardPeriods } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { basisInWords } from '../documents/document-words.ts'
import { classesOf, isChangeable } from './rule-periods.ts'

type Client = Pick<PoolClient, 'query'>

/** What they are called now, by the person's number; whose accounts are gone is not among them. */
async function namesOf(client: Client, rules: Rules): Promise<ReadonlyMap<string, string>> {
  const persons = rules.flatMap(({ approved }) =>
    approved === null ? [] : [approved.proposedBy, approved.approvedBy],
  )
  const { rows } = await client.query<{ person_id: string; display_name: string }>(
    `select distinct on (person_id) person_id, display_name from account where person_id = any($1::uuid[])
     order by person_id, disabled_at nulls first, created_at desc`,
    [[...new Set(persons)]],
  )
  return new Map(rows.map((row) => [row.person_id, row.display_name]))
}

async function proposedChanges(client: Client, now: Date): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ cluster: string }>(
    `select payload ->> 'cluster' as cluster from proposal where kind = 'change-rule' and state = 'open' and expires_at > $1`,
    [now],
  )
  return new Set(rows.map(({ cluster }) => cluster))
}

function presented(
  { proposal, personalData: _personal, ...words }: DataCluster,
  rules: Rules,
  names: ReadonlyMap<string, string>,
  now: Date,
): Omit<CatalogueCluster, 'changeProposed'> {
  const own = rules.filter(({ cluster }) => cluster === words.code)
  const current = ruleAt(rules, words.code, asInstant(now))
  return {
    ...words,
    legalBasis: { de: basisInWords(words.legalBasis), en: words.legalBasis },
    kind: current?.retention.kind ?? proposal.kind,
    changeable: isChangeable(words.code),
    versions: own.toReversed().map(({ version, retention, validFrom, approved }) => ({
      version,
      classes: classesOf(retention),
      validFrom,
      signed: approved && {
        proposedBy: names.get(approved.proposedBy) ?? null,
        approvedBy: names.get(approved.approvedBy) ?? null,
        at: approved.at.toISOString(),
      },
    })),
  }
}

/** The data clusters with all versions of their rules. @throws Refusal `not-allowed` */
export async function readCatalogue(
  office: OfficeContext,
  viewer: Viewer,
): Promise<{ periods: string[]; clusters: CatalogueCluster[] }> {
  requireMay(viewer, 'watch-retention')
  const now = office.now()
  return asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const rules = await readRules(client)
    const [names, proposed] = await withOwnRights(
      changing,
      async () => [await namesOf(client, rules), await proposedChanges(client, now)] as const,
    )
    const clusters = Object.values(catalogue).map((cluster) => ({
      ...presented(cluster, rules, names, now),
      changeProposed: proposed.has(cluster.code),
    }))
    return { periods: [...standardPeriods], clusters }
  })
}
