import { readdir } from 'node:fs/promises'
import {
  additionalData,
  conversationTraces,
  listCorrections,
  markCorrection,
  providerIdMac,
  withdrawCorrection,
} from '@buergerdraht/inbox'
import {
  atFullSpeed,
  KeyDestroyed,
  logKeyOf,
  newId,
  openJson,
  paceBesidePeople,
  seal,
  sealJson,
} from '@buergerdraht/office'
import { openLedgerFolder, parseNoteKey, verdictOf, verifyLedger } from '@buergerdraht/records'
import { beforeEach, describe, expect, test } from 'vitest'
import { webhook } from '../../../testing/webhook-payload.ts'
import { listMessages } from '../../inbox/src/index.ts'
import { minutesAfter, noon } from '../../inbox/test/desk/desk.ts'
import { uploadedFile } from '../../inbox/test/desk/files.ts'
import { judgeLedger, Ledger, leadCustody, mayLetIn, type Step, setHold } from '../src/index.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { aDeletion } from './a-deletion.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
  return () => town.close()
})

const [erika, max] = ['491713920011', '491713920012']

async function closed(id: string): Promise<string> {
  await town.inbox.pool.query(`update conversation set state = 'closed', closed_at = $2 where id = $1`, [
    id,
    noon,
  ])
  return id
}
async function entries() {
  const all = []
  for await (const { entry } of readEntries(town.folder, 0)) all.push(entry)
  return all
}
async function filesLeft(): Promise<string[]> {
  const all = await readdir(town.inbox.mediaDir, { recursive: true, withFileTypes: true })
  return all.filter((one) => one.isFile()).map((one) => one.name)
}
async function auditors(): Promise<number> {
  const opened = await openLedgerFolder(town.folder)
  const { verifierKey } = await logKeyOf(town.inbox.keys, 'deletion-ledger')
  const { findings } = await verifyLedger(opened, { keys: [parseNoteKey(verifierKey)] })
  await opened.close()
  return verdictOf(findings)
}
class Killed extends Error {}

