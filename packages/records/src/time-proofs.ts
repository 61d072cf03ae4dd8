/**
 * What a page in a browser needs to judge time stamps and evidence records itself (ADR 74): the verifier's own code, and nothing that needs Node.
 */
export { digest } from '#cryptography'
export {
  checkpointName,
  erasureGroup,
  erasureName,
  evidenceName,
  manifestName,
  proofName,
  timeStampName,
} from './archive/package-layout.ts'
export { proofHead } from './log/proof-head.ts'
export type { AlgorithmCalendar } from './time/algorithm-calendar.ts'
export { type Certificate, parseCertificatesPem } from './time/certificate.ts'
export { nameForPeople } from './time/name.ts'
export { NotHere } from './time/public-key.ts'
export { checkEvidence, checkResponse, type ProvenTime } from './verify/check-time.ts'
export { checkTimes } from './verify/check-times.ts'
export type { Finding } from './verify/finding.ts'
export type { Trust } from './verify/trust.ts'
