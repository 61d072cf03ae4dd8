import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask } from '../api.ts'
import deskStyles from '../ui/desk.module.css'
import { Modal } from '../ui/modal.tsx'
import { shortMoment } from '../ui/moment.ts'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './workbench-page.module.css'
import { workbenchWords } from './workbench-words.ts'

/** What was said last in a matter: asked for each time anew, because each time is recorded. */
export function Preview({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const w = useWords()
  const c = workbenchWords[w.language]
  const { data, error, refetch } = useQuery({
    queryKey: ['workbench-preview', id],
    queryFn: ({ signal }) => ask('listMessages', { params: { id }, query: { limit: 20 } }, signal),
    gcTime: 0,
    staleTime: 0,
  })
  return (
    <Modal title={c.previewTitle} onClose={onClose} wide>
      <p className={deskStyles.quiet}>{c.previewHint}</p>
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      <ol className={styles.messages}>
        {data?.items.toReversed().map((message) => (
          <li key={message.id}>
            <p className={deskStyles.quiet}>
              {message.direction === 'inbound' ? c.citizen : c.office} ·{' '}
              {shortMoment(w, Date.parse(message.sentAt))}
            </p>
            <p className={styles.text}>{message.text || c.noText(message.kind)}</p>
          </li>
        ))}
      </ol>
    </Modal>
  )
}
