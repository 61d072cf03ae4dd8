import type { BspEvent, MessageContent, Sender } from '@buergerdraht/bsp'
import { open, openJson, transaction } from '@buergerdraht/office'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitingSql } from '../../src/conversations/waiting.ts'
import { additionalData, openProviderId, type StoredContent } from '../../src/index.ts'
import { ingestItems } from '../../src/ingest/ingest-items.ts'
import { openTestOffice, type TestOffice } from '../test-office.ts'

let world: TestOffice
beforeAll(async () => {
  world = await openTestOffice()
})
afterAll(() => world.close())

const nobody: Sender = { phone: null, bsuid: null, parentBsuid: null, profileName: null, username: null }
/** Two people and what they may be known by, alone and together, one of them under a name that changes; and a contradiction. */
const senders: readonly Sender[] = [
  { ...nobody, phone: '491713920011' },
  { ...nobody, bsuid: 'DE.7001' },
  { ...nobody, phone: '491713920011', bsuid: 'DE.7001', profileName: 'Erika' },
  { ...nobody, phone: '491713920011', bsuid: 'DE.7001', profileName: 'Erika M.' },
  { ...nobody, bsuid: 'DE.7002', parentBsuid: 'DE.ENT.9' },
  { ...nobody, phone: '491713920022', bsuid: 'DE.7002' },
  { ...nobody, phone: '491713920011', bsuid: 'DE.7002' },
]

const start = Date.parse('2026-11-16T12:00:00Z')
const receivedAt = new Date(start + 60_000)
const media = {
  kind: 'image',
  id: '77',
  url: null,
  mediaType: 'image/jpeg',
  sha256: null,
  fileName: 'Loch.jpg',
  animated: false,
} as const

const sender = fc.constantFrom(...senders)
const when = fc.integer({ min: 0, max: 9 }).map((second) => new Date(start + second * 1000))
const inboundId = fc.constantFrom('m1', 'm2', 'm3')
const echoId = fc.constantFrom('e1', 'e2')
const anyId = fc.oneof(inboundId, echoId)
const content = fc.constantFrom<MessageContent[]>(
  { kind: 'text', text: 'Schlagloch in der Hauptstraße' },
  { kind: 'text', text: 'Doch in der Nebenstraße' },
  { kind: 'image', text: 'Hier', media },
  { kind: 'unsupported', type: 'edit', errorCode: '131051' },
)
const place = { path: '', phoneNumberId: null }

/** Every kind of event that may refer to another message or change who somebody is, and some that do neither. */
const event: fc.Arbitrary<BspEvent> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ providerMessageId: inboundId, sender, sentAt: when, content, quoted: fc.option(anyId) })
      .map(({ quoted, ...one }) => ({
        ...place,
        ...one,
        type: 'message' as const,
        context: { replyToProviderId: quoted, forwarded: 'no' as const },
        referral: null,
        opensWindow: one.content.kind !== 'unsupported',
      })),
  },
  fc
    .record({ originalProviderId: inboundId, sender, sentAt: when, content })
    .map((one) => ({ ...place, ...one, type: 'edit' as const, providerMessageId: 'x1' })),
  fc
    .record({ originalProviderId: inboundId, sender, sentAt: when })
    .map((one) => ({ ...place, ...one, type: 'revoke' as const, providerMessageId: 'x2' })),
  fc
    .record({
      providerMessageId: fc.constantFrom('r1', 'r2'),
      targetProviderId: anyId,
      sender,
      sentAt: when,
      emoji: fc.constantFrom('👍', '🙏', null),
    })
    .map((one) => ({ ...place, ...one, type: 'reaction' as const })),
  fc
    .record({
      providerMessageId: anyId,
      status: fc.constantFrom('sent' as const, 'delivered' as const, 'read' as const, 'failed' as const),
      at: when,
      code: fc.constantFrom('131047', '137000', '131026', '131042', null),
    })
    .map(({ code, ...one }) => ({
      ...place,
      ...one,
      type: 'status' as const,
      ownId: null,
      errorCode: one.status === 'failed' ? code : null,
      priceCategory: null,
    })),
  fc
    .record({ providerMessageId: echoId, recipient: sender, sentAt: when, content })
    .map((one) => ({ ...place, ...one, type: 'echo' as const })),
  fc
    .record({ providerMessageId: fc.constantFrom('c1', 'm1'), sender, sentAt: when })
    .map((one) => ({ ...place, ...one, type: 'call' as const })),
  {
    weight: 2,
    arbitrary: fc
      .record({
        providerMessageId: fc.constantFrom('s1', 's2'),
        sentAt: when,
        code: fc.constantFrom(
          'number-changed' as const,
          'user-id-changed' as const,
          'identity-key-changed' as const,
        ),
        previous: sender,
        current: sender,
      })
      .map((one) => ({ ...place, ...one, type: 'identity-change' as const })),
  },
  fc
    .record({
      state: fc.constantFrom('approved' as const, 'paused' as const, null),
      category: fc.constantFrom('utility', null),
    })
    .map((one) => ({
      ...place,
      ...one,
      type: 'template' as const,
      wabaId: null,
      name: 'termin',
      language: 'de',
      reason: null,
    })),
)

