import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { LiveFeed } from '../use-live-connection.ts'
import { channelsQuery, deadLettersQuery, intakeQuery } from './desk-queries.ts'

/** Asks anew for what is shown of the channels when the server says that it changed. */
export function useChannelEvents(feed: LiveFeed): void {
  const client = useQueryClient()
  useEffect(
    () =>
      feed.listen({
        onEvent: ({ type }) => {
          if (type !== 'channel.changed') return
          for (const { queryKey } of [channelsQuery, intakeQuery, deadLettersQuery])
            void client.invalidateQueries({ queryKey })
        },
        onGap: () => void client.invalidateQueries(),
      }),
    [client, feed],
  )
}
