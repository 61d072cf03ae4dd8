import type { ReactElement } from 'react'
import { announce } from './announcer.tsx'
import { Button } from './button.tsx'
import { useWords } from './words.tsx'

/**
 * Takes a value that nobody types, a hash, a key or a link, to the clipboard, and says so.
 * @param name what it does, with what: „Wurzel kopieren“
 * @param inWords the name is shown; else there is an icon, beside what it copies
 */
export function CopyButton({
  text,
  name,
  inWords = false,
}: {
  text: string
  name: string
  inWords?: boolean
}): ReactElement {
  const w = useWords()
  function copy(): void {
    void navigator.clipboard.writeText(text).then(() => announce(w.general.copied))
  }
  if (!inWords) return <Button compact icon="copy" aria-label={name} onPress={copy} />
  return (
    <Button icon="copy" onPress={copy}>
      {name}
    </Button>
  )
}
