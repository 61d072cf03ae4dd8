import type { DigestAlgorithm } from './digest-algorithm.ts'
import type { SignatureScheme, SignatureUse } from './signature-algorithm.ts'

/**
 * Until when algorithms are thought suitable, each as the last day (UTC) on which they still are. For signatures the entry
 * with the most bits that the key reaches counts; a key below all entries never was.
 */
export type AlgorithmCalendar = {
  /** The day on which somebody compared it with its sources. */
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
 * Planning dates, not facts, in the order of the SOG-IS catalogue and ETSI TS 119 312 as they stood on the day stated;
 * whoever runs the archive compares this table with the catalogue in force and hands in their own. Where the catalogue
 * names no end, the date is the horizon up to which one may plan without looking again. The past dates are those after
 * which no authority may have relied on the algorithm.
 */
export const plannedAlgorithmCalendar: AlgorithmCalendar = {
  asOf: '2024-12-31',
  source: 'SOG-IS Agreed Cryptographic Mechanisms 1.3; ETSI TS 119 312 V1.5.1',
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
    { scheme: 'rsa-pkcs1', bits: 3000, until: '2036-12-31' },
    { scheme: 'rsa-pss', bits: 1024, until: '2008-12-31' },
    { scheme: 'rsa-pss', bits: 1900, until: '2028-12-31' },
    { scheme: 'rsa-pss', bits: 3000, until: '2036-12-31' },
    { scheme: 'ecdsa', bits: 224, until: '2015-12-31' },
    { scheme: 'ecdsa', bits: 256, until: '2036-12-31' },
    { scheme: 'ed25519', bits: 256, until: '2036-12-31' },
  ],
}

/** What a proof rests on. */
export type AlgorithmUse = { hash: DigestAlgorithm } | { signature: SignatureUse }

/** The last day of an algorithm, and the empty text, before every day, for one that never was suitable. */
export function lastDayOf(calendar: AlgorithmCalendar, use: AlgorithmUse): string {
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

export function nameOfUse(use: AlgorithmUse): string {
  return 'hash' in use ? use.hash : `${use.signature.scheme} ${use.signature.bits} ${use.signature.digest}`
}
