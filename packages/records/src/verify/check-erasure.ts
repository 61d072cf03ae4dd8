import { z } from 'zod'
import {
  type ErasureStatement,
  jsonIn,
  type Manifest,
  type ManifestItem,
  parseErasure,
} from '../archive/manifest.ts'
import { type ErasureFile, erasureGroup, erasureName, evidenceName } from '../archive/package-layout.ts'
import { entryCommitment } from '../ledger/commitment.ts'
import { checkEntry, type LedgerEntry } from '../ledger/entry.ts'
import { bytesFromBase64 } from '../log/base64.ts'
import { checkProof } from './check-checkpoint.ts'
import { checkEvidence, type ProvenTime } from './check-time.ts'
import { type Finding, finding } from './finding.ts'
import type { Trust } from './trust.ts'

/** Under which rule, on which day (UTC) and by which ledger entry something was erased. */
export type Erasure = { rule: string; on: string; seq: number }

const openingSchema = z.strictObject({ entry: z.unknown(), salt: z.string() })

type Files = ReadonlyMap<ErasureFile, Uint8Array>
/** What a statement says and its proofs bear out, and what the ledger entry deletes. */
type Claim = {
  statement: ErasureStatement
  objects: Objects
  proven: ProvenTime | undefined
  notices: Finding[]
}
type Objects = Extract<LedgerEntry, { type: 'KEY_DESTROY' }>['objects']

/** Which objects of the ledger an item of a kind is. Whatever its kind, the one who destroys its key destroys it. */
const objectOf: Readonly<Partial<Record<ManifestItem['kind'], keyof Objects>>> = {
  MESSAGE: 'messages',
  ATTACHMENT: 'attachments',
  NOTE: 'notes',
}

/**
 * Checks the evidence that items were erased lawfully, erasure by erasure. Two signed logs must say it: the archive log,
 * that these items of this package went by ledger entry number so-and-so; the deletion ledger, that this entry deletes
 * so many objects of their kinds, or keys, under that rule on that day. Neither can be made afterwards without the keys
 * of the logs.
 *
 * @param read brings the files of an erasure by its number; one erasure at a time, so memory stays small.
 */
export async function checkErasures(
  count: number,
  read: (number: number) => Promise<{ files: Files; findings: Finding[] }>,
  manifest: Manifest,
  archiveOrigin: string | undefined,
  trust: Trust,
): Promise<{ erased: Map<string, Erasure>; findings: Finding[]; proven: ProvenTime[] }> {
  const kinds = new Map(manifest.items.map(({ id, kind }) => [id, kind]))
  const erased = new Map<string, Erasure>()
  const claimed = new Map<number, string[]>()
  const findings: Finding[] = []
  const proven: ProvenTime[] = []
  for (let number = 1; number <= count; number++) {
    const location = erasureName(number, 'statement.json').replace('/statement.json', '')
    const { files, findings: ofFiles } = await read(number)
    findings.push(...ofFiles)
    const checked = checkErasure(files, manifest, archiveOrigin, trust, location)
    if ('refused' in checked) {
      findings.push(...checked.refused)
      continue
    }
    findings.push(...checked.notices)
    const { items, rule, on, ledger } = checked.statement
    if (!items.every((id) => kinds.has(id) && !erased.has(id)) || new Set(items).size < items.length) {
      findings.push(finding('ERASURE_UNPROVEN', location, 'an item that is none or was erased before'))
      continue
    }
    const together = [...(claimed.get(ledger.seq) ?? []), ...items]
    if (
      !deletesAll(
        checked.objects,
        together.flatMap((id) => kinds.get(id) ?? []),
      )
    ) {
      findings.push(
        finding('ERASURE_UNPROVEN', location, 'the ledger entry deletes fewer objects of these kinds'),
      )
      continue
    }
    claimed.set(ledger.seq, together)
    if (checked.proven) proven.push(checked.proven)
    for (const id of items) erased.set(id, { rule, on, seq: ledger.seq })
  }
  return { erased, findings, proven }
}

/** Whether so many objects of these kinds went; what its own count does not cover, keys must. */
function deletesAll(objects: Objects, kinds: readonly ManifestItem['kind'][]): boolean {
  const counts = new Map<ManifestItem['kind'], number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const uncovered = [...counts].map(([kind, count]) => {
    const object = objectOf[kind]
    return Math.max(0, count - (object === undefined ? 0 : (objects[object] ?? 0)))
  })
  return uncovered.reduce((sum, count) => sum + count, 0) <= (objects.keys ?? 0)
}

