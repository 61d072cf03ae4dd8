import type { Config } from '../config.ts'

/** The time in an office: the machine's, or as far from it as a demo lives. */
export function officeClock({ clockAheadMs }: Pick<Config, 'clockAheadMs'>): () => Date {
  return () => new Date(Date.now() + clockAheadMs)
}
