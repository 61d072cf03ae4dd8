/** What was waited for did not come in time. It may still happen: what was begun is not taken back. */
class TimeLimitExceeded extends Error {
  readonly code = 'ETIMEDOUT'
  constructor(what: string, ms: number) {
    super(`${what} did not answer within ${ms} ms.`)
    this.name = 'TimeLimitExceeded'
  }
}

/** Waits for `work` so long and no longer. @param what who is waited for, for the error @throws TimeLimitExceeded, and what `work` throws */
export async function withinTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitExceeded(what, ms)), ms)
  })
  // Nobody may be left to hear how it ends.
  work.catch(() => {})
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
