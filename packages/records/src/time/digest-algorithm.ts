import { type Der, hasNoParameters, readObjectIdentifier } from './der.ts'

/** Hash functions that a time stamp or an evidence record may use. Which of them hold when, the calendar says. */
export type DigestAlgorithm =
  | EndedDigest
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'

/** Only read, in records that were renewed in time; never written. */
export type EndedDigest = 'sha1' | 'sha224'

const identifiers = new Map<string, DigestAlgorithm>([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
])

/** By the fields of an AlgorithmIdentifier, with NULL or without; undefined when it is unknown. @throws NotDer */
export function digestAlgorithmOf(fields: readonly Der[]): DigestAlgorithm | undefined {
  const name = identifiers.get(readObjectIdentifier(fields[0]))
  return hasNoParameters(fields) ? name : undefined
}

export function objectIdentifierOf(algorithm: DigestAlgorithm): string {
  const found = [...identifiers].find(([, name]) => name === algorithm)
  if (found === undefined) throw new RangeError('The digest algorithm has no object identifier')
  return found[0]
}