let channels = 0
async function ingest(channelId: string, events: readonly BspEvent[]): Promise<void> {
  const items = events.map((one) => ({ channelId, event: one, receivedAt }))
  await transaction(world.office.pool, (tx) => ingestItems(tx, world.office, items, receivedAt))
}

async function rowsOf(text: string, channelId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await world.office.pool.query(text, [channelId])
  return rows
}

/**
 * What a channel holds, as people would see it: without ids and ciphertexts, in an order that does not depend on them. A message is
 * called by the provider's id, a line of the system by what it says.
 */
async function holdingsOf(channelId: string) {
  const { keys } = world.office
  const names = new Map<unknown, string>()
  const messages = await Promise.all(
    (
      await rowsOf(
        `select m.*, c.key_id, c.contact_id from message m join conversation c on c.id = m.conversation_id where m.channel_id = $1 order by m.id`,
        channelId,
      )
    ).map(async (row) => {
      const key = await keys.get(row['key_id'] as string)
      const id = row['id'] as string
      const sealed = row['content_sealed'] as Buffer | null
      const stored = sealed === null ? null : openJson<StoredContent>(key, additionalData.content(id), sealed)
      const providerId = row['provider_id_sealed'] as Buffer | null
      const name = providerId === null ? `line ${stored?.cause}` : openProviderId(key, id, providerId)
      names.set(id, name)
      const { earlier, ...content } = stored ?? {}
      const versions = await world.office.pool.query(
        'select version, content_sealed, said_at from message_version where message_id = $1 order by version',
        [id],
      )
      const reactions = await world.office.pool.query(
        'select id, emoji_sealed, at, replaced_at from reaction where message_id = $1 order by id',
        [id],
      )
      const attachments = await world.office.pool.query(
        'select kind, state, deadline_at from attachment where message_id = $1',
        [id],
      )
      const {
        direction,
        kind,
        sent_at,
        edited_at,
        revoked_at,
        send_state,
        status_sent_at,
        delivered_at,
        read_at,
      } = row
      const { failed_at, error_code, forwarded, from_app } = row
      return {
        name,
        conversation: row['conversation_id'],
        replyTo: row['reply_to_id'],
        repliesToSomething: row['reply_to_mac'] !== null,
        content: sealed === null ? null : content,
        about: earlier?.messageId,
        versions: versions.rows.map((one) => ({
          at: one.said_at,
          content: openJson(key, additionalData.content(id), one.content_sealed),
        })),
        reactions: reactions.rows.map((one) => ({
          at: one.at,
          replaced: one.replaced_at !== null,
          emoji:
            one.emoji_sealed === null
              ? null
              : open(key, additionalData.emoji(one.id), one.emoji_sealed).toString(),
        })),
        attachments: attachments.rows,
        facts: {
          direction,
          kind,
          sent_at,
          edited_at,
          revoked_at,
          send_state,
          status_sent_at,
          delivered_at,
          read_at,
        },
        more: { failed_at, error_code, forwarded, from_app },
      }
    }),
  )
  const entries = await world.office.pool.query(
    `select nullif(e.id, e.conversation_id) as message_id, e.conversation_id, e.tokens from search_entry e join conversation c on c.id = e.conversation_id where c.channel_id = $1`,
    [channelId],
  )
  // What was settled message by message is what the definition says of all of them.
  const settled = await world.office.pool.query(waitingSql, [
    (await rowsOf('select id from conversation where channel_id = $1', channelId)).map(({ id }) => id),
  ])
  expect(settled.rowCount).toBe(0)
  const contacts = await Promise.all(
    (await rowsOf('select * from contact where channel_id = $1 order by id', channelId)).map(async (row) => {
      const id = row['id'] as string
      const key = await keys.get(row['key_id'] as string)
      const identities = await world.office.pool.query(
        'select id, kind, value_sealed, ended_at, replaced_at from contact_identity where contact_id = $1',
        [id],
      )
      const conversations = await world.office.pool.query(
        'select * from conversation where contact_id = $1 order by opened_at, id',
        [id],
      )
      return {
        profile: openJson(key, additionalData.profile(id), row['profile_sealed'] as Buffer),
        notice: row['identity_notice'],
        identities: identities.rows
          .map(({ id: identityId, kind, value_sealed, ended_at, replaced_at }) => ({
            kind,
            value: open(key, additionalData.identity(identityId), value_sealed).toString(),
            ended: ended_at !== null,
            replaced_at,
          }))
          .map((one) => JSON.stringify(one))
          .toSorted(),
        conversations: conversations.rows.map((one) => ({
          state: one.state,
          unread: one.unread_count,
          waiting: one.waiting_since,
          lastInboundAt: one.last_inbound_at,
          shutAt: one.window_shut_at,
          last: names.get(one.last_message_id),
          lastAt: one.last_message_at,
          messages: messages
            .filter(({ conversation }) => conversation === one.id)
            .map(({ conversation: _, replyTo, about, ...message }) => ({
              ...message,
              about: names.get(about),
              replyTo: names.get(replyTo) ?? null,
            })),
          found: entries.rows
            .filter(({ conversation_id }) => conversation_id === one.id)
            .map(({ message_id, tokens }) =>
              [names.get(message_id) ?? 'name', tokens.toSorted().join()].join(),
            )
            .toSorted(),
        })),
      }
    }),
  )
  return {
    contacts: contacts.map((one) => JSON.stringify(one)).toSorted(),
    counts: await rowsOf(
      'select reason, count from intake_count where channel_id = $1 order by reason',
      channelId,
    ),
    notices: await rowsOf(
      'select code, detail, count from channel_notice where channel_id = $1 order by code, detail',
      channelId,
    ),
    templates: await rowsOf(
      'select name, language, state, category from message_template where channel_id = $1',
      channelId,
    ),
    early: await rowsOf(
      'select kind, count(*)::int as n from early_arrival where channel_id = $1 group by kind order by kind',
      channelId,
    ),
    keys: await rowsOf(
      `select count(*)::int as n from data_key k where exists (select 1 from contact c where c.channel_id = $1 and c.key_id = k.id)`,
      channelId,
    ),
    state: await rowsOf('select state from channel where id = $1', channelId),
  }
}

