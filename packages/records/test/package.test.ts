import { hash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { digest } from '#cryptography'
import { ItemOpener, sealItem } from '../src/archive/item.ts'
import { encodeManifest, parseManifest } from '../src/archive/manifest.ts'
import { encodeEvidenceRecord } from '../src/evidence/evidence-record.ts'
import { hashTree } from '../src/evidence/hash-tree.ts'
import { evidenceRecord } from '../src/evidence/renew-evidence.ts'
import { parseProofFile } from '../src/log/inclusion-proof-file.ts'
import { plannedAlgorithmCalendar } from '../src/time/algorithm-calendar.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { tokenInResponse } from '../src/time/time-stamp-response.ts'
import { bytesInMemory } from '../src/verify/byte-source.ts'
import { verdictOf } from '../src/verify/finding.ts'
import type { FindingCode } from '../src/verify/finding-code.ts'
import type { Trust } from '../src/verify/trust.ts'
import { type PackageQuestion, verifyPackage } from '../src/verify/verify-package.ts'
import { OpensslAuthority } from './openssl-authority.ts'
import {
  archiveKey,
  archiveOrigin,
  archivePrivateKey,
  erasureEvidence,
  keys,
  ledgerKey,
  packageBytes,
  proofFile,
  type Sample,
  sampleLedger,
  samplePackage,
  seededKey,
  signedCheckpoint,
  witnessKey,
} from './sample-archive.ts'
import { type File, filesOf, zipOf } from './zip-of.ts'

const authority = new OpensslAuthority()
const trust: Trust = { keys, witnesses: 1, roots: parseCertificatesPem(authority.rootPem), on: new Date() }
let sample: Sample
let whole: Buffer
let files: File[]

function stamp(algorithm: 'sha256', data: Uint8Array): Buffer {
  return authority.stored(algorithm, digest(algorithm, data))
}

/** An evidence record over documents as one group. */
function evidenceOver(...documents: Uint8Array[]): Uint8Array {
  const tree = hashTree('sha256', [documents.map((document) => digest('sha256', document))])
  const token = tokenInResponse(authority.stored('sha256', tree.root))
  return encodeEvidenceRecord(evidenceRecord('sha256', { token, reduced: tree.reduced(0) }))
}

beforeAll(async () => {
  sample = await samplePackage()
  const timeStamp = stamp('sha256', parseProofFile(sample.parts.proof).checkpoint)
  const evidence = evidenceOver(sample.manifestBytes, sample.parts.proof, timeStamp)
  sample.parts = { ...sample.parts, timeStamp, evidence }
  whole = await packageBytes(sample.parts)
  files = await filesOf(whole)
})

afterAll(() => authority.remove())

async function found(bytes: Uint8Array, question: Partial<PackageQuestion> = {}) {
  return (await verifyPackage(bytesInMemory(bytes), { trust, ...question })).findings
}

/** The codes that make a package invalid or unusable. */
async function problems(bytes: Uint8Array, question: Partial<PackageQuestion> = {}): Promise<FindingCode[]> {
  const findings = await found(bytes, question)
  return [...new Set(findings.filter(({ severity }) => severity !== 'notice').map(({ code }) => code))]
}

function changed(name: RegExp, change: (bytes: Buffer) => Uint8Array | undefined): Buffer {
  return zipOf(
    files.flatMap((file) => {
      if (!name.test(file.name)) return [file]
      const bytes = change(Buffer.from(file.bytes))
      return bytes === undefined ? [] : [{ name: file.name, bytes }]
    }),
  )
}

function flipped(bytes: Buffer, at: number, mask = 1) {
  bytes[at] = (bytes[at] ?? 0) ^ mask
  return bytes
}

describe('a package', () => {
  it('is valid, with everything that could be checked', async () => {
    const findings = await found(whole, { itemKeys: sample.itemKeys })
    expect(verdictOf(findings)).toBe(0)
    expect(findings.map(({ code }) => code)).toEqual([
      'PROOF_GOOD',
      'CHECKPOINT_COSIGNED',
      'TIME_STAMP_GOOD',
      'TIME_STAMP_REVOCATION_UNKNOWN',
      'EVIDENCE_GOOD',
      'TIME_STAMP_REVOCATION_UNKNOWN',
      ...sample.manifest.items.map(() => 'ITEM_CONTENT_CHECKED'),
      'ITEMS_UNCHANGED',
    ])
  })

  it('is the same bytes for the same input, and of the one canonical form', async () => {
    expect(await packageBytes(sample.parts)).toEqual(whole)
    expect(zipOf(files)).toEqual(whole)
    // Also of another sample, made anew: nothing of the moment or of chance goes into it.
    const again = await samplePackage()
    expect(await packageBytes({ ...sample.parts, ...again.parts })).toEqual(whole)
  })

  it('is a zip file to yauzl, which checks it in its own way', async () => {
    const zip = await yauzl.fromBufferPromise(whole, { lazyEntries: true })
    const seen: string[] = []
    for await (const entry of zip.eachEntry()) {
      const chunks: Uint8Array[] = []
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk)
      expect(Buffer.concat(chunks)).toEqual(files[seen.length]?.bytes)
      seen.push(entry.fileName)
    }
    const items = sample.manifest.items.map(({ id }) => `items/${id}.bin`)
    expect(seen).toEqual([
      'manifest.json',
      'checkpoint.txt',
      'proof.tlog-proof',
      'checkpoint.tsr',
      'evidence.er',
      ...items,
    ])
  })

  it('shows a missing time stamp and does not invent one', async () => {
    const { timeStamp: _, evidence: __, ...parts } = sample.parts
    const findings = await found(await packageBytes(parts))
    expect(verdictOf(findings)).toBe(0)
    expect(findings.map(({ code }) => code)).toContain('TIME_STAMP_ABSENT')
    const unchecked = await found(whole, { trust: { keys } })
    expect(unchecked.map(({ code }) => code)).toEqual([
      'PROOF_GOOD',
      'CHECKPOINT_COSIGNED',
      'TIME_STAMP_NOT_CHECKED',
      'EVIDENCE_NOT_CHECKED',
      'ITEMS_UNCHANGED',
    ])
  })

  it('tells when a renewal has been forgotten', async () => {
    const findings = await found(whole, {
      trust: { ...trust, on: new Date('2099-01-01'), calendar: plannedAlgorithmCalendar },
    })
    const codes = findings.map(({ code }) => code)
    expect(codes).toEqual(
      expect.arrayContaining([
        'EVIDENCE_CERTIFICATES_ENDED',
        'EVIDENCE_ALGORITHM_OVERDUE',
        'TIME_STAMP_RENEWED',
      ]),
    )
    expect(codes).not.toContain('TIME_STAMP_CERTIFICATES_ENDED')
    expect(verdictOf(findings)).toBe(3)
    const { evidence: _, ...parts } = sample.parts
    const alone = await found(await packageBytes(parts), { trust: { ...trust, on: new Date('2099-01-01') } })
    expect(alone.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['TIME_STAMP_CERTIFICATES_ENDED', 'TIME_STAMP_ALGORITHM_ENDED']),
    )
    expect(verdictOf(alone)).toBe(3)
  })
})

