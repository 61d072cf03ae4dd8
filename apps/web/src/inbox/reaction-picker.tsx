import { type ReactElement, type RefObject, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { useWords } from '../ui/words.tsx'
import { EmojiGrid } from './emoji-grid.tsx'
import styles from './reaction-picker.module.css'

const often = ['👍', '❤️', '😊', '🙏', '👋', '✅']

function ReactionPicker({
  anchor,
  current,
  onClose,
  onChoose,
}: {
  anchor: RefObject<HTMLElement | null>
  current: string | null
  onClose: () => void
  onChoose: (emoji: string | null) => void
}): ReactElement {
  const w = useWords()
  const [all, setAll] = useState(false)
  return (
    <Popover label={w.thread.react} anchor={anchor} onClose={onClose}>
      {all ? (
        <EmojiGrid onChoose={onChoose} />
      ) : (
        <div className={styles.row}>
          {often.map((emoji, index) => (
            <button
              key={emoji}
              type="button"
              // biome-ignore lint/a11y/noAutofocus: the popover was opened to choose
              autoFocus={index === 0}
              aria-pressed={emoji === current}
              onClick={() => onChoose(emoji === current ? null : emoji)}
            >
              {emoji}
            </button>
          ))}
          <Button kind="quiet" compact icon="plus" aria-label={w.emoji.title} onPress={() => setAll(true)} />
        </div>
      )}
      {current !== null && (
        <Button kind="quiet" compact onPress={() => onChoose(null)}>
          {w.thread.reactionGone}
        </Button>
      )}
    </Popover>
  )
}

export default ReactionPicker
