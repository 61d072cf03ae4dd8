import type { Certificate } from './certificate.ts'
import { isStrongKey } from './signature-algorithm.ts'

const longestPath = 8
/** A token carries a handful; hundreds that all sign each other would only cost time. */
const mostCertificates = 32

/**
 * A path from a certificate to one of the roots, each certificate signed by the next and valid at that time, the part
 * of RFC 5280 section 6.1 that a closed set of roots needs: names chain byte by byte, signatures hold and are not made
 * over SHA-1 or with short RSA keys, issuers are authorities that may sign certificates and within their path length,
 * and no critical extension is left unread.
 *
 * A root may be the certificate itself (an operator who trusts exactly one TSA certificate). Revocation is not looked
 * up: this program is offline, and the roots, the time and a renewal in time are what the caller answers for.
 */
export function certificatePath(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  at: Date,
): Certificate[] | undefined {
  if (!holdsAt(leaf, at) || others.length > mostCertificates) return undefined
  const candidates = [...roots, ...others]
  const reached: Certificate[][] = [[leaf]]
  // Breadth first, each certificate once: no longer way to it can allow what the shortest does not.
  for (const path of reached) {
    const last = path.at(-1)
    if (last === undefined || path.length > longestPath) return undefined
    if (roots.some((root) => isSame(root, last))) return path
    // Subordinate authorities between an issuer and the leaf; the leaf itself does not count.
    const below = path.length - 1
    for (const issuer of candidates) {
      if (reached.some((known) => known.some((each) => isSame(each, issuer)))) continue
      if (holdsAt(issuer, at) && issued(issuer, last, below)) reached.push([...path, issuer])
    }
  }
  return undefined
}

function issued(issuer: Certificate, subject: Certificate, below: number): boolean {
  if (Buffer.compare(issuer.subject, subject.issuer) !== 0) return false
  if (!issuer.isAuthority || !issuer.maySignCertificates) return false
  if (issuer.pathLength !== undefined && below > issuer.pathLength) return false
  try {
    const { publicKey } = issuer.x509
    return subject.hasStrongSignature && isStrongKey(publicKey) && subject.x509.verify(publicKey)
  } catch {
    return false
  }
}

function holdsAt(certificate: Certificate, at: Date): boolean {
  return certificate.notBefore <= at && at <= certificate.notAfter && !certificate.hasUnknownCriticalExtension
}

function isSame(one: Certificate, other: Certificate): boolean {
  return Buffer.compare(one.raw, other.raw) === 0
}
