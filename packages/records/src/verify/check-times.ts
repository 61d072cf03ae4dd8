import { checkpointName, evidenceGroup, evidenceName, timeStampName } from '../archive/package-layout.ts'
import { checkEvidence, checkResponse, type ProvenTime } from './check-time.ts'
import { type Finding, finding } from './finding.ts'
import type { Trust } from './trust.ts'

/**
 * What a package proves about time (docs/archive-format.md sections 5.1 and 5.2): its time stamp over the checkpoint, and its evidence record, which
 * is about manifest, proof and time stamp together, so that it keeps the time stamp alive too.
 * @param small its files by their names; those that are missing are missing in the package
 */
export function checkTimes(
  small: ReadonlyMap<string, Uint8Array>,
  trust: Trust,
): { findings: Finding[]; proven: ProvenTime[] } {
  const [checkpoint, timeStamp, evidence] = [checkpointName, timeStampName, evidenceName].map((name) =>
    small.get(name),
  )
  const group = evidenceGroup.flatMap((name) => {
    const bytes = small.get(name)
    return bytes === undefined ? [] : [{ name, bytes }]
  })
  const ofEvidence = evidence ? checkEvidence(evidence, group, trust, evidenceName) : undefined
  const document = checkpoint && { name: checkpointName, bytes: checkpoint }
  const ofStamp =
    timeStamp && document
      ? checkResponse(timeStamp, document, trust, timeStampName, ofEvidence?.firstAt)
      : undefined
  const findings = [...(ofStamp?.findings ?? []), ...(ofEvidence?.findings ?? [])]
  if (timeStamp === undefined) findings.unshift(finding('TIME_STAMP_ABSENT', timeStampName))
  const proven = [ofStamp?.proven, ofEvidence?.proven].filter((each) => each !== undefined)
  if (trust.requireTimeStamp === true && proven.length === 0)
    findings.push(finding('TIME_STAMP_MISSING', timeStampName))
  return { findings, proven }
}
