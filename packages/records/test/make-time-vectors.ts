import { digest } from '#cryptography'
import { type EvidenceRecord, encodeEvidenceRecord, withChains } from '../src/evidence/evidence-record.ts'
import { hashTree } from '../src/evidence/hash-tree.ts'
import {
  evidenceRecord,
  hashTreeRenewalHash,
  renewHashTree,
  renewTimeStamp,
  timeStampRenewalHash,
} from '../src/evidence/renew-evidence.ts'
import { tags, writeDer } from '../src/time/der.ts'
import type { DigestAlgorithm } from '../src/time/digest-algorithm.ts'
import { inBer, type Lie, LyingAuthority } from './lying-authority.ts'
import {
  certify,
  extension,
  type Issued,
  int,
  type KeyKind,
  keptAnswer,
  listPoint,
  makeKey,
  named,
  nul,
  ocspResponse,
  octets,
  oid,
  responder,
  revocationList,
  seq,
  tagged,
  time,
} from './lying-certificates.ts'

/** Writes a file below `vectors/`. */
type Write = (path: string, content: Uint8Array | string | object) => void
type Written = Exclude<DigestAlgorithm, 'sha1' | 'sha224'>
type Case = {
  verdict: 'valid' | 'invalid' | 'indeterminate'
  codes: string[]
  lastDays?: Record<string, string>
}

const data = Buffer.from('{"salted":"3b1f"}')
const made = new Date('2026-11-23T03:00:00Z')
const unknown = 'TIME_STAMP_REVOCATION_UNKNOWN'
const valid: Case = { verdict: 'valid', codes: ['EVIDENCE_GOOD', unknown] }

/**
 * Vectors of time stamps and evidence records, made by an authority that lies: `evidence-records/made` in all hash functions,
 * keys and ways to renew, right and wrong, and `time-stamps/made` with what else an authority can say.
 */
export function makeTimeVectors(write: Write): void {
  write('evidence-records/made/data', data)
  write('time-stamps/made/data', data)
  makeRecords(write)
  makeStamps(write)
}

