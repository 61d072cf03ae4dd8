import { digest } from '#cryptography'
import {
  type AlgorithmCalendar,
  type AlgorithmUse,
  endedBy,
  isSuitable,
  plannedAlgorithmCalendar,
} from '../time/algorithm-calendar.ts'
import type { Certificate } from '../time/certificate.ts'
import { checkTimeStamp, type GoodTimeStamp } from '../time/check-time-stamp.ts'
import { NotDer } from '../time/der.ts'
import type { DigestAlgorithm } from '../time/digest-algorithm.ts'
import { type TimeStampCode, TimeStampFault } from '../time/time-stamp-fault.ts'
import { parseTimeStampToken } from '../time/time-stamp-token.ts'
import {
  type ArchiveTimeStamp,
  type EvidenceRecord,
  isOwnForm,
  parseEvidenceRecord,
} from './evidence-record.ts'
import { rootOfReduced } from './hash-tree.ts'
import { hashTreeRenewalHash } from './renew-evidence.ts'

export type EvidenceCode =
  | 'EVIDENCE_UNREADABLE'
  /** A hash function is unknown here, or what was hashed is a ciphertext: nothing can be said. */
  | 'EVIDENCE_ALGORITHM'
  /** The hash of the data is not what the record leads from. */
  | 'EVIDENCE_OTHER_DATA'
  /** A renewal does not cover what came before it. */
  | 'EVIDENCE_BROKEN_RENEWAL'
  /** A later time stamp says an earlier time. */
  | 'EVIDENCE_ORDER'
  /** An algorithm had ended, by the calendar, before it was renewed. */
  | 'EVIDENCE_ALGORITHM_ENDED'
  | TimeStampCode

/** What decides whether a record must be renewed. `algorithm` is the hash function of its newest chain. */
export type NewestStamp = {
  at: Date
  algorithm: DigestAlgorithm
  algorithms: AlgorithmUse[]
  certificatesEndAt: Date
}

export type EvidenceVerdict =
  | { ok: true; firstAt: Date; newest: NewestStamp; stamps: GoodTimeStamp[]; surplus: string[] }
  | { ok: false; code: EvidenceCode; detail: string; stamp: number }

export type EvidenceQuestion = {
  /** The hashes of the documents that the record must cover, under a hash function. */
  hashesOf: (algorithm: DigestAlgorithm) => Uint8Array[]
  /** Whether they must be the whole group: no other hash in the first list (RFC 4998 section 4.3, last paragraph). */
  isWholeGroup?: boolean
  roots: readonly Certificate[]
  calendar?: AlgorithmCalendar
  /** Now: revocation data from after it do not count. */
  on?: Date
}

type Stamp = ArchiveTimeStamp & { algorithm: DigestAlgorithm; covered: Uint8Array[]; begins: boolean }

/**
 * Checks an evidence record over documents (RFC 4998 section 5.3): every time stamp covers what it must, they follow each
 * other in time, and what each rests on held until the next one was made: its certificates, and by the calendar its
 * signatures and, until the next tree, its hash function. The newest stamp is judged as of its own time; whether it has
 * lapsed since is for the caller to see from `newest`. Never throws for bad input.
 */
export function verifyEvidence(record: Uint8Array, question: EvidenceQuestion): EvidenceVerdict {
  const parsed = readable(record)
  if (parsed === undefined)
    return refused('EVIDENCE_UNREADABLE', 'Not an evidence record of RFC 4998 in DER', 0)
  if (parsed.isOverEncrypted) return refused('EVIDENCE_ALGORITHM', 'What was hashed is encrypted', 0)
  const stamps = stampsOf(parsed, question.hashesOf)
  if (!Array.isArray(stamps)) return stamps
  const calendar = question.calendar ?? plannedAlgorithmCalendar
  const verdicts: GoodTimeStamp[] = []
  for (const [at, stamp] of stamps.entries()) {
    const code = at === 0 ? 'EVIDENCE_OTHER_DATA' : 'EVIDENCE_BROKEN_RENEWAL'
    const root = rootOfStamp(stamp, question.isWholeGroup ?? false)
    if (root === undefined) return refused(code, 'The hashes are not those of the first list of the tree', at)
    // What was published about revocation after the next stamp was not looked at by it. That stamp is checked in its turn.
    const latest = timeIn(stamps[at + 1]?.token) ?? question.on
    const verdict = checkTimeStamp(stamp.token, {
      roots: question.roots,
      calendar,
      digestOf: (algorithm) => (algorithm === stamp.algorithm ? root : new Uint8Array(0)),
      ...(latest && { latest }),
    })
    if (!verdict.ok)
      return refused(verdict.code === 'TIME_STAMP_IMPRINT' ? code : verdict.code, verdict.detail, at)
    verdicts.push(verdict)
  }
  return inTime(stamps, verdicts, calendar) ?? good(parsed, record, stamps, verdicts)
}

