import type { HandOverPlace } from '@buergerdraht/custody'
import type { Config } from '../config.ts'

/** How this office hands over, by its settings. */
export function handOverPlaceOf({ archiveDir, authority, handOver }: Config): HandOverPlace {
  return { archiveDir, authority, ...handOver }
}
