import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { type ItemSecrets, sealItem } from '../src/archive/item.ts'
import {
  type ErasureStatement,
  encodeErasure,
  encodeManifest,
  type Manifest,
} from '../src/archive/manifest.ts'
import { encodeMetadata } from '../src/archive/metadata.ts'
import { type ErasureEvidence, type PackageParts, writePackage } from '../src/archive/write-package.ts'
import { entryCommitment } from '../src/ledger/commitment.ts'
import { checkEntry, type LedgerEntry } from '../src/ledger/entry.ts'
import {
  type SegmentVersion,
  tombstone,
  tombstoneAlgorithms,
  tombstoneSalt,
  writeSegment,
} from '../src/ledger/tombstone.ts'
import { checkpointText } from '../src/log/checkpoint.ts'
import { formatProofFile } from '../src/log/inclusion-proof-file.ts'
import type { LogRecord } from '../src/log/log-line.ts'
import { MerkleLog } from '../src/log/merkle-log.ts'
import { leafHash, nodePosition, RightEdge } from '../src/log/merkle-tree.ts'
import { logSigner, noteKey, rawPublicKey, witnessSigner } from '../src/log/note-key.ts'
import { formatNote, signNote } from '../src/log/signed-note.ts'

/** Bytes that are the same in every run, so that the same sample gives the same package. */
export function seeded(label: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash('sha256').update(`${label} ${at}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

export function seededUuid(label: string): string {
  const bytes = seeded(`uuid ${label}`, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function seededKey(label: string): KeyObject {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    seeded(`key ${label}`, 32),
  ])
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
}

export const archiveOrigin = 'buergerdraht.musterstadt.example/archive'
export const ledgerOrigin = 'buergerdraht.musterstadt.example/ledger'
export const witnessName = 'revision.musterstadt.example/w1'
export const archivePrivateKey = seededKey('archive')
export const ledgerPrivateKey = seededKey('ledger')
export const witnessPrivateKey = seededKey('witness')
export const archiveKey = noteKey('log', archiveOrigin, rawPublicKey(archivePrivateKey))
export const ledgerKey = noteKey('log', ledgerOrigin, rawPublicKey(ledgerPrivateKey))
export const witnessKey = noteKey('witness', witnessName, rawPublicKey(witnessPrivateKey))
export const keys = [archiveKey, ledgerKey, witnessKey]
export const sealedOn = new Date('2026-11-23T03:00:00Z')

export function memoryLog(): MerkleLog & { records: LogRecord[] } {
  const nodes: Uint8Array[] = []
  const records: LogRecord[] = []
  const log = new MerkleLog(
    new RightEdge(),
    async (level, index) => nodes[nodePosition(level, index)] ?? Buffer.alloc(32),
    async (_first, added, _position, completed) => {
      records.push(...added)
      nodes.push(...completed)
    },
  )
  return Object.assign(log, { records })
}

export function signedCheckpoint(log: MerkleLog, origin: string, key: KeyObject, cosigned = true): Buffer {
  const witnesses = cosigned ? [witnessSigner(witnessName, witnessPrivateKey, sealedOn)] : []
  const note = { text: checkpointText(log.head(origin)), signatures: [] }
  return Buffer.from(formatNote(signNote(note, [logSigner(origin, key), ...witnesses])))
}

export async function proofFile(
  log: MerkleLog,
  index: number,
  origin: string,
  key: KeyObject,
): Promise<Uint8Array> {
  return formatProofFile({
    index,
    proof: await log.proveInclusion(index),
    checkpoint: signedCheckpoint(log, origin, key),
  })
}

export type SampleItem = {
  kind: Manifest['items'][number]['kind']
  mediaType: Manifest['items'][number]['mediaType']
  content: Buffer
}

export const usualItems: SampleItem[] = [
  {
    kind: 'METADATA',
    mediaType: 'application/json',
    content: Buffer.from(
      encodeMetadata({
        format: 'buergerdraht-archive-metadata',
        v: 1,
        producer: { authority: 'Stadt Musterstadt', office: 'Tiefbauamt' },
        legalBasis: '§ 3 E-Government-Gesetz',
        fileReference: 'AZ 123/26',
        title: 'Sperrmüll',
        formats: [{ items: [seededUuid('item 3')], mediaType: 'image/jpeg', puid: 'fmt/44' }],
        events: [
          {
            id: seededUuid('event 1'),
            type: 'SEALED',
            at: '2026-11-23T02:58:00.000Z',
            outcome: 'SUCCESS',
            agent: { type: 'SOFTWARE', name: 'Bürgerdraht', version: '0.1.0' },
          },
        ],
        signatureVerifications: [],
      }),
    ),
  },
  { kind: 'MESSAGE', mediaType: 'text/plain', content: Buffer.from('Wann wird der Sperrmüll abgeholt? 🛋️') },
  { kind: 'MESSAGE', mediaType: 'text/plain', content: Buffer.from('Ja') },
  { kind: 'ATTACHMENT', mediaType: 'image/jpeg', content: seeded('picture', 2000) },
]

export function secretsOf(item: string): ItemSecrets {
  return {
    key: seeded(`dek ${item}`, 32),
    salt: seeded(`salt ${item}`, 32),
    nonce: seeded(`nonce ${item}`, 12),
  }
}

export type Sample = {
  manifest: Manifest
  manifestBytes: Uint8Array
  ciphertexts: Map<string, Buffer>
  itemKeys: Map<string, Uint8Array>
  archive: ReturnType<typeof memoryLog>
  parts: PackageParts
}

/** A package as the product will make it: items sealed, manifest logged between other leaves, checkpoint cosigned. */
export async function samplePackage(items: readonly SampleItem[] = usualItems): Promise<Sample> {
  const packageId = seededUuid('package')
  const ciphertexts = new Map<string, Buffer>()
  const listed: Manifest['items'] = []
  for (const [at, { kind, mediaType, content }] of items.entries()) {
    const id = seededUuid(`item ${at}`)
    const sealed = sealItem({ package: packageId, item: id }, secretsOf(id), [content])
    const chunks: Uint8Array[] = []
    for await (const chunk of sealed.ciphertext) chunks.push(chunk)
    const { size, commit, cipherHash, secondCipherHash } = sealed.seal()
    ciphertexts.set(id, Buffer.concat(chunks))
    const hashes = {
      commit: Buffer.from(commit).toString('base64'),
      cipherHash: Buffer.from(cipherHash).toString('base64'),
      secondCipherHash: Buffer.from(secondCipherHash).toString('base64'),
    }
    listed.push({ id, kind, mediaType, size, ...hashes })
  }
  const manifest: Manifest = {
    format: 'buergerdraht-archive-package',
    v: 1,
    package: packageId,
    createdAt: '2026-11-23T02:58:00.000Z',
    cluster: 'DA03',
    rule: 'LR-DA03@1',
    class: 'CASE_CLOSED+END_OF_YEAR/10y',
    algorithms: { cipher: 'aes-256-gcm', hash: 'sha256', secondHash: 'sha3-512' },
    items: listed,
  }
  const manifestBytes = encodeManifest(manifest)
  const archive = memoryLog()
  function others(from: number) {
    return Array.from({ length: 5 }, (_, at) => ({ leaf: leafHash(seeded(`other ${from + at}`, 50)) }))
  }
  await archive.append(others(0))
  const { first } = await archive.append([{ leaf: leafHash(manifestBytes) }])
  await archive.append(others(5))
  const proof = await proofFile(archive, first, archiveOrigin, archivePrivateKey)
  return {
    manifest,
    manifestBytes,
    ciphertexts,
    itemKeys: new Map(listed.map(({ id }) => [id, secretsOf(id).key])),
    archive,
    parts: { manifest, proof, ciphertext: ({ id }) => [ciphertexts.get(id) ?? Buffer.alloc(0)] },
  }
}

export const erasureRule = 'LR-DA03@1'

/** The ledger entry that says that one object of the archive went. */
export function keyDestroyed(seq: number, rule = erasureRule, version: SegmentVersion = 1): LedgerEntry {
  const checked = checkEntry(
    {
      v: 1,
      seq,
      type: 'KEY_DESTROY',
      at: '2026-11-24T02:00Z',
      cluster: 'DA03',
      rule,
      objects: { messages: 1 },
      tombstones: { alg: tombstoneAlgorithms[version], segment: '2026-11', from: seq, to: seq },
      residueUntil: '2026-12-29',
    },
    seq,
  )
  if (!('accepted' in checked)) throw new Error(`${checked.refused} ${checked.field}`)
  return checked.accepted
}

const segmentSecret = seeded('segment secret', 32)

/** As the log holds an entry about the object with this id. */
export function ledgerRecord(
  entry: LedgerEntry,
  id: string,
  version: SegmentVersion = 1,
): LogRecord & { opening: { salt: Uint8Array } } {
  const salt = tombstoneSalt(segmentSecret, entry.seq, [tombOf(id, version)])
  return { leaf: leafHash(entryCommitment(entry, salt)), opening: { salt, entry } }
}

export function tombOf(id: string, version: SegmentVersion = 1): Uint8Array {
  const hash = tombstone(id, { version, secret: segmentSecret })
  if (hash === undefined) throw new Error('The object has no UUID of which there is a tombstone')
  return hash
}

export type SampleLedger = {
  log: ReturnType<typeof memoryLog>
  /** The ids of the objects that went, by entry. */
  ids: string[]
  segment: Uint8Array
  checkpoint: Buffer
}

/** A ledger of seven entries, each the deletion of one object; the third object is `erased`. */
export async function sampleLedger(erased: string, version: SegmentVersion = 1): Promise<SampleLedger> {
  const log = memoryLog()
  const entries = Array.from({ length: 7 }, (_, seq) => keyDestroyed(seq, erasureRule, version))
  const ids = entries.map((_, seq) => (seq === 2 ? erased : seededUuid(`gone ${seq}`)))
  await log.append(entries.map((entry, seq) => ledgerRecord(entry, ids[seq] ?? '', version)))
  const tombstones = ids.map((id) => tombOf(id, version))
  const segment = writeSegment({ version, month: '2026-11', secret: segmentSecret, tombstones })
  return { log, ids, segment, checkpoint: signedCheckpoint(log, ledgerOrigin, ledgerPrivateKey) }
}

/** The evidence that goes into a package when an item is erased: a statement in the archive log, an entry in the ledger. */
export async function erasureEvidence(
  sample: Sample,
  ledger: SampleLedger,
  change: Partial<ErasureStatement> = {},
  seq = 2,
): Promise<ErasureEvidence> {
  const [, , item] = sample.manifest.items
  const statement: ErasureStatement = {
    format: 'buergerdraht-archive-erasure',
    v: 1,
    package: sample.manifest.package,
    items: [item?.id ?? ''],
    rule: erasureRule,
    on: '2026-11-24',
    ledger: { seq: 2 },
    ...change,
  }
  const { first } = await sample.archive.append([{ leaf: leafHash(encodeErasure(statement)) }])
  const entry = keyDestroyed(seq)
  return {
    statement,
    statementProof: await proofFile(sample.archive, first, archiveOrigin, archivePrivateKey),
    entry,
    salt: ledgerRecord(entry, ledger.ids[seq] ?? '').opening.salt,
    entryProof: await proofFile(ledger.log, seq, ledgerOrigin, ledgerPrivateKey),
  }
}

export async function packageBytes(parts: PackageParts): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of writePackage(parts)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