async function freshChannel(): Promise<string> {
  channels += 1
  return world.addChannel({ phoneNumberId: String(600_000_000_000_000 + channels) })
}

/** Some events alone and everybody's case closed or not; then the others, in one batch or each in its own. */
async function holdings(events: readonly BspEvent[], alone: number, closes: boolean, together: boolean) {
  const channelId = await freshChannel()
  for (const one of events.slice(0, alone)) await ingest(channelId, [one])
  if (closes) {
    await world.office.pool.query(
      `update conversation set state = 'closed', closed_at = now(), waiting_since = null where channel_id = $1`,
      [channelId],
    )
  }
  const others = events.slice(alone)
  if (together) await ingest(channelId, others)
  else for (const one of others) await ingest(channelId, [one])
  return holdingsOf(channelId)
}

test('one batch of n events ends as n batches of one, whatever their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 2, maxLength: 10 }),
      fc.nat({ max: 4 }),
      fc.boolean(),
      async (events, alone, closes) => {
        const together = await holdings(events, alone, closes, true)
        expect(together).toEqual(await holdings(events, alone, closes, false))
      },
    ),
    { numRuns: Number(process.env['DIVISION_RUNS'] ?? 60) },
  )
})

test('what ends and is there again in one batch is told as what it is: twice', async () => {
  function template(state: 'approved' | 'paused'): BspEvent {
    const which = { wabaId: null, name: 'termin', language: 'de', reason: null }
    return { ...place, ...which, type: 'template', state, category: 'utility' }
  }
  const events = [template('paused'), template('approved'), template('paused')]
  expect(await holdings(events, 0, false, true)).toEqual(await holdings(events, 0, false, false))
})

