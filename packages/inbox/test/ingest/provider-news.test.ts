import type { Viewer } from '@buergerdraht/office'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listMessages, sweepNotices } from '../../src/index.ts'
import { openTestOffice, type TestOffice } from '../test-office.ts'

let world: TestOffice
let channelId: string
let phoneNumberId = 300_000_000_000_001
beforeAll(async () => {
  world = await openTestOffice()
})
afterAll(() => world.close())
beforeEach(async () => {
  phoneNumberId += 1
  channelId = await world.addChannel({ phoneNumberId: String(phoneNumberId) })
})

const [phone, bsuid] = ['491713920011', 'DE.7001']
/** The office's clock stands at 12:00:05; times of the day are seconds after 12:00. */
function at(second: number): string {
  return String(1794830400 + second)
}

function deliver(field: string, value: object, wabaId = '200000000000001') {
  return world.deliver(channelId, {
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, changes: [{ field, value }] }],
  })
}
function told(field: string, value: object) {
  return deliver(field, { metadata: { phone_number_id: String(phoneNumberId) }, ...value })
}

function writes(message: object) {
  return told('messages', { messages: [{ from: phone, from_user_id: bsuid, timestamp: at(0), ...message }] })
}
function text(id: string, second = 0) {
  return writes({ id, timestamp: at(second), type: 'text', text: { body: 'Hallo' } })
}

/** A message of ours without the way of sending one: written in the phone app. */
function answers(id: string) {
  return told('smb_message_echoes', {
    message_echoes: [{ id, to: phone, timestamp: at(1), type: 'text', text: { body: 'Guten Tag' } }],
  })
}
function fails(id: string, second: number, code: number, more: object = {}) {
  return told('messages', {
    statuses: [{ id, status: 'failed', timestamp: at(second), errors: [{ code }], ...more }],
  })
}

async function rows(sql: string): Promise<unknown[]> {
  return (await world.office.pool.query(sql.replace('$channel', `'${channelId}'`))).rows
}
async function channelState() {
  return (await rows('select state from channel where id = $channel'))[0]
}
function notices() {
  return rows('select code, detail from channel_notice where channel_id = $channel order by code, detail')
}
function counts() {
  return rows('select reason, count::int from intake_count where channel_id = $channel')
}
function conversations() {
  return rows(
    'select last_inbound_at as opened, window_shut_at as shut from conversation where channel_id = $channel',
  )
}

test('news of another business account on our address change nothing here, and are kept', async () => {
  await deliver('account_update', { event: 'ACCOUNT_DELETED' }, '200000000000009')
  await deliver('message_template_status_update', template('DISABLED'), '200000000000009')
  expect(await channelState()).toEqual({ state: 'enabled' })
  expect(await rows('select name from message_template where channel_id = $channel')).toEqual([])
  expect(await counts()).toEqual([{ reason: 'unknown-number', count: 2 }])
  expect(await notices()).toEqual([{ code: 'foreign-number', detail: '' }])
  expect(await rows('select code from dead_letter where channel_id = $channel')).toEqual([
    { code: 'unknown-number' },
    { code: 'unknown-number' },
  ])
})

test('a notice says what happened in all the words of the provider', async () => {
  await deliver('phone_number_quality_update', { event: 'DOWNGRADE', current_limit: 'TIER_250' })
  await deliver('account_alerts', { alert_info: { alert_type: 'OBA_REJECTED' } })
  await deliver('security', { event: 'PIN_CHANGED' })
  expect(await notices()).toEqual([
    { code: 'other', detail: 'account_alerts OBA_REJECTED' },
    { code: 'other', detail: 'security PIN_CHANGED' },
    { code: 'quality-changed', detail: 'DOWNGRADE TIER_250' },
  ])
})

function template(event: string) {
  return {
    event,
    message_template_name: 'termin',
    message_template_language: 'de',
  }
}

