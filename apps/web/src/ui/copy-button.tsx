import type { ReactElement } from 'react'
import { announce } from './announcer.tsx'
import { Button } from './button.tsx'
import { useWords } from './words.tsx'

/** Takes a value that nobody types, a hash or a key, to the clipboard, and says so. */
export function CopyButton({ text, name }: { text: string; name: string }): ReactElement {
  const w = useWords()
  return (
    <Button
      compact
      icon="copy"
      aria-label={name}
      onPress={() => void navigator.clipboard.writeText(text).then(() => announce(w.general.copied))}
    />
  )
}
