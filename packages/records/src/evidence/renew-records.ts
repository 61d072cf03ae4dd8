import type { DigestAlgorithm, EndedDigest } from '../time/digest-algorithm.ts'
import { fetchRevocation, type RevocationTransport } from '../time/fetch-revocation.ts'
import { requestTimeStamp, type TimeStampTransport } from '../time/request-time-stamp.ts'
import type { TimeStampCode } from '../time/time-stamp-fault.ts'
import { encodeEvidenceRecord, parseEvidenceRecord } from './evidence-record.ts'
import { hashTree } from './hash-tree.ts'
import {
  hashTreeRenewalHash,
  keepInNewest,
  renewHashTree,
  renewTimeStamp,
  timeStampRenewalHash,
} from './renew-evidence.ts'
import {
  type EvidenceQuestion,
  type EvidenceVerdict,
  type NewestStamp,
  verifyEvidence,
} from './verify-evidence.ts'

type WrittenDigest = Exclude<DigestAlgorithm, EndedDigest>

/** Clocks of authorities are ahead of ours by up to this, in milliseconds. */
const clockTolerance = 5 * 60_000

/** Whom to ask, and what the caller brings for it. */
export type RenewalAuthority = {
  timeStamps: TimeStampTransport
  /** Left out, nothing about revocation is fetched, which the verifier will say. */
  revocation?: RevocationTransport
  /** 8 to 20 random bytes. */
  nonce: Uint8Array
  policy?: string
}

/** A record as it is stored, and the documents that it is about. */
export type RecordToRenew = { record: Uint8Array } & Pick<EvidenceQuestion, 'hashesOf' | 'isWholeGroup'>

type Refused = Extract<EvidenceVerdict, { ok: false }>
/** Bytes, and no more: a record taken apart, and a verdict with its certificates, take many times as much, and there may be a thousand. */
type Sound = RecordToRenew & { ok: true }
type Renewed = { ok: true; record: Uint8Array; newest: NewestStamp }

/** One answer for each record, in their order; or why the authority gave no time stamp, and nothing was renewed. */
export type RenewalAnswer =
  | { ok: true; renewed: (Renewed | Refused)[] }
  | { ok: false; code: TimeStampCode; detail: string }

/**
 * Renews evidence records with one new time stamp for all of them (RFC 4998 section 5.2). With `newTree` every document is
 * hashed anew under that function; without it the newest time stamps are covered, and their chains must share a hash function.
 *
 * Before a record is renewed, what its authority says now about the certificates under its newest time stamp is fetched and
 * kept in that token (RFC 4998 section 4.2, TR-ESOR-ERS A3.4), because the renewal covers the token and nothing can be put
 * into it later. The new token is kept in the same way.
 *
 * A record that does not hold, or for which it is too late, is answered as refused and does not hinder the others; each one
 * that is answered as renewed has been verified. Nothing is stored here: the caller replaces the old record by the
 * new one, and may ask again when it could not.
 * @throws RangeError when chains of several hash functions, or groups of one and of many documents, are mixed
 */
export async function renewRecords(
  records: readonly RecordToRenew[],
  authority: RenewalAuthority,
  { on, ...question }: Pick<EvidenceQuestion, 'roots' | 'calendar'> & { on: Date },
  newTree?: WrittenDigest,
): Promise<RenewalAnswer> {
  const kept = await keptRevocation(records, authority, { on, ...question })
  const sound = kept.flatMap((each) => (each.ok ? [each] : []))
  if (sound.length === 0) return { ok: true, renewed: kept.flatMap((each) => (each.ok ? [] : [each])) }
  const algorithm = newTree ?? sharedAlgorithm(sound)
  const groups = sound.map(({ record, hashesOf }) => {
    const parsed = parseEvidenceRecord(record)
    return newTree === undefined
      ? [timeStampRenewalHash(parsed)]
      : hashesOf(newTree).map((hash) => hashTreeRenewalHash(parsed.chains, newTree, hash))
  })
  const tree = hashTree(algorithm, groups)
  const { nonce, policy, timeStamps, revocation } = authority
  const request = { algorithm, digest: tree.root, nonce, ...(policy !== undefined && { policy }) }
  const stamp = await requestTimeStamp(request, question, timeStamps, revocation)
  if (!stamp.ok) return stamp
  const { token } = stamp
  let at = 0
  const renewed = kept.map((each): Renewed | Refused => {
    if (!each.ok) return each
    const stamped = { token, reduced: tree.reduced(at++) }
    const parsed = parseEvidenceRecord(each.record)
    const longer =
      newTree === undefined ? renewTimeStamp(parsed, stamped) : renewHashTree(parsed, newTree, stamped)
    const record = encodeEvidenceRecord(longer)
    // As of any later moment: the new stamp's own revocation data were made after it.
    const verdict = verifyEvidence(record, { ...each, ...question })
    return verdict.ok ? { ok: true, record, newest: verdict.newest } : verdict
  })
  return { ok: true, renewed }
}

/** The records with revocation data in their newest tokens. Those that share a certificate share the question. */
async function keptRevocation(
  records: readonly RecordToRenew[],
  { revocation }: RenewalAuthority,
  trust: Pick<EvidenceQuestion, 'roots' | 'calendar'> & { on: Date },
): Promise<(Sound | Refused)[]> {
  const on = new Date(trust.on.getTime() + clockTolerance)
  const asked = new Map<string, Uint8Array[]>()
  const answers: (Sound | Refused)[] = []
  for (const each of records) {
    const before = verifyEvidence(each.record, { ...each, ...trust, on })
    const newest = before.ok ? before.stamps.at(-1) : undefined
    if (newest === undefined) {
      if (!before.ok) answers.push(before)
      continue
    }
    const signer = Buffer.from(newest.path[0]?.raw ?? []).toString('latin1')
    const found = asked.get(signer) ?? (revocation ? await fetchRevocation(newest.path, revocation) : [])
    asked.set(signer, found)
    const kept = keepInNewest(parseEvidenceRecord(each.record), newest.storedWith(found))
    const record = encodeEvidenceRecord(kept)
    // What was fetched may say that the certificate is worth nothing any more.
    const after = verifyEvidence(record, { ...each, ...trust, on })
    answers.push(after.ok ? { ...each, ok: true, record } : after)
  }
  return answers
}

function sharedAlgorithm(records: readonly Sound[]): WrittenDigest {
  const [first, ...others] = new Set(
    records.map(({ record }) => parseEvidenceRecord(record).chains.at(-1)?.at(-1)?.algorithm),
  )
  if (first === undefined || others.length > 0) throw new RangeError('The chains have several hash functions')
  if (first === 'sha1' || first === 'sha224')
    throw new RangeError('The hash function has ended: renew the tree')
  return first
}