function timeIn(token: Uint8Array | undefined): Date | undefined {
  try {
    return token && parseTimeStampToken(token).info.at
  } catch (error) {
    if (error instanceof TimeStampFault) return undefined
    throw error
  }
}

function good(
  parsed: EvidenceRecord,
  record: Uint8Array,
  stamps: readonly Stamp[],
  verdicts: GoodTimeStamp[],
): EvidenceVerdict {
  const [first, last, newest] = [verdicts[0], verdicts.at(-1), stamps.at(-1)]
  if (!first || !last || !newest) return refused('EVIDENCE_UNREADABLE', 'There is no time stamp', 0)
  const { at, algorithms, certificatesEndAt } = last
  const foreign = isOwnForm(parsed, record) ? [] : ['another form of the record than this program writes']
  return {
    ok: true,
    firstAt: first.at,
    newest: { at, algorithm: newest.algorithm, algorithms, certificatesEndAt },
    stamps: verdicts,
    surplus: [...foreign, ...new Set(verdicts.flatMap(({ surplus }) => surplus))],
  }
}

/** What one stamp must be over: the only hash, or the root of the tree in which all are. */
function rootOfStamp({ algorithm, covered, reduced }: Stamp, isWholeGroup: boolean): Uint8Array | undefined {
  const [only, second] = covered
  if (reduced === undefined) return second === undefined ? only : undefined
  const hasOthers = isWholeGroup && second !== undefined && reduced[0]?.length !== covered.length
  return hasOthers ? undefined : rootOfReduced(algorithm, covered, reduced)
}

/** Each stamp must have been good until the next one took over; the first fault, from the oldest on. */
function inTime(
  stamps: readonly Stamp[],
  verdicts: readonly GoodTimeStamp[],
  calendar: AlgorithmCalendar,
): EvidenceVerdict | undefined {
  for (const [at, verdict] of verdicts.entries()) {
    const [stamp, next, newer] = [stamps[at], verdicts[at + 1], stamps[at + 1]]
    if (stamp === undefined || next === undefined || newer === undefined) return undefined
    if (next.at < verdict.at)
      return refused('EVIDENCE_ORDER', 'A renewal is older than what it renews', at + 1)
    if (next.at > verdict.certificatesEndAt)
      return refused('TIME_STAMP_PATH', 'The certificates had ended before the renewal', at)
    const signatures = verdict.algorithms.filter((use) => 'signature' in use)
    const ended = endedBy(calendar, signatures, next.at)
    if (newer.begins && !isSuitable(calendar, { hash: stamp.algorithm }, next.at)) ended.push(stamp.algorithm)
    if (ended.length > 0)
      return refused('EVIDENCE_ALGORITHM_ENDED', `Ended before the renewal: ${ended.join(', ')}`, at)
  }
  return undefined
}

/** All stamps in order, each with the hashes it must cover. */
function stampsOf(
  { chains }: EvidenceRecord,
  hashesOf: EvidenceQuestion['hashesOf'],
): Stamp[] | EvidenceVerdict {
  const stamps: Stamp[] = []
  for (const [chainAt, chain] of chains.entries()) {
    for (const [at, stamp] of chain.entries()) {
      const { algorithm } = stamp
      if (algorithm === undefined)
        return refused('EVIDENCE_ALGORITHM', 'An unknown hash function', stamps.length)
      const before = chain[at - 1]
      const earlier = chains.slice(0, chainAt)
      const covered = before
        ? [digest(algorithm, before.token)]
        : hashesOf(algorithm).map((hash) =>
            chainAt === 0 ? hash : hashTreeRenewalHash(earlier, algorithm, hash),
          )
      stamps.push({ ...stamp, algorithm, covered, begins: before === undefined })
    }
  }
  return stamps
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

function refused(code: EvidenceCode, detail: string, stamp: number): Extract<EvidenceVerdict, { ok: false }> {
  return { ok: false, code, detail, stamp }
}