/** Where the data of the files lie, computed from their names and sizes alone. */
function dataRanges(zip: Buffer): [number, number][] {
  let at = 0
  const ranges = files.map(({ name, bytes }): [number, number] => {
    const start = at + 30 + name.length
    at = start + bytes.length + 16
    return [start, start + bytes.length]
  })
  expect(zip.readUInt32LE(at)).toBe(0x02014b50)
  return ranges
}

describe('tampering is found', () => {
  it('whichever byte of the file is changed', async () => {
    const undetected: number[] = []
    const inData = dataRanges(whole)
    for (let at = 0; at < whole.length; at++) {
      // Every byte of the structure; of the data, which a checksum covers, every seventh.
      if (at % 7 !== 0 && inData.some(([start, end]) => start <= at && at < end)) continue
      if ((await problems(flipped(Buffer.from(whole), at, 1 << (at % 8)), { trust: { keys } })).length === 0)
        undetected.push(at)
    }
    expect(undetected).toEqual([])
  })

  it('whichever byte of a file is changed by somebody who repairs every checksum', async () => {
    const undetected: string[] = []
    for (const [which, file] of files.entries()) {
      // Every byte of a token and of an item's hash is changed in the tests of their own.
      const step = /\.(?:tsr|er|bin)$/.test(file.name) ? 61 : 7
      for (let at = which % 7; at < file.bytes.length; at += step) {
        const bytes = flipped(Buffer.from(file.bytes), at, 1 << ((at + which) % 8))
        const forged = zipOf(files.map((each) => (each === file ? { ...each, bytes } : each)))
        if ((await problems(forged)).length === 0) undetected.push(`${file.name} ${at}`)
      }
    }
    expect(undetected).toEqual([])
  })

  it('wherever the file is cut off, or something is put before or behind it', async () => {
    for (let length = 0; length < whole.length; length += 17) {
      expect(await problems(whole.subarray(0, length))).toEqual(['ZIP_UNREADABLE'])
    }
    for (const extra of ['x', 'PK\u0005\u0006', '\0'.repeat(40)]) {
      expect(await problems(Buffer.concat([whole, Buffer.from(extra)]))).not.toEqual([])
      expect(await problems(Buffer.concat([Buffer.from(extra), whole]))).not.toEqual([])
    }
  })

  // By somebody who knows the format and repairs every checksum.
  it.each<[string, RegExp, (bytes: Buffer) => Uint8Array | undefined, FindingCode[]]>([
    [
      'a changed manifest',
      /manifest/,
      (b) => Buffer.from(b.toString().replace('"size":2}', '"size":3}')),
      ['PROOF_WRONG', 'EVIDENCE_OTHER_DATA', 'ITEM_CHANGED'],
    ],
    ['a manifest in other words', /manifest/, (b) => Buffer.from(` ${b}`), ['MANIFEST_MALFORMED']],
    [
      'a manifest of a later version',
      /manifest/,
      (b) => Buffer.from(b.toString().replace('"v":1', '"v":2')),
      ['UNKNOWN_VERSION'],
    ],
    ['no manifest', /manifest/, () => undefined, ['FILE_MISSING']],
    ['no proof', /tlog-proof/, () => undefined, ['FILE_MISSING', 'EVIDENCE_OTHER_DATA']],
    ['no checkpoint', /checkpoint.txt/, () => undefined, ['FILE_MISSING']],
    [
      'another index',
      /tlog-proof/,
      (b) => Buffer.from(b.toString().replace('index 5', 'index 6')),
      ['PROOF_WRONG', 'EVIDENCE_OTHER_DATA'],
    ],
    [
      'a shorter proof',
      /tlog-proof/,
      (b) => Buffer.from(b.toString().replace(/\n[^\n]+\n\n/, '\n\n')),
      ['PROOF_WRONG', 'EVIDENCE_OTHER_DATA'],
    ],
    [
      'a broken proof',
      /tlog-proof/,
      (b) => b.subarray(3),
      ['PROOF_MALFORMED', 'CHECKPOINT_DIFFERS', 'EVIDENCE_OTHER_DATA'],
    ],
    [
      'another checkpoint beside the proof',
      /checkpoint.txt/,
      (b) => Buffer.from(b.toString().replace('\n11\n', '\n12\n')),
      ['CHECKPOINT_DIFFERS', 'TIME_STAMP_IMPRINT'],
    ],
    [
      'another size in the proof',
      /tlog-proof/,
      (b) => Buffer.from(b.toString().replace('\n11\n', '\n12\n')),
      ['CHECKPOINT_SIGNATURE', 'CHECKPOINT_DIFFERS', 'EVIDENCE_OTHER_DATA'],
    ],
    ['an empty time stamp', /\.tsr/, () => Buffer.alloc(0), ['TIME_STAMP_UNREADABLE', 'EVIDENCE_OTHER_DATA']],
    [
      'a changed time stamp',
      /\.tsr/,
      (b) => flipped(b, b.length - 1),
      ['TIME_STAMP_SIGNATURE', 'EVIDENCE_OTHER_DATA'],
    ],
    [
      'a time stamp over other data',
      /\.tsr/,
      () => stamp('sha256', Buffer.from('other')),
      ['TIME_STAMP_IMPRINT', 'EVIDENCE_OTHER_DATA'],
    ],
    [
      'an evidence record over other data',
      /\.er/,
      () => evidenceOver(Buffer.from('x'), Buffer.from('y')),
      ['EVIDENCE_OTHER_DATA'],
    ],
    [
      'an evidence record over the manifest alone',
      /\.er/,
      () => evidenceOver(sample.manifestBytes),
      ['EVIDENCE_OTHER_DATA'],
    ],
    ['a broken evidence record', /\.er/, (b) => b.subarray(1), ['EVIDENCE_UNREADABLE']],
    ['a changed item', /items/, (b) => flipped(b, 40), ['ITEM_CHANGED']],
    ['a longer item', /items/, (b) => Buffer.concat([b, b]), ['ITEM_CHANGED']],
    ['items that are gone', /items/, () => undefined, ['ITEM_MISSING']],
  ])('%s', async (_what, name, change, codes) => {
    expect((await problems(changed(name, change))).sort()).toEqual(codes.sort())
  })

  it('items exchanged, moved, doubled, added or renamed', async () => {
    const [first, second] = [files.at(-1), files.at(-2)]
    if (!first || !second) throw new Error('The sample is too small')
    const others = files.slice(0, -2)
    expect(
      await problems(zipOf([...others, { ...first, name: second.name }, { ...second, name: first.name }])),
    ).toEqual(['ITEM_CHANGED'])
    expect(await problems(zipOf([...others, first, second]))).toEqual(['FILE_UNLISTED'])
    expect(await problems(zipOf([...files, first]))).toEqual(['ZIP_DUPLICATE_NAME'])
    expect(await problems(zipOf([...files, { name: 'items/extra.bin', bytes: first.bytes }]))).toEqual([
      'FILE_UNLISTED',
    ])
    expect(await problems(zipOf(files.toReversed()))).toEqual(['FILE_UNLISTED'])
    for (const name of [
      '../x.bin',
      '/etc/passwd',
      'items\\x.bin',
      'C:x.bin',
      'items/../x.bin',
      'a//b.bin',
      'ä.bin',
      '',
      'x'.repeat(101),
    ]) {
      expect(await problems(zipOf([...files, { name, bytes: first.bytes }]))).toEqual(['ZIP_BAD_NAME'])
    }
    expect(await problems(zipOf([{ name: 'manifest.json', bytes: Buffer.alloc((64 << 20) + 1) }]))).toContain(
      'FILE_TOO_LARGE',
    )
  })

  it('more files than any package has, one by one', async () => {
    const many = Array.from({ length: 150_000 }, (_, at) => ({ name: `x/${at}.txt`, bytes: Buffer.alloc(0) }))
    const findings = await found(zipOf([...files, ...many]), { trust: { keys } })
    expect(findings.filter(({ code }) => code === 'FILE_UNLISTED')).toHaveLength(many.length)
  })

  it('keys that are not those of the logs, witnesses that are too few', async () => {
    const stranger = { ...archiveKey, keyId: 1 }
    expect(await problems(whole, { trust: { ...trust, keys: [stranger, witnessKey] } })).toEqual([
      'CHECKPOINT_UNKNOWN_KEY',
    ])
    // Another log that is trusted for itself must not vouch for this one.
    expect(await problems(whole, { trust: { ...trust, keys: [ledgerKey, witnessKey] } })).toEqual([
      'CHECKPOINT_UNKNOWN_KEY',
    ])
    expect(await problems(whole, { trust: { ...trust, witnesses: 2 } })).toEqual(['WITNESSES_MISSING'])
    const forged = signedCheckpoint(sample.archive, archiveOrigin, seededKey('thief'))
    const proof = parseProofFile(sample.parts.proof)
    expect(proof.checkpoint.length).toBe(forged.length)
    const bytes = await packageBytes({
      ...sample.parts,
      proof: await proofFile(sample.archive, 5, archiveOrigin, seededKey('thief')),
    })
    expect(await problems(bytes)).toContain('CHECKPOINT_UNKNOWN_KEY')
  })

  it('wrong item keys, and contents that are not those committed to', async () => {
    const [item] = sample.manifest.items
    if (!item) throw new Error('The sample is empty')
    const wrong = new Map([[item.id, randomBytes(32)]])
    expect(await problems(whole, { itemKeys: wrong })).toEqual(['ITEM_KEY_WRONG'])
    // An archive that lies from the start: it commits to one content and stores another.
    const name = { package: sample.manifest.package, item: item.id }
    const key = sample.itemKeys.get(item.id) ?? Buffer.alloc(0)
    const sealed = sealItem(name, { key, salt: randomBytes(32), nonce: randomBytes(12) }, [
      Buffer.alloc(item.size),
    ])
    const chunks: Uint8Array[] = []
    for await (const chunk of sealed.ciphertext) chunks.push(chunk)
    const liar = await samplePackage()
    const seal = sealed.seal()
    const lied = {
      ...item,
      cipherHash: Buffer.from(seal.cipherHash).toString('base64'),
      secondCipherHash: Buffer.from(seal.secondCipherHash).toString('base64'),
    }
    const manifest = {
      ...liar.manifest,
      items: liar.manifest.items.map((each) => (each.id === item.id ? lied : each)),
    }
    const bytes = await packageBytes({
      ...liar.parts,
      manifest,
      ciphertext: (each) => (each.id === item.id ? chunks : liar.parts.ciphertext(each)),
    })
    expect(await problems(bytes, { itemKeys: sample.itemKeys })).toEqual([
      'PROOF_WRONG',
      'ITEM_COMMITMENT_WRONG',
    ])
  })
})