function checkErasure(
  files: Files,
  manifest: Manifest,
  archiveOrigin: string | undefined,
  trust: Trust,
  location: string,
): Claim | { refused: Finding[] } {
  const group = erasureGroup.map((name) => ({ name: `${location}/${name}`, bytes: files.get(name) }))
  const documents = group.flatMap(({ name, bytes }) => (bytes === undefined ? [] : [{ name, bytes }]))
  const [statementBytes, statementProof, entryBytes, entryProof] = group.map(({ bytes }) => bytes)
  if (!statementBytes || !entryBytes || !statementProof || !entryProof)
    return { refused: [finding('FILE_MISSING', location)] }

  const parsed = parseErasure(statementBytes)
  if (!parsed.ok)
    return {
      refused: [finding(parsed.reason === 'MALFORMED' ? 'ERASURE_MALFORMED' : parsed.reason, location)],
    }
  const statement = parsed.value
  const opening = openedEntry(entryBytes)
  if (opening === undefined) return { refused: [finding('ERASURE_MALFORMED', location, 'entry.json')] }

  const inArchive = checkProof(statementProof, statementBytes, trust, `${location}/statement.tlog-proof`)
  const commitment = entryCommitment(opening.entry, opening.salt)
  const inLedger = checkProof(entryProof, commitment, trust, `${location}/entry.tlog-proof`)
  const evidence = files.get(evidenceName)
  const time = evidence
    ? checkEvidence(evidence, documents, trust, `${location}/${evidenceName}`)
    : { findings: [] }
  const all = [...inArchive.findings, ...inLedger.findings, ...time.findings]
  const errors = all.filter(({ severity }) => severity === 'error')
  const contradiction =
    contradictionOfOrigins(archiveOrigin, inArchive.checkpoint?.origin, inLedger.checkpoint?.origin) ??
    contradictionOfPackage(statement, manifest, trust.on) ??
    (inLedger.index === statement.ledger.seq ? undefined : 'another ledger entry') ??
    contradictionOfEntry(opening.entry, statement)
  if (errors.length > 0 || contradiction !== undefined)
    return { refused: [...errors, finding('ERASURE_UNPROVEN', location, contradiction ?? '')] }
  const objects = 'objects' in opening.entry ? opening.entry.objects : {}
  // That its witnesses cosigned is said once, of the package itself.
  const notices = all.filter(
    ({ code }) => code !== 'CHECKPOINT_COSIGNED' && code !== 'CHECKPOINT_SIGNATURE_UNREAD',
  )
  return { statement, objects, proven: time.proven, notices }
}

/** Package and statement must stand in one log, the ledger entry in another: no log vouches for itself. */
function contradictionOfOrigins(archive?: string, statement?: string, ledger?: string): string | undefined {
  if (statement !== archive) return 'another archive log'
  return ledger === archive ? 'the ledger is the archive log itself' : undefined
}

/**
 * Clusters of what people have written with the office (docs/archive-format.md section 6). A conversation may have been put into another of them since
 * it was sealed: handed over it is a copy (DA02), and decided anew it may be no record (DA01).
 */
const conversations: readonly string[] = ['DA01', 'DA02', 'DA03']

function mayEnd(rule: string, cluster: string): boolean {
  const own = rule.slice('LR-'.length, rule.indexOf('@'))
  return own === cluster || (conversations.includes(own) && conversations.includes(cluster))
}

/** A rule that the package's cluster may end by, on a day between its making and the verification. */
function contradictionOfPackage(
  { package: id, rule, on }: ErasureStatement,
  manifest: Manifest,
  today: Date | undefined,
): string | undefined {
  if (id !== manifest.package) return 'another package'
  if (!mayEnd(rule, manifest.cluster)) return 'a rule of another cluster'
  if (on < manifest.createdAt.slice(0, 10)) return 'a day before the package'
  return today !== undefined && on > today.toISOString().slice(0, 10) ? 'a day of the future' : undefined
}

function contradictionOfEntry(entry: LedgerEntry, statement: ErasureStatement): string | undefined {
  if (entry.type !== 'DELETE' && entry.type !== 'KEY_DESTROY') return 'the ledger entry deletes nothing'
  if (entry.seq !== statement.ledger.seq) return 'another ledger entry'
  // An entry's rule is one of its own cluster (`checkEntry`), so both are the package's.
  if (entry.rule !== statement.rule) return 'another rule'
  return entry.at.slice(0, 10) === statement.on ? undefined : 'another day'
}

function openedEntry(bytes: Uint8Array): { entry: LedgerEntry; salt: Uint8Array } | undefined {
  const opening = openingSchema.safeParse(jsonIn(bytes))
  if (!opening.success) return undefined
  const salt = bytesFromBase64(opening.data.salt)
  const seq = z.looseObject({ seq: z.number() }).safeParse(opening.data.entry)
  if (salt?.length !== 32 || !seq.success) return undefined
  const checked = checkEntry(opening.data.entry, seq.data.seq)
  return 'accepted' in checked ? { entry: checked.accepted, salt } : undefined
}
