import type { Certificate } from './certificate.ts'
import { isSameName } from './name.ts'

const anyPolicy = '2.5.29.32.0'

/**
 * Certificate policies along a path (RFC 5280 section 6.1.3 (d) to (f) and 6.1.4 (a), (b), (h) to (j)), for a verifier who
 * accepts any policy and asks for none: so it only fails where a certificate requires an explicit policy and none is
 * left. Instead of the tree, the policies expected at each depth are kept (RFC 9618 section 3): how they were reached
 * does not matter to such a verifier.
 *
 * @param path from the certificate below the root down to the leaf.
 */
export function policiesHold(path: readonly Certificate[]): boolean {
  let expected: ReadonlySet<string> = new Set([anyPolicy])
  let [explicit, mapping, any] = [path.length + 1, path.length + 1, path.length + 1]
  for (const [at, certificate] of path.entries()) {
    const isLast = at === path.length - 1
    const isSelfIssued = isSameName(certificate.subjectKey, certificate.issuerKey)
    expected = accepted(certificate.policies, expected, any > 0 || (!isLast && isSelfIssued))
    if (explicit === 0 && expected.size === 0) return false
    if (certificate.mappings.some(({ issuer, subject }) => issuer === anyPolicy || subject === anyPolicy))
      return false
    if (!isLast) expected = mapped(certificate, expected, mapping > 0)
    // Section 6.1.4 (h) and, for the leaf, 6.1.5 (a).
    if (!isSelfIssued || isLast) {
      explicit = Math.max(0, explicit - 1)
      mapping = Math.max(0, mapping - 1)
      any = Math.max(0, any - 1)
    }
    if (isLast) {
      if (certificate.requireExplicit === 0) explicit = 0
      continue
    }
    explicit = Math.min(explicit, certificate.requireExplicit ?? explicit)
    mapping = Math.min(mapping, certificate.inhibitMapping ?? mapping)
    any = Math.min(any, certificate.inhibitAny ?? any)
  }
  return explicit > 0 || expected.size > 0
}

function accepted(
  policies: readonly string[],
  expected: ReadonlySet<string>,
  anyCounts: boolean,
): ReadonlySet<string> {
  if (policies.includes(anyPolicy) && anyCounts) return expected
  const named = policies.filter((policy) => policy !== anyPolicy)
  return new Set(named.filter((policy) => expected.has(policy) || expected.has(anyPolicy)))
}

function mapped(
  { mappings }: Certificate,
  expected: ReadonlySet<string>,
  isAllowed: boolean,
): ReadonlySet<string> {
  const sources = new Set(mappings.map(({ issuer }) => issuer))
  const kept = [...expected].filter((policy) => !sources.has(policy))
  const targets = mappings
    .filter(({ issuer }) => expected.has(issuer) || expected.has(anyPolicy))
    .map(({ subject }) => subject)
  return new Set([...kept, ...(isAllowed ? targets : [])])
}
