import { type ReactElement, useState } from 'react'
import { askForNotices, noticePermission } from '../ui/desktop-notice.ts'
import { Field, Switch } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { prefer, usePreferences } from '../ui/preferences.ts'
import { useWords } from '../ui/words.tsx'
import styles from './account-menu.module.css'

/** Notices on the desktop: off until somebody wishes for them here. */
export function NoticeSettings(): ReactElement {
  const w = useWords()
  const { notices, quietFrom, quietUntil } = usePreferences()
  const [permission, setPermission] = useState(noticePermission)
  async function change(on: boolean): Promise<void> {
    if (!on) {
      prefer({ notices: false })
      return
    }
    const answer = await askForNotices()
    setPermission(answer)
    prefer({ notices: answer === 'granted' })
  }
  return (
    <>
      <Switch
        label={w.desktop.onDesktop}
        hint={w.desktop.onDesktopHint}
        checked={notices && permission === 'granted'}
        onChange={(on) => void change(on)}
      />
      {(permission === 'denied' || permission === 'unsupported') && (
        <Notice tone="warning">{permission === 'denied' ? w.desktop.refused : w.desktop.unsupported}</Notice>
      )}
      {notices && permission === 'granted' && (
        <fieldset className={styles.quietHours}>
          <legend>{w.desktop.quietHours}</legend>
          <Field
            type="time"
            label={w.desktop.from}
            value={quietFrom}
            onChange={(event) => prefer({ quietFrom: event.target.value })}
          />
          <Field
            type="time"
            label={w.desktop.until}
            value={quietUntil}
            onChange={(event) => prefer({ quietUntil: event.target.value })}
          />
        </fieldset>
      )}
    </>
  )
}