function makeRecords(write: Write): void {
  function put(
    name: string,
    about: string,
    by: LyingAuthority,
    record: EvidenceRecord | Uint8Array,
    expected: Case,
  ) {
    const base = `evidence-records/made/${name}`
    write(`${base}.er`, record instanceof Uint8Array ? record : encodeEvidenceRecord(record))
    write(`${base}.pem`, by.rootPem)
    write(`${base}.json`, { about, data: 'data', root: `${name}.pem`, ...expected })
  }
  const kinds: [KeyKind, Written][] = [
    ['rsa', 'sha256'],
    ['rsa-pss', 'sha384'],
    ['p256', 'sha512'],
    ['p384', 'sha3-256'],
    ['p521', 'sha3-512'],
    ['ed25519', 'sha3-384'],
  ]
  for (const [kind, algorithm] of kinds) {
    const by = new LyingAuthority(kind, { intermediate: kind === 'rsa' })
    const renewed = twiceRenewed(by, algorithm)
    put(`${kind}-${algorithm}`, `${kind} over ${algorithm}, renewed twice, in a batch`, by, renewed, valid)
    const again = newTree(
      by,
      renewed,
      algorithm === 'sha512' ? 'sha3-512' : 'sha512',
      new Date('2029-01-01T00:00:00Z'),
    )
    const last = renewTimeStamp(again, {
      token: stamped(by, timeStampRenewalHash(again), hashOf(again), new Date('2030-01-01T00:00:00Z')),
    })
    put(
      `${kind}-${algorithm}-new-tree-renewed`,
      'And a new hash tree, and that renewed: of the future here',
      by,
      last,
      {
        verdict: 'indeterminate',
        codes: ['EVIDENCE_GOOD', unknown, 'TIME_STAMP_FUTURE'],
      },
    )
  }

  const by = new LyingAuthority('p256')
  const short = by.certifies('p256', {
    from: new Date('2020-01-01T00:00:00Z'),
    until: new Date('2023-01-01T00:00:00Z'),
  })
  const old = first(by, 'sha256', { at: new Date('2022-06-01T00:00:00Z'), signer: short })
  put(
    'certificate-ended-renewed-in-time',
    'Renewed while its certificate held',
    by,
    renewedAt(by, old, '2022-12-31T00:00:00Z'),
    valid,
  )
  put(
    'certificate-ended-renewed-too-late',
    'Renewed a day after its certificate had ended',
    by,
    renewedAt(by, old, '2023-01-02T00:00:00Z'),
    {
      verdict: 'invalid',
      codes: ['TIME_STAMP_PATH'],
    },
  )
  const ed = new LyingAuthority('ed25519')
  const rsa = ed.certifies('rsa')
  const signed = first(ed, 'sha256', { at: new Date('2022-06-01T00:00:00Z'), signer: rsa, digest: 'sha256' })
  put(
    'signature-ended-renewed-too-late',
    'By the calendar RSA had ended before the renewal',
    ed,
    renewedAt(ed, signed, '2022-12-31T00:00:00Z'),
    { verdict: 'invalid', codes: ['EVIDENCE_ALGORITHM_ENDED'], lastDays: { 'rsa-pkcs1': '2022-10-01' } },
  )
  const good = first(by, 'sha256')
  put('algorithm-overdue', 'By the calendar SHA-256 has ended since', by, good, {
    verdict: 'indeterminate',
    codes: ['EVIDENCE_GOOD', unknown, 'EVIDENCE_ALGORITHM_OVERDUE'],
    lastDays: { sha256: '2026-11-25' },
  })
  put('not-a-record', 'A record without its last byte', by, encodeEvidenceRecord(good).subarray(0, -1), {
    verdict: 'invalid',
    codes: ['EVIDENCE_UNREADABLE'],
  })
  put(
    'renewal-of-another',
    'A renewal that covers something else',
    by,
    renewTimeStamp(good, { token: by.token(digest('sha256', Buffer.from('x'))) }),
    {
      verdict: 'invalid',
      codes: ['EVIDENCE_BROKEN_RENEWAL'],
    },
  )
  put(
    'encrypted',
    'Encryption information: what was hashed is a ciphertext',
    by,
    foreign(good, { encryption: true }),
    {
      verdict: 'indeterminate',
      codes: ['EVIDENCE_ALGORITHM'],
    },
  )
  put(
    'unknown-hash-function',
    'A chain under a hash function that nobody knows',
    by,
    foreign(good, { hash: '1.2.3.4.9' }),
    {
      verdict: 'indeterminate',
      codes: ['EVIDENCE_ALGORITHM'],
    },
  )
  put(
    'attributes-and-crypto-infos',
    'Attributes and crypto information: kept and said',
    by,
    foreign(good, { extras: true }),
    {
      verdict: 'valid',
      codes: ['EVIDENCE_GOOD', unknown, 'EVIDENCE_SURPLUS'],
    },
  )
  const lists = [[digest('sha256', data), Buffer.alloc(32, 9)], [Buffer.alloc(32, 7)]]
  const tree = hashTree('sha256', [[lists[0]?.[0] ?? data], [Buffer.alloc(32, 9)]])
  const unsorted = evidenceRecord('sha256', { token: by.token(tree.root), reduced: tree.reduced(0) })
  put('hashes-in-another-order', 'The first list of hashes in descending order', by, descending(unsorted), {
    verdict: 'valid',
    codes: ['EVIDENCE_GOOD', unknown, 'EVIDENCE_SURPLUS'],
  })
}

function hashOf({ chains }: EvidenceRecord): Written {
  return (chains.at(-1)?.[0]?.algorithm ?? 'sha256') as Written
}

/** In a batch with two others. */
function first(by: LyingAuthority, algorithm: Written, lie: Lie = {}): EvidenceRecord {
  const length = digest(algorithm, data).length
  const tree = hashTree(algorithm, [
    [digest(algorithm, data)],
    [Buffer.alloc(length, 1)],
    [Buffer.alloc(length, 2)],
  ])
  return evidenceRecord(algorithm, {
    token: by.token(tree.root, { ...lie, algorithm }),
    reduced: tree.reduced(0),
  })
}

function stamped(by: LyingAuthority, hash: Uint8Array, algorithm: DigestAlgorithm, at: Date): Uint8Array {
  return by.token(hash, { algorithm, at })
}

