import { setTimeout as sleep } from 'node:timers/promises'

/** Somebody else had a row, or both waited for each other: PostgreSQL, appendix A. */
const inTheWay = new Set(['55P03', '40P01', '40001'])
const maxTries = 50
const pauseMs = 200

/** Repeats a transaction that others were in the way of: whoever destroys or protects gives way to whoever takes in. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === maxTries || !inTheWay.has((error as { code?: string }).code ?? '')) throw error
      await sleep(pauseMs)
    }
  }
}
