import type { FailureReason } from '@buergerdraht/contract'

type Failure = {
  readonly reason: FailureReason
  /** Sending the same again by hand may work. */
  readonly retryable: boolean
}

const failures: readonly (Failure & { readonly codes: readonly string[] })[] = [
  { reason: 'window-closed', retryable: false, codes: ['131047'] },
  { reason: 'undeliverable', retryable: true, codes: ['131026', '131030'] },
  { reason: 'payment', retryable: true, codes: ['131042', '131044'] },
  {
    reason: 'number-stopped',
    retryable: true,
    codes: ['0', '3', '10', '190', '368', '130497', '131005', '131031', '131037', '131045', '131048'],
  },
  { reason: 'number-stopped', retryable: true, codes: ['133010', '133016', 'http-401', 'http-403'] },
  { reason: 'rate-limited', retryable: true, codes: ['4', '80007', '130429', '131056', 'http-429'] },
  { reason: 'marketing-refused', retryable: false, codes: ['131049', '131050', '130472', '131063'] },
  { reason: 'media-refused', retryable: true, codes: ['131052', '131053', 'http-415', 'http-413'] },
  { reason: 'media-refused', retryable: false, codes: ['media-missing'] },
  { reason: 'identity-changed', retryable: true, codes: ['137000'] },
  { reason: 'needs-phone-number', retryable: false, codes: ['131062', 'no-identity'] },
  {
    reason: 'content-refused',
    retryable: false,
    codes: ['33', '100', '131008', '131009', '131021', '131051'],
  },
  { reason: 'template-refused', retryable: false, codes: ['131064'] },
  { reason: 'receives-only', retryable: false, codes: ['receives-only'] },
  { reason: 'provider-down', retryable: true, codes: ['1', '2', '131000', '131016', '131057', '135000'] },
]

const byCode = new Map(
  failures.flatMap(({ codes, ...failure }) => codes.map((code) => [code, failure] as const)),
)

/** What an error code of the provider means for a clerk. Null: the provider gave no reason. */
export function failureOf(code: string | null): Failure {
  const known = code === null ? undefined : byCode.get(code)
  if (known !== undefined) return known
  // 132000 to 132999 are about templates; 2xx are missing permissions.
  if (code !== null && /^132\d{3}$/.test(code)) return { reason: 'template-refused', retryable: false }
  if (code !== null && /^2\d\d$/.test(code)) return { reason: 'number-stopped', retryable: true }
  if (code !== null && /^http-4\d\d$/.test(code)) return { reason: 'number-stopped', retryable: true }
  if (code !== null && /^(?:http-5\d\d|[A-Z][A-Z_]+|timeout|aborted|connection-lost)$/.test(code)) {
    return { reason: 'provider-down', retryable: true }
  }
  return { reason: 'other', retryable: true }
}
