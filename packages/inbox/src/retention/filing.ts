import type { ConversationRead, FilingDecision } from '@buergerdraht/contract'
import { type ConversationRow, openJson, readRules, sealJson } from '@buergerdraht/office'
import type { ClusterCode, Filing } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { additionalData } from '../stored/additional-data.ts'
import { classifyMatter } from './closed-matter.ts'
import { variantOf, yearsByPlan } from './filing-plan.ts'

type Relevance = FilingDecision['relevance']

/**
 * What each answer makes of a matter. What goes to the file is kept by the filing plan; its date waits where the plan does not know the
 * reference; of what is in the file already only our copy is left here.
 */
const outcomes: Readonly<Record<Relevance, { readonly cluster: ClusterCode; readonly filing: Filing }>> = {
  none: { cluster: 'DA01', filing: 'NOT_FILE_RELEVANT' },
  'to-file': { cluster: 'DA03', filing: 'HANDOVER_OPEN' },
  'already-filed': { cluster: 'DA02', filing: 'FILED' },
}

/**
 * Writes the decision whether a matter belongs to a file, with the cluster, and the dates that follow from it and from the moment of closing. In the
 * transaction that closes it or puts the decision right, with the conversation locked.
 */
export async function storeFiling(
  client: Pick<PoolClient, 'query'>,
  { id, closedAt, key }: { readonly id: string; readonly closedAt: Date; readonly key: Buffer },
  decision: FilingDecision,
  now: Date,
): Promise<void> {
  const given = 'fileReference' in decision ? decision.fileReference : undefined
  await client.query('update conversation set file_reference_sealed = $2 where id = $1', [
    id,
    given === undefined ? null : sealJson(key, additionalData.fileReference(id), given),
  ])
  const isFiled = decision.relevance === 'to-file' && given !== undefined
  const [years] = isFiled ? await yearsByPlan(client, [given]) : []
  const matter = { ...outcomes[decision.relevance], closedAt, variant: variantOf(years ?? null) }
  await classifyMatter(client, await readRules(client), id, matter, now)
}

/**
 * Something of a matter is not in the electronic file yet, of which our copy alone was left: it is the file's again, with its period, until that has it too.
 * In a transaction, with the conversation locked. @param sealed its file reference, under `key`
 */
export async function returnToFile(
  client: Pick<PoolClient, 'query'>,
  {
    id,
    closedAt,
    key,
    sealed,
  }: { readonly id: string; readonly closedAt: Date; readonly key: Buffer; readonly sealed: Buffer | null },
  now: Date,
): Promise<void> {
  const reference = sealed === null ? null : openJson<string>(key, additionalData.fileReference(id), sealed)
  const [years] = reference === null ? [] : await yearsByPlan(client, [reference])
  await client.query('update conversation set handed_over_at = null where id = $1', [id])
  const matter = { cluster: 'DA03', filing: 'FILED', closedAt, variant: variantOf(years ?? null) } as const
  await classifyMatter(client, await readRules(client), id, matter, now)
}

function relevanceOf({ filing, cluster }: ConversationRow): Relevance | null {
  const found = Object.entries(outcomes).find(([, one]) => one.filing === filing && one.cluster === cluster)
  if (found !== undefined) return found[0] as Relevance
  // What was to go to the file is there: sealed in the archive here, or handed over.
  if (filing === 'FILED') return cluster === 'DA03' ? 'to-file' : 'already-filed'
  return null
}

/** What was decided about a closed matter, as the desk shows it. @param key undefined: destroyed */
export function presentFiling(row: ConversationRow, key: Buffer | undefined): ConversationRead['filing'] {
  if (row.state === 'open') return null
  const sealed = row.fileReferenceSealed
  return {
    relevance: relevanceOf(row),
    fileReference:
      sealed === null || key === undefined
        ? null
        : openJson<string>(key, additionalData.fileReference(row.id), Buffer.from(sealed)),
    dueAt: row.dueAt?.toISOString() ?? null,
  }
}
