import { type ReactElement, useEffect, useRef } from 'react'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { useWords, type Words } from '../ui/words.tsx'
import { useColleaguesAt } from './presence.ts'

function sentence(w: Words, name: string, writing: boolean): string {
  return writing ? w.presence.writes(name) : w.presence.hasOpen(name)
}

/** Which colleagues have the conversation open, and who of them writes. */
export function ColleaguesHere({ conversationId }: { conversationId: string }): ReactElement | null {
  const w = useWords()
  const colleagues = useColleaguesAt(conversationId)
  const words = colleagues.map(({ account, writing }) => sentence(w, account.displayName, writing))
  const said = useRef<readonly string[]>([])
  useEffect(() => {
    for (const one of words) if (!said.current.includes(one)) announce(one)
    said.current = words
  })
  if (colleagues.length === 0) return null
  return (
    <>
      {colleagues.map(({ account, writing }) => (
        <span key={account.id}>
          <Icon name={writing ? 'reply' : 'user'} size={14} /> {sentence(w, account.displayName, writing)}
        </span>
      ))}
    </>
  )
}
