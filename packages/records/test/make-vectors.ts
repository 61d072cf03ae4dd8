import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { digest } from '#cryptography'
import { encodeManifest, type Manifest } from '../src/archive/manifest.ts'
import { erasureContents, type PackageParts } from '../src/archive/write-package.ts'
import { type EvidenceRecord, encodeEvidenceRecord } from '../src/evidence/evidence-record.ts'
import { hashTree } from '../src/evidence/hash-tree.ts'
import { evidenceRecord, renewTimeStamp, timeStampRenewalHash } from '../src/evidence/renew-evidence.ts'
import { entryCommitment } from '../src/ledger/commitment.ts'
import { checkEntry } from '../src/ledger/entry.ts'
import { base64 } from '../src/log/base64.ts'
import { formatProofFile, parseProofFile } from '../src/log/inclusion-proof-file.ts'
import { formatLogLine, type LogRecord } from '../src/log/log-line.ts'
import { leafHash, rootOf } from '../src/log/merkle-tree.ts'
import { formatNoteKey, logSigner, witnessSigner } from '../src/log/note-key.ts'
import { formatNote, parseNote, signNote } from '../src/log/signed-note.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkTimeStamp } from '../src/time/check-time-stamp.ts'
import { tags, writeDer } from '../src/time/der.ts'
import { plainResponse } from '../src/time/time-stamp-response.ts'
import { type Lie, LyingAuthority } from './lying-authority.ts'
import { int, octets, oid, seq } from './lying-certificates.ts'
import { makeTimeVectors } from './make-time-vectors.ts'
import {
  archiveOrigin,
  archivePrivateKey,
  erasureEvidence,
  keyDestroyed,
  keys,
  ledgerOrigin,
  ledgerPrivateKey,
  ledgerRecord,
  memoryLog,
  packageBytes,
  proofFile,
  type Sample,
  sampleLedger,
  samplePackage,
  sealedOn,
  seeded,
  seededKey,
  seededUuid,
  signedCheckpoint,
  usualItems,
} from './sample-archive.ts'
import { type File, filesOf, zipOf } from './zip-of.ts'

/**
 * Makes the vectors of packages, ledgers, checkpoints and proofs anew: `npm run vectors`. Everything but the time
 * stamps comes out the same; those are made by a throw-away authority of openssl, whose root is kept beside them.
 */
const {
  positionals: [folder = 'vectors'],
} = parseArgs({ allowPositionals: true })
const authority = new LyingAuthority()
const trust = { keys: keys.map(formatNoteKey), witnesses: 1, on: '2026-11-24' }

/** An answer in the form in which the product stores it. */
function stamp(data: Uint8Array, lie: Lie = {}): Buffer {
  return Buffer.from(plainResponse(storedToken(digest('sha256', data), lie)))
}

function storedToken(imprint: Uint8Array, lie: Lie = {}, by = authority): Buffer {
  const token = by.token(imprint, lie)
  const verdict = checkTimeStamp(token, { roots: parseCertificatesPem(by.rootPem), digestOf: () => imprint })
  // What the authority lies about stays as it lied.
  return verdict.ok ? Buffer.from(verdict.storedWith([])) : token
}

/** An evidence record over documents as one group, in a batch with two other groups. */
function evidenceOver(...documents: Uint8Array[]): EvidenceRecord {
  const strangers = [1, 2].map((n) => [seeded(`stranger ${n}`, 32), seeded(`neighbour ${n}`, 32)])
  const tree = hashTree('sha256', [documents.map((each) => digest('sha256', each)), ...strangers])
  return evidenceRecord('sha256', { token: storedToken(tree.root), reduced: tree.reduced(0) })
}

function write(path: string, content: Uint8Array | string | object): void {
  const full = join(folder, path)
  mkdirSync(join(full, '..'), { recursive: true })
  const isText = typeof content === 'string' || content instanceof Uint8Array
  writeFileSync(full, isText ? content : `${JSON.stringify(content, undefined, 2)}\n`)
}

for (const kind of [
  'packages',
  'ledgers',
  'checkpoints',
  'proofs',
  'time-stamps/made',
  'evidence-records/made',
])
  rmSync(join(folder, kind), { recursive: true, force: true })
for (const kind of ['packages', 'ledgers']) {
  write(`${kind}/trust.json`, trust)
  write(`${kind}/tsa-root.pem`, authority.rootPem)
}
await makePackages()
await makeLedgers()
await makeCheckpoints()
await makeProofs()
makeTimeVectors(write)

