import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { attachmentContent, Failure } from '../api.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './viewer-text.module.css'

async function textOf(id: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(attachmentContent(id), { signal })
  if (!response.ok) throw new Failure(response.status === 401 ? 'not-signed-in' : 'attachment-not-ready')
  return response.text()
}

/** A plain text, as it was written. */
export function ViewerText({ id }: { id: string }): ReactElement {
  const w = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['text', id],
    queryFn: ({ signal }) => textOf(id, signal),
    gcTime: 0,
    retry: false,
  })
  if (error !== null) return <Failed error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Loading />
  return (
    <ScrollArea className={styles.text} label={w.viewer.stage} dir="auto">
      {data}
    </ScrollArea>
  )
}
