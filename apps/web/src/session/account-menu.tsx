import { may } from '@buergerdraht/contract'
import { type ReactElement, type RefObject, useState } from 'react'
import { Link } from 'wouter'
import type { Session } from '../api.ts'
import { mayLeave } from '../ui/address.ts'
import { Button } from '../ui/button.tsx'
import { Choice, Switch } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Popover } from '../ui/popover.tsx'
import { prefer, usePreferences } from '../ui/preferences.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './account-menu.module.css'
import { NoticeSettings } from './notice-settings.tsx'

/** Who is signed in, how they like it, and the way out. */
function AccountMenu({
  session,
  unsent,
  anchor,
  onClose,
  onSignOut,
}: {
  session: Session
  unsent: number
  anchor: RefObject<HTMLDivElement | null>
  onClose: () => void
  onSignOut: () => Promise<void>
}): ReactElement {
  const w = useWords()
  const likes = usePreferences()
  const [asked, setAsked] = useState(false)
  const [ending, setEnding] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const { account } = session
  const answers = may(account.role, 'answer-citizens')
  async function end(): Promise<void> {
    setEnding(true)
    setFailure(null)
    // When it succeeds, this menu is gone with the page.
    await onSignOut().catch((error: unknown) => {
      setFailure(error)
      setEnding(false)
    })
  }
  return (
    <Popover label={w.session.account} anchor={anchor} onClose={onClose} placement="right bottom">
      <div className={styles.menu}>
        <div>
          <p className={styles.name}>{account.displayName}</p>
          <p className={styles.small}>{account.email}</p>
          <p className={styles.small}>
            {w.roles[account.role]}
            {account.teams.length > 0 && ` · ${account.teams.map(({ name }) => name).join(', ')}`}
          </p>
        </div>
        <Link href="/konto" onClick={onClose}>
          {w.security.title}
        </Link>
        {may(account.role, 'see-emergency-access') && (
          <Link href="/notfall" onClick={onClose}>
            {w.places.emergencyAccess}
          </Link>
        )}
        <Choice
          label={w.appearance.theme}
          value={likes.theme}
          onChange={(theme) => prefer({ theme })}
          options={[
            ['system', w.appearance.system],
            ['light', w.appearance.light],
            ['dark', w.appearance.dark],
          ]}
        />
        <Choice
          label={w.appearance.language}
          value={likes.language}
          onChange={(language) => prefer({ language })}
          options={[
            ['de', 'Deutsch'],
            ['en', 'English'],
          ]}
        />
        {answers && (
          <>
            <Switch
              label={w.appearance.enterSends}
              hint={w.appearance.enterSendsHint}
              checked={likes.enterSends}
              onChange={(enterSends) => prefer({ enterSends })}
            />
            <Switch
              label={w.appearance.shortcuts}
              hint={w.appearance.shortcutsHint}
              checked={likes.shortcuts}
              onChange={(shortcuts) => prefer({ shortcuts })}
            />
            <Switch
              label={w.appearance.dense}
              hint={w.appearance.denseHint}
              checked={likes.dense}
              onChange={(dense) => prefer({ dense })}
            />
            <NoticeSettings />
          </>
        )}
        {asked && (
          <Notice
            tone="warning"
            action={
              <Button compact kind="danger" isDisabled={ending} onPress={() => void end()}>
                {w.session.signOutAnyway}
              </Button>
            }
          >
            {w.session.signOutUnsent(unsent)}
          </Notice>
        )}
        {failure !== null && (
          <div role="alert">
            <Notice tone="danger">
              {w.session.signOutFailed} {sentenceOf(w, failure)}
            </Notice>
          </div>
        )}
        <Button
          isDisabled={ending}
          onPress={() => {
            if (unsent > 0 && !asked) setAsked(true)
            else if (mayLeave(null)) void end()
          }}
        >
          {ending ? w.session.signingOut : failure === null ? w.session.signOut : w.session.signOutAgain}
        </Button>
      </div>
    </Popover>
  )
}

export default AccountMenu