async function makePackages(): Promise<void> {
  const sample = await samplePackage()
  const timeStamp = stamp(parseProofFile(sample.parts.proof).checkpoint)
  const first = evidenceOver(sample.manifestBytes, sample.parts.proof, timeStamp)
  const renewed = renewTimeStamp(first, { token: storedToken(timeStampRenewalHash(first)) })
  const parts = { ...sample.parts, timeStamp, evidence: encodeEvidenceRecord(renewed) }
  const whole = await packageBytes(parts)
  const files = await filesOf(whole)
  const erasedId = sample.manifest.items[2]?.id ?? ''
  function ciphertext(item: { id: string }) {
    return item.id === erasedId ? undefined : [sample.ciphertexts.get(item.id) ?? Buffer.alloc(0)]
  }
  const ledger = await sampleLedger(erasedId)
  const erasure = await erasureEvidence(sample, ledger)

  function valid(name: string, about: string, bytes: Uint8Array, codes: string[]) {
    write(`packages/valid/${name}.zip`, bytes)
    write(`packages/valid/${name}.json`, { about, codes })
  }
  const items = sample.manifest.items.length
  const proven = ['TIME_STAMP_GOOD', 'TIME_STAMP_REVOCATION_UNKNOWN', 'EVIDENCE_GOOD']
  valid('complete', 'Proof, cosigned checkpoint, time stamp, renewed evidence record, four items', whole, [
    'PROOF_GOOD',
    'CHECKPOINT_COSIGNED',
    ...proven,
    'ITEMS_UNCHANGED',
  ])
  valid(
    'without-time',
    'The authority was not reachable: no time stamp, no evidence record',
    await packageBytes(sample.parts),
    ['PROOF_GOOD', 'CHECKPOINT_COSIGNED', 'TIME_STAMP_ABSENT', 'ITEMS_UNCHANGED'],
  )
  valid(
    'erased-item',
    'The third item was erased; a statement and a ledger entry prove it',
    await packageBytes({ ...parts, ciphertext, erasures: [erasure] }),
    ['PROOF_GOOD', 'CHECKPOINT_COSIGNED', ...proven, 'ITEM_ERASED', 'ITEMS_UNCHANGED'],
  )
  const itemKeys = Object.fromEntries([...sample.itemKeys].map(([id, key]) => [id, base64(key)]))
  write('packages/item-keys.json', itemKeys)

  function invalid(name: string, about: string, bytes: Uint8Array, ...codes: string[]) {
    judged('invalid', name, about, bytes, {}, ...codes)
  }
  function judged(
    side: 'valid' | 'invalid' | 'indeterminate',
    name: string,
    about: string,
    bytes: Uint8Array,
    given: Record<string, unknown>,
    ...codes: string[]
  ) {
    write(`packages/${side}/${name}.zip`, bytes)
    const extra = Object.keys(given).length > 0 ? { with: given } : {}
    write(`packages/${side}/${name}.json`, { about, codes, ...extra })
  }
  function edited(pattern: RegExp, edit: (bytes: Buffer) => Uint8Array | undefined) {
    return zipOf(
      files.flatMap((file): File[] => {
        if (!pattern.test(file.name)) return [file]
        const bytes = edit(Buffer.from(file.bytes))
        return bytes === undefined ? [] : [{ name: file.name, bytes }]
      }),
    )
  }
  function text(from: string, to: string) {
    return (bytes: Buffer) => Buffer.from(bytes.toString().replace(from, to))
  }
  function flip(at: number) {
    return (bytes: Buffer) => {
      const place = at < 0 ? bytes.length + at : at
      bytes[place] = (bytes[place] ?? 0) ^ 1
      return bytes
    }
  }
  const [last] = files.slice(-1)
  if (last === undefined || items < 2) throw new Error('The sample is too small')
  invalid('truncated', 'Cut off in the middle', whole.subarray(0, whole.length >> 1), 'ZIP_UNREADABLE')
  invalid('trailing-byte', 'One byte too many', Buffer.concat([whole, Buffer.from('x')]), 'ZIP_UNREADABLE')
  invalid('header-date', 'Another date in a local header', flip(12)(Buffer.from(whole)), 'ZIP_NOT_CANONICAL')
  invalid(
    'damaged-item',
    'One bit of an item, checksum as before',
    flip(whole.indexOf(last.bytes) + 9)(Buffer.from(whole)),
    'ZIP_CHECKSUM',
    'ITEM_CHANGED',
  )
  invalid('duplicate-name', 'Two files of one name', zipOf([...files, last]), 'ZIP_DUPLICATE_NAME')
  invalid(
    'path-traversal',
    'A name that leads out of the folder',
    zipOf([...files, { name: '../x.bin', bytes: last.bytes }]),
    'ZIP_BAD_NAME',
  )
  invalid('wrong-order', 'The files in reverse order', zipOf(files.toReversed()), 'FILE_UNLISTED')
  invalid(
    'extra-file',
    'A file the manifest does not name',
    zipOf([...files, { name: 'items/extra.bin', bytes: last.bytes }]),
    'FILE_UNLISTED',
  )
  invalid(
    'unknown-version',
    'A manifest of version 2; exit status 2',
    edited(/manifest/, text('"v":1', '"v":2')),
    'UNKNOWN_VERSION',
  )
  invalid(
    'manifest-not-canonical',
    'A space before the manifest',
    edited(/manifest/, (b) => Buffer.from(` ${b}`)),
    'MANIFEST_MALFORMED',
  )
  invalid(
    'manifest-changed',
    'Another size of an item',
    edited(/manifest/, text('"size":2}', '"size":3}')),
    'PROOF_WRONG',
    'EVIDENCE_OTHER_DATA',
    'ITEM_CHANGED',
  )
  invalid(
    'manifest-missing',
    'No manifest',
    edited(/manifest/, () => undefined),
    'FILE_MISSING',
  )
  invalid(
    'other-index',
    'Another place in the log',
    edited(/^proof/, text('index 5', 'index 6')),
    'PROOF_WRONG',
    'EVIDENCE_OTHER_DATA',
  )
  invalid(
    'proof-malformed',
    'Not a proof',
    edited(/^proof/, (b) => b.subarray(3)),
    'PROOF_MALFORMED',
    'CHECKPOINT_DIFFERS',
    'EVIDENCE_OTHER_DATA',
  )
  invalid(
    'checkpoint-signature',
    'Another size under the old signature',
    edited(/^proof|checkpoint.txt/, text('\n11\n', '\n12\n')),
    'CHECKPOINT_SIGNATURE',
    'TIME_STAMP_IMPRINT',
    'EVIDENCE_OTHER_DATA',
  )
  invalid(
    'checkpoint-differs',
    'Another checkpoint beside the proof',
    edited(/checkpoint.txt/, text('\n11\n', '\n12\n')),
    'CHECKPOINT_DIFFERS',
    'TIME_STAMP_IMPRINT',
  )
  invalid(
    'time-stamp-other-data',
    'A time stamp over something else',
    edited(/tsr/, () => stamp(Buffer.from('x'))),
    'TIME_STAMP_IMPRINT',
    'EVIDENCE_OTHER_DATA',
  )
  invalid(
    'time-stamp-signature',
    'The last bit of the signature',
    edited(/tsr/, flip(-1)),
    'TIME_STAMP_SIGNATURE',
    'EVIDENCE_OTHER_DATA',
  )
  invalid(
    'time-stamp-unreadable',
    'An empty answer of the authority',
    edited(/tsr/, () => Buffer.alloc(0)),
    'TIME_STAMP_UNREADABLE',
    'EVIDENCE_OTHER_DATA',
  )
  invalid(
    'evidence-unreadable',
    'An evidence record without its first byte',
    edited(/\.er/, (b) => b.subarray(1)),
    'EVIDENCE_UNREADABLE',
  )
  const unrelated = renewTimeStamp(first, { token: storedToken(digest('sha256', Buffer.from('x'))) })
  invalid(
    'evidence-renewal',
    'A renewal that covers something else',
    edited(/\.er/, () => encodeEvidenceRecord(unrelated)),
    'EVIDENCE_BROKEN_RENEWAL',
  )
  invalid(
    'item-changed',
    'One bit of each item, checksums repaired',
    edited(/items/, flip(40)),
    'ITEM_CHANGED',
  )
  invalid(
    'item-missing',
    'An item without evidence of erasure',
    await packageBytes({ ...parts, ciphertext }),
    'ITEM_MISSING',
  )
  invalid(
    'item-not-erased',
    'Evidence of erasure, and the item is still there',
    await packageBytes({ ...parts, erasures: [erasure] }),
    'ITEM_NOT_ERASED',
  )
  invalid(
    'proof-extra',
    'Extra data in the proof, which nobody signs',
    edited(/^proof/, text('@v1\n', '@v1\nextra RXJpa2E=\n')),
    'PROOF_MALFORMED',
    'CHECKPOINT_DIFFERS',
    'EVIDENCE_OTHER_DATA',
  )
  invalid(
    'manifest-other-rule',
    'A rule of another cluster',
    edited(/manifest/, text('LR-DA03@1', 'LR-DA01@1')),
    'MANIFEST_MALFORMED',
  )
  invalid(
    'prefix',
    'A byte before the first file',
    Buffer.concat([Buffer.from('x'), whole]),
    'ZIP_UNREADABLE',
  )
  const secondId = sample.manifest.items[1]?.id ?? ''
  function withoutTwo(item: { id: string }) {
    return item.id === secondId ? undefined : ciphertext(item)
  }
  const again = await erasureEvidence(sample, ledger, { items: [secondId] })
  invalid(
    'erasure-counted-twice',
    'Two statements rest on one ledger entry that deletes one object',
    await packageBytes({ ...parts, ciphertext: withoutTwo, erasures: [erasure, again] }),
    'ERASURE_UNPROVEN',
    'ITEM_MISSING',
  )
  const foreign = await erasureEvidence(sample, ledger, { package: seededUuid('other package') })
  invalid(
    'erasure-other-package',
    'A statement about another package',
    await packageBytes({ ...parts, ciphertext, erasures: [foreign] }),
    'ERASURE_UNPROVEN',
    'ITEM_MISSING',
  )
  const noItem = await erasureEvidence(sample, ledger, { items: [seededUuid('no item')] })
  invalid(
    'erasure-no-item',
    'A statement about an item that the manifest does not list',
    await packageBytes({ ...parts, erasures: [noItem] }),
    'ERASURE_UNPROVEN',
  )
  const wrongRule = await erasureEvidence(sample, ledger, { rule: 'LR-DA03@2' })
  invalid(
    'erasure-other-rule',
    'The statement names another rule than the ledger',
    await packageBytes({ ...parts, ciphertext, erasures: [wrongRule] }),
    'ERASURE_UNPROVEN',
    'ITEM_MISSING',
  )

  const otherCluster = await erasureEvidence(sample, ledger, { rule: 'LR-DA02@1' })
  const early = await erasureEvidence(sample, ledger, { on: '2026-11-22' })
  const late = await erasureEvidence(sample, ledger, { on: '2026-11-25' })
  for (const [name, about, erasure] of [
    ['erasure-other-cluster', 'A rule of another cluster than the package', otherCluster],
    ['erasure-before-package', 'A day before the package was made', early],
    ['erasure-of-the-future', 'A day after that of the verification', late],
  ] as const) {
    const bytes = await packageBytes({ ...parts, ciphertext, erasures: [erasure] })
    invalid(name, about, bytes, 'ERASURE_UNPROVEN', 'ITEM_MISSING')
  }
  const picture = sample.manifest.items[3]?.id ?? ''
  const otherKind = await erasureEvidence(sample, ledger, { items: [picture] })
  function withoutPicture(item: { id: string }) {
    return item.id === picture ? undefined : [sample.ciphertexts.get(item.id) ?? Buffer.alloc(0)]
  }
  invalid(
    'erasure-other-kind',
    'The ledger deletes a message, and an attachment is gone',
    await packageBytes({ ...parts, ciphertext: withoutPicture, erasures: [otherKind] }),
    'ERASURE_UNPROVEN',
    'ITEM_MISSING',
  )
  const kept = erasureContents(erasure).map(([, bytes]) => bytes)
  const erasedAndStamped = { ...erasure, evidence: encodeEvidenceRecord(evidenceOver(...kept)) }
  const erasedFiles = await filesOf(
    await packageBytes({ ...parts, ciphertext, erasures: [erasedAndStamped] }),
  )
  judged(
    'valid',
    'erased-item-stamped',
    'The erasure has an evidence record of its own',
    zipOf(erasedFiles),
    {},
    'PROOF_GOOD',
    'CHECKPOINT_COSIGNED',
    ...proven,
    'ITEM_ERASED',
    'ITEMS_UNCHANGED',
  )
  invalid(
    'erasure-evidence-of-another',
    'The evidence record of the erasure is about something else',
    await packageBytes({
      ...parts,
      ciphertext,
      erasures: [
        { ...erasure, evidence: encodeEvidenceRecord(evidenceOver(Buffer.from('x'), Buffer.from('y'))) },
      ],
    }),
    'EVIDENCE_OTHER_DATA',
    'ERASURE_UNPROVEN',
    'ITEM_MISSING',
  )
  invalid(
    'erasure-malformed',
    'A statement with a space before it',
    zipOf(
      erasedFiles.map((file) =>
        file.name.endsWith('statement.json')
          ? { ...file, bytes: Buffer.concat([Buffer.from(' '), file.bytes]) }
          : file,
      ),
    ),
    'ERASURE_MALFORMED',
    'ITEM_MISSING',
  )
  await makeTimedPackages(sample, parts, judged)
}