const [byPhone, byId, byBoth] = senders as [Sender, Sender, Sender, ...Sender[]]
const text: MessageContent = { kind: 'text', text: 'Guten Tag' }
const old = new Date(start)
const later = new Date(start + 5000)

function message(providerMessageId: string, from: Sender): BspEvent {
  return {
    ...place,
    type: 'message',
    providerMessageId,
    sender: from,
    sentAt: old,
    content: text,
    context: { replyToProviderId: null, forwarded: 'no' },
    referral: null,
    opensWindow: true,
  }
}
const about = { ...place, providerMessageId: 'x', sender: byBoth, sentAt: later, originalProviderId: 'm1' }
/** What the person who was known by their number alone says about their message once their id is known too. */
const refers: Readonly<Record<string, BspEvent>> = {
  revocation: { ...about, type: 'revoke' },
  edit: { ...about, type: 'edit', content: { kind: 'text', text: 'Guten Abend' } },
  reaction: { ...about, type: 'reaction', targetProviderId: 'm1', emoji: '👍' },
}

test.each(Object.entries(refers))(
  'a %s of one’s own message counts in the batch that shows two contacts to be one person',
  async (_, said) => {
    const channelId = await freshChannel()
    await ingest(channelId, [message('m1', byPhone)])
    await world.office.pool.query(
      `update conversation set state = 'closed', closed_at = now(), waiting_since = null where channel_id = $1`,
      [channelId],
    )
    await ingest(channelId, [message('m2', byId)])
    await ingest(channelId, [message('m3', byBoth), said])
    const { contacts, counts } = await holdingsOf(channelId)
    expect(contacts).toHaveLength(1)
    expect(counts).toEqual([])
  },
)

test('a new contact that takes over one whose case is closed is found by their name once', async () => {
  const both = { ...nobody, phone: '491713920011', bsuid: 'DE.7002' }
  const events: BspEvent[] = [
    message('m3', byPhone),
    message('m2', { ...nobody, bsuid: 'DE.7002', parentBsuid: 'DE.ENT.9' }),
    { ...about, type: 'revoke', providerMessageId: 'x2', sender: both },
    message('m1', byPhone),
  ]
  expect(await holdings(events, 1, true, true)).toEqual(await holdings(events, 1, true, false))
})

/** The provider has failed to deliver what was typed into the app. */
const failed: BspEvent = {
  ...place,
  type: 'status',
  providerMessageId: 'e1',
  status: 'failed',
  at: later,
  ownId: null,
  errorCode: '131026',
  priceCategory: null,
}
const echo: BspEvent = {
  ...place,
  type: 'echo',
  providerMessageId: 'e1',
  recipient: byPhone,
  sentAt: old,
  content: text,
}

test.each<readonly [string, readonly BspEvent[]]>([
  ['an edit', [{ ...about, type: 'edit', sender: byPhone, content: text }, message('m3', byPhone)]],
  ['a revocation', [{ ...about, type: 'revoke', sender: byPhone }, message('m3', byPhone)]],
  ['a failure', [failed, message('m3', byPhone)]],
  ['an edit that shows two to be one', [message('m3', byBoth), { ...about, type: 'edit', content: text }]],
  [
    'an edit, then what would show two to be one',
    [{ ...about, type: 'edit', content: text }, message('m3', byBoth)],
  ],
  ['a failure while another is open', [message('m3', byPhone), failed, failed]],
])('what brings a closed matter back does so in one batch as in several: %s', async (_, others) => {
  const events = [message('m1', byPhone), echo, message('m2', byId), ...others]
  const together = await holdings(events, 3, true, true)
  expect(together).toEqual(await holdings(events, 3, true, false))
  expect(JSON.stringify(together)).toMatch(/"state\\?":\\?"open/)
  expect(JSON.stringify(together)).toMatch(/"cause/)
})

test('a citizen whose edits come before their message, the newer first, waits since the older', async () => {
  const newer: BspEvent = { ...about, type: 'edit', sender: byPhone, content: text }
  const older: BspEvent = { ...newer, sentAt: old }
  const channelId = await freshChannel()
  // What both hold is compared with the definition of waiting.
  for (const one of [newer, older]) await ingest(channelId, [one])
  expect(JSON.stringify(await holdingsOf(channelId))).toContain(`\\"waiting\\":\\"${old.toISOString()}`)
  expect(await holdings([newer, older], 0, false, true)).toEqual(
    await holdings([newer, older], 0, false, false),
  )
})
