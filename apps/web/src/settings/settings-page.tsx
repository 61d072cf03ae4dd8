import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import type { LiveFeed } from '../use-live-connection.ts'
import { ChannelsPage } from './channels-page.tsx'
import { IntakePage } from './intake-page.tsx'

/** The administrator's desk: numbers and what comes in through them, never what is said. */
function SettingsPage({
  place,
  id,
  feed,
}: {
  place: string
  id: string | null
  feed: LiveFeed
}): ReactElement {
  const client = useQueryClient()
  useEffect(
    () =>
      feed.listen({
        onEvent: ({ type }) => {
          if (type === 'channel.changed') void client.invalidateQueries({ queryKey: ['channels'] })
        },
        onGap: () => void client.invalidateQueries(),
      }),
    [client, feed],
  )
  return place === 'kanaele' ? <ChannelsPage id={id} /> : <IntakePage />
}

export default SettingsPage