type Judged = (
  side: 'valid' | 'invalid' | 'indeterminate',
  name: string,
  about: string,
  bytes: Uint8Array,
  given: Record<string, unknown>,
  ...codes: string[]
) => void

/** What lapses, what lies in the future, what was not given, and contents that were opened. */
async function makeTimedPackages(sample: Sample, parts: PackageParts, judged: Judged): Promise<void> {
  const base = ['PROOF_GOOD', 'CHECKPOINT_COSIGNED']
  const good = [
    ...base,
    'TIME_STAMP_GOOD',
    'TIME_STAMP_REVOCATION_UNKNOWN',
    'EVIDENCE_GOOD',
    'ITEMS_UNCHANGED',
  ]
  const { evidence: _, ...unrenewed } = parts
  const { timeStamp: __, ...untimed } = unrenewed
  const whole = await packageBytes(parts)
  const unknown = 'TIME_STAMP_REVOCATION_UNKNOWN'
  judged(
    'indeterminate',
    'no-root',
    'No root was given',
    whole,
    { roots: false },
    ...base,
    'TIME_STAMP_NOT_CHECKED',
    'EVIDENCE_NOT_CHECKED',
    'ITEMS_UNCHANGED',
  )
  judged(
    'invalid',
    'time-stamp-required',
    'A time stamp is required and there is none',
    await packageBytes(untimed),
    { requireTimeStamp: true },
    'TIME_STAMP_MISSING',
  )
  judged(
    'valid',
    'of-the-future',
    'Manifest and cosignature lie in the future',
    await packageBytes(untimed),
    { on: '2026-11-01' },
    ...base,
    'MANIFEST_FUTURE',
    'CHECKPOINT_COSIGNED_FUTURE',
    'TIME_STAMP_ABSENT',
    'ITEMS_UNCHANGED',
  )
  const { checkpoint } = parseProofFile(parts.proof)
  const later = stamp(checkpoint, { at: new Date('2026-12-01T00:00:00Z') })
  judged(
    'indeterminate',
    'time-stamp-of-the-future',
    'A time stamp of next week',
    await packageBytes({ ...unrenewed, timeStamp: later }),
    {},
    ...base,
    'TIME_STAMP_GOOD',
    unknown,
    'TIME_STAMP_FUTURE',
    'ITEMS_UNCHANGED',
  )
  const short = stamp(checkpoint, {
    signer: authority.certifies('p256', { until: new Date('2026-11-23T12:00:00Z') }),
  })
  judged(
    'indeterminate',
    'time-stamp-lapsed',
    'The certificate has ended since, and nothing renewed it',
    await packageBytes({ ...unrenewed, timeStamp: short }),
    {},
    ...base,
    'TIME_STAMP_GOOD',
    unknown,
    'TIME_STAMP_CERTIFICATES_ENDED',
    'ITEMS_UNCHANGED',
  )
  const over = encodeEvidenceRecord(evidenceOver(sample.manifestBytes, parts.proof, short))
  judged(
    'valid',
    'time-stamp-renewed',
    'The certificate has ended since, and the evidence record was there before',
    await packageBytes({ ...parts, timeStamp: short, evidence: over }),
    {},
    ...good,
    'TIME_STAMP_RENEWED',
  )
  judged(
    'indeterminate',
    'time-stamp-algorithm-ended',
    'By the calendar ECDSA has ended since',
    await packageBytes(unrenewed),
    { lastDays: { ecdsa: '2026-11-23' } },
    ...base,
    'TIME_STAMP_GOOD',
    unknown,
    'TIME_STAMP_ALGORITHM_ENDED',
    'ITEMS_UNCHANGED',
  )
  judged(
    'indeterminate',
    'hashes-ended',
    'By the calendar both hash functions of the manifest have ended',
    await packageBytes(untimed),
    { lastDays: { sha256: '2026-11-23', 'sha3-512': '2026-11-23' } },
    ...base,
    'TIME_STAMP_ABSENT',
    'ITEM_HASHES_ENDED',
    'ITEMS_UNCHANGED',
  )
  const token = authority.token(digest('sha256', checkpoint), {
    unsigned: seq(oid('1.2.3'), writeDer(tags.set, octets(Buffer.from('Erika Mustermann')))),
  })
  judged(
    'invalid',
    'time-stamp-surplus',
    'An unsigned attribute with personal data in it',
    await packageBytes({ ...unrenewed, timeStamp: plainResponse(token) }),
    {},
    'TIME_STAMP_SURPLUS',
  )
  const refusal = seq(seq(int(2)))
  judged(
    'invalid',
    'time-stamp-not-granted',
    'The authority refused',
    await packageBytes({ ...unrenewed, timeStamp: refusal }),
    {},
    'TIME_STAMP_NOT_GRANTED',
  )
  judged(
    'invalid',
    'file-too-large',
    'A time stamp of more than a megabyte',
    await packageBytes({ ...unrenewed, timeStamp: Buffer.alloc((1 << 20) + 1) }),
    {},
    'FILE_TOO_LARGE',
  )
  const keys = Object.fromEntries([...sample.itemKeys].map(([id, key]) => [id, base64(key)]))
  judged(
    'valid',
    'contents-opened',
    'All keys given',
    whole,
    { itemKeys: keys },
    ...good,
    'ITEM_CONTENT_CHECKED',
  )
  const [metadata] = sample.manifest.items
  const wrong = { [metadata?.id ?? '']: base64(seeded('another key', 32)) }
  judged('invalid', 'item-key-wrong', 'The key of another item', whole, { itemKeys: wrong }, 'ITEM_KEY_WRONG')
  const other = await samplePackage(
    usualItems.with(0, {
      kind: 'METADATA',
      mediaType: 'application/json',
      content: Buffer.from('{"file":"AZ 123/26"}'),
    }),
  )
  const otherKeys = Object.fromEntries([...other.itemKeys].map(([id, key]) => [id, base64(key)]))
  judged(
    'invalid',
    'metadata-malformed',
    'Metadata that are not of the schema',
    await packageBytes(other.parts),
    { itemKeys: otherKeys },
    'ITEM_METADATA_MALFORMED',
  )
  const items = sample.manifest.items.map((item, at) =>
    at === 0 ? { ...item, commit: base64(Buffer.alloc(32)) } : item,
  )
  const lying = await resealed(sample, { ...sample.manifest, items })
  judged(
    'invalid',
    'commitment-wrong',
    'A commitment to another content',
    await packageBytes(lying),
    { itemKeys: keys },
    'ITEM_COMMITMENT_WRONG',
  )
}