describe('a matter that is destroyed', () => {
  test('leaves nothing of itself, and everything of others', async () => {
    const { desk, inbox } = town
    const id = `wamid.${'A'.repeat(20)}`
    const gone = await desk.citizenWrites({
      from: erika,
      id,
      text: 'Kanarienvogel entflogen, Zwitschergasse',
    })
    const kept = await desk.citizenWrites({ from: max, text: 'Kanarienvogel gefunden', name: 'Max Muster' })
    const file = await uploadedFile(desk, gone, 'image')
    const { rows } = await inbox.pool.query<{
      key_id: string
      message: string
      mac: Buffer
      contact_id: string
    }>(
      `select c.key_id, m.id as message, m.provider_id_mac as mac, c.contact_id from conversation c join message m on m.conversation_id = c.id where c.id = $1`,
      [gone],
    )
    const [row] = rows
    if (row === undefined) expect.fail('no message')
    const key = await inbox.keys.get(row.key_id)
    await inbox.pool.query('insert into message_version values ($1, 1, $2, $3)', [
      row.message,
      sealJson(key, additionalData.content(row.message), {
        content: { kind: 'text', body: 'Kanarienvogel' },
        referral: null,
      }),
      noon,
    ])
    const reaction = newId(noon)
    await inbox.pool.query(
      `insert into reaction (id, message_id, sender, emoji_sealed, at) values ($1, $2, 'citizen', $3, $4)`,
      [reaction, row.message, seal(key, additionalData.emoji(reaction), '👍'), noon],
    )
    await inbox.pool.query('insert into draft values ($1, $2, $3, $4, $5)', [
      gone,
      desk.yilmaz.accountId,
      sealJson(key, additionalData.draft(gone, desk.yilmaz.accountId), {
        text: 'Kanarienvogel',
        replyTo: null,
      }),
      [],
      noon,
    ])
    const { id: keyId, bytes } = inbox.keys.intake
    await inbox.pool.query(
      `insert into early_arrival (channel_id, target_mac, kind, key_id, event_sealed, arrived_at) values ($1, $2, 'status', $3, $4, $5)`,
      [
        desk.channelId,
        row.mac,
        keyId,
        seal(bytes, additionalData.early(desk.channelId, row.mac), '{}'),
        noon,
      ],
    )
    await inbox.pool.query(
      `insert into dead_letter (channel_id, event_id, code, path, key_id, body_sealed, size_bytes, received_at, expires_at)
       values ($1, 4711, 'x', '', $2, $3, 1, $4, $5), ($1, 4712, 'x', '', $2, $6, 1, $4, $5)`,
      [
        desk.channelId,
        keyId,
        seal(bytes, additionalData.deadLetter(desk.channelId, '4711'), `{"from":"${erika}"}`),
        noon,
        minutesAfter(noon, 9999),
        seal(bytes, additionalData.deadLetter(desk.channelId, '4712'), `{"from":"${max}"}`),
      ],
    )
    const ofKept = `search_prefix p where exists (select from search_entry e where e.conversation_id = $1 and e.tokens @> array[p.token])`
    const before = {
      ofKept: await town.count(ofKept, [kept]),
      events: await town.count('webhook_event'),
      prefixes: await town.count('search_prefix'),
    }
    expect(await town.count('search_entry where conversation_id = $1', [gone])).toBeGreaterThan(0)
    const rowsBefore = await inbox.pool.query<{ sealed: Buffer; id: string }>(
      'select id, content_sealed as sealed from message where conversation_id = $1',
      [gone],
    )
    const run = await town.approved([{ kind: 'conversation', id: await closed(gone) }])
    await town.work(run)

    for (const [column, end] of Object.entries(conversationTraces)) {
      const [table, name] = column.split('.')
      const left = await town.count(`${table} where ${name} = any($1::uuid[])`, [
        [gone, row.message, row.contact_id, file],
      ])
      expect(`${column} ${end} ${left}`).toBe(`${column} ${end} 0`)
    }
    expect(await town.count('data_key where id = any($1::uuid[])', [[row.key_id, file]])).toBe(0)
    expect(await town.count('early_arrival')).toBe(0)
    expect(await town.count('dead_letter where event_id = 4711')).toBe(0)
    expect(await town.count('dead_letter where event_id = 4712')).toBe(1)
    expect(await town.count('webhook_event')).toBe(before.events - 1)
    expect(await town.count('deletion_run_item')).toBe(0)
    expect(await filesLeft()).toEqual([])
    // Words that both wrote are still found by their beginnings; those that only went are not.
    const prefixes = await town.count('search_prefix')
    expect(prefixes).toBeLessThan(before.prefixes)
    expect(await town.count(ofKept, [kept])).toBe(before.ofKept)
    expect(
      await town.count(
        'search_prefix p where not exists (select from search_entry e where e.tokens @> array[p.token])',
      ),
    ).toBe(0)
    expect(await town.count('search_leftover')).toBe(0)
    expect(await town.count('search_entry where conversation_id = $1', [kept])).toBeGreaterThan(0)

    // A copy of the database from before, with the keys of afterwards: what another process would have.
    const [copy] = rowsBefore.rows
    if (copy === undefined) expect.fail('no copy')
    expect(openJson(key, additionalData.content(copy.id), copy.sealed)).toMatchObject({
      content: { kind: 'text' },
    })
    await expect(inbox.keys.get(row.key_id)).rejects.toThrow(KeyDestroyed)
    expect(await auditors()).toBe(0)
    const [first, second, ...more] = await entries()
    expect(first).toMatchObject({
      cluster: 'DA01',
      objects: { conversations: 1, messages: 1, attachments: 1 },
    })
    expect(second).toMatchObject({ cluster: 'DA06', objects: { contacts: 1 } })
    expect(more).toEqual([])
  })

  test('does not come back when the provider repeats it, and the person is a new one', async () => {
    const { desk } = town
    const id = `wamid.${'B'.repeat(20)}`
    const first = await desk.citizenWrites({ from: erika, id, text: 'Einmal' })
    await town.work(await town.approved([{ kind: 'conversation', id: await closed(first) }]))
    const messages = [{ from: erika, id, timestamp: '1794830400', type: 'text', text: { body: 'Einmal' } }]
    // Other bytes, the same message.
    await desk.test.deliver(
      desk.channelId,
      webhook({ contacts: [{ wa_id: erika, profile: { name: 'E' } }], messages }),
    )
    expect(await town.count('message')).toBe(0)
    expect(await town.count('conversation')).toBe(0)
    const next = await desk.citizenWrites({ from: erika, text: 'Noch etwas' })
    expect(next).not.toBe(first)
    expect(await town.count('message where conversation_id = $1', [next])).toBe(1)
  })

  test('is forgotten by every process', async () => {
    const { desk, inbox } = town
    await desk.citizenWrites({ from: erika })
    const { rows } = await inbox.pool.query<{ key_id: string }>('select key_id from conversation')
    const keyId = rows[0]?.key_id ?? ''
    await inbox.keys.get(keyId)
    // As another process would: the row goes without this one being told.
    await inbox.pool.query('delete from data_key where id = $1', [keyId])
    await expect(inbox.keys.get(keyId)).resolves.toBeInstanceOf(Buffer)
    await inbox.keys.refresh()
    await expect(inbox.keys.get(keyId)).rejects.toThrow(KeyDestroyed)
  })
})

