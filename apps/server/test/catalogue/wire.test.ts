import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import {
  additionalData,
  providerIdMac,
  type StoredContent,
  type StoredCredentials,
  sealProviderId,
} from '@buergerdraht/inbox'
import { type Keys, sealJson } from '@buergerdraht/office'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type StoryOffice, startOffice } from '../start-office.ts'
import { outcomeOf } from './outcome.ts'
import { play, wireCase, wireCases } from './wire-case.ts'

/** Five seconds after most of the catalogue's messages were sent. */
const now = new Date('2026-11-16T12:00:05Z')
const phoneNumberId = '300000000000001'

const credentials: Readonly<Record<string, StoredCredentials>> = {
  meta: {
    apiKey: 'wire-api-key',
    webhookSecrets: ['wire-test-secret', 'wire-test-secret-old'],
    webhookHeaders: {},
    verifyToken: 'wire-verify-token',
  },
  '360dialog': {
    apiKey: 'wire-api-key',
    webhookSecrets: ['wire-360-platform-secret'],
    webhookHeaders: { 'x-inbox-webhook-key': 'wire-shared-header-value' },
    verifyToken: 'wire-verify-token',
  },
}

let office: StoryOffice
let keys: Keys
const urls: Record<string, string> = {}

async function addChannel(vendor: string): Promise<void> {
  const key = keys.make('channel')
  const id = randomUUID()
  const { pool, prisma } = office.database
  const team = await prisma.team.findFirstOrThrow()
  await pool.query(
    'insert into data_key (id, purpose, wrapped, kek_id) values ($1, $2, $3, $4)',
    Object.values(key.row),
  )
  await pool.query(
    `insert into channel (id, vendor, name, team_id, phone_number_id, waba_id, display_phone_number, base_url, key_id, credentials_sealed)
     values ($1, $2, 'Wire', $3, $4, '200000000000001', '493023125010', 'http://127.0.0.1:9', $5, $6)`,
    [
      id,
      vendor,
      team.id,
      phoneNumberId,
      key.id,
      sealJson(key.bytes, additionalData.credentials(id), credentials[vendor]),
    ],
  )
  urls[vendor] = `${office.baseUrl}/webhooks/${vendor === 'meta' ? 'whatsapp' : vendor}/${id}`
}

beforeAll(async () => {
  office = await startOffice({ now: () => now })
  keys = office.keys
  // The demo's channel makes room: the catalogue speaks of the same number.
  await office.database.pool.query(`update channel set phone_number_id = '999'`)
  for (const vendor of Object.keys(credentials)) await addChannel(vendor)
})
afterAll(() => office.close())

beforeEach(async () => {
  await office.database.pool.query(`truncate contact, contact_identity, conversation, message, message_version, reaction,
    attachment, early_arrival, dead_letter, channel_notice, message_template, intake_count, live_event, search_entry, webhook_event cascade`)
  await office.database.pool.query(
    `update channel set state = 'enabled', last_test_at = null, verified_at = null where phone_number_id = $1`,
    [phoneNumberId],
  )
})

/** Something we have sent in the only conversation there is. */
async function outbound(
  providerId: string | null,
  state = 'accepted',
  id: string = randomUUID(),
): Promise<void> {
  const { pool } = office.database
  const { rows } = await pool.query<{ id: string; channel_id: string; key_id: string }>(
    'select id, channel_id, key_id from conversation limit 1',
  )
  const [conversation] = rows
  if (conversation === undefined) throw new Error('Nobody has written yet.')
  const key = await keys.get(conversation.key_id)
  const content: StoredContent = { content: { kind: 'text', text: 'Donnerstag bis 18 Uhr.' }, referral: null }
  await pool.query(
    `insert into message (id, conversation_id, channel_id, direction, kind, provider_id_mac, provider_id_sealed, sent_at, received_at, content_sealed,
       client_id, send_state, accepted_at)
     values ($1, $2, $3, 'outbound', 'text', $4, $9, $5, $5, $6, gen_random_uuid(), $7, $8)`,
    [
      id,
      conversation.id,
      conversation.channel_id,
      providerId === null ? null : providerIdMac(keys, conversation.channel_id, providerId),
      new Date('2026-11-16T12:00:03Z'),
      sealJson(key, additionalData.content(id), content),
      state,
      state === 'accepted' ? now : null,
      providerId === null ? null : sealProviderId(key, id, providerId),
    ],
  )
}