/** The package as it would be had its log taken another manifest. */
async function resealed(sample: Sample, manifest: Manifest): Promise<PackageParts> {
  const log = memoryLog()
  await log.append([{ leaf: leafHash(encodeManifest(manifest)) }])
  const proof = await proofFile(log, 0, archiveOrigin, archivePrivateKey)
  const { ciphertext } = sample.parts
  return { manifest, proof, ciphertext }
}

async function makeLedgers(): Promise<void> {
  const sample = await samplePackage()
  const ledger = await sampleLedger(sample.manifest.items[2]?.id ?? '')
  const { records } = ledger.log
  function lines(list: readonly LogRecord[]) {
    return list.map((record, at) => formatLogLine(at, record)).join('')
  }
  type Change = {
    log?: string | Uint8Array
    checkpoints?: Record<string, Uint8Array>
    segment?: Uint8Array | undefined
  }
  function put(kind: 'valid' | 'invalid') {
    return (name: string, about: string, change: Change, ...codes: string[]) => {
      const base = `ledgers/${kind}/${name}`
      write(`${base}/log`, change.log ?? lines(records))
      for (const [file, bytes] of Object.entries(change.checkpoints ?? { '7.txt': ledger.checkpoint }))
        write(`${base}/checkpoints/${file}`, bytes)
      const segment = 'segment' in change ? change.segment : ledger.segment
      if (segment !== undefined) write(`${base}/tombstones/2026-11`, segment)
      write(`${base}.json`, { about, codes })
    }
  }
  const [valid, invalid] = [put('valid'), put('invalid')]
  const early = memoryLog()
  await early.append(records.slice(0, 3))
  const earlyCheckpoint = signedCheckpoint(early, ledgerOrigin, ledgerPrivateKey)
  const [second, third] = [records[2], records[3]]
  if (second === undefined || third?.opening === undefined) throw new Error('The sample is too small')

  valid(
    'seven-entries',
    'Two checkpoints, a time stamp, live tombstones',
    {
      checkpoints: {
        '3.txt': earlyCheckpoint,
        '7.txt': ledger.checkpoint,
        '7.tsr': stamp(ledger.checkpoint),
      },
    },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
    'TIME_STAMP_GOOD',
    'TIME_STAMP_REVOCATION_UNKNOWN',
  )
  valid(
    'pruned',
    'The text of an entry was removed',
    { log: lines(records.toSpliced(4, 1, { leaf: records[4]?.leaf ?? Buffer.alloc(32) })) },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
    'LEDGER_ENTRY_PRUNED',
    'TOMBSTONES_UNEXPLAINED',
  )
  valid(
    'torn',
    'The last write was cut short and never acknowledged',
    { log: `${lines(records)}7 a1` },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
    'LEDGER_TORN',
  )
  valid(
    'beyond',
    'Entries that no checkpoint covers yet',
    { checkpoints: { '3.txt': earlyCheckpoint } },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
    'LEDGER_BEYOND_CHECKPOINT',
    'TOMBSTONES_UNEXPLAINED',
  )
  valid(
    'tombstones-appended',
    'A tombstone that no entry covers: it proves nothing',
    { segment: Buffer.concat([ledger.segment, seeded('a tombstone', 32)]) },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
    'TOMBSTONES_UNEXPLAINED',
  )
  valid(
    'tombstones-destroyed',
    'The segment of tombstones has been destroyed',
    { segment: undefined },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
  )

  const following = memoryLog()
  const begun = checkEntry(
    {
      v: 1,
      seq: 0,
      type: 'BREAK_GLASS',
      at: '2026-11-24T02:00Z',
      reason: 'SYSTEM_FAILURE',
      broken: {
        origin: 'buergerdraht/ledger/00000000-0000-4000-8000-000000000001',
        size: 7,
        root: base64(seeded('a root', 32)),
        fault: 'MISSING',
        proven: { size: 7, at: '2026-11-23T03:00Z' },
      },
      approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
    },
    0,
  )
  if (!('accepted' in begun)) throw new Error(`${begun.refused} ${begun.field}`)
  const salt = seeded('the salt of what follows', 32)
  await following.append([
    { leaf: leafHash(entryCommitment(begun.accepted, salt)), opening: { salt, entry: begun.accepted } },
  ])
  valid(
    'follows-broken',
    'A ledger that follows one which was lost and given up',
    {
      log: lines(following.records),
      checkpoints: { '1.txt': signedCheckpoint(following, ledgerOrigin, ledgerPrivateKey) },
      segment: undefined,
    },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
    'LEDGER_FOLLOWS_BROKEN',
  )

  invalid(
    'damaged',
    'One character of a line, checksum as before',
    { log: lines(records).replace('"DA03"', '"DA04"') },
    'LEDGER_DAMAGED',
    'LEDGER_SHORT',
    'LEDGER_WITHOUT_CHECKPOINT',
  )
  invalid(
    'dropped',
    'An entry dropped, numbers and checksums repaired',
    { log: lines(records.toSpliced(3, 1)) },
    'LEDGER_ENTRY_REFUSED',
    'LEDGER_SHORT',
    'LEDGER_WITHOUT_CHECKPOINT',
  )
  invalid(
    'doubled',
    'An entry doubled, numbers and checksums repaired',
    { log: lines(records.toSpliced(3, 0, third)) },
    'LEDGER_ENTRY_REFUSED',
    'LEDGER_ROOT_DIFFERS',
    'LEDGER_WITHOUT_CHECKPOINT',
  )
  invalid(
    'swapped',
    'Two entries exchanged, numbers and checksums repaired',
    { log: lines(records.toSpliced(2, 2, third, second)) },
    'LEDGER_ENTRY_REFUSED',
    'LEDGER_ROOT_DIFFERS',
    'LEDGER_WITHOUT_CHECKPOINT',
  )
  invalid(
    'truncated',
    'The last entries are missing',
    { log: lines(records.slice(0, 5)) },
    'LEDGER_SHORT',
    'LEDGER_WITHOUT_CHECKPOINT',
  )
  const rewritten = ledgerRecord(keyDestroyed(3, 'LR-DA03@2'), ledger.ids[3] ?? '')
  invalid(
    'text-changed',
    'Another rule in the text of an entry',
    { log: lines(records.toSpliced(3, 1, { ...rewritten, leaf: third.leaf })) },
    'LEDGER_ENTRY_CHANGED',
  )
  invalid(
    'rewritten',
    'Another rule, with its leaf',
    { log: lines(records.toSpliced(3, 1, rewritten)) },
    'LEDGER_ROOT_DIFFERS',
    'LEDGER_WITHOUT_CHECKPOINT',
  )
  const smuggled = {
    leaf: third.leaf,
    opening: { salt: third.opening.salt, entry: { ...keyDestroyed(3), reason: 'Erika Mustermann' } },
  }
  invalid(
    'smuggled-field',
    'A field that the schema does not have',
    { log: lines(records.toSpliced(3, 1, smuggled)) },
    'LEDGER_ENTRY_REFUSED',
  )
  const fork = memoryLog()
  await fork.append(records.toSpliced(2, 1, ledgerRecord(keyDestroyed(2, 'LR-DA03@9'), ledger.ids[2] ?? '')))
  const forked = signedCheckpoint(fork, ledgerOrigin, ledgerPrivateKey)
  invalid(
    'forked',
    'A second checkpoint of the same size and another root, both signed',
    { checkpoints: { '7.txt': ledger.checkpoint, '7b.txt': forked } },
    'LEDGER_ROOT_DIFFERS',
  )
  invalid('no-checkpoint', 'No checkpoint at all', { checkpoints: {} }, 'LEDGER_WITHOUT_CHECKPOINT')
  const thief = signedCheckpoint(ledger.log, ledgerOrigin, seededKey('thief'))
  invalid(
    'stranger',
    'A checkpoint of a stranger',
    { checkpoints: { '7.txt': thief } },
    'CHECKPOINT_UNKNOWN_KEY',
    'LEDGER_WITHOUT_CHECKPOINT',
  )
  invalid(
    'tombstones-short',
    'A tombstone is missing',
    { segment: ledger.segment.subarray(0, -32) },
    'TOMBSTONES_SHORT',
  )
  const exchanged = Buffer.from(ledger.segment)
  exchanged.set(seeded('a tombstone', 32), exchanged.length - 32)
  invalid(
    'tombstones-exchanged',
    'The tombstone of another object',
    { segment: exchanged },
    'TOMBSTONES_CHANGED',
  )
  const otherSecret = Buffer.from(ledger.segment)
  otherSecret.set(seeded('another secret', 32), 'bc-tombstones-v1 2026-11\n'.length)
  invalid(
    'tombstones-other-secret',
    'Another secret of the segment',
    { segment: otherSecret },
    'TOMBSTONES_CHANGED',
  )
  // As the product makes ids (RFC 9562 section 5.7).
  const secondVersion = await sampleLedger('01a20904-b2c2-7000-a348-96a4ca5f39db', 2)
  const checkpoints = { '7.txt': secondVersion.checkpoint }
  const secondLog = lines(secondVersion.log.records)
  valid(
    'tombstones-v2',
    'Tombstones under the secret of their segment, one of a version 7 id',
    { log: secondLog, checkpoints, segment: secondVersion.segment },
    'CHECKPOINT_COSIGNED',
    'LEDGER_AGREES',
  )
  const exchangedV2 = Buffer.from(secondVersion.segment)
  exchangedV2.set(seeded('a tombstone', 32), exchangedV2.length - 32)
  invalid(
    'tombstones-v2-exchanged',
    'The tombstone of another object, under the secret of its segment',
    { log: secondLog, checkpoints, segment: exchangedV2 },
    'TOMBSTONES_CHANGED',
  )
  const otherSecretV2 = Buffer.from(secondVersion.segment)
  otherSecretV2.set(seeded('another secret', 32), 'bc-tombstones-v2 2026-11\n'.length)
  invalid(
    'tombstones-v2-other-secret',
    'Another secret: no object would be recognised',
    { log: secondLog, checkpoints, segment: otherSecretV2 },
    'TOMBSTONES_CHANGED',
  )
  const relabelled = Buffer.from(secondVersion.segment)
  relabelled.write('bc-tombstones-v1', 'latin1')
  invalid(
    'tombstones-v2-relabelled',
    'The segment says another version than its entries: no object would be recognised',
    { log: secondLog, checkpoints, segment: relabelled },
    'TOMBSTONES_CHANGED',
  )
  invalid(
    'archive-for-ledger',
    "The archive log's checkpoint beside the ledger's",
    {
      checkpoints: {
        '7.txt': ledger.checkpoint,
        '7a.txt': signedCheckpoint(ledger.log, archiveOrigin, archivePrivateKey),
      },
    },
    'LEDGER_ROOT_DIFFERS',
  )
  invalid(
    'tombstones-torn',
    'A tombstone is cut off',
    { segment: ledger.segment.subarray(0, -1) },
    'TOMBSTONES_MALFORMED',
  )
}

