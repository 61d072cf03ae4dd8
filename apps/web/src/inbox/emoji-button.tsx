import { lazy, type ReactElement, Suspense, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { useWords } from '../ui/words.tsx'

const EmojiPopover = lazy(() => import('./emoji-popover.tsx'))

export function EmojiButton({ onChoose }: { onChoose: (emoji: string) => void }): ReactElement {
  const w = useWords()
  const [choosing, setChoosing] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span ref={place}>
        <Button
          kind="quiet"
          icon="smile"
          aria-label={w.composer.emoji}
          aria-haspopup="dialog"
          aria-expanded={choosing}
          onPress={() => setChoosing(true)}
        />
      </span>
      <Suspense>
        {choosing && (
          <EmojiPopover
            anchor={place}
            onClose={() => setChoosing(false)}
            onChoose={(chosen) => {
              setChoosing(false)
              onChoose(chosen)
            }}
          />
        )}
      </Suspense>
    </>
  )
}