describe('an erased item', () => {
  function without(which: Sample) {
    const gone = which.manifest.items[2]?.id
    return {
      ...which.parts,
      ciphertext: (item: { id: string }) =>
        item.id === gone ? undefined : [which.ciphertexts.get(item.id) ?? Buffer.alloc(0)],
    }
  }

  it('is MISSING without evidence and lawfully erased with it; all proofs stay as they were', async () => {
    const mine = await samplePackage()
    expect(await problems(await packageBytes(without(mine)))).toEqual(['ITEM_MISSING'])
    const ledger = await sampleLedger(mine.manifest.items[2]?.id ?? '')
    const erasures = [await erasureEvidence(mine, ledger)]
    const findings = await found(await packageBytes({ ...without(mine), erasures }))
    expect(verdictOf(findings)).toBe(0)
    const erased = findings.find(({ code }) => code === 'ITEM_ERASED')
    expect(erased?.detail).toBe('LR-DA03@1, 2026-11-24, 2')
    expect(erased?.location).toBe(`items/${mine.manifest.items[2]?.id}.bin`)
    // Evidence of erasure and the bytes still there contradict each other.
    expect(await problems(await packageBytes({ ...mine.parts, erasures }))).toEqual(['ITEM_NOT_ERASED'])
  })

  it('stays MISSING when the evidence does not stand up', async () => {
    const mine = await samplePackage()
    const ledger = await sampleLedger(mine.manifest.items[2]?.id ?? '')
    const good = await erasureEvidence(mine, ledger)
    const other = await erasureEvidence(mine, ledger, {}, 3)
    const cases = [
      await erasureEvidence(mine, ledger, { package: '00000000-0000-4000-8000-000000000000' }),
      await erasureEvidence(mine, ledger, { rule: 'LR-DA03@2' }),
      await erasureEvidence(mine, ledger, { on: '2026-11-25' }),
      await erasureEvidence(mine, ledger, { ledger: { seq: 3 } }),
      await erasureEvidence(mine, ledger, { items: mine.manifest.items.map(({ id }) => id) }),
      { ...good, entry: other.entry },
      { ...good, salt: Buffer.alloc(32) },
      { ...good, entryProof: other.entryProof },
      {
        ...good,
        statementProof: other.statementProof,
        statement: { ...good.statement, items: ['00000000-0000-4000-8000-000000000000'] },
      },
      { ...good, entryProof: good.statementProof },
      // Its only message does not answer for an attachment.
      await erasureEvidence(mine, ledger, { items: [mine.manifest.items[3]?.id ?? ''] }),
      await erasureEvidence(mine, ledger, { on: '2026-11-22' }),
      await erasureEvidence(mine, ledger, { on: '2099-01-01' }),
      await erasureEvidence(mine, ledger, { rule: 'LR-DA02@1' }),
    ]
    for (const erasure of cases) {
      const codes = await problems(await packageBytes({ ...without(mine), erasures: [erasure] }))
      expect(codes).toContain('ERASURE_UNPROVEN')
      expect(codes).toContain('ITEM_MISSING')
    }
    const parts = await filesOf(await packageBytes({ ...without(mine), erasures: [good] }))
    function part(pattern: RegExp, bytes: (b: Buffer) => Buffer) {
      return zipOf(
        parts.map((file) =>
          pattern.test(file.name) ? { ...file, bytes: bytes(Buffer.from(file.bytes)) } : file,
        ),
      )
    }
    expect(await problems(zipOf(parts.filter(({ name }) => !name.endsWith('entry.json'))))).toEqual([
      'FILE_MISSING',
      'ITEM_MISSING',
    ])
    expect(await problems(part(/entry.json/, () => Buffer.from('{}')))).toEqual([
      'ERASURE_MALFORMED',
      'ITEM_MISSING',
    ])
    expect(
      await problems(part(/statement.json/, (b) => Buffer.from(b.toString().replace('"v":1', '"v":9')))),
    ).toEqual(['UNKNOWN_VERSION', 'ITEM_MISSING'])
  })
})

