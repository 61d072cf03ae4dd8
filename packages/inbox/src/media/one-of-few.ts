import { Refusal } from '@buergerdraht/contract'

/**
 * Limits what runs at once for one account, in this process.
 * @returns runs a piece of work; throws Refusal `too-many-requests` when `maxRunning` of this account run already
 */
export function oneOfFew(maxRunning: number): <T>(accountId: string, work: () => Promise<T>) => Promise<T> {
  const underway = new Map<string, number>()
  return async (accountId, work) => {
    const running = underway.get(accountId) ?? 0
    if (running >= maxRunning) throw new Refusal('too-many-requests')
    underway.set(accountId, running + 1)
    try {
      return await work()
    } finally {
      const left = (underway.get(accountId) ?? 1) - 1
      if (left === 0) underway.delete(accountId)
      else underway.set(accountId, left)
    }
  }
}
