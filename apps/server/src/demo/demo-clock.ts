/** `+90d`, `-3d`, or a day as `2027-03-01`. */
export const demoClockPattern = /^(?:[+-]\d{1,4}d|20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))$/

const dayMs = 24 * 60 * 60 * 1000

/**
 * By how much a demo office lives ahead of the machine's clock: whole days, so that every process that starts today has the same distance,
 * in milliseconds. @param text as {@link demoClockPattern}; a date stands for the days from today (UTC) until then
 */
export function demoClockAheadMs(text: string, today: Date): number {
  const days = /^([+-]\d+)d$/.exec(text)?.[1]
  if (days !== undefined) return Number(days) * dayMs
  return Date.parse(text) - Date.parse(today.toISOString().slice(0, 10))
}
