import { createHash } from 'node:crypto'
import { z } from 'zod'
import { nameOfUse, plannedAlgorithmCalendar } from '../time/algorithm-calendar.ts'
import type { Certificate } from '../time/certificate.ts'
import type { GoodTimeStamp } from '../time/check-time-stamp.ts'
import { nameForPeople } from '../time/name.ts'
import type { ProvenTime } from './check-time.ts'
import { type Finding, type Verdict, verdictOf } from './finding.ts'
import type { FindingCode } from './finding-code.ts'
import { type SubIndication, subIndicationOf, subIndications } from './sub-indication.ts'
import type { Trust } from './trust.ts'

/** Checks that this run did not make, each because something was not given or cannot be had offline. */
const uncheckedKinds = [
  'TIME_STAMPS_WITHOUT_ROOT',
  'REVOCATION_NOT_KEPT',
  'QUALIFIED_STATUS',
  'ITEM_CONTENTS',
  'WITNESSES',
  'NEWEST_STATE',
  'LEDGER',
] as const

const instant = z.iso.datetime({ precision: 3 })
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/)

const certificateSchema = z.strictObject({
  subject: z.string(),
  serialNumber: hex,
  notBefore: instant,
  notAfter: instant,
  sha256: hex,
})

const stampSchema = z.strictObject({
  at: instant,
  /** In microseconds; null when the authority does not say. */
  accuracy: z.number().int().min(0).nullable(),
  authority: z.string(),
  serialNumber: hex,
  policy: z.string(),
  algorithms: z.array(z.string()),
  path: z.array(certificateSchema),
  certificatesEndAt: instant,
  revocation: z.array(
    z.strictObject({
      subject: z.string(),
      status: z.enum(['good', 'revoked-later', 'unknown']),
      evidence: z.enum(['CRL', 'OCSP']).nullable(),
      offered: z.boolean(),
    }),
  ),
  qualified: z.enum(['claimed', 'unknown']),
})

/** What `--json` answers: a closed schema, described member by member in docs/archive-format.md. */
export const reportSchema = z.strictObject({
  format: z.literal('buergerdraht-verification-report'),
  v: z.literal(1),
  /** The moment as of which it was judged. */
  on: instant,
  verdict: z.enum(['valid', 'invalid', 'unusable', 'indeterminate']),
  indication: z.enum(['TOTAL-PASSED', 'TOTAL-FAILED', 'INDETERMINATE']).nullable(),
  subIndications: z.array(z.enum(subIndications)),
  trust: z.strictObject({
    keys: z.array(z.string()),
    witnesses: z.number().int().min(0),
    roots: z.array(certificateSchema),
    calendar: z.strictObject({ asOf: z.string(), source: z.string() }),
    requireTimeStamp: z.boolean(),
  }),
  findings: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(['error', 'indeterminate', 'notice', 'unusable']),
      location: z.string(),
      detail: z.string(),
      de: z.string(),
      en: z.string(),
    }),
  ),
  proofs: z.array(
    z.strictObject({
      kind: z.enum(['TIME_STAMP', 'EVIDENCE_RECORD']),
      location: z.string(),
      covers: z.array(z.string()),
      stamps: z.array(stampSchema),
    }),
  ),
  notChecked: z.array(z.enum(uncheckedKinds)),
})

export type Report = z.infer<typeof reportSchema>
type Unchecked = Report['notChecked'][number]

const verdicts = ['valid', 'invalid', 'unusable', 'indeterminate'] as const
/** EN 319 102-1 section 5.1.3; nothing was validated where nothing could be judged. */
const indications = ['TOTAL-PASSED', 'TOTAL-FAILED', null, 'INDETERMINATE'] as const