function renewedAt(by: LyingAuthority, record: EvidenceRecord, at: string): EvidenceRecord {
  return renewTimeStamp(record, {
    token: stamped(by, timeStampRenewalHash(record), hashOf(record), new Date(at)),
  })
}

function twiceRenewed(by: LyingAuthority, algorithm: Written): EvidenceRecord {
  const old = first(by, algorithm, { at: new Date('2022-01-01T00:00:00Z') })
  return renewedAt(by, renewedAt(by, old, '2024-01-01T00:00:00Z'), '2026-01-01T00:00:00Z')
}

function newTree(by: LyingAuthority, record: EvidenceRecord, algorithm: Written, at: Date): EvidenceRecord {
  const hash = hashTreeRenewalHash(record.chains, algorithm, digest(algorithm, data))
  return renewHashTree(record, algorithm, { token: stamped(by, hash, algorithm, at) })
}

/** A record as others may write it. */
function foreign(
  { chains, identifiers }: EvidenceRecord,
  { encryption = false, hash, extras = false }: { encryption?: boolean; hash?: string; extras?: boolean },
): Uint8Array {
  const [stamp] = chains[0] ?? []
  if (stamp === undefined) throw new Error('The record is empty')
  const lists = (stamp.reduced ?? []).map((list) => seq(...list.map(octets)))
  const attribute = seq(oid('1.2.3.4.7'), writeDer(tags.set, int(1)))
  const archived = seq(
    tagged(0, oid(hash ?? '2.16.840.1.101.3.4.2.1'), nul),
    ...(extras ? [tagged(1, attribute)] : []),
    tagged(2, ...lists),
    stamp.token,
  )
  return seq(
    int(1),
    seq(...identifiers),
    ...(extras ? [tagged(0, attribute)] : []),
    ...(encryption ? [tagged(1, oid('1.2.3.4.8'), int(1))] : []),
    seq(seq(archived)),
  )
}

function descending(record: EvidenceRecord): Uint8Array {
  const [stamp] = record.chains[0] ?? []
  if (stamp === undefined) throw new Error('The record is empty')
  const lists = (stamp.reduced ?? []).map((list) =>
    seq(...list.toSorted(Buffer.compare).toReversed().map(octets)),
  )
  const raw = seq(tagged(0, oid('2.16.840.1.101.3.4.2.1'), nul), tagged(2, ...lists), stamp.token)
  return encodeEvidenceRecord(withChains(record, [[{ ...stamp, raw }]]))
}