async function deliver(name: string): Promise<void> {
  const wire = wireCase(name)
  await play(wire, urls[wire.provider] ?? '')
  await office.settled()
}

function erikaWrote() {
  return deliver('001')
}
async function weAnswered() {
  await erikaWrote()
  await outbound('wamid.U1lOVEg6b3V0MQ==')
}
function statusTargets(name: string): string[] {
  return [...new Set(JSON.stringify(wireCase(name)).match(/wamid\.U1lOVEg6b3V0[^"]*/g) ?? [])]
}

/** What must be there before a case is played; cases that need nothing are not listed. */
const preconditions: Readonly<Record<string, () => Promise<void>>> = {
  '007': erikaWrote,
  '008': weAnswered,
  '041': weAnswered,
  '043': async () => {
    await weAnswered()
    await deliver('041')
  },
  '044': async () => {
    await weAnswered()
    await deliver('041')
  },
  '046': erikaWrote,
  '049': () => deliver('002'),
  '050': erikaWrote,
  '061': () => deliver('016'),
  '088': erikaWrote,
  '103': weAnswered,
  '104': async () => {
    await erikaWrote()
    await outbound(null, 'unknown', '6f1c2b34-0000-4000-8000-000000000014')
  },
  '116': erikaWrote,
  '119': erikaWrote,
  '175': async () => {
    // Contact A is known by a number only, contact B by an id only; both have open cases.
    await deliver('005')
    await deliver('002')
  },
}

async function precondition(name: string): Promise<void> {
  const number = name.slice(0, 3)
  const listed = preconditions[number]
  if (listed !== undefined) return listed()
  if (wireCase(number).case.includes('status') || name.startsWith('080')) {
    await erikaWrote()
    for (const id of statusTargets(number)) await outbound(id)
  }
}

/** Lines of a thousand senders tell nothing that their number does not. */
function abridged(outcome: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outcome).map(([name, rows]) => [
      name,
      Array.isArray(rows) && rows.length > 50 ? `${rows.length} rows` : rows,
    ]),
  )
}

/**
 * The expected outcomes are files, made once by a run, read line by line against the catalogue and committed. With
 * WIRE_OUTCOMES=write a run writes them anew; the difference is then to be read.
 */
function expected(name: string, outcome: unknown): unknown {
  const file = new URL(`./outcomes/${name}.json`, import.meta.url)
  if (process.env['WIRE_OUTCOMES'] === 'write') writeFileSync(file, `${JSON.stringify(outcome, null, 2)}\n`)
  if (!existsSync(file)) throw new Error(`No outcome is written down for ${name}.`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('what a provider sends', () => {
  test.each(wireCases.map((wire) => [wire.case, wire] as const))('%s', async (name, wire) => {
    await precondition(name)
    await office.database.pool.query('truncate live_event, intake_count')
    const answers = await play(wire, urls[wire.provider] ?? '', () => office.settled())
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => wire.expect.httpStatus))
    await office.settled()
    const outcome = abridged(await outcomeOf(office.database.pool, keys))
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(expected(name, outcome))
  })

  test('the handshake is answered with the challenge and nothing else', async () => {
    expect(await play(wireCase('122'), urls['meta'] ?? '')).toEqual([{ status: 200, text: '1158201444' }])
  })

  test('what is not shown is counted, and the very next look at the metrics says so', async () => {
    await play(wireCase('067'), urls['meta'] ?? '')
    await play(wireCase('139'), urls['meta'] ?? '')
    await office.settled()
    const metrics = await (await fetch(`${office.baseUrl}/metrics`)).text()
    expect(metrics).toContain('buergerdraht_intake_not_shown_total{reason="request-welcome"} 1\n')
    expect(metrics).toContain('buergerdraht_intake_dead_letters 1\n')
  })
})
