import { useEffect, useState } from 'react'
import type { Filter } from './conversation-order.ts'

/** What the list is narrowed to; the order is a preference. */
export type Look = Omit<Filter, 'order'>

type OwnLook = { readonly account: string; readonly look: Look }

const atFirst: Look = { tab: 'open', unread: false, q: '' }
let last: OwnLook | null = null

function isOwnLook(value: unknown): value is OwnLook {
  if (typeof value !== 'object' || value === null || !('account' in value) || !('look' in value)) return false
  const { look } = value as { look: unknown }
  return typeof look === 'object' && look !== null && 'tab' in look && 'unread' in look && 'q' in look
}

/** In the entry of the browser's history that is open, where a reload leaves it. */
function inHistory(): OwnLook | null {
  const state: unknown = window.history.state
  const kept = typeof state === 'object' && state !== null && 'inbox' in state ? state.inbox : null
  return isOwnLook(kept) ? kept : null
}

/**
 * What was looked at stays while one is elsewhere, and over a reload. A search may name a person: it stands in no address and in no
 * storage, only in this page's memory and in the state of its own history, and only for the account that searched.
 */
export function useLook(account: string): [Look, (look: Look) => void] {
  const [look, setLook] = useState(
    () => [last, inHistory()].find((kept) => kept?.account === account)?.look ?? atFirst,
  )
  last = { account, look }
  useEffect(() => {
    // Another place is another entry: each holds what it shows.
    const state: unknown = window.history.state
    const others = typeof state === 'object' && state !== null ? state : {}
    if (JSON.stringify(inHistory()) !== JSON.stringify(last)) {
      window.history.replaceState({ ...others, inbox: last }, '')
    }
  })
  return [look, setLook]
}
