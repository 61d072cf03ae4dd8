import { digest } from '#cryptography'
import { type EvidenceQuestion, type EvidenceVerdict, verifyEvidence } from '../evidence/verify-evidence.ts'
import { endedBy, plannedAlgorithmCalendar } from '../time/algorithm-calendar.ts'
import { checkTimeStamp, type GoodTimeStamp } from '../time/check-time-stamp.ts'
import { NotHere } from '../time/public-key.ts'
import { TimeStampFault } from '../time/time-stamp-fault.ts'
import { readResponse } from '../time/time-stamp-response.ts'
import { type Finding, finding } from './finding.ts'
import { isFuture, type Trust } from './trust.ts'

/** A document by its name in the package, or of a checkpoint. */
export type Document = { name: string; bytes: Uint8Array }

/** A time stamp or an evidence record that holds, and what it is about: for the report. */
export type ProvenTime = {
  kind: 'TIME_STAMP' | 'EVIDENCE_RECORD'
  location: string
  covers: string[]
  stamps: GoodTimeStamp[]
}

/** `firstAt` is the earliest time that is proven for all the documents. */
export type TimeAnswer = { findings: Finding[]; proven?: ProvenTime; firstAt?: Date }

/**
 * A TSA's answer as it is stored, over one document; without roots it is reported and not believed. It has exactly the form
 * that this program writes, because nobody signs the rest (`storedToken`).
 *
 * @param renewal when an evidence record covers this answer: its earliest time. What has lapsed since then is no fault.
 */
export function checkResponse(
  response: Uint8Array,
  document: Document,
  trust: Trust,
  location: string,
  renewal?: Date,
): TimeAnswer {
  const roots = trust.roots ?? []
  if (roots.length === 0) return { findings: [finding('TIME_STAMP_NOT_CHECKED', location)] }
  try {
    const { token, isPlain } = readResponse(response)
    const latest = renewal ?? trust.on
    const verdict = checkTimeStamp(token, {
      roots,
      digestOf: (name) => digest(name, document.bytes),
      ...(trust.calendar && { calendar: trust.calendar }),
      ...(latest && { latest }),
    })
    if (!verdict.ok) return { findings: [finding(verdict.code, location, verdict.detail)] }
    const surplus = [...(isPlain ? [] : ['another form than the plainest answer']), ...verdict.surplus]
    const findings = [
      finding('TIME_STAMP_GOOD', location, verdict.at.toISOString()),
      ...surplus.map((what) => finding('TIME_STAMP_SURPLUS', location, what)),
      ...lapsed(verdict, trust, location, renewal),
      ...aboutStamps([verdict], trust, location),
    ]
    const proven: ProvenTime = { kind: 'TIME_STAMP', location, covers: [document.name], stamps: [verdict] }
    return { findings, proven, firstAt: verdict.at }
  } catch (error) {
    if (error instanceof TimeStampFault) return { findings: [finding(error.code, location, error.message)] }
    if (error instanceof NotHere)
      return { findings: [finding('TIME_STAMP_NOT_HERE', location, error.message)] }
    throw error
  }
}

/** Certificates and algorithms that have ended by now, unless an evidence record was there before. */
function lapsed(stamp: GoodTimeStamp, trust: Trust, location: string, renewal: Date | undefined): Finding[] {
  const { on, calendar = plannedAlgorithmCalendar } = trust
  const { certificatesEndAt, algorithms } = stamp
  if (on === undefined) return []
  const ended = endedBy(calendar, algorithms, on).join(', ')
  const findings: Finding[] = []
  if (on > certificatesEndAt)
    findings.push(finding('TIME_STAMP_CERTIFICATES_ENDED', location, certificatesEndAt.toISOString()))
  if (ended !== '') findings.push(finding('TIME_STAMP_ALGORITHM_ENDED', location, ended))
  const isRenewed =
    renewal !== undefined &&
    renewal <= certificatesEndAt &&
    endedBy(calendar, algorithms, renewal).length === 0
  if (findings.length === 0 || !isRenewed) return findings
  return [finding('TIME_STAMP_RENEWED', location, renewal.toISOString())]
}

/** An evidence record over a group of documents (RFC 4998 section 4.3). */
export function checkEvidence(
  evidence: Uint8Array,
  documents: readonly Document[],
  trust: Trust,
  location: string,
): TimeAnswer {
  const { roots = [], on, calendar = plannedAlgorithmCalendar } = trust
  if (roots.length === 0) return { findings: [finding('EVIDENCE_NOT_CHECKED', location)] }
  const verdict = verdictOfEvidence(evidence, {
    hashesOf: (algorithm) => documents.map(({ bytes }) => digest(algorithm, bytes)),
    isWholeGroup: true,
    roots,
    calendar,
    ...(on && { on }),
  })
  if (verdict instanceof NotHere)
    return { findings: [finding('EVIDENCE_NOT_HERE', location, verdict.message)] }
  if (!verdict.ok) {
    return { findings: [finding(verdict.code, location, `${verdict.stamp + 1}: ${verdict.detail}`)] }
  }
  const { newest, firstAt, stamps, surplus } = verdict
  const findings = [finding('EVIDENCE_GOOD', location, `${firstAt.toISOString()}, ${stamps.length}`)]
  findings.push(...surplus.map((what) => finding('EVIDENCE_SURPLUS', location, what)))
  if (on !== undefined) {
    const { certificatesEndAt, algorithm, algorithms } = newest
    const ended = endedBy(calendar, [{ hash: algorithm }, ...algorithms], on).join(', ')
    if (on > certificatesEndAt)
      findings.push(finding('EVIDENCE_CERTIFICATES_ENDED', location, certificatesEndAt.toISOString()))
    if (ended !== '') findings.push(finding('EVIDENCE_ALGORITHM_OVERDUE', location, ended))
  }
  findings.push(...aboutStamps(stamps, trust, location))
  const covers = documents.map(({ name }) => name)
  return { findings, firstAt, proven: { kind: 'EVIDENCE_RECORD', location, covers, stamps } }
}

function verdictOfEvidence(evidence: Uint8Array, question: EvidenceQuestion): EvidenceVerdict | NotHere {
  try {
    return verifyEvidence(evidence, question)
  } catch (error) {
    if (error instanceof NotHere) return error
    throw error
  }
}

/** What is worth knowing of each stamp: one of the future, and certificates about whose revocation nothing is kept. */
function aboutStamps(stamps: readonly GoodTimeStamp[], trust: Trust, location: string): Finding[] {
  const future = stamps.filter(({ at }) => isFuture(at, trust))
  const unknown = stamps.filter(({ revocation }) =>
    revocation.some(({ statement }) => statement === undefined),
  )
  const silent = unknown.filter(({ revocation }) =>
    revocation.some(({ statement, offered }) => !statement && !offered),
  )
  return [
    ...future.map(({ at }) => finding('TIME_STAMP_FUTURE', location, at.toISOString())),
    ...(unknown.length === 0
      ? []
      : [
          finding(
            'TIME_STAMP_REVOCATION_UNKNOWN',
            location,
            `${unknown.length} / ${stamps.length}${silent.length > 0 ? ', the authority names no source' : ''}`,
          ),
        ]),
  ]
}