test('a template is usable only while the provider says so; its quality and category say nothing about that', async () => {
  async function state() {
    return (await rows('select state, category, reason from message_template where channel_id = $channel'))[0]
  }
  await deliver('message_template_status_update', template('APPROVED'))
  await deliver('template_category_update', { ...template(''), new_category: 'MARKETING' })
  await deliver('message_template_quality_update', { ...template(''), new_quality_score: 'RED' })
  expect(await state()).toEqual({ state: 'approved', category: 'MARKETING', reason: 'QUALITY_RED' })
  expect(await notices()).toEqual([
    { code: 'template-category-changed', detail: 'termin' },
    { code: 'template-changed', detail: 'termin' },
  ])
  await deliver('message_template_status_update', template('PENDING_DELETION'))
  expect(await state()).toMatchObject({ state: 'disabled' })
  await deliver('message_template_status_update', template('APPROVED'))
  await deliver('message_template_status_update', template('INVENTED_TOMORROW'))
  expect(await state()).toMatchObject({ state: 'other' })
})

function open() {
  return rows(
    'select code, detail from channel_notice where channel_id = $channel and dismissed_at is null order by code, detail',
  )
}

test('notices end with their cause: quality restored, account reinstated, template usable in every language', async () => {
  await deliver('phone_number_quality_update', { event: 'FLAGGED', current_limit: 'TIER_250' })
  await deliver('phone_number_quality_update', { event: 'DOWNGRADE', current_limit: 'TIER_50' })
  await deliver('phone_number_quality_update', { event: 'UNFLAGGED', current_limit: 'TIER_250' })
  expect(await open()).toEqual([{ code: 'quality-changed', detail: 'DOWNGRADE TIER_50' }])
  await deliver('phone_number_quality_update', { event: 'UPGRADE', current_limit: 'TIER_250' })
  expect(await open()).toEqual([])

  await deliver('account_update', { event: 'ACCOUNT_RESTRICTION' })
  await deliver('account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } })
  expect((await open()).length).toBe(2)
  await deliver('account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } })
  expect(await open()).toEqual([])

  const english = { ...template('REJECTED'), message_template_language: 'en' }
  await deliver('message_template_status_update', template('PAUSED'))
  await deliver('message_template_status_update', english)
  await deliver('message_template_status_update', template('APPROVED'))
  expect(await open()).toEqual([{ code: 'template-changed', detail: 'termin' }])
  await deliver('message_template_status_update', { ...english, event: 'APPROVED' })
  expect(await open()).toEqual([])
  await deliver('message_template_status_update', template('DISABLED'))
  expect(await open()).toEqual([{ code: 'template-changed', detail: 'termin' }])
})

test('deliveries for a foreign number are told of until none of them is left', async () => {
  await deliver('account_update', { event: 'ACCOUNT_DELETED' }, '200000000000009')
  expect(await sweepNotices(world.office)).toBe(0)
  expect(await open()).toEqual([{ code: 'foreign-number', detail: '' }])
  await world.office.pool.query('delete from dead_letter where channel_id = $1', [channelId])
  expect(await sweepNotices(world.office)).toBe(1)
  expect(await open()).toEqual([])
})

test('a failure that is told again stops nothing again', async () => {
  await text('wamid.in')
  await answers('wamid.out')
  await fails('wamid.out', 2, 131042)
  expect(await channelState()).toEqual({ state: 'stopped' })
  await world.office.pool.query(`update channel set state = 'enabled' where id = $1`, [channelId])
  await fails('wamid.out', 2, 131042, { biz_opaque_callback_data: 'told again' })
  expect(await channelState()).toEqual({ state: 'enabled' })
  // A first failure without a reason that gets one is news.
  await fails('wamid.out', 3, 131031)
  expect(await channelState()).toEqual({ state: 'stopped' })
})

test('a closed window that is told late does not close the one that the citizen has opened since', async () => {
  await text('wamid.in')
  await answers('wamid.out')
  await text('wamid.in2', 4)
  await fails('wamid.out', 2, 131047)
  const noon = Date.UTC(2026, 10, 16, 12)
  expect(await conversations()).toEqual([{ opened: new Date(noon + 4000), shut: new Date(noon + 2000) }])
  await answers('wamid.out2')
  await fails('wamid.out2', 5, 131047)
  expect(await conversations()).toEqual([{ opened: new Date(noon + 4000), shut: new Date(noon + 5000) }])
})

test('the provider’s own line about a stranger opens no case', async () => {
  await writes({ id: 'wamid.s1', type: 'system', system: { type: 'tomorrow' } })
  expect(await conversations()).toEqual([])
  expect(await counts()).toEqual([{ reason: 'system-without-conversation', count: 1 }])
  await text('wamid.in')
  await writes({ id: 'wamid.s2', type: 'system', system: null })
  expect(await rows('select kind from message where channel_id = $channel order by id')).toEqual([
    { kind: 'text' },
    { kind: 'system' },
  ])
})

test('what could not be shown and is edited into something that can is shown, with its file', async () => {
  await writes({ id: 'wamid.u', type: 'unsupported', errors: [{ code: 131060 }] })
  const message = { type: 'image', image: { id: '123', caption: 'Schlagloch' } }
  await writes({
    id: 'wamid.e',
    timestamp: at(3),
    type: 'edit',
    edit: { original_message_id: 'wamid.u', message },
  })
  expect(
    await rows(`select m.kind, m.edited_at is not null as edited, a.kind as file, a.state
      from message m join attachment a on a.message_id = m.id where m.channel_id = $channel`),
  ).toEqual([{ kind: 'image', edited: true, file: 'image', state: 'pending' }])
})

function edit(id: string, original: string, second: number, body: string) {
  return writes({
    id,
    timestamp: at(second),
    type: 'edit',
    edit: { original_message_id: original, message: { type: 'text', text: { body } } },
  })
}
function revoke(id: string, original: string, second: number) {
  return writes({ id, timestamp: at(second), type: 'revoke', revoke: { original_message_id: original } })
}

/** The only conversation of the channel, as a clerk sees it, oldest first. */
async function thread() {
  const viewer: Viewer = {
    accountId: crypto.randomUUID(),
    displayName: 'Frau Yılmaz',
    role: 'clerk',
    teamIds: [world.teamId],
  }
  const [conversation] = (await rows('select id from conversation where channel_id = $channel')) as {
    id: string
  }[]
  const { items } = await listMessages(world.office, viewer, conversation?.id ?? '', { limit: 50 })
  return items.toReversed()
}

test('a message that comes after its edit or its revocation takes its place, and opens the window all the same', async () => {
  const noon = Date.UTC(2026, 10, 16, 12)
  await edit('wamid.e', 'wamid.1', 4, 'neu')
  expect(await conversations()).toEqual([{ opened: null, shut: null }])
  await text('wamid.1', 1)
  // Told once more, in other bytes.
  await writes({ id: 'wamid.1', timestamp: at(1), type: 'text', text: { body: 'Hallo' }, told: 'again' })
  expect(await conversations()).toEqual([{ opened: new Date(noon + 1000), shut: null }])
  await revoke('wamid.r', 'wamid.2', 5)
  await text('wamid.2', 3)
  expect(await conversations()).toEqual([{ opened: new Date(noon + 3000), shut: null }])
  expect(await thread()).toMatchObject([
    { text: 'neu', sentAt: new Date(noon + 1000).toISOString(), revokedAt: null },
    {
      text: null,
      sentAt: new Date(noon + 3000).toISOString(),
      revokedAt: new Date(noon + 5000).toISOString(),
    },
  ])
  // The first wording is kept, once.
  expect(
    await rows(`select version from message_version v join message m on m.id = v.message_id
      where m.channel_id = $channel`),
  ).toEqual([{ version: 1 }])
})

test('what is quoted is shown, though it came later than what quotes it', async () => {
  await writes({
    id: 'wamid.q',
    timestamp: at(3),
    type: 'text',
    text: { body: 'Und das?' },
    context: { id: 'wamid.first' },
  })
  expect((await thread())[0]?.replyTo).toEqual({
    id: null,
    direction: null,
    kind: null,
    text: null,
    outdated: false,
  })
  await text('wamid.first', 1)
  expect((await thread())[1]?.replyTo).toMatchObject({ direction: 'inbound', kind: 'text', text: 'Hallo' })
})

test('a reaction in front of its message in the same webhook does not wait', async () => {
  await told('messages', {
    messages: [
      {
        id: 'wamid.r',
        from: phone,
        timestamp: at(2),
        type: 'reaction',
        reaction: { message_id: 'wamid.m', emoji: '👍' },
      },
      { id: 'wamid.m', from: phone, timestamp: at(1), type: 'text', text: { body: 'Hallo' } },
    ],
  })
  expect((await thread())[0]?.reactions).toEqual([{ from: 'citizen', emoji: '👍' }])
  expect(await rows('select kind from early_arrival where channel_id = $channel')).toEqual([])
})
