import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type Attendance, attendance, isSomebodyAtWork, type Signs } from './attendance.ts'

/** A look is good for so long, in milliseconds: whoever comes waits for no more than the batches of a second. */
const lookEveryMs = 1000

/** Of sessions all together: one whose time is ahead hides none of the others. */
const signsSql = `select concat_ws('/', (select max(id) from webhook_event), (select sum(extract(epoch from used_at)) from session)) as trace,
  exists (select from webhook_event where ingested_at is null and not held) as "isWaiting"`

/** How hard work presses that nobody waits for. */
export type Pace = {
  /** Whether somebody is at work, or it is not known yet. False: for a minute and a half nobody has asked for a page, and nothing has come in. */
  isGentle(): Promise<boolean>
  /**
   * Does a batch, which is told whether it is to be small, and while somebody is at work rests afterwards for as long as it took: of the machine at most a
   * half is taken then, in short pieces. The signal ends the rest.
   */
  turn<T>(batch: (isGentle: boolean) => Promise<T>, signal: AbortSignal): Promise<T>
}

/** Where somebody waits for the work itself, or nobody can be in the way. */
export const atFullSpeed: Pace = {
  isGentle: async () => false,
  turn: (batch) => batch(false),
}

/** Time that nobody sets, in milliseconds. */
type Clock = {
  now(): number
  rest(ms: number, signal: AbortSignal): Promise<void>
}

const machineClock: Clock = {
  now: () => performance.now(),
  rest: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
}

/** Gives way to people: to those at desks and to those who write, whichever process serves them. */
export function paceBesidePeople(pool: Pick<Pool, 'query'>, clock: Clock = machineClock): Pace {
  let known: Attendance | null = null
  let lookedAt = Number.NEGATIVE_INFINITY

  async function isGentle(): Promise<boolean> {
    if (clock.now() - lookedAt >= lookEveryMs) {
      lookedAt = clock.now()
      const { rows } = await pool.query<Signs>(signsSql)
      for (const signs of rows) known = attendance(known, signs, clock.now())
    }
    return known === null || isSomebodyAtWork(known, clock.now())
  }

  return {
    isGentle,
    turn: async (batch, signal) => {
      const gentle = await isGentle()
      const begunAt = clock.now()
      const result = await batch(gentle)
      if (gentle) await clock.rest(clock.now() - begunAt, signal)
      return result
    },
  }
}