/** Everything that a run found, in the terms of ETSI TS 119 102-2, for whoever files it. */
export function reportOf(
  findings: readonly Finding[],
  proven: readonly ProvenTime[],
  trust: Trust,
  given: { on: Date; isLedger: boolean; itemKeys: boolean; ledger: boolean; checkpoints: boolean },
): Report {
  const verdict = verdictOf(findings)
  const { calendar = plannedAlgorithmCalendar, roots = [], witnesses = 0, requireTimeStamp = false } = trust
  return {
    format: 'buergerdraht-verification-report',
    v: 1,
    on: given.on.toISOString(),
    verdict: verdicts[verdict],
    indication: indications[verdict],
    subIndications: subIndicationsOf(findings, verdict),
    trust: {
      keys: trust.keys.map(({ name, kind }) => `${kind} ${name}`),
      witnesses,
      roots: roots.map(certificateReport),
      calendar: { asOf: calendar.asOf, source: calendar.source },
      requireTimeStamp,
    },
    findings: [...findings],
    proofs: proven.map(({ kind, location, covers, stamps }) => ({
      kind,
      location,
      covers,
      stamps: stamps.map(stampReport),
    })),
    notChecked: uncheckedIn(findings, proven, trust, given),
  }
}

/** Why it is not TOTAL-PASSED: of errors where there is one, else of what has lapsed. */
function subIndicationsOf(findings: readonly Finding[], verdict: Verdict): SubIndication[] {
  const weight = verdict === 1 ? 'error' : 'indeterminate'
  const codes = findings.filter(({ severity }) => severity === weight).map(({ code }) => code)
  return [...new Set(codes.map(subIndicationOf))]
}

function uncheckedIn(
  findings: readonly Finding[],
  proven: readonly ProvenTime[],
  trust: Trust,
  given: { isLedger: boolean; itemKeys: boolean; ledger: boolean; checkpoints: boolean },
): Unchecked[] {
  function said(...codes: FindingCode[]) {
    return findings.some(({ code }) => codes.includes(code))
  }
  const cases: [boolean, Unchecked][] = [
    [said('TIME_STAMP_NOT_CHECKED', 'EVIDENCE_NOT_CHECKED'), 'TIME_STAMPS_WITHOUT_ROOT'],
    [said('TIME_STAMP_REVOCATION_UNKNOWN'), 'REVOCATION_NOT_KEPT'],
    // A trusted list (Article 22 eIDAS) would have to be looked up as of that day.
    [proven.length > 0, 'QUALIFIED_STATUS'],
    [!given.isLedger && !given.itemKeys, 'ITEM_CONTENTS'],
    [(trust.witnesses ?? 0) === 0, 'WITNESSES'],
    [!given.checkpoints, 'NEWEST_STATE'],
    [!given.isLedger && !given.ledger, 'LEDGER'],
  ]
  return cases.flatMap(([isUnchecked, kind]) => (isUnchecked ? [kind] : []))
}

function stampReport(stamp: GoodTimeStamp): Report['proofs'][number]['stamps'][number] {
  const [signer] = stamp.path
  return {
    at: stamp.at.toISOString(),
    accuracy: stamp.accuracy ?? null,
    authority: signer ? printable(nameForPeople(signer.subject)) : '',
    serialNumber: hexOf(stamp.serialNumber),
    policy: stamp.policy,
    algorithms: [...new Set(stamp.algorithms.map(nameOfUse))],
    path: stamp.path.map(certificateReport),
    certificatesEndAt: stamp.certificatesEndAt.toISOString(),
    revocation: stamp.revocation.map(({ certificate, offered, statement }) => ({
      subject: printable(nameForPeople(certificate.subject)),
      status:
        statement === undefined
          ? ('unknown' as const)
          : statement.status === 'good'
            ? ('good' as const)
            : ('revoked-later' as const),
      evidence: statement?.by ?? null,
      offered,
    })),
    qualified: stamp.claimsQualified ? 'claimed' : 'unknown',
  }
}

function certificateReport(certificate: Certificate): z.infer<typeof certificateSchema> {
  return {
    subject: printable(nameForPeople(certificate.subject)),
    serialNumber: hexOf(certificate.serialNumber),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    sha256: createHash('sha256').update(certificate.raw).digest('hex'),
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
}
