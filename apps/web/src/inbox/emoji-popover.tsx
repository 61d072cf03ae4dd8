import type { ReactElement, RefObject } from 'react'
import { Popover } from '../ui/popover.tsx'
import { useWords } from '../ui/words.tsx'
import { EmojiGrid } from './emoji-grid.tsx'

function EmojiPopover({
  anchor,
  onClose,
  onChoose,
}: {
  anchor: RefObject<HTMLElement | null>
  onClose: () => void
  onChoose: (emoji: string) => void
}): ReactElement {
  const w = useWords()
  return (
    <Popover label={w.emoji.title} anchor={anchor} onClose={onClose}>
      <EmojiGrid onChoose={onChoose} />
    </Popover>
  )
}

export default EmojiPopover
