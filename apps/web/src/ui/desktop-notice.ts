import { preferences } from './preferences.ts'

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

function clockOf(date: Date): string {
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

export type NoticePermission = 'granted' | 'denied' | 'default' | 'unsupported'

export function noticePermission(): NoticePermission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission
}

/** Asks the browser, which asks the person. */
export async function askForNotices(): Promise<NoticePermission> {
  if (typeof Notification === 'undefined') return 'unsupported'
  return Notification.requestPermission()
}

/**
 * Tells the desktop that there is something new, and nothing else: what it shows, and keeps, is not ours to seal. Only when wished,
 * outside quiet hours, and to somebody who does not have the page before their eyes. A later notice takes the place of an earlier one.
 */
export function noticeOnDesktop(title: string, now = new Date()): void {
  const { notices, quietFrom, quietUntil } = preferences()
  if (!notices || noticePermission() !== 'granted' || document.hasFocus()) return
  if (isQuiet(clockOf(now), quietFrom, quietUntil)) return
  try {
    const notice = new Notification(title, { tag: 'buergerdraht' })
    notice.onclick = () => {
      window.focus()
      notice.close()
    }
  } catch {
    // Some browsers for phones have the name and not the thing.
  }
}
