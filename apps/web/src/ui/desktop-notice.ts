import { preferences } from './preferences.ts'
import { isQuiet } from './quiet-hours.ts'

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
