import type { ZipEntry } from '../archive/canonical-zip.ts'
import { type Manifest, parseManifest } from '../archive/manifest.ts'
import {
  canonicalOrder,
  checkpointName,
  type ErasureFile,
  erasureFiles,
  erasureName,
  fixedNames,
  itemName,
  manifestName,
  proofName,
} from '../archive/package-layout.ts'
import { isSuitable, plannedAlgorithmCalendar } from '../time/algorithm-calendar.ts'
import type { ByteSource } from './byte-source.ts'
import { checkProof } from './check-checkpoint.ts'
import { checkErasures, type Erasure } from './check-erasure.ts'
import { checkItem } from './check-item.ts'
import type { ProvenTime } from './check-time.ts'
import { checkTimes } from './check-times.ts'
import { type Finding, finding } from './finding.ts'
import { readFile, readZip } from './read-zip.ts'
import { isFuture, type Trust } from './trust.ts'
import type { LedgerAnswer } from './verify-ledger.ts'

export type PackageQuestion = {
  trust: Trust
  /** Keys of items whose content shall be checked too, by item id. */
  itemKeys?: ReadonlyMap<string, Uint8Array>
  /** What a verified ledger knows of items (`verifyLedger`), for packages that were not written anew. */
  ledger?: Pick<LedgerAnswer, 'origin' | 'erasedInLedger'>
  progress?: (bytesDone: number, bytesTotal: number) => void
}

const maxManifestBytes = 64 << 20
const maxSmallFileBytes = 1 << 20

export type PackageAnswer = {
  findings: Finding[]
  /** The time stamps and evidence records that hold, and what they are about. */
  proven: ProvenTime[]
}

/**
 * Verifies an archive package and answers everything that was found, in the order of the package. Reads it once, with
 * memory that depends on the number of items and not on their size. Never throws for a bad package; a disk that cannot
 * be read is an exception.
 */
export async function verifyPackage(source: ByteSource, question: PackageQuestion): Promise<PackageAnswer> {
  const { entries, findings } = await readZip(source)
  const [first] = entries
  if (first === undefined)
    return unproven(findings.length > 0 ? findings : [finding('FILE_MISSING', manifestName)])

  const present = new Map(entries.map((entry) => [entry.name, entry]))
  const small = new Map<string, Uint8Array>()
  for (const name of fixedNames) findings.push(...(await readSmall(source, present.get(name), name, small)))
  const manifestBytes = small.get(manifestName)
  if (manifestBytes === undefined) return unproven([...findings, finding('FILE_MISSING', manifestName)])
  const parsed = parseManifest(manifestBytes)
  if (!parsed.ok) {
    const code = parsed.reason === 'MALFORMED' ? 'MANIFEST_MALFORMED' : parsed.reason
    return unproven([...findings, finding(code, manifestName)])
  }
  const manifest = parsed.value
  const misplaced = checkOrder(entries, manifest)
  const { origin, found, proven } = checkOrigin(small, manifest, manifestBytes, question.trust)
  const erasures = await checkErasures(
    erasureCount(entries),
    (number) => readErasure(source, present, number),
    manifest,
    origin,
    question.trust,
  )
  // A log does not vouch for what was lost from itself.
  const ledger = question.ledger?.origin === origin ? undefined : question.ledger
  function erasureOf(id: string) {
    return erasures.erased.get(id) ?? ledger?.erasedInLedger(id)
  }
  const ofItems = await checkItems(source, present, manifest, erasureOf, question)
  return {
    findings: [...findings, ...misplaced, ...found, ...erasures.findings, ...ofItems],
    proven: [...proven, ...erasures.proven],
  }
}

function unproven(findings: Finding[]): PackageAnswer {
  return { findings, proven: [] }
}

async function readErasure(
  source: ByteSource,
  present: ReadonlyMap<string, ZipEntry>,
  number: number,
): Promise<{ files: Map<ErasureFile, Uint8Array>; findings: Finding[] }> {
  const files = new Map<ErasureFile, Uint8Array>()
  const findings: Finding[] = []
  for (const file of erasureFiles)
    findings.push(...(await readSmall(source, present.get(erasureName(number, file)), file, files)))
  return { files, findings }
}

