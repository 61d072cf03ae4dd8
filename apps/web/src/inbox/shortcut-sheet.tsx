import type { ReactElement } from 'react'
import { Switch } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { prefer, usePreferences } from '../ui/preferences.ts'
import { useWords } from '../ui/words.tsx'
import styles from './shortcut-sheet.module.css'

function ShortcutSheet({ onClose }: { onClose: () => void }): ReactElement {
  const w = useWords()
  const { shortcuts } = usePreferences()
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['j'], w.keys.next],
    [['k'], w.keys.previous],
    [[w.keys.enter], w.keys.open],
    [['n'], w.keys.nextWaiting],
    [['c'], w.keys.claim],
    [['r'], w.keys.reply],
    [['e'], w.keys.close],
    [['u'], w.keys.unread],
    [['z'], w.keys.undo],
    [['g', 'i'], w.keys.goInbox],
    [['/'], w.keys.search],
    [[`${w.keys.ctrl} + ${w.keys.enter}`], w.keys.send],
    [[`${w.keys.ctrl} + ${w.keys.shift} + ${w.keys.enter}`], w.keys.sendAndGoOn],
    [[`${w.keys.ctrl} + ${w.keys.alt} + ${w.keys.enter}`], w.keys.sendAndClose],
    [[`${w.keys.ctrl} + K`], w.keys.palette],
    [[w.keys.esc], w.keys.escape],
    [['?'], w.keys.sheet],
  ]
  return (
    <Modal title={w.keys.title} onClose={onClose}>
      <dl className={styles.sheet}>
        {rows.map(([keys, name]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && ` ${w.keys.followedBy} `}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        label={w.keys.toggle}
        hint={w.appearance.shortcutsHint}
        checked={shortcuts}
        onChange={(on) => prefer({ shortcuts: on })}
      />
    </Modal>
  )
}

export default ShortcutSheet
