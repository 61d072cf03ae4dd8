import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import { announce } from './announcer.tsx'
import { Button } from './button.tsx'

type Page<Item> = { readonly items: readonly Item[] }

/** All items that have come so far; undefined: none has. What a further page brings is announced. @param shown says how many there are now */
export function useItems<Item>(
  data: InfiniteData<Page<Item>> | undefined,
  shown: (count: number) => string,
): readonly Item[] | undefined {
  const items = data?.pages.flatMap((page) => page.items)
  const pages = data?.pages.length ?? 0
  const count = items?.length ?? 0
  useEffect(() => {
    if (pages > 1) announce(shown(count))
  }, [shown, pages, count])
  return items
}

/** Of a list whose pages begin at a number and say how many items there are in all: where the next one begins; undefined: there is none. */
export function nextFrom<Item>(
  last: { readonly total: number },
  pages: readonly Page<Item>[],
): number | undefined {
  const shown = pages.reduce((sum, { items }) => sum + items.length, 0)
  return shown < last.total ? shown : undefined
}

/** Asks for the next page, as long as there is one. */
export function NextPage({
  query: { hasNextPage, isFetchingNextPage, fetchNextPage },
  name,
  loading = name,
}: {
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>
  name: string
  /** Instead of the name, while it is under way. */
  loading?: string
}): ReactElement | null {
  if (!hasNextPage) return null
  return (
    <p>
      <Button isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
        {isFetchingNextPage ? loading : name}
      </Button>
    </p>
  )
}