describe('of a matter that stays', () => {
  test('a single message goes with everything that could open it, and the rest stays readable', async () => {
    const { desk, inbox } = town
    const conversation = await desk.citizenWrites({ from: erika, text: 'Bleibt hier' })
    await desk.citizenWrites({ from: erika, text: 'Verschwindet' })
    const { rows } = await inbox.pool.query<{ id: string; sealed: Buffer; key_id: string }>(
      'select m.id, m.content_sealed as sealed, c.key_id from message m join conversation c on c.id = m.conversation_id order by m.id',
    )
    const [stays, goes] = rows
    if (stays === undefined || goes === undefined) expect.fail('no messages')
    await markCorrection(inbox, desk.yilmaz, conversation, { contested: 'hier', correct: 'dort' })
    const [mark] = await listCorrections(inbox, desk.yilmaz, conversation)
    const place = { conversationId: conversation, correctionId: mark?.id ?? '' }
    await withdrawCorrection(inbox, desk.yilmaz, place, { reason: 'Doch hier' })
    await town.work(await town.approved([{ kind: 'message', id: goes.id }]))
    await expect(inbox.keys.get(goes.key_id)).rejects.toThrow(KeyDestroyed)
    expect(await listCorrections(inbox, desk.yilmaz, conversation)).toMatchObject([
      { correct: 'dort', withdrawn: { reason: 'Doch hier' } },
    ])
    const { rows: after } = await inbox.pool.query<{
      id: string
      sealed: Buffer
      key_id: string
      last: string
    }>(
      'select m.id, m.content_sealed as sealed, c.key_id, c.last_message_id as last from message m join conversation c on c.id = m.conversation_id',
    )
    expect(after.map(({ id, last }) => [id, last])).toEqual([[stays.id, stays.id]])
    const key = await inbox.keys.get(after[0]?.key_id ?? '')
    expect(
      JSON.stringify(openJson(key, additionalData.content(stays.id), after[0]?.sealed ?? Buffer.alloc(0))),
    ).toContain('Bleibt hier')
    expect(() => openJson(key, additionalData.content(goes.id), goes.sealed)).toThrow()
    expect(await town.count('search_entry where id = $1', [goes.id])).toBe(0)
    expect(await town.count('conversation where id = $1', [conversation])).toBe(1)
    expect((await entries())[0]).toMatchObject({ objects: { messages: 1 } })
  })

  test('an answer to what goes keeps, where it is held, that it is an answer, and elsewhere nothing of it', async () => {
    const { desk, inbox } = town
    const quoted = `wamid.${'D'.repeat(20)}`
    const goes = await closed(await desk.citizenWrites({ from: erika, id: quoted, text: 'Wird gelöscht' }))
    async function answers(id: string) {
      const text = { body: 'Dazu noch etwas' }
      const message = {
        from: erika,
        id,
        timestamp: '1794830400',
        type: 'text',
        text,
        context: { id: quoted },
      }
      const contacts = [{ wa_id: erika, profile: { name: 'E' } }]
      await desk.test.deliver(desk.channelId, webhook({ contacts, messages: [message] }))
      const { rows } = await inbox.pool.query<{ id: string }>(
        'select conversation_id as id from message where provider_id_mac = $1',
        [providerIdMac(inbox.keys, desk.channelId, id)],
      )
      return closed(rows[0]?.id ?? '')
    }
    const held = await answers(`wamid.${'E'.repeat(20)}`)
    const free = await answers(`wamid.${'F'.repeat(20)}`)
    expect(new Set([goes, held, free]).size).toBe(3)
    const records = await desk.viewer('records', [])
    await setHold(
      inbox,
      records,
      { kind: 'CONVERSATION', id: held },
      {
        kind: 'hold',
        reason: 'LITIGATION',
        basis: 'ART17_3E',
        reviewOn: '2027-01-04',
        expiresOn: '2027-06-30',
      },
    )
    await town.work(await town.approved([{ kind: 'conversation', id: goes }]))
    const { rows } = await inbox.pool.query(
      'select conversation_id as id, reply_to_id as quoted, reply_to_mac as mac from message order by conversation_id = $1',
      [held],
    )
    expect(rows).toEqual([
      { id: free, quoted: null, mac: null },
      { id: held, quoted: null, mac: providerIdMac(inbox.keys, desk.channelId, quoted) },
    ])
    // Whoever reads it is told that it answers something, of which nothing is left.
    const { items } = await listMessages(desk.office, desk.yilmaz, held, { limit: 10 })
    expect(items.map(({ replyTo }) => replyTo)).toEqual([
      { id: null, direction: null, kind: null, text: null, outdated: false },
    ])
  })

  test('a single message goes with its files, also when the worker is killed between the ledger and the deed', async () => {
    const { desk, inbox } = town
    const conversation = await desk.citizenWrites({ from: erika, text: 'Bleibt hier' })
    await desk.citizenWrites({ from: erika, text: 'Verschwindet mit Bild' })
    const { rows } = await inbox.pool.query<{ id: string }>('select id from message order by id')
    const goes = rows[1]?.id ?? expect.fail('no message')
    const file = await uploadedFile(desk, conversation, 'image')
    await inbox.pool.query('update attachment set message_id = $2 where id = $1', [file, goes])
    const run = await town.approved([{ kind: 'message', id: goes }])
    await expect(
      town.work(run, (reached) => {
        if (reached === 'entered') throw new Killed(reached)
      }),
    ).rejects.toThrow(Killed)
    expect(await town.count('message')).toBe(2)
    await town.work(run)
    expect(await town.count('message')).toBe(1)
    expect(await town.count('attachment')).toBe(0)
    expect(await town.count('data_key where id = $1', [file])).toBe(0)
    expect(await filesLeft()).toEqual([])
    expect(await entries()).toMatchObject([{ objects: { messages: 1, attachments: 1 } }])
    expect(await town.count(`deletion_run where state = 'completed' and destroyed = 1`)).toBe(1)
  })

  test('a single file goes with its key', async () => {
    const { desk } = town
    const conversation = await desk.citizenWrites({ from: erika })
    const file = await uploadedFile(desk, conversation, 'document')
    await town.work(await town.approved([{ kind: 'attachment', id: file }]))
    expect(await filesLeft()).toEqual([])
    expect(await town.count('attachment')).toBe(0)
    expect(await town.count('data_key where id = $1', [file])).toBe(0)
    expect(await town.count('message')).toBe(1)
  })
})

