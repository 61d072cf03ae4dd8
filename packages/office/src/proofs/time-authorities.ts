import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  type AlgorithmCalendar,
  type Certificate,
  digest,
  hashForRecords,
  parseCertificatesPem,
  type RecordToRenew,
  type RenewalAnswer,
  type RenewalAuthority,
  renewRecords,
  requestTimeStamp,
  type TimeStampAnswer,
  type TimeStampCode,
} from '@buergerdraht/records'
import { askElsewhere } from './ask-elsewhere.ts'

/** Time-stamping authorities (RFC 3161), as the office is set up. */
export type TimeAuthorities = {
  /** Asked in this order, until one gives a time stamp that holds. */
  readonly urls: readonly string[]
  /** File with the roots that are trusted, PEM; read each time, so that a new root needs no restart. */
  readonly rootsFile: string
  /** Host, with port where the address has one, that may be asked whether certificates hold; besides those of `urls`. */
  readonly revocationHosts: ReadonlySet<string>
  readonly timeoutMs: number
}

/** Why there is no time stamp yet. */
export type StampFault = TimeStampCode | 'TIME_STAMP_CLOCK' | 'TIME_STAMP_ROOTS'

type Stamp = Extract<TimeStampAnswer, { ok: true }>
type Refused = { readonly ok: false; readonly code: StampFault; readonly detail: string }
type Trust = { readonly roots: readonly Certificate[]; readonly calendar: AlgorithmCalendar }

/** A token is a few kilobytes; a revocation list of a large authority is some megabytes. */
const maxStampBytes = 1 << 20
const maxRevocationBytes = 8 << 20
/** Two clocks are never quite the same. */
export const clockTolerance = 5 * 60_000

/**
 * Asks one authority after the other until an answer is good. Each gets a nonce of its own; what they say about certificates is fetched from
 * the hosts that are allowed, and from no other: addresses stand in certificates, and those are a stranger's.
 * @returns the first good answer, else what the last authority was refused for
 */
async function askAuthorities<Answer extends { readonly ok: true }>(
  { urls, rootsFile, revocationHosts, timeoutMs }: TimeAuthorities,
  calendar: AlgorithmCalendar,
  ask: (authority: RenewalAuthority, trust: Trust) => Promise<Answer | Refused>,
): Promise<Answer | Refused> {
  const roots = await readRoots(rootsFile)
  if (roots.length === 0)
    return { ok: false, code: 'TIME_STAMP_ROOTS', detail: 'The file of the trusted roots has none' }
  const trust: Trust = { roots, calendar }
  const allowed = new Set([...revocationHosts, ...urls.map((url) => new URL(url).host)])
  let refused: Refused = { ok: false, code: 'TIME_STAMP_UNREACHABLE', detail: 'No authority is set' }
  for (const url of urls) {
    const answer = await ask(
      {
        nonce: randomBytes(16),
        timeStamps: (body) => bytesOf(url, { body, contentType: 'application/timestamp-query' }),
        revocation: async (address, body) => {
          if (!allowed.has(hostOf(address))) throw new Error('That host is not allowed')
          const request = body === undefined ? {} : { body, contentType: 'application/ocsp-request' }
          return bytesOf(address, request, maxRevocationBytes)
        },
      },
      trust,
    )
    if (answer.ok) return answer
    refused = answer
  }
  return refused

  async function bytesOf(
    address: string,
    request: { body?: Uint8Array; contentType?: string },
    maxBytes = maxStampBytes,
  ) {
    const { status, bytes } = await askElsewhere(address, { ...request, timeoutMs, maxBytes })
    if (status !== 200) throw new Error(`It answered with ${status}`)
    return bytes
  }
}

/** So long before a hash function ends by the calendar nothing is stamped under it any more, and records are renewed. */
export const stampLeadDays = 90

/**
 * A time stamp over a hash that somebody has reckoned, by the first authority whose answer holds and whose time is that of this office, give or take
 * five minutes. Whose clock is wrong cannot be known here; what is certain is that there would be a wrong time in one of two places, so it is refused
 * with TIME_STAMP_CLOCK, and tried again.
 */
export function stampHash(
  authorities: TimeAuthorities,
  imprint: { readonly algorithm: 'sha256' | 'sha512'; readonly digest: Uint8Array },
  now: () => Date,
  calendar: AlgorithmCalendar,
): Promise<Stamp | Refused> {
  return askAuthorities<Stamp>(authorities, calendar, async ({ nonce, timeStamps, revocation }, trust) => {
    const earliest = now().getTime() - clockTolerance
    const answer = await requestTimeStamp({ ...imprint, nonce }, trust, timeStamps, revocation)
    if (!answer.ok) return answer
    const at = answer.verdict.at.getTime()
    if (at >= earliest && at <= now().getTime() + clockTolerance) return answer
    return {
      ok: false,
      code: 'TIME_STAMP_CLOCK',
      detail: `The authority's clock says ${answer.verdict.at.toISOString()}`,
    }
  })
}

/** The same over some bytes, under the hash function that the calendar still plans with. */
export function stampBytes(
  authorities: TimeAuthorities,
  bytes: Uint8Array,
  now: () => Date,
  calendar: AlgorithmCalendar,
): Promise<Stamp | Refused> {
  const algorithm = hashForRecords(calendar, now(), stampLeadDays)
  return stampHash(authorities, { algorithm, digest: digest(algorithm, bytes) }, now, calendar)
}

/** Empty where the file cannot be read, or holds no certificate that can. */
export async function readRoots(file: string): Promise<readonly Certificate[]> {
  try {
    return parseCertificatesPem(await readFile(file, 'utf8'))
  } catch {
    return []
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : ''
}

/** Renews evidence records with one stamp of the first authority whose answer holds. @param newTree where their hash function ends */
export function renewByAuthorities(
  authorities: TimeAuthorities,
  records: readonly RecordToRenew[],
  on: Date,
  calendar: AlgorithmCalendar,
  newTree?: Parameters<typeof renewRecords>[3],
): Promise<Extract<RenewalAnswer, { ok: true }> | Refused> {
  return askAuthorities<Extract<RenewalAnswer, { ok: true }>>(authorities, calendar, (authority, trust) =>
    renewRecords(records, authority, { ...trust, on }, newTree),
  )
}