function makeStamps(write: Write): void {
  const by = new LyingAuthority('p256')
  function put(
    name: string,
    about: string,
    token: Uint8Array,
    code: string,
    authority = by,
    lastDays?: Case['lastDays'],
  ) {
    const base = `time-stamps/made/${name}`
    const verdict =
      code === 'TIME_STAMP_GOOD' ? 'valid' : code === 'TIME_STAMP_ALGORITHM' ? 'indeterminate' : 'invalid'
    write(`${base}.tst`, token)
    write(`${base}.pem`, authority.rootPem)
    write(`${base}.json`, {
      about,
      data: 'data',
      root: `${name}.pem`,
      verdict,
      codes: [code],
      ...(lastDays && { lastDays }),
    })
  }
  function token(lie: Lie = {}, authority = by) {
    return authority.token(digest(lie.algorithm ?? 'sha256', data), { at: made, ...lie })
  }
  put(
    'by-key-identifier',
    'The signer is named by its key identifier',
    token({ byKeyId: true }),
    'TIME_STAMP_GOOD',
  )
  put('without-null', 'AlgorithmIdentifiers without NULL', token({ withNull: false }), 'TIME_STAMP_GOOD')
  put(
    'indefinite-lengths',
    'CMS in BER: indefinite lengths, the content in pieces',
    inBer(token()),
    'TIME_STAMP_GOOD',
  )
  put(
    'indefinite-length-signed',
    'What the authority signs in BER',
    token({ contentInBer: true }),
    'TIME_STAMP_CONTENT',
  )
  put(
    'indefinite-length-cut',
    'The end of an indefinite length is missing',
    inBer(token()).subarray(0, -2),
    'TIME_STAMP_UNREADABLE',
  )
  put(
    'unsigned-attributes',
    'Unsigned attributes, which nobody judges',
    token({ unsigned: seq(oid('1.2.3'), writeDer(tags.set, octets(Buffer.from('Erika Mustermann')))) }),
    'TIME_STAMP_GOOD',
  )
  put(
    'default-written-out',
    'ordering FALSE, a default written out',
    token({ beyond: [writeDer(tags.boolean, Uint8Array.of(0))] }),
    'TIME_STAMP_CONTENT',
  )
  put(
    'unknown-field',
    'A field that TSTInfo does not have',
    token({ beyond: [octets(data)] }),
    'TIME_STAMP_CONTENT',
  )
  put(
    'boolean-1',
    'ordering TRUE written as 01',
    token({ beyond: [writeDer(tags.boolean, Uint8Array.of(1))] }),
    'TIME_STAMP_CONTENT',
  )
  put(
    '30-february',
    'genTime of 30 February',
    token({ genTime: writeDer(tags.generalizedTime, Buffer.from('20260230030000Z')) }),
    'TIME_STAMP_CONTENT',
  )
  put(
    'without-zone',
    'genTime without Z',
    token({ genTime: writeDer(tags.generalizedTime, Buffer.from('20261123030000')) }),
    'TIME_STAMP_CONTENT',
  )
  put(
    'leap-second',
    'genTime of second 60',
    token({ genTime: writeDer(tags.generalizedTime, Buffer.from('20261231235960Z')) }),
    'TIME_STAMP_CONTENT',
  )
  put(
    'sha-224',
    'SHA-224, where it was suitable',
    token({ algorithm: 'sha224', digest: 'sha224' }),
    'TIME_STAMP_GOOD',
    by,
    { sha224: '2030-12-31' },
  )
  put('sha-1-ended', 'SHA-1, which had ended', token({ algorithm: 'sha1' }), 'TIME_STAMP_ALGORITHM')
  put(
    'twice-an-attribute',
    'A signed attribute twice',
    token({ attributes: (parts) => writeDer(tags.set, ...[...parts, ...parts].toSorted(Buffer.compare)) }),
    'TIME_STAMP_ATTRIBUTES',
  )
  const unannounced = seq(oid('2.16.840.1.101.3.4.2.3'), nul)
  put(
    'hash-not-announced',
    'The hash function of the signer is not announced',
    token({ announced: [unannounced] }),
    'TIME_STAMP_UNREADABLE',
  )
  const ed = new LyingAuthority('ed25519')
  put('ed25519', 'Ed25519 with SHA-512', token({}, ed), 'TIME_STAMP_GOOD', ed)
  put(
    'ed25519-sha-256',
    'Ed25519, and SHA-256 named as its hash function',
    token({ digest: 'sha256' }, ed),
    'TIME_STAMP_ALGORITHM',
    ed,
  )
  const small = new LyingAuthority('rsa2048')
  put('rsa-2048', 'RSA of 2048 bits', token({}, small), 'TIME_STAMP_GOOD', small)
  put(
    'rsa-2048-ended',
    'RSA of 2048 bits, where the calendar had ended it',
    token({}, small),
    'TIME_STAMP_ALGORITHM',
    small,
    { 'rsa-pkcs1': '2025-12-31' },
  )
  put(
    'certificate-missing',
    'The certificate of the signer is not there',
    token({ certificates: [] }),
    'TIME_STAMP_SIGNER',
  )
  put(
    'not-for-time-stamping',
    'A certificate without the purpose of time stamping',
    token({ signer: certify(makeKey('p256'), by.root) }),
    'TIME_STAMP_PURPOSE',
  )
  const cut = token()
  put('cut-off', 'A token without its last byte', cut.subarray(0, -1), 'TIME_STAMP_UNREADABLE')
  const flipped = Uint8Array.from(cut)
  flipped[cut.length - 1] = (flipped.at(-1) ?? 0) ^ 1
  put('signature', 'The last bit of the signature', flipped, 'TIME_STAMP_SIGNATURE')
  put('other-data', 'Over other data', by.token(digest('sha256', Buffer.from('x'))), 'TIME_STAMP_IMPRINT')
  makePaths(put, by, token)
}

type Put = (name: string, about: string, token: Uint8Array, code: string, authority?: LyingAuthority) => void
type Token = (lie?: Lie, authority?: LyingAuthority) => Uint8Array