/** Proof, time stamp and evidence record: where the manifest was, and when. */
function checkOrigin(
  small: ReadonlyMap<string, Uint8Array>,
  manifest: Manifest,
  manifestBytes: Uint8Array,
  trust: Trust,
): { origin: string | undefined; found: Finding[]; proven: ProvenTime[] } {
  const [proof, checkpoint] = [small.get(proofName), small.get(checkpointName)]
  const found: Finding[] = []
  let origin: string | undefined
  if (isFuture(new Date(manifest.createdAt), trust))
    found.push(finding('MANIFEST_FUTURE', manifestName, manifest.createdAt))
  if (checkpoint === undefined) found.push(finding('FILE_MISSING', checkpointName))
  if (proof === undefined) {
    found.push(finding('FILE_MISSING', proofName))
  } else {
    const checked = checkProof(proof, manifestBytes, trust, proofName)
    origin = checked.checkpoint?.origin
    if (checked.checkpoint && !checked.findings.some(({ severity }) => severity === 'error')) {
      const { origin, size } = checked.checkpoint
      found.push(finding('PROOF_GOOD', proofName, `${origin}, ${checked.index} / ${size}`))
    }
    found.push(...checked.findings)
    if (checkpoint && Buffer.compare(checkpoint, checked.checkpointBytes) !== 0) {
      found.push(finding('CHECKPOINT_DIFFERS', checkpointName))
    }
  }
  const time = checkTimes(small, trust)
  return { origin, found: [...found, ...time.findings], proven: time.proven }
}

async function checkItems(
  source: ByteSource,
  present: ReadonlyMap<string, ZipEntry>,
  manifest: Manifest,
  erasureOf: (itemId: string) => Erasure | undefined,
  { itemKeys, progress, trust }: PackageQuestion,
): Promise<Finding[]> {
  const findings: Finding[] = []
  let done = 0
  let unchanged = 0
  for (const item of manifest.items) {
    const name = itemName(item.id)
    const entry = present.get(name)
    const erasure = erasureOf(item.id)
    if (entry === undefined) {
      const detail = erasure && `${erasure.rule}, ${erasure.on}, ${erasure.seq}`
      findings.push(
        detail === undefined ? finding('ITEM_MISSING', name) : finding('ITEM_ERASED', name, detail),
      )
      continue
    }
    const key = itemKeys?.get(item.id)
    const checked = await checkItem(source, entry, item, manifest.package, key, (bytes) => {
      done += bytes
      progress?.(done, source.size)
    })
    if (!checked.some(({ severity }) => severity === 'error')) unchanged += 1
    findings.push(...checked)
    if (erasure !== undefined) findings.push(finding('ITEM_NOT_ERASED', name, erasure.rule))
  }
  const { on, calendar = plannedAlgorithmCalendar } = trust
  const { hash, secondHash } = manifest.algorithms
  const isBound =
    on === undefined || [hash, secondHash].some((name) => isSuitable(calendar, { hash: name }, on))
  if (unchanged > 0 && !isBound)
    findings.push(finding('ITEM_HASHES_ENDED', 'items', `${hash}, ${secondHash}`))
  if (unchanged > 0)
    findings.push(finding('ITEMS_UNCHANGED', 'items', `${unchanged} / ${manifest.items.length}`))
  return findings
}

/** Every file must be one that the manifest calls for, in its place. */
function checkOrder(entries: readonly ZipEntry[], manifest: Manifest): Finding[] {
  const order = new Map(
    [...canonicalOrder(manifest, erasureCount(entries))].map((name, place) => [name, place]),
  )
  const findings: Finding[] = []
  let last = -1
  for (const { name } of entries) {
    const place = order.get(name)
    if (place === undefined || place < last) findings.push(finding('FILE_UNLISTED', name))
    last = Math.max(last, place ?? -1)
  }
  return findings
}

function erasureCount(entries: readonly ZipEntry[]): number {
  return entries.filter(({ name }) => /^erasures\/\d{6}\/statement\.json$/.test(name)).length
}

async function readSmall<Name extends string>(
  source: ByteSource,
  entry: ZipEntry | undefined,
  name: Name,
  into: Map<Name, Uint8Array>,
): Promise<Finding[]> {
  if (entry === undefined) return []
  if (entry.size > (entry.name === manifestName ? maxManifestBytes : maxSmallFileBytes)) {
    return [finding('FILE_TOO_LARGE', entry.name)]
  }
  const chunks: Uint8Array[] = []
  const findings = await readFile(source, entry, (chunk) => chunks.push(Uint8Array.from(chunk)))
  into.set(name, Buffer.concat(chunks))
  return findings
}
