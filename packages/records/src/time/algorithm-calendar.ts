import type { DigestAlgorithm } from './digest-algorithm.ts'
import type { SignatureScheme, SignatureUse } from './signature-algorithm.ts'

/**
 * Until when algorithms are thought suitable, each as the last day (UTC) on which they still are. For signatures the entry
 * with the most bits that the key reaches counts; a key below all entries never was.
 */
export type AlgorithmCalendar = {
  /** The day on which somebody last looked at it. */
  readonly asOf: string
  readonly source: string
  readonly hash: Readonly<Record<DigestAlgorithm, string>>
  readonly signature: readonly {
    readonly scheme: SignatureScheme
    readonly bits: number
    readonly until: string
  }[]
}

/**
 * Planning values, not facts. Only two were found stated by somebody else: RSA from 1900 to 2999 bits (ETSI TS 119 312 V2.1.1,
 * quoted; the Bundesnetzagentur's reading of SOG-IS 1.3 had ended it with 2025), and signatures without a post-quantum scheme
 * (BSI TR-02102 of 2026, reported). The others are from memory of SOG-IS 1.3 and TS 119 312. Whoever runs the archive sets
 * their own from the catalogues in force (BSI TR-02102, SOG-IS, Bundesnetzagentur) and hands them in. The past dates are
 * those after which no authority may have relied on the algorithm.
 */
export const plannedAlgorithmCalendar: AlgorithmCalendar = {
  asOf: '2026-11-28',
  source: 'planning values after ETSI TS 119 312 V2.1.1, SOG-IS 1.3 and BSI TR-02102, not compared in full',
  hash: {
    sha1: '2012-07-31',
    sha224: '2025-12-31',
    sha256: '2032-12-31',
    sha384: '2036-12-31',
    sha512: '2036-12-31',
    'sha3-256': '2036-12-31',
    'sha3-384': '2036-12-31',
    'sha3-512': '2036-12-31',
  },
  signature: [
    { scheme: 'rsa-pkcs1', bits: 1024, until: '2008-12-31' },
    { scheme: 'rsa-pkcs1', bits: 1900, until: '2028-12-31' },
    { scheme: 'rsa-pkcs1', bits: 3000, until: '2035-12-31' },
    { scheme: 'rsa-pss', bits: 1024, until: '2008-12-31' },
    { scheme: 'rsa-pss', bits: 1900, until: '2028-12-31' },
    { scheme: 'rsa-pss', bits: 3000, until: '2035-12-31' },
    { scheme: 'ecdsa', bits: 224, until: '2015-12-31' },
    { scheme: 'ecdsa', bits: 256, until: '2035-12-31' },
    { scheme: 'ed25519', bits: 256, until: '2035-12-31' },
  ],
}

/** What a proof rests on. */
export type AlgorithmUse = { hash: DigestAlgorithm } | { signature: SignatureUse }

/** The last day of an algorithm, and the empty text, before every day, for one that never was suitable. */
function lastDayOf(calendar: AlgorithmCalendar, use: AlgorithmUse): string {
  if ('hash' in use) return calendar.hash[use.hash]
  const { scheme, bits, digest } = use.signature
  const reached = calendar.signature
    .filter((entry) => entry.scheme === scheme && entry.bits <= bits)
    .toSorted((one, other) => other.bits - one.bits)[0]
  const ofHash = calendar.hash[digest]
  return reached === undefined || reached.until > ofHash ? ((reached && ofHash) ?? '') : reached.until
}

export function isSuitable(calendar: AlgorithmCalendar, use: AlgorithmUse, at: Date): boolean {
  return at.toISOString().slice(0, 10) <= lastDayOf(calendar, use)
}

/** Those of some algorithms that have ended by a moment, named for people. */
export function endedBy(calendar: AlgorithmCalendar, uses: readonly AlgorithmUse[], at: Date): string[] {
  return [...new Set(uses.filter((use) => !isSuitable(calendar, use, at)).map(nameOfUse))]
}

/** Until which day by the calendar each of some algorithms is relied on: of a signature the earlier end of its key and its hash. Each is named once. */
export function algorithmEnds(
  calendar: AlgorithmCalendar,
  uses: readonly AlgorithmUse[],
): { kind: 'hash' | 'signature'; name: string; until: string }[] {
  const named = new Map(uses.map((use) => [nameOfUse(use), use]))
  return Array.from(named, ([name, use]) => ({
    kind: 'hash' in use ? 'hash' : 'signature',
    name,
    until: lastDayOf(calendar, use),
  }))
}

export function nameOfUse(use: AlgorithmUse): string {
  return 'hash' in use ? use.hash : `${use.signature.scheme} ${use.signature.bits} ${use.signature.digest}`
}