async function makeCheckpoints(): Promise<void> {
  const log = memoryLog()
  await log.append(Array.from({ length: 5 }, (_, at) => ({ leaf: leafHash(seeded(`leaf ${at}`, 10)) })))
  const good = signedCheckpoint(log, archiveOrigin, archivePrivateKey).toString()
  const bare = signedCheckpoint(log, archiveOrigin, archivePrivateKey, false).toString()
  function put(
    kind: string,
    name: string,
    about: string,
    text: string | Uint8Array,
    witnesses: number,
    codes: string[],
  ) {
    write(`checkpoints/${kind}/${name}.txt`, text)
    write(`checkpoints/${kind}/${name}.json`, { about, keys: trust.keys, witnesses, codes })
  }
  function valid(name: string, about: string, text: string, witnesses: number, ...codes: string[]) {
    return put('valid', name, about, text, witnesses, codes)
  }
  function invalid(name: string, about: string, text: string | Uint8Array, ...codes: string[]) {
    return put('invalid', name, about, text, 1, codes)
  }
  const { text } = parseNote(Buffer.from(bare))
  function signedText(body: string) {
    return formatNote(signNote({ text: body, signatures: [] }, [logSigner(archiveOrigin, archivePrivateKey)]))
  }

  valid('cosigned', 'Signed by the log and a witness', good, 1, 'CHECKPOINT_COSIGNED')
  valid('log-only', 'Signed by the log alone, where no witness is required', bare, 0)
  const mlDsa = { name: archiveOrigin, keyId: 0x0badc0de, signature: seeded('ml-dsa', 2428) }
  // An auditor must see that it is there and was not checked.
  const withUnknown = formatNote({ text, signatures: [mlDsa, ...parseNote(Buffer.from(good)).signatures] })
  valid(
    'unknown-algorithm',
    'A third signature of an algorithm unknown to Ed25519 verifiers',
    withUnknown,
    1,
    'CHECKPOINT_COSIGNED',
    'CHECKPOINT_SIGNATURE_UNREAD',
  )
  valid('extension', 'An extension line, which is signed too', signedText(`${text}extension\n`), 0)
  const empty = memoryLog()
  valid(
    'empty-log',
    'A log without entries',
    signedCheckpoint(empty, archiveOrigin, archivePrivateKey).toString(),
    1,
    'CHECKPOINT_COSIGNED',
  )

  invalid(
    'signature',
    'Another size under the old signatures',
    good.replace('\n5\n', '\n6\n'),
    'CHECKPOINT_SIGNATURE',
  )
  invalid(
    'stranger',
    "Signed by a stranger under the log's name",
    signedCheckpoint(log, archiveOrigin, seededKey('thief')).toString(),
    'CHECKPOINT_UNKNOWN_KEY',
  )
  invalid(
    'other-log',
    "The ledger's key does not count for the archive",
    formatNote(signNote({ text, signatures: [] }, [logSigner(ledgerOrigin, ledgerPrivateKey)])),
    'CHECKPOINT_UNKNOWN_KEY',
  )
  const witnessAsLog = formatNote(
    signNote({ text, signatures: [] }, [
      witnessSigner('revision.musterstadt.example/w1', seededKey('witness'), sealedOn),
    ]),
  )
  invalid('witness-alone', 'A witness cannot stand in for the log', witnessAsLog, 'CHECKPOINT_UNKNOWN_KEY')
  invalid('no-witness', 'A witness is required and none signed', bare, 'WITNESSES_MISSING')
  const twisted = parseNote(Buffer.from(good))
  const [mine, cosignature] = twisted.signatures
  if (mine === undefined || cosignature === undefined) throw new Error('The checkpoint is not cosigned')
  const later = Buffer.from(cosignature.signature)
  later[7] = (later[7] ?? 0) ^ 1
  invalid(
    'cosignature-time',
    "Another time under the witness's signature",
    formatNote({ text, signatures: [mine, { ...cosignature, signature: later }] }),
    'CHECKPOINT_SIGNATURE',
  )
  for (const [name, about, body] of [
    ['leading-zero', 'A size with a leading zero', text.replace('\n5\n', '\n05\n')],
    ['negative-size', 'A negative size', text.replace('\n5\n', '\n-5\n')],
    [
      'short-root',
      'A root of 31 bytes',
      text.replace(/\n[^\n]{44}\n/, `\n${Buffer.alloc(31).toString('base64')}\n`),
    ],
    ['two-lines', 'No root', text.split('\n').slice(0, 2).join('\n').concat('\n')],
  ] as const) {
    invalid(name, about, signedText(body), 'CHECKPOINT_MALFORMED')
  }
  invalid(
    'carriage-returns',
    'Lines that end in CR LF',
    good.replaceAll('\n', '\r\n'),
    'CHECKPOINT_MALFORMED',
  )
  invalid('no-signature', 'A text without signatures', text, 'CHECKPOINT_MALFORMED')
  invalid(
    'not-utf8',
    'Bytes that are no UTF-8',
    Buffer.concat([Buffer.from([0xff]), Buffer.from(good)]),
    'CHECKPOINT_MALFORMED',
  )
  invalid(
    'stray-base64-bits',
    'The root in a second base64 spelling',
    // The last character of the root stands for four bits; the others must be zero.
    good.replace(/([A-Z])=\n/, (_, letter: string) => `${String.fromCharCode(letter.charCodeAt(0) + 1)}=\n`),
    'CHECKPOINT_MALFORMED',
  )
}

