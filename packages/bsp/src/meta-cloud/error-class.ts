import type { RefusalClass } from '../adapter.ts'

const classes: Readonly<Record<Exclude<RefusalClass, 'final'>, readonly number[]>> = {
  // Service trouble, maintenance, a throughput upgrade, media that could not be moved.
  retry: [1, 2, 131000, 131016, 131052, 131053, 131057, 135000],
  // App, account and throughput rate limits.
  'slow-channel': [4, 80007, 130429],
  // Pair rate limit: this chat only.
  'slow-citizen': [131056],
  // Token, permission, spam, lock, country, payment, registration, display name.
  'stop-channel': [
    0, 3, 10, 190, 368, 130497, 131005, 131031, 131037, 131042, 131044, 131045, 131048, 133010, 133016,
  ],
  'stop-templates': [131064],
  'close-window': [131047],
  'confirm-identity': [137000],
}

const classByCode: ReadonlyMap<number, RefusalClass> = new Map(
  (Object.keys(classes) as Exclude<RefusalClass, 'final'>[]).flatMap((refusal) =>
    classes[refusal].map((code) => [code, refusal] as const),
  ),
)

/**
 * What one of Meta's error codes means for what is tried next. The same codes come in answers and in `failed`
 * statuses. Codes we do not know are final: trying again by itself could send twice.
 */
export function refusalClassOf(code: number): RefusalClass {
  if (code >= 200 && code <= 299) return 'stop-channel'
  return classByCode.get(code) ?? 'final'
}
