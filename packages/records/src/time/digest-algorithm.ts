import { createHash } from 'node:crypto'

/** Hash functions that a time stamp or an evidence record may use. SHA-1 and shorter are not among them. */
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-384' | 'sha3-512'

const identifiers = new Map<string, DigestAlgorithm>([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
])

export function digestAlgorithmOf(objectIdentifier: string): DigestAlgorithm | undefined {
  return identifiers.get(objectIdentifier)
}

export function objectIdentifierOf(algorithm: DigestAlgorithm): string {
  const found = [...identifiers].find(([, name]) => name === algorithm)
  if (found === undefined) throw new RangeError('The digest algorithm has no object identifier')
  return found[0]
}

export function digest(algorithm: DigestAlgorithm, ...parts: Uint8Array[]): Uint8Array {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest()
}
