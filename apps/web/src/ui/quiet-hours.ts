/** Minutes since midnight of `18:30`; null: no time. */
function minutesOf(time: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/** Whether `now` lies in the quiet hours, which may go over midnight. The same time twice, or none: there are none. */
export function isQuiet(now: string, from: string, until: string): boolean {
  const [at, start, end] = [minutesOf(now), minutesOf(from), minutesOf(until)]
  if (at === null || start === null || end === null || start === end) return false
  return start < end ? at >= start && at < end : at >= start || at < end
}