function makePaths(put: Put, by: LyingAuthority, token: Token): void {
  const policies = extension('2.5.29.32', true, seq(seq(oid('1.2.3.4.5.6'))))
  put(
    'critical-policies',
    'Critical certificate policies',
    token({ signer: by.certifies('p256', { extensions: [policies] }) }),
    'TIME_STAMP_GOOD',
  )
  const strict = extension('2.5.29.36', true, seq(writeDer(tags.contextPrimitive(0), Uint8Array.of(0))))
  put(
    'explicit-policy-missing',
    'An explicit policy is required and none is there',
    token({ signer: by.certifies('p256', { extensions: [strict] }) }),
    'TIME_STAMP_PATH',
  )
  const strange = extension('1.2.3.4.99', true, seq())
  put(
    'unknown-critical-extension',
    'A critical extension that nobody knows',
    token({ signer: by.certifies('p256', { extensions: [strange] }) }),
    'TIME_STAMP_PATH',
  )
  put(
    'bmp-string',
    'The issuer in the certificate as a BMPString, in other letters',
    token({ signer: by.certifies('p256', { issuerName: named('  PRÜFWURZEL ', 0x1e) }) }),
    'TIME_STAMP_GOOD',
  )

  const at = new Date('2026-11-24T00:00:00Z')
  const next = new Date('2026-12-24T00:00:00Z')
  const points = {
    extensions: [listPoint('http://tsa.example/root.crl'), responder('http://tsa.example/ocsp')],
  }
  const signer = by.certifies('p256', points)
  function withInfo(...revocation: Uint8Array[]) {
    return token({ signer, revocation })
  }
  function revoked(when: string, reason?: number) {
    return { serial: signer.serial, at: new Date(when), ...(reason !== undefined && { reason }) }
  }
  put(
    'crl',
    'A revocation list, the certificate not on it',
    withInfo(revocationList(by.root, at, next)),
    'TIME_STAMP_GOOD',
  )
  put(
    'ocsp',
    'An OCSP answer: good',
    withInfo(keptAnswer(ocspResponse(by.root, signer, at, next))),
    'TIME_STAMP_GOOD',
  )
  put(
    'crl-revoked',
    'Revoked before the time stamp',
    withInfo(revocationList(by.root, at, next, [revoked('2026-11-01T00:00:00Z', 4)])),
    'TIME_STAMP_REVOKED',
  )
  put(
    'crl-superseded-later',
    'Superseded after the time stamp: what was stamped before stays',
    withInfo(revocationList(by.root, at, next, [revoked('2026-11-23T12:00:00Z', 4)])),
    'TIME_STAMP_GOOD',
  )
  put(
    'ocsp-key-compromised-later',
    'The key became known after the time stamp',
    withInfo(keptAnswer(ocspResponse(by.root, signer, at, next, revoked('2026-11-23T12:00:00Z', 1)))),
    'TIME_STAMP_REVOKED',
  )
  put(
    'crl-revoked-without-reason',
    'Revoked later, without a reason',
    withInfo(revocationList(by.root, at, next, [revoked('2026-11-23T12:00:00Z')])),
    'TIME_STAMP_REVOKED',
  )
  const stranger: Issued = new LyingAuthority('p256').root
  put(
    'crl-of-another-issuer',
    'A list signed by somebody else says nothing',
    withInfo(revocationList(stranger, at, next, [revoked('2026-11-01T00:00:00Z', 1)])),
    'TIME_STAMP_GOOD',
  )
  const tomorrow = new Date('2026-11-30T00:00:00Z')
  put(
    'ocsp-of-tomorrow',
    'An answer of after the verification says nothing',
    withInfo(keptAnswer(ocspResponse(by.root, signer, tomorrow, next, revoked('2026-11-01T00:00:00Z', 1)))),
    'TIME_STAMP_GOOD',
  )
  const delegate = by.certifies('p256')
  put(
    'ocsp-by-nobody',
    'An answer by a certificate that may not answer says nothing',
    withInfo(
      keptAnswer(ocspResponse(by.root, signer, at, next, revoked('2026-11-01T00:00:00Z', 1), delegate)),
    ),
    'TIME_STAMP_GOOD',
  )
  put('time-as-text', 'genTime of another type', token({ genTime: octets(time(at)) }), 'TIME_STAMP_CONTENT')
}
