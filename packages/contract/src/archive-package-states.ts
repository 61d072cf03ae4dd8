/**
 * How it stands with a filed matter: it waits to be sealed, that has failed and is tried again, it is sealed, or everything in it has been erased
 * lawfully and the proof of that is left.
 */
export const packageStates = ['waiting', 'failed', 'sealed', 'erased'] as const

/** Why a package is not sealed yet. */
export const sealingFailures = [
  'disk-full',
  'clock-behind',
  'file-missing',
  'key-missing',
  'not-verified',
  'defect',
] as const

/**
 * Why somebody opens what is sealed, or takes a copy of it. The header may say it in other words: then the log has `other`, because it holds no free
 * text.
 */
export const openingReasons = [
  'inspection',
  'handing-over',
  'dispute',
  'data-subject',
  'audit',
  'other',
] as const
export type OpeningReason = (typeof openingReasons)[number]
/** The header that carries it. */
export const reasonHeader = 'x-reason'

export const maxVerifiedBytes = 4 * 1024 * 1024 * 1024