describe('a run', () => {
  test.each<Step>(['condemned', 'entered', 'destroyed', 'files-removed'])(
    'that is killed when it has %s goes on, and everything is destroyed once',
    async (step) => {
      const { desk, inbox } = town
      const ids: string[] = []
      for (const from of ['491713920021', '491713920022', '491713920023'])
        ids.push(await closed(await desk.citizenWrites({ from })))
      const run = await town.approved(ids.map((id) => ({ kind: 'conversation', id })))
      await expect(
        town.work(run, (reached) => {
          if (reached === step) throw new Killed(step)
        }),
      ).rejects.toThrow(Killed)
      await town.work(run)
      expect(await town.count('conversation')).toBe(0)
      expect(await town.count('contact')).toBe(0)
      expect(await town.count('search_prefix')).toBe(0)
      const { rows } = await inbox.pool.query(
        'select state, destroyed, (select applied_size::int from ledger_state) as applied from deletion_run',
      )
      expect(rows).toEqual([{ state: 'completed', destroyed: 6, applied: 2 }])
      expect(await entries()).toHaveLength(2)
      expect(await judgeLedger(inbox, town.folder)).toEqual({ state: 'equal', size: 2 })
      expect(await auditors()).toBe(0)
    },
  )

  test('takes fewer matters together where they are long', async () => {
    const { desk, inbox } = town
    const ids: string[] = []
    for (const from of [erika, max]) ids.push(await closed(await desk.citizenWrites({ from })))
    await inbox.pool.query(
      `insert into message (id, conversation_id, channel_id, direction, kind, sent_at, received_at)
       select gen_random_uuid(), c.id, c.channel_id, 'inbound', 'text', $1, $1 from conversation c, generate_series(1, 5000)`,
      [noon],
    )
    const condemned: number[] = []
    await town.work(await town.approved(ids.map((id) => ({ kind: 'conversation', id }))), async (step) => {
      if (step === 'condemned')
        condemned.push(await town.count('conversation where condemned_by is not null'))
    })
    expect(condemned).toEqual([1, 1])
    expect(await town.count('message')).toBe(0)
  })

  test('takes less at a time while somebody writes or is at a desk, and more when nobody was there for a while', async () => {
    const { desk, inbox } = town
    let now = 0
    const pace = paceBesidePeople(inbox.pool, { now: () => now, rest: async () => {} })
    let arrives: () => Promise<unknown> = async () => {}
    async function batchesOf(kind?: 'emergency'): Promise<number[]> {
      const ids = []
      for (const from of [erika, max]) ids.push(await closed(await desk.citizenWrites({ from })))
      await inbox.pool.query(
        `insert into message (id, conversation_id, channel_id, direction, kind, sent_at, received_at)
         select gen_random_uuid(), c.id, c.channel_id, 'inbound', 'text', $1, $1 from conversation c, generate_series(1, 1000)`,
        [noon],
      )
      // That these two have written is seen, and then nothing is for two minutes.
      for (const ms of [1000, 120_000]) {
        now += ms
        await pace.isGentle()
      }
      await arrives()
      now += 1000
      const run = await town.approved(ids.map((id) => ({ kind: 'conversation', id })))
      if (kind !== undefined)
        await inbox.pool.query('update deletion_run set kind = $2 where id = $1', [run, kind])
      const condemned: number[] = []
      await town.work(
        run,
        async (step) => {
          if (step === 'condemned')
            condemned.push(await town.count('conversation where condemned_by is not null'))
        },
        undefined,
        pace,
      )
      return condemned
    }
    expect(await batchesOf()).toEqual([2])
    arrives = () => desk.citizenWrites({ from: '491713920013' })
    expect(await batchesOf()).toEqual([1, 1])
    expect(await batchesOf('emergency')).toEqual([2])
    arrives = () =>
      inbox.pool.query(
        `insert into session (token_hash, account_id, created_at, used_at, authenticated_at, expires_at) values ('\\x01', $1, now(), now(), now(), now())`,
        [desk.yilmaz.accountId],
      )
    expect(await batchesOf()).toEqual([1, 1])
  })

  test('lets nobody write into what is condemned: a citizen opens a matter of their own, and nothing is lost', async () => {
    const { desk } = town
    const id = `wamid.${'C'.repeat(20)}`
    await closed(await desk.citizenWrites({ from: erika }))
    // Open still, of somebody who stays.
    const gone = await desk.citizenWrites({ from: erika, id })
    const run = await town.approved([{ kind: 'conversation', id: gone }])
    let opened = ''
    await town.work(run, async (step) => {
      if (step !== 'condemned') return
      opened = await desk.citizenWrites({ from: erika, text: 'Mir ist noch etwas eingefallen' })
      await desk.status('read', id, noon)
    })
    expect(opened).not.toBe(gone)
    expect(await town.count('conversation')).toBe(2)
    expect(await town.count('contact')).toBe(1)
    expect(await town.count('message where conversation_id = $1', [opened])).toBe(1)
  })

  test('is carried out by one of two workers', async () => {
    const { desk } = town
    const gone = await closed(await desk.citizenWrites({ from: erika }))
    const run = await town.approved([{ kind: 'conversation', id: gone }])
    await Promise.all([
      town.work(run, async (step) => {
        if (step === 'condemned') await town.work(run).catch(() => {})
      }),
    ])
    expect(await entries()).toHaveLength(2)
    expect(await town.count('conversation')).toBe(0)
  })

  test('neither begins nor goes on while the clock is behind the ledger, and goes on when it is right again', async () => {
    const { desk } = town
    const first = await closed(await desk.citizenWrites({ from: erika }))
    await town.work(await town.approved([{ kind: 'conversation', id: first }]))
    const before = (await entries()).length
    const second = await closed(await desk.citizenWrites({ from: max }))
    const run = await town.approved([{ kind: 'conversation', id: second }])
    const right = town.inbox.now()
    desk.test.setNow(minutesAfter(right, -365 * 24 * 60))
    await town.work(run)
    expect(await town.count('conversation')).toBe(1)
    expect(await entries()).toHaveLength(before)
    expect(await town.count(`deletion_run where id = $1 and state = 'running'`, [run])).toBe(1)
    desk.test.setNow(right)
    await town.work(run)
    expect(await town.count('conversation')).toBe(0)
    expect(await town.count(`deletion_run where id = $1 and state = 'completed'`, [run])).toBe(1)
  })

  test('that is paused leaves no word behind that only what it destroyed had', async () => {
    const { desk, inbox, folder } = town
    const gone = await closed(await desk.citizenWrites({ from: erika, text: 'Kohlrabi' }))
    const run = await town.approved([{ kind: 'conversation', id: gone }])
    await town.work(run, async (step) => {
      if (step === 'condemned') await inbox.pool.query('update deletion_run set paused = true')
    })
    expect(await town.count('search_prefix')).toBeGreaterThan(0)
    const end = new AbortController()
    const leading = leadCustody(
      inbox,
      { folder, checkpointEveryMs: 3_600_000, pace: atFullSpeed },
      end.signal,
    )
    try {
      await expect.poll(() => town.count('search_prefix')).toBe(0)
    } finally {
      end.abort()
      await leading
    }
    expect(await town.count(`deletion_run where state = 'running' and paused`)).toBe(1)
  })

  test('over nothing is completed, and destroys nothing', async () => {
    const run = await town.approved([])
    await town.work(run)
    expect(await town.count(`deletion_run where state = 'completed'`)).toBe(1)
    expect(await entries()).toEqual([])
  })
})

test('nobody is let in while the database is older than the ledger', async () => {
  const { inbox, folder } = town
  const ledger = await Ledger.open(folder, await logKeyOf(inbox.keys, 'deletion-ledger'), null)
  await ledger.append([{ ...aDeletion, ids: [newId(noon)], objects: { messages: 1 } }], noon)
  await ledger.close()
  expect(await mayLetIn(inbox, { folder }, 'worker')).toBe(false)
  expect(await mayLetIn(inbox, { folder }, 'api')).toBe(false)
})
