import type { Certificate } from '../time/certificate.ts'
import { checkTimeStamp, type TimeStampVerdict } from '../time/check-time-stamp.ts'
import { NotDer } from '../time/der.ts'
import { type DigestAlgorithm, digest } from '../time/digest-algorithm.ts'
import type { TimeStampCode } from '../time/time-stamp-fault.ts'
import { type AlgorithmCalendar, isSuitable } from './algorithm-calendar.ts'
import { type ArchiveTimeStamp, type EvidenceRecord, parseEvidenceRecord } from './evidence-record.ts'
import { rootOfReduced } from './hash-tree.ts'
import { hashTreeRenewalHash } from './renew-evidence.ts'

export type EvidenceCode =
  | 'EVIDENCE_UNREADABLE'
  /** The hash of the data is not what the record leads from. */
  | 'EVIDENCE_OTHER_DATA'
  /** A renewal does not cover what came before it. */
  | 'EVIDENCE_BROKEN_RENEWAL'
  /** A later time stamp says an earlier time. */
  | 'EVIDENCE_ORDER'
  /** A hash function had ended, by the calendar, before it was renewed. */
  | 'EVIDENCE_ALGORITHM_ENDED'
  | TimeStampCode

export type EvidenceVerdict =
  | {
      ok: true
      firstAt: Date
      newest: { at: Date; algorithm: DigestAlgorithm; certificatesEndAt: Date }
      stamps: number
    }
  | { ok: false; code: EvidenceCode; detail: string; stamp: number }

type Stamp = ArchiveTimeStamp & { covered: Uint8Array; begins: boolean }
type GoodStamp = Extract<TimeStampVerdict, { ok: true }>

/**
 * Checks an evidence record over data (RFC 4998 section 5.3): every time stamp covers what it must, they follow each
 * other in time, the certificates of each held until the next one was made, and no hash function had ended before
 * its renewal. The certificates of the newest stamp are checked at its own time; whether they have ended since is for
 * the caller to see from `newest.certificatesEndAt`. Never throws for bad input.
 */
export function verifyEvidence(
  record: Uint8Array,
  dataHash: (algorithm: DigestAlgorithm) => Uint8Array,
  roots: readonly Certificate[],
  calendar?: AlgorithmCalendar,
): EvidenceVerdict {
  const parsed = readable(record)
  if (parsed === undefined)
    return refused('EVIDENCE_UNREADABLE', 'Not an evidence record of RFC 4998 in DER', 0)
  const stamps = stampsOf(parsed, dataHash)
  const verdicts: GoodStamp[] = []
  for (const [at, stamp] of stamps.entries()) {
    const root = stamp.reduced ? rootOfReduced(stamp.algorithm, stamp.covered, stamp.reduced) : stamp.covered
    const code = at === 0 ? 'EVIDENCE_OTHER_DATA' : 'EVIDENCE_BROKEN_RENEWAL'
    if (root === undefined) return refused(code, 'The hash is not in the first list of the tree', at)
    const verdict = checkTimeStamp(stamp.token, {
      roots,
      digestOf: (algorithm) => (algorithm === stamp.algorithm ? root : new Uint8Array(0)),
    })
    if (!verdict.ok) {
      return refused(verdict.code === 'TIME_STAMP_IMPRINT' ? code : verdict.code, verdict.detail, at)
    }
    verdicts.push(verdict)
  }
  return inTime(stamps, verdicts, calendar)
}

/** Each stamp must have been good until the next one took over. */
function inTime(
  stamps: readonly Stamp[],
  verdicts: readonly GoodStamp[],
  calendar?: AlgorithmCalendar,
): EvidenceVerdict {
  for (const [at, verdict] of verdicts.entries()) {
    const next = verdicts[at + 1]
    if (next === undefined) break
    if (next.at < verdict.at)
      return refused('EVIDENCE_ORDER', 'A renewal is older than what it renews', at + 1)
    if (next.at > verdict.certificatesEndAt) {
      return refused('TIME_STAMP_PATH', 'The certificates had ended before the renewal', at)
    }
    const [stamp, newer] = [stamps[at], stamps[at + 1]]
    if (calendar && stamp && newer?.begins && !isSuitable(calendar, stamp.algorithm, next.at)) {
      return refused('EVIDENCE_ALGORITHM_ENDED', `${stamp.algorithm} had ended before the renewal`, at)
    }
  }
  const [first, newest] = [verdicts[0], verdicts.at(-1)]
  if (first === undefined || newest === undefined)
    return refused('EVIDENCE_UNREADABLE', 'There is no time stamp', 0)
  const { at, algorithm, certificatesEndAt } = newest
  return {
    ok: true,
    firstAt: first.at,
    newest: { at, algorithm, certificatesEndAt },
    stamps: verdicts.length,
  }
}

/** All stamps in order, each with the hash it must cover. */
function stampsOf({ chains }: EvidenceRecord, dataHash: (algorithm: DigestAlgorithm) => Uint8Array): Stamp[] {
  return chains.flatMap((chain, chainAt) =>
    chain.map((stamp, at) => {
      const before = chain[at - 1]
      const covered =
        before !== undefined
          ? digest(stamp.algorithm, before.token)
          : chainAt === 0
            ? dataHash(stamp.algorithm)
            : hashTreeRenewalHash(chains.slice(0, chainAt), stamp.algorithm, dataHash(stamp.algorithm))
      return { ...stamp, covered, begins: before === undefined }
    }),
  )
}

function readable(record: Uint8Array): EvidenceRecord | undefined {
  try {
    const parsed = parseEvidenceRecord(record)
    // One chain is one hash function: RFC 4998 section 5.1.
    const mixed = parsed.chains.some((chain) =>
      chain.some(({ algorithm }) => algorithm !== chain[0]?.algorithm),
    )
    return mixed ? undefined : parsed
  } catch (error) {
    if (error instanceof NotDer) return undefined
    throw error
  }
}

function refused(code: EvidenceCode, detail: string, stamp: number): EvidenceVerdict {
  return { ok: false, code, detail, stamp }
}
