import type { RefusalClass } from '@buergerdraht/bsp'

const second = 1000

/** Delays before each further try; when they are used up, the message has failed. */
const delays: Partial<Record<RefusalClass, readonly number[]>> = {
  retry: [5 * second, 30 * second, 120 * second],
  'slow-channel': [10 * second, 30 * second, 90 * second, 270 * second, 600 * second],
  // Meta suggests 4^n seconds for one citizen.
  'slow-citizen': [4 * second, 16 * second, 64 * second, 256 * second],
}

/** Files that the provider cannot take are tried twice more, not for minutes. */
const mediaDelays = [5 * second, 30 * second]
const mediaCodes: ReadonlySet<string> = new Set(['131052', '131053'])

/**
 * How long to wait before trying again after a definite refusal, in milliseconds. Null: it will not be tried again by itself.
 * @param attempts made so far, at least 1
 */
export function nextTryInMs(refusal: RefusalClass, code: string, attempts: number): number | null {
  return (mediaCodes.has(code) ? mediaDelays : (delays[refusal] ?? []))[attempts - 1] ?? null
}
