import type { Inbox } from '../inbox.ts'
import type { Owed } from '../privacy-notice/owe-notices.ts'
import type { Recognised } from '../requests/recognised.ts'
import { ChannelNews } from './channel-news.ts'
import { Conversations } from './conversations.ts'
import { EarlyItems } from './early-arrivals.ts'
import type { OwnChannel } from './item.ts'
import { Messages } from './messages.ts'
import type { NewAttachment } from './new-attachment.ts'
import { NewLiveEvents } from './new-live-events.ts'
import { People } from './people.ts'
import { Reactions } from './reactions.ts'
import { SearchTexts } from './search-texts.ts'

/**
 * Everything a batch knows and everything it will write, collected before the first write. Each part is changed by its own methods
 * only and is read-only to everybody else; a function names in its type the parts that it uses.
 */
export type Batch = {
  readonly inbox: Pick<Inbox, 'keys' | 'search'>
  readonly at: Date
  readonly channels: ReadonlyMap<string, OwnChannel>
  readonly people: People
  readonly conversations: Conversations
  readonly messages: Messages
  readonly reactions: Reactions
  readonly attachments: NewAttachment[]
  readonly early: EarlyItems
  readonly news: ChannelNews
  readonly searchTexts: SearchTexts
  readonly liveEvents: NewLiveEvents
  readonly requests: Recognised[]
  readonly owed: Owed[]
}

export function emptyBatch(
  inbox: Pick<Inbox, 'keys' | 'search'>,
  channels: ReadonlyMap<string, OwnChannel>,
  at: Date,
): Batch {
  const people = new People(inbox.keys)
  return {
    inbox,
    at,
    channels,
    people,
    conversations: new Conversations(people, inbox.keys),
    messages: new Messages(inbox.keys),
    reactions: new Reactions(),
    attachments: [],
    early: new EarlyItems(),
    news: new ChannelNews(),
    searchTexts: new SearchTexts(),
    liveEvents: new NewLiveEvents(),
    requests: [],
    owed: [],
  }
}
