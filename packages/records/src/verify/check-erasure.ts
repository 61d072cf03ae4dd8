import { z } from 'zod'
import { type ErasureStatement, jsonIn, type Manifest, parseErasure } from '../archive/manifest.ts'
import { type ErasureFile, erasureName } from '../archive/package-layout.ts'
import { entryCommitment } from '../ledger/commitment.ts'
import { checkEntry, type LedgerEntry } from '../ledger/entry.ts'
import { bytesFromBase64 } from '../log/base64.ts'
import { checkProof } from './check-checkpoint.ts'
import { type Finding, finding } from './finding.ts'
import type { Trust } from './trust.ts'

/** Under which rule, on which day (UTC) and by which ledger entry something was erased. */
export type Erasure = { rule: string; on: string; seq: number }

const openingSchema = z.strictObject({ entry: z.unknown(), salt: z.string() })

type Files = ReadonlyMap<ErasureFile, Uint8Array>
/** What a statement says and its proofs bear out, and how many objects the ledger entry deletes. */
type Claim = { statement: ErasureStatement; deleted: number }

/**
 * Checks the evidence that items were erased lawfully, erasure by erasure. Two signed logs must say it: the archive log,
 * that these items of this package went by ledger entry number so-and-so; the deletion ledger, that this entry deletes
 * under that rule on that day and at least so many objects. Neither can be made afterwards without the keys of the logs.
 *
 * @param read brings the files of an erasure by its number; one erasure at a time, so memory stays small.
 */
export async function checkErasures(
  count: number,
  read: (number: number) => Promise<{ files: Files; findings: Finding[] }>,
  manifest: Manifest,
  archiveOrigin: string | undefined,
  trust: Trust,
): Promise<{ erased: Map<string, Erasure>; findings: Finding[] }> {
  const listed = new Set(manifest.items.map(({ id }) => id))
  const erased = new Map<string, Erasure>()
  const claimed = new Map<number, number>()
  const findings: Finding[] = []
  for (let number = 1; number <= count; number++) {
    const location = erasureName(number, 'statement.json').replace('/statement.json', '')
    const { files, findings: ofFiles } = await read(number)
    findings.push(...ofFiles)
    const checked = checkErasure(files, manifest.package, archiveOrigin, trust, location)
    if ('refused' in checked) {
      findings.push(...checked.refused)
      continue
    }
    const { items, rule, on, ledger } = checked.statement
    const total = (claimed.get(ledger.seq) ?? 0) + items.length
    function isOpen(id: string) {
      return listed.has(id) && !erased.has(id)
    }
    if (!items.every(isOpen) || new Set(items).size < items.length) {
      findings.push(finding('ERASURE_UNPROVEN', location, 'an item that is none or was erased before'))
      continue
    }
    if (total > checked.deleted) {
      findings.push(finding('ERASURE_UNPROVEN', location, 'the ledger entry deletes fewer objects'))
      continue
    }
    claimed.set(ledger.seq, total)
    for (const id of items) erased.set(id, { rule, on, seq: ledger.seq })
  }
  return { erased, findings }
}

function checkErasure(
  files: Files,
  packageId: string,
  archiveOrigin: string | undefined,
  trust: Trust,
  location: string,
): Claim | { refused: Finding[] } {
  function refused(...findings: Finding[]) {
    return { refused: findings }
  }
  const [statementBytes, entryBytes] = [files.get('statement.json'), files.get('entry.json')]
  const [statementProof, entryProof] = [files.get('statement.tlog-proof'), files.get('entry.tlog-proof')]
  if (!statementBytes || !entryBytes || !statementProof || !entryProof)
    return refused(finding('FILE_MISSING', location))

  const parsed = parseErasure(statementBytes)
  if (!parsed.ok)
    return refused(finding(parsed.reason === 'MALFORMED' ? 'ERASURE_MALFORMED' : parsed.reason, location))
  const statement = parsed.value
  const opening = openedEntry(entryBytes)
  if (opening === undefined) return refused(finding('ERASURE_MALFORMED', location, 'entry.json'))

  const inArchive = checkProof(statementProof, statementBytes, trust, `${location}/statement.tlog-proof`)
  const commitment = entryCommitment(opening.entry, opening.salt)
  const inLedger = checkProof(entryProof, commitment, trust, `${location}/entry.tlog-proof`)
  const problems = [...inArchive.findings, ...inLedger.findings].filter(
    ({ severity }) => severity !== 'notice',
  )
  const contradiction =
    contradictionOfOrigins(archiveOrigin, inArchive.checkpoint?.origin, inLedger.checkpoint?.origin) ??
    (statement.package === packageId ? undefined : 'another package') ??
    (inLedger.index === statement.ledger.seq ? undefined : 'another ledger entry') ??
    contradictionOfEntry(opening.entry, statement)
  if (problems.length > 0 || contradiction !== undefined) {
    return refused(...problems, finding('ERASURE_UNPROVEN', location, contradiction ?? ''))
  }
  return { statement, deleted: deletedBy(opening.entry) }
}

/** Package and statement must stand in one log, the ledger entry in another: no log vouches for itself. */
function contradictionOfOrigins(archive?: string, statement?: string, ledger?: string): string | undefined {
  if (statement !== archive) return 'another archive log'
  return ledger === archive ? 'the ledger is the archive log itself' : undefined
}

function contradictionOfEntry(entry: LedgerEntry, statement: ErasureStatement): string | undefined {
  if (entry.type !== 'DELETE' && entry.type !== 'KEY_DESTROY') return 'the ledger entry deletes nothing'
  if (entry.seq !== statement.ledger.seq) return 'another ledger entry'
  if (entry.rule !== statement.rule) return 'another rule'
  return entry.at.slice(0, 10) === statement.on ? undefined : 'another day'
}

function deletedBy(entry: LedgerEntry): number {
  return 'objects' in entry ? Object.values(entry.objects).reduce((sum, count) => sum + count, 0) : 0
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
