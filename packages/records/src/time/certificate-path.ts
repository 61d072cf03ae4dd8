import { isSameBytes, joinedBytes, latin1Of } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import { isSameName } from './name.ts'
import { isWithin } from './name-constraints.ts'
import { policiesHold } from './policy-tree.ts'
import { verifySignature } from './signature-algorithm.ts'

const maxPath = 8
/** Certificates that all name each other would only cost time: so many signatures are checked for one path. */
const maxSignatures = 64
const maxSteps = 500

/**
 * A path from a certificate to one of the roots that held at a time (RFC 5280 section 6.1): each certificate signed by the
 * next, names compared as section 7.1 says, issuers that may sign certificates within their path length, names within
 * the constraints, policies as far as they are required, and no critical extension unread. Where there are several, the
 * one that ends last, so that a cross-signed authority counts for what it is. How strong the algorithms are is for the
 * calendar to say (`algorithm-calendar.ts`).
 *
 * A root may be the certificate itself (an operator who trusts exactly one TSA certificate); of a root only its name, key
 * and time count. Revocation is looked at apart (`revocation.ts`).
 */
export function certificatePath(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  at: Date,
): Certificate[] | undefined {
  const candidates = [...roots, ...others]
  function isRoot(certificate: Certificate) {
    return roots.some((root) => isSame(root, certificate))
  }
  const signatures = { left: maxSignatures, checked: new Map<string, boolean>() }
  let best: Certificate[] | undefined
  let steps = 0
  function search(path: Certificate[]) {
    const last = path.at(-1)
    steps += 1
    if (last === undefined || path.length > maxPath || steps > maxSteps || !holdsAt(last, at)) return
    if (isRoot(last)) {
      if (isAllowed(path) && (best === undefined || endOfPath(path) > endOfPath(best))) best = path
      return
    }
    if (last.hasUnknownCriticalExtension) return
    for (const issuer of candidates) {
      if (!path.some((each) => isSameKey(each, issuer)) && issued(issuer, last, signatures))
        search([...path, issuer])
    }
  }
  search([leaf])
  return best
}

/** Until when a path holds. */
export function endOfPath(path: readonly Certificate[]): Date {
  return new Date(Math.min(...path.map(({ notAfter }) => notAfter.getTime())))
}

function isSame(one: Certificate, other: Certificate): boolean {
  return isSameBytes(one.raw, other.raw)
}

/** Whether a certificate is signed with the key of the other, whatever that one may be allowed. */
export function isSignedBy(subject: Certificate, issuer: Certificate): boolean {
  const { signatureAlgorithm, signed, signature } = subject
  if (signatureAlgorithm === undefined || issuer.publicKey === undefined) return false
  return verifySignature(signatureAlgorithm, issuer.publicKey, signed, signature) === true
}

function issued(
  issuer: Certificate,
  subject: Certificate,
  signatures: { left: number; checked: Map<string, boolean> },
): boolean {
  if (!isSameName(issuer.subjectKey, subject.issuerKey) || !issuer.isAuthority || !issuer.maySignCertificates)
    return false
  const pair = latin1Of(joinedBytes([issuer.publicKeyInfo, subject.raw]))
  const before = signatures.checked.get(pair)
  if (before !== undefined || signatures.left === 0) return before ?? false
  signatures.left -= 1
  const holds = isSignedBy(subject, issuer)
  signatures.checked.set(pair, holds)
  return holds
}

/** Path length, names and policies, from the certificate below the root down to the leaf. */
function isAllowed(path: readonly Certificate[]): boolean {
  // Self-issued certificates, which an authority uses to change its key, do not count (section 6.1.4 (l)).
  const counted = path.filter((each, at) => at === 0 || !isSelfIssued(each))
  const lengths = path.every((issuer, at) => {
    if (at === 0 || issuer.pathLength === undefined) return true
    return path.slice(1, at).filter((each) => counted.includes(each)).length <= issuer.pathLength
  })
  const names = path.every(({ nameConstraints }, at) => {
    if (nameConstraints === undefined) return true
    return path.slice(0, at).every((below, index) => {
      if (index > 0 && isSelfIssued(below)) return true
      return isWithin(nameConstraints, below.subject, below.alternativeNames)
    })
  })
  return lengths && names && policiesHold(path.slice(0, -1).toReversed())
}

function isSelfIssued({ subjectKey, issuerKey }: Certificate): boolean {
  return isSameName(subjectKey, issuerKey)
}

function holdsAt(certificate: Certificate, at: Date): boolean {
  return certificate.notBefore <= at && at <= certificate.notAfter
}

/** RFC 4158 section 2.4.2: no name with the same key twice, or a path could go round for ever. */
function isSameKey(one: Certificate, other: Certificate): boolean {
  return isSameName(one.subjectKey, other.subjectKey) && isSameBytes(one.publicKeyInfo, other.publicKeyInfo)
}
