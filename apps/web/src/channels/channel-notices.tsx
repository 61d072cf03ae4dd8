import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Channel } from '../api.ts'
import { type Act, useActs } from '../ui/acts.ts'
import { Button } from '../ui/button.tsx'
import { ago, exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import styles from './channel-notices.module.css'
import { channelsQuery } from './desk-queries.ts'

const tones = { info: 'info', warning: 'warning', error: 'danger' } as const

export function ChannelNotices({ channel }: { channel: Channel }): ReactElement {
  const w = useWords()
  const now = useNow()
  const client = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: (noticeId: string) => ask('dismissNotice', { params: { id: channel.id, noticeId } }),
    onSettled: () => client.invalidateQueries({ queryKey: channelsQuery.queryKey }),
  })
  useActs({
    acts: () =>
      channel.notices.map(
        ({ id, code }): Act => ({
          id,
          icon: 'check',
          name: `${w.channels.dismiss}: ${w.notices[code]}`,
          run: () => mutate(id),
        }),
      ),
  })
  if (channel.notices.length === 0) return <p className={styles.quiet}>{w.channels.noNotices}</p>
  return (
    <ul className={styles.notices}>
      {channel.notices.map(({ id, code, detail, severity, count, lastAt }) => (
        <li key={id}>
          <Notice
            tone={tones[severity]}
            action={
              <Button compact isDisabled={isPending} onPress={() => mutate(id)}>
                {w.channels.dismiss}
              </Button>
            }
          >
            {w.notices[code]}
            <p className={styles.quiet}>
              {[detail, count > 1 ? w.channels.times(count) : null]
                .filter((part) => part !== null)
                .join(' · ')}
              {detail !== null || count > 1 ? ' · ' : ''}
              <time dateTime={lastAt} title={exactly(w, Date.parse(lastAt))}>
                {ago(w, Date.parse(lastAt), now)}
              </time>
            </p>
          </Notice>
        </li>
      ))}
    </ul>
  )
}