async function makeProofs(): Promise<void> {
  const data = Array.from({ length: 13 }, (_, at) => seeded(`leaf ${at}`, at))
  const leaves = data.map(leafHash)
  const log = memoryLog()
  await log.append(leaves.map((leaf) => ({ leaf })))
  async function proofFile(index: number) {
    return formatProofFile({
      index,
      proof: await log.proveInclusion(index),
      checkpoint: signedCheckpoint(log, archiveOrigin, archivePrivateKey),
    })
  }
  for (const [size, index] of [
    [1, 0],
    [2, 1],
    [3, 2],
    [7, 6],
    [8, 3],
    [13, 0],
    [13, 12],
  ] as const) {
    const root = base64(rootOf(leaves.slice(0, size)))
    const proof = (await log.proveInclusion(index, size)).map(base64)
    const base = {
      kind: 'inclusion',
      data: (data[index] ?? Buffer.alloc(0)).toString('hex'),
      index,
      size,
      proof,
      root,
    }
    write(`proofs/valid/inclusion-${index}-of-${size}.json`, base)
    write(`proofs/invalid/inclusion-${index}-of-${size}-other-data.json`, {
      ...base,
      data: 'ff',
      code: 'PROOF_WRONG',
    })
    write(`proofs/invalid/inclusion-${index}-of-${size}-longer.json`, {
      ...base,
      proof: [...proof, root],
      code: 'PROOF_WRONG',
    })
    if (proof.length > 0)
      write(`proofs/invalid/inclusion-${index}-of-${size}-shorter.json`, {
        ...base,
        proof: proof.slice(1),
        code: 'PROOF_WRONG',
      })
    write(`proofs/invalid/inclusion-${index}-of-${size}-beyond.json`, {
      ...base,
      index: size,
      code: 'PROOF_WRONG',
    })
  }
  for (const [first, second] of [
    [0, 5],
    [1, 2],
    [3, 7],
    [4, 8],
    [6, 13],
    [8, 13],
    [13, 13],
  ] as const) {
    const roots = {
      firstRoot: base64(rootOf(leaves.slice(0, first))),
      secondRoot: base64(rootOf(leaves.slice(0, second))),
    }
    const base = {
      kind: 'consistency',
      first,
      second,
      ...roots,
      proof: (await log.proveConsistency(first, second)).map(base64),
    }
    write(`proofs/valid/consistency-${first}-${second}.json`, base)
    const wrong = base64(createHash('sha256').update('wrong').digest())
    if (first > 0)
      write(`proofs/invalid/consistency-${first}-${second}-other-root.json`, {
        ...base,
        firstRoot: wrong,
        code: 'PROOF_WRONG',
      })
    write(`proofs/invalid/consistency-${first}-${second}-longer.json`, {
      ...base,
      proof: [...base.proof, wrong],
      code: 'PROOF_WRONG',
    })
    if (first !== second)
      write(`proofs/invalid/consistency-${first}-${second}-backwards.json`, {
        ...base,
        first: second,
        second: first,
        code: 'PROOF_WRONG',
      })
  }
  const file = Buffer.from(await proofFile(11)).toString()
  write('proofs/valid/leaf-11.tlog-proof', file)
  write('proofs/valid/leaf-11.tlog-proof.json', {
    kind: 'file',
    keys: trust.keys,
    data: (data[11] ?? Buffer.alloc(0)).toString('hex'),
  })
  for (const [name, text, code] of [
    ['unknown-version', file.replace('@v1', '@v2'), 'PROOF_MALFORMED'],
    ['leading-zero', file.replace('index 11', 'index 011'), 'PROOF_MALFORMED'],
    ['short-hash', file.replace(/\n.{44}\n/, '\nAAAA\n'), 'PROOF_MALFORMED'],
    ['extra', file.replace('@v1\n', '@v1\nextra RXJpa2E=\n'), 'PROOF_MALFORMED'],
    ['no-checkpoint', file.split('\n\n')[0] ?? '', 'PROOF_MALFORMED'],
    ['other-index', file.replace('index 11', 'index 10'), 'PROOF_WRONG'],
    ['other-checkpoint', file.replace('\n13\n', '\n12\n'), 'CHECKPOINT_SIGNATURE'],
  ] as const) {
    write(`proofs/invalid/${name}.tlog-proof`, text)
    write(`proofs/invalid/${name}.tlog-proof.json`, {
      kind: 'file',
      keys: trust.keys,
      data: (data[11] ?? Buffer.alloc(0)).toString('hex'),
      code,
    })
  }
}