describe('what a manifest gives away', () => {
  it('has no room for names, numbers or text', () => {
    const { manifest } = sample
    const [item] = manifest.items
    if (!item) throw new Error('The sample is empty')
    const smuggled: unknown[] = [
      { ...manifest, title: 'Erika Mustermann' },
      { ...manifest, package: '0170 1234567' },
      { ...manifest, rule: 'Erika' },
      { ...manifest, createdAt: '2026-11-23T02:58:00.000Z Erika' },
      { ...manifest, items: [{ ...item, mediaType: 'image/erika-mustermann' }] },
      { ...manifest, items: [{ ...item, name: 'pass.jpg' }] },
      { ...manifest, items: [{ ...item, kind: 'Erika' }] },
      { ...manifest, items: [item, item] },
      { ...manifest, items: [] },
    ]
    for (const value of smuggled) {
      expect(parseManifest(Buffer.from(JSON.stringify(value))).ok).toBe(false)
    }
    expect(parseManifest(encodeManifest(manifest)).ok).toBe(true)
  })

  it('does not let anybody guess a short content, even by trying a million', () => {
    const item = sample.manifest.items[2]
    const guesses = [
      'Ja',
      ...Array.from({ length: 1_000_000 }, (_, n) => `+4917${String(n).padStart(8, '0')}`),
    ]
    const hits = guesses.filter((guess) => hash('sha256', `bc-item-v1${guess}`, 'base64') === item?.commit)
    expect(hits).toEqual([])
    // The same content under another salt is another commitment, so equal answers cannot be told either.
    expect(new Set(sample.manifest.items.map(({ commit }) => commit)).size).toBe(4)
  })

  it('is opened with the key only, in pieces of any size', () => {
    const item = sample.manifest.items[3]
    if (!item) throw new Error('The sample is too small')
    const ciphertext = sample.ciphertexts.get(item.id) ?? Buffer.alloc(0)
    const name = { package: sample.manifest.package, item: item.id }
    const key = sample.itemKeys.get(item.id) ?? Buffer.alloc(0)
    for (const width of [1, 11, 12, 16, 28, 29, 60, 61, 500, 5000]) {
      const opener = new ItemOpener(name, key)
      const content: Uint8Array[] = []
      for (let at = 0; at < ciphertext.length; at += width)
        opener.update(ciphertext.subarray(at, at + width), (piece) => content.push(piece))
      expect(Buffer.from(opener.final() ?? []).toString('base64')).toBe(item.commit)
      expect(Buffer.concat(content)).toHaveLength(item.size)
    }
    const elsewhere = new ItemOpener({ ...name, item: sample.manifest.package }, key)
    elsewhere.update(ciphertext)
    expect(elsewhere.final()).toBeUndefined()
    expect(new ItemOpener(name, key).final()).toBeUndefined()
    expect(archivePrivateKey.type).toBe('private')
  })
})
