import { ask, type Conversation } from '../api.ts'
import type { Act, Offer } from '../ui/acts.ts'
import { type Preferences, prefer } from '../ui/preferences.ts'
import type { Words } from '../ui/words.tsx'
import type { ListHandle } from './conversation-list.tsx'
import type { Filter } from './conversation-order.ts'
import type { Intent } from './conversation-pane.tsx'
import { Highlighted } from './highlighted.tsx'
import { previewOf } from './preview.ts'
import { apartBy } from './same-names.ts'

/** What the palette offers in the inbox. */
export function inboxActs(
  w: Words,
  place: {
    readonly openId: string | null
    readonly canUndo: boolean
    readonly filter: Filter
    readonly list: ListHandle | null
    readonly likes: Preferences
    /** Of the conversation that had the focus, or is open; null: there is none. */
    readonly onConversation: ((what: Intent) => void) | null
    readonly onNext: () => void
    readonly onUndo: () => void
    readonly onFilter: (filter: Filter) => void
    readonly onSheet: () => void
  },
): readonly Act[] {
  const { filter, likes, list, onConversation, onFilter } = place
  const { ctrl, shift, alt, enter } = w.keys
  function of(what: Intent): () => void {
    return () => onConversation?.(what)
  }
  const tabs = { open: w.list.open, mine: w.list.mine, all: w.list.all } as const
  const ofConversation: readonly Act[] = [
    { id: 'reply', icon: 'reply', name: w.keys.reply, keys: 'r', run: of('reply') },
    { id: 'attach', icon: 'clip', name: w.palette.attach, run: of('attach') },
    { id: 'template', icon: 'bubble', name: w.composer.template, run: of('template') },
    { id: 'elsewhere', icon: 'forward', name: w.elsewhere.act, run: of('elsewhere') },
    { id: 'claim', icon: 'hand', name: w.keys.claim, keys: 'c', run: of('claim') },
    { id: 'close', icon: 'archive', name: w.keys.close, keys: 'e', run: of('close') },
    { id: 'unread', icon: 'inbox', name: w.keys.unread, keys: 'u', run: of('unread') },
    // These work where one writes, and nowhere else: they are told of, and lead there.
    { id: 'send', icon: 'send', name: w.keys.send, keys: `${ctrl} + ${enter}`, run: of('reply') },
    {
      id: 'send-on',
      icon: 'forward',
      name: w.keys.sendAndGoOn,
      keys: `${ctrl} + ${shift} + ${enter}`,
      run: of('reply'),
    },
    {
      id: 'send-close',
      icon: 'archive',
      name: w.keys.sendAndClose,
      keys: `${ctrl} + ${alt} + ${enter}`,
      run: of('reply'),
    },
  ]
  const undoing: Act = { id: 'undo', icon: 'retry', name: w.keys.undo, keys: 'z', run: place.onUndo }
  return [
    { id: 'next', icon: 'forward', name: w.keys.nextWaiting, keys: 'n', run: place.onNext },
    ...(onConversation === null ? [] : ofConversation),
    ...(place.canUndo ? [undoing] : []),
    { id: 'search', icon: 'search', name: w.keys.search, keys: '/', run: () => list?.focusSearch() },
    {
      id: 'list',
      icon: 'list',
      name: w.keys.goInbox,
      keys: 'g i',
      run: () => list?.focusRow(place.openId),
    },
    ...(['open', 'mine', 'all'] as const).map(
      (tab): Act => ({
        id: tab,
        icon: 'inbox',
        name: `${w.list.title}: ${tabs[tab]}`,
        run: () => onFilter({ ...filter, tab }),
      }),
    ),
    {
      id: 'unread-only',
      icon: 'inbox',
      name: filter.unread ? w.palette.alsoRead : w.list.unreadOnly,
      run: () => onFilter({ ...filter, unread: !filter.unread }),
    },
    {
      id: 'order',
      icon: 'sort',
      name: likes.order === 'waiting' ? w.list.byLatestLong : w.list.byWaitingLong,
      run: () => prefer({ order: likes.order === 'waiting' ? 'latest' : 'waiting' }),
    },
    {
      id: 'dense',
      icon: 'list',
      name: likes.dense ? w.palette.airy : w.appearance.dense,
      run: () => prefer({ dense: !likes.dense }),
    },
    {
      id: 'enter',
      icon: 'settings',
      name: likes.enterSends ? w.palette.enterBreaks : w.appearance.enterSends,
      run: () => prefer({ enterSends: !likes.enterSends }),
    },
    { id: 'sheet', icon: 'keyboard', name: w.keys.title, keys: '?', run: place.onSheet },
  ]
}

/** Conversations, found by typing. */
export function findConversations(
  w: Words,
  onOpen: (conversation: Conversation) => void,
): NonNullable<Offer['find']> {
  return async (q, signal) => {
    const { items } = await ask('searchConversations', { body: { q, limit: 6 } }, signal)
    return items.map((conversation) => ({
      id: conversation.id,
      icon: 'bubble',
      name: [conversation.contact.displayName, apartBy(conversation.contact)].filter(Boolean).join(' · '),
      detail:
        conversation.hit === null ? (
          previewOf(w, conversation.lastMessage)
        ) : (
          <Highlighted text={conversation.hit.text} matches={conversation.hit.matches} />
        ),
      run: () => onOpen(conversation),
    }))
  }
}
