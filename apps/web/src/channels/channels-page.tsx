import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link, useLocation } from 'wouter'
import type { Channel } from '../api.ts'
import { type Act, useActs } from '../ui/acts.ts'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import layout from '../ui/list-detail.module.css'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { Empty, Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import type { LiveFeed } from '../use-live-connection.ts'
import { ChannelDetail } from './channel-detail.tsx'
import { ChannelForm } from './channel-form.tsx'
import styles from './channels-page.module.css'
import { channelsQuery } from './desk-queries.ts'
import { OfficeSettings } from './office-settings.tsx'
import { OperationWarnings } from './operation-warnings.tsx'
import { useChannelEvents } from './use-channel-events.ts'

function Entry({ channel, open }: { channel: Channel; open: boolean }): ReactElement {
  const w = useWords()
  const worst = channel.notices.some(({ severity }) => severity === 'error') ? 'error' : 'warning'
  return (
    <Link className={layout.entry} href={`/kanaele/${channel.id}`} aria-current={open || undefined}>
      <span className={layout.name}>{channel.name}</span>
      <span className={deskStyles.quiet}>
        {channel.displayPhoneNumber} · {w.channels.vendors[channel.vendor]}
      </span>
      <span className={styles.states}>
        <span data-state={channel.state}>{w.channels.states[channel.state]}</span>
        {channel.notices.length > 0 && (
          <span data-severity={worst}>{w.channels.noticeCount(channel.notices.length)}</span>
        )}
      </span>
    </Link>
  )
}

/** The administrator's desk: numbers and their accounts, never what is said. */
function ChannelsPage({ openId: id, feed }: { openId: string | null; feed: LiveFeed }): ReactElement {
  const w = useWords()
  const [, navigate] = useLocation()
  useChannelEvents(feed)
  const { data, error, isPending, refetch } = useQuery(channelsQuery)
  const channel = data?.items.find((item) => item.id === id)
  useActs({
    acts: () => [
      {
        id: 'new-channel',
        icon: 'plus',
        name: w.channels.add,
        keys: 'n',
        run: () => navigate('/kanaele/neu'),
      },
      ...(data?.items ?? [])
        .filter((item) => item.id !== id)
        .map(
          (item): Act => ({
            id: item.id,
            icon: 'phone',
            name: item.name,
            detail: item.displayPhoneNumber,
            run: () => navigate(`/kanaele/${item.id}`),
          }),
        ),
    ],
  })
  useShortcuts({ n: () => navigate('/kanaele/neu') })
  return (
    <>
      <PageTitle hidden>{w.channels.title}</PageTitle>
      <div className={layout.page} data-open={id === null ? undefined : true}>
        <section className={layout.list} aria-labelledby="channels">
          <header className={layout.header}>
            {/* The page says so already, also where the list makes room for what is open. */}
            <p id="channels" className={layout.title} aria-hidden="true">
              {w.channels.title}
            </p>
            <Button compact icon="plus" onPress={() => navigate('/kanaele/neu')}>
              {w.channels.add}
            </Button>
          </header>
          <OperationWarnings />
          {isPending && <Loading />}
          {error !== null && data === undefined && <Failed error={error} onRetry={() => void refetch()} />}
          {data?.items.length === 0 && (
            <Empty icon="phone">
              <p>{w.channels.none}</p>
              <p>{w.channels.noneHint}</p>
            </Empty>
          )}
          <ul>
            {data?.items.map((item) => (
              <li key={item.id}>
                <Entry channel={item} open={item.id === id} />
              </li>
            ))}
          </ul>
          <OfficeSettings />
        </section>
        <ScrollArea label={channel?.name ?? w.channels.add} className={layout.one}>
          {id !== null && (
            <p className={layout.back}>
              <Button kind="quiet" compact icon="back" onPress={() => navigate('/kanaele')}>
                {w.general.back}
              </Button>
            </p>
          )}
          {id === 'neu' && (
            <div className={styles.form}>
              <ChannelForm onDone={(made) => navigate(`/kanaele/${made.id}`, { replace: true })} />
            </div>
          )}
          {channel !== undefined && <ChannelDetail key={channel.id} channel={channel} />}
          {id !== null && id !== 'neu' && data !== undefined && channel === undefined && (
            <Empty icon="phone">
              <p>{w.nowhere.noChannel}</p>
            </Empty>
          )}
          {id === null && (
            <Empty icon="phone">
              <p>{w.channels.select}</p>
            </Empty>
          )}
        </ScrollArea>
      </div>
    </>
  )
}

export default ChannelsPage
