/**
 * So long after the last sign of somebody they count as at work, in milliseconds: longer than the minute within which the use of a session is noted
 * once (`packages/office/src/sign-in/live-session.ts#liveSessionOf`).
 */
const presentForMs = 90_000

/** What can be seen of people: something that is another with each message that comes in and each minute in which a page is asked for. */
export type Signs = {
  readonly trace: string
  /** Something has come in that is not yet to be seen at a desk. */
  readonly isWaiting: boolean
}

/** The last sign of somebody, and when it was seen, by a clock that nobody sets: milliseconds, as of `performance.now`. */
export type Attendance = { readonly trace: string; readonly seenAt: number }

/** What is known after a look. Signs are compared with those of before and never with a clock: that of another machine may be a year off. */
export function attendance(before: Attendance | null, { trace, isWaiting }: Signs, at: number): Attendance {
  return before !== null && before.trace === trace && !isWaiting ? before : { trace, seenAt: at }
}

/** Whoever has just begun to look knows nobody's absence: somebody is at work. */
export function isSomebodyAtWork({ seenAt }: Attendance, at: number): boolean {
  return at - seenAt < presentForMs
}
