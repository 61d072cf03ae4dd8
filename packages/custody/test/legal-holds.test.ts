import { randomUUID } from 'node:crypto'
import { type Protection, Refusal } from '@buergerdraht/contract'
import { dropUnusedUploads, expireIntake, listConversations, sendReply } from '@buergerdraht/inbox'
import { newId, transaction, type Viewer } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { webhook } from '../../../testing/webhook-payload.ts'
import { minutesAfter, noon } from '../../inbox/test/desk/desk.ts'
import { uploadedFile } from '../../inbox/test/desk/files.ts'
import { destroyObjects } from '../src/destroy/destroy.ts'
import { objectsOf } from '../src/destroy/objects.ts'
import { holdConversation, listHolds, reviewHold, setHold, watchHolds } from '../src/index.ts'
import { condemn, type Decide, type Item } from '../src/runs/condemn.ts'
import { decideByLaw } from '../src/runs/decide-by-law.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
let records: Viewer
beforeEach(async () => {
  town = await openTown()
  records = await town.desk.viewer('records', [])
  await town.inbox.pool.query('insert into archive_agreement values ($1, $2)', [
    noon,
    {
      land: 'HE',
      answerWithinMonths: 6,
      silence: 'RELEASES_NOTHING',
      mode: {
        kind: 'GENERAL_WAIVER',
        waivers: [
          { basis: 'GV-2026-01', category: 'DA01', validFrom: '2020-01-01T00:00:00Z', validUntil: null },
        ],
      },
    },
  ])
  await town.inbox.pool.query(
    'update deletion_rule set approved_at = $1, proposed_by = $2, approved_by = $3',
    [noon, randomUUID(), randomUUID()],
  )
  return () => town.close()
})

const lawsuit: Protection = {
  kind: 'hold',
  reason: 'LITIGATION',
  basis: 'ART17_3E',
  reference: '3 K 1234/26',
  reviewOn: '2027-01-04',
  expiresOn: '2027-06-30',
}
const contested: Protection = { kind: 'restriction', reason: 'ART18_1A', reviewOn: '2027-01-04' }

/** A matter that is due, and of which somebody has decided that it is no record. */
async function dueMatter(from: string): Promise<string> {
  const id = await town.desk.citizenWrites({ from })
  await town.inbox.pool.query(
    `update conversation set state = 'closed', closed_at = $2, due_at = $3, waits_for = null, filing = 'NOT_FILE_RELEVANT', waiting_since = null
     where id = $1`,
    [id, new Date('2026-09-01T08:00:00Z'), new Date('2026-10-02T22:00:00Z')],
  )
  return id
}

const lawful: Decide = (client, _run, items) => decideByLaw(client, items, noon, 'as-planned-now')

async function whyStays(items: readonly Item[]): Promise<Record<string, string | null>> {
  const run = await town.approved(items)
  await transaction(town.inbox.pool, (changing) => condemn(changing, run, items, lawful))
  const { rows } = await town.inbox.pool.query<{ id: string; reason: string | null }>(
    'select object_id as id, reason from deletion_run_item where run_id = $1',
    [run],
  )
  return Object.fromEntries(rows.map(({ id, reason }) => [id, reason]))
}

async function one<T>(sql: string, values: readonly unknown[]): Promise<T> {
  const { rows } = await town.inbox.pool.query<{ value: T }>(`select (${sql}) as value`, [...values])
  return rows[0]?.value ?? expect.fail('nothing')
}

describe('a run over held matters', () => {
  test.each(['OBJECT', 'message', 'attachment', 'CONVERSATION', 'CONTACT', 'DA01', 'DA04', 'EVERYTHING'])(
    'leaves what a hold of %s covers, and says why',
    async (what) => {
      const held = await dueMatter('491713930011')
      const other = await dueMatter('491713930012')
      const file = await uploadedFile(town.desk, held, 'image')
      const ids: Record<string, string> = {
        OBJECT: held,
        message: await one('select id from message where conversation_id = $1', [held]),
        attachment: file,
        CONVERSATION: held,
        CONTACT: await one('select contact_id from conversation where id = $1', [held]),
      }
      await town.inbox.pool.query('update attachment set message_id = $2 where id = $1', [
        file,
        ids['message'],
      ])
      const id = ids[what] ?? ''
      const scope =
        what === 'EVERYTHING'
          ? ({ kind: 'EVERYTHING' } as const)
          : what.startsWith('DA')
            ? ({ kind: 'CLUSTER', code: what } as const)
            : what === 'CONVERSATION' || what === 'CONTACT'
              ? ({ kind: what, id } as const)
              : ({ kind: 'OBJECT', id } as const)
      await setHold(town.inbox, records, scope, lawsuit)
      const stays = await whyStays([
        { kind: 'conversation', id: held },
        { kind: 'conversation', id: other },
      ])
      expect(stays[held]).toBe('LEGAL_HOLD')
      expect(stays[other]).toBe(what === 'EVERYTHING' || what === 'DA01' ? 'LEGAL_HOLD' : null)
      // Nor does a run over the message alone, with its file.
      const message = ids['message'] ?? ''
      expect(await whyStays([{ kind: 'message', id: message }])).toEqual({ [message]: 'LEGAL_HOLD' })
      // Nobody gets around the run either.
      const objects = objectsOf([{ kind: 'conversation', id: held }])
      await expect(
        transaction(town.inbox.pool, (changing) =>
          destroyObjects(town.inbox, changing, objects, { events: [], letters: [], young: [], losing: [] }),
        ),
      ).rejects.toThrow('is held')
      const table = what === 'attachment' || what === 'DA04' ? 'attachment' : 'message'
      await expect(
        town.inbox.pool.query(`delete from ${table} where conversation_id = $1`, [held]),
      ).rejects.toThrow('is held')
      expect(await town.count('conversation where id = $1', [held])).toBe(1)
    },
  )

  test('leaves a matter whose processing is restricted', async () => {
    const id = await dueMatter('491713930013')
    await setHold(town.inbox, records, { kind: 'CONVERSATION', id }, contested)
    expect(await whyStays([{ kind: 'conversation', id }])).toEqual({ [id]: 'RESTRICTED' })
    const message = await one<string>('select id from message where conversation_id = $1', [id])
    expect(await whyStays([{ kind: 'message', id: message }])).toEqual({ [message]: 'RESTRICTED' })
  })

  test('takes nothing twice, a message with its matter neither, and no hold reaches a message that is condemned', async () => {
    const id = await dueMatter('491713930015')
    const message = await one<string>('select id from message where conversation_id = $1', [id])
    expect(await whyStays([{ kind: 'message', id: message }])).toEqual({ [message]: null })
    expect(await whyStays([{ kind: 'message', id: message }])).toEqual({ [message]: 'GONE' })
    await expect(setHold(town.inbox, records, { kind: 'OBJECT', id: message }, lawsuit)).rejects.toThrow(
      new Refusal('not-found'),
    )
    const other = await dueMatter('491713930016')
    const ofOther = await one<string>('select id from message where conversation_id = $1', [other])
    expect(await whyStays([{ kind: 'conversation', id: other }])).toEqual({ [other]: null })
    expect(await whyStays([{ kind: 'message', id: ofOther }])).toEqual({ [ofOther]: 'GONE' })
  })

  test('takes what is held no longer, and the officer is told before and after', async () => {
    const id = await dueMatter('491713930014')
    town.desk.test.setNow(new Date('2026-06-01T12:00:00Z'))
    await setHold(
      town.inbox,
      records,
      { kind: 'CONVERSATION', id },
      { ...lawsuit, reviewOn: '2026-07-18', expiresOn: '2026-08-20' },
    )
    async function told() {
      const { rows } = await town.inbox.pool.query<{ due: string }>(
        `select facts ->> 'due' as due from dpo_notice order by at`,
      )
      return rows.map(({ due }) => due)
    }
    await watchHolds(town.inbox)
    expect(await told()).toEqual([])
    for (const day of ['2026-07-19', '2026-07-20', '2026-08-10', '2026-08-11', '2026-08-21', '2026-08-22']) {
      town.desk.test.setNow(new Date(`${day}T12:00:00Z`))
      await watchHolds(town.inbox)
    }
    expect(await told()).toEqual(['review', 'ends-soon', 'expired'])
    expect(await listHolds(town.inbox, records, {})).toMatchObject([
      { inForce: false, endedAt: '2026-08-20T22:00:00.000Z' },
    ])
    expect(await whyStays([{ kind: 'conversation', id }])).toEqual({ [id]: null })
  })
})

test('a clock that runs ahead ends no hold', async () => {
  const { pool } = town.inbox
  const id = await dueMatter('491713930031')
  town.desk.test.setNow(new Date())
  const [reviewOn = '', expiresOn = ''] = [100, 200].map((days) =>
    minutesAfter(new Date(), days * 24 * 60)
      .toISOString()
      .slice(0, 10),
  )
  await setHold(town.inbox, records, { kind: 'EVERYTHING' }, { ...lawsuit, reviewOn, expiresOn })
  const ahead = minutesAfter(new Date(), 300 * 24 * 60)
  town.desk.test.setNow(ahead)
  await watchHolds(town.inbox)
  expect(await town.count('legal_hold where ended_at is null')).toBe(1)
  const run = await town.approved([{ kind: 'conversation', id }])
  await transaction(pool, (changing) =>
    condemn(changing, run, [{ kind: 'conversation', id }], (client, _run, items) =>
      decideByLaw(client, items, ahead, 'as-planned-now'),
    ),
  )
  expect(await town.count(`deletion_run_item where reason = 'LEGAL_HOLD' and object_id = $1`, [id])).toBe(1)
})

describe('a hold and a condemnation at once', () => {
  async function waitsForGate(client: PoolClient): Promise<void> {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await vi.waitFor(
      async () => {
        const waiting = await town.count(
          `pg_locks where locktype = 'advisory' and classid = 7319 and objid = 10 and not granted and pid <> $1
             and database = (select oid from pg_database where datname = current_database())`,
          [rows[0]?.pid],
        )
        if (waiting === 0) throw new Error('Nobody waits')
      },
      { timeout: 60_000, interval: 20 },
    )
  }

  test('the hold is first: who condemns waits for it, and sees it', async () => {
    const id = await dueMatter('491713930015')
    const run = await town.approved([{ kind: 'conversation', id }])
    let condemning: Promise<void> = Promise.resolve()
    await transaction(town.inbox.pool, async ({ client }) => {
      await client.query(
        `insert into legal_hold (id, kind, scope, object_id, reason, basis, set_by, set_role, set_at, review_at, expires_at)
         values ($1, 'hold', 'CONVERSATION', $2, 'AUDIT', 'ART17_3B', $3, 'records', $4, $5, $6)`,
        [newId(noon), id, records.accountId, noon, minutesAfter(noon, 10), minutesAfter(noon, 100)],
      )
      condemning = transaction(town.inbox.pool, (changing) =>
        condemn(changing, run, [{ kind: 'conversation', id }], lawful),
      )
      await waitsForGate(client)
    })
    await condemning
    expect(await town.count(`deletion_run_item where reason = 'LEGAL_HOLD' and object_id = $1`, [id])).toBe(1)
    expect(await town.count('conversation where condemned_by is not null')).toBe(0)
  })

  test('the condemnation is first: the hold waits for it, and says that it came too late', async () => {
    const id = await dueMatter('491713930016')
    const run = await town.approved([{ kind: 'conversation', id }])
    let holding: Promise<unknown> = Promise.resolve()
    await transaction(town.inbox.pool, async (changing) => {
      await condemn(changing, run, [{ kind: 'conversation', id }], lawful)
      holding = setHold(town.inbox, records, { kind: 'CONVERSATION', id }, lawsuit).catch(
        (error: unknown) => error,
      )
      await waitsForGate(changing.client)
      expect(await town.count('legal_hold')).toBe(0)
    })
    expect(await holding).toEqual(new Refusal('not-found'))
    expect(await town.count('legal_hold')).toBe(0)
    // Of everything else it holds what comes; the condemned goes although it is older.
    await setHold(town.inbox, records, { kind: 'EVERYTHING' }, lawsuit)
    await town.work(run)
    expect(await town.count('conversation')).toBe(0)
  })

  test('set between the list and its execution, it takes its matter out of the run', async () => {
    const [first, second] = [await dueMatter('491713930017'), await dueMatter('491713930018')]
    const run = await town.approved([
      { kind: 'conversation', id: first },
      { kind: 'conversation', id: second },
    ])
    await setHold(town.inbox, records, { kind: 'CONVERSATION', id: second }, lawsuit)
    await town.work(run, undefined, lawful)
    expect(await town.count('conversation where id = $1', [first])).toBe(0)
    expect(await town.count('conversation where id = $1', [second])).toBe(1)
    expect(
      await town.count(`deletion_run_item where object_id = $1 and reason = 'LEGAL_HOLD'`, [second]),
    ).toBe(1)
  })
})

describe('a restriction', () => {
  test('hides what was there from clerks and not from their lead; what comes then is another matter', async () => {
    const { desk, inbox } = town
    const from = '491713930019'
    const id = await desk.citizenWrites({ from })
    const lead = await desk.viewer('team-lead', desk.yilmaz.teamIds)
    await holdConversation(inbox, desk.yilmaz, id, { of: 'contact', protection: contested })
    expect(await town.count(`dpo_notice where facts ->> 'due' = 'set-by-team'`)).toBe(1)
    async function listed(viewer: Viewer) {
      const { items } = await listConversations(inbox, viewer, { status: 'all', order: 'latest', limit: 30 })
      return items.map((item) => item.id)
    }
    expect(await listed(desk.yilmaz)).toEqual([])
    expect(await listed(lead)).toEqual([id])
    await expect(
      holdConversation(inbox, desk.yilmaz, id, { of: 'conversation', protection: lawsuit }),
    ).rejects.toThrow(new Refusal('not-found'))
    const next = await desk.citizenWrites({ from, text: 'Noch etwas' })
    expect(next).not.toBe(id)
    expect(await listed(desk.yilmaz)).toEqual([next])
    expect(await town.count(`conversation where id = $1 and state = 'closed'`, [id])).toBe(1)
  })
})

describe('a matter that is restricted while somebody waits', () => {
  async function lift(): Promise<void> {
    await town.inbox.pool.query(
      'update legal_hold set ended_at = $1, informed_at = $1, release_proposed_by = $2, released_by = $3',
      [noon, records.accountId, town.desk.brandt.accountId],
    )
  }
  async function stateOf(id: string) {
    const { rows } = await town.inbox.pool.query(
      'select state, waiting_since, restricted_at is not null as restricted from conversation where id = $1',
      [id],
    )
    return rows[0]
  }

  test('sends nothing any more, and they wait again when it is lifted', async () => {
    const { desk, inbox } = town
    const id = await desk.citizenWrites({ from: '491713930032' })
    const { waiting_since } = await stateOf(id)
    expect(waiting_since).not.toBeNull()
    const text = 'Das dauert noch.'
    const message = await sendReply(inbox, desk.yilmaz, id, { clientId: randomUUID(), text })
    await inbox.pool.query('update conversation set waiting_since = $2 where id = $1', [id, waiting_since])
    await setHold(inbox, records, { kind: 'CONVERSATION', id }, contested)
    expect(await town.count(`message where id = $1 and send_state = 'failed'`, [message.id])).toBe(1)
    expect(await stateOf(id)).toEqual({ state: 'closed', waiting_since: null, restricted: true })
    await lift()
    expect(await stateOf(id)).toEqual({ state: 'open', waiting_since, restricted: false })
  })

  test('stays closed when they have written since: there they wait', async () => {
    const { desk, inbox } = town
    const from = '491713930033'
    const id = await desk.citizenWrites({ from })
    await setHold(inbox, records, { kind: 'CONVERSATION', id }, contested)
    const next = await desk.citizenWrites({ from, text: 'Noch etwas' })
    await lift()
    expect(await stateOf(id)).toEqual({ state: 'closed', waiting_since: null, restricted: false })
    expect(await stateOf(next)).toMatchObject({ state: 'open' })
  })

  test('says nothing of what the provider tells of it later', async () => {
    const { desk, inbox } = town
    const [from, wamid] = ['491713930034', `wamid.${randomUUID()}`]
    const id = await desk.citizenWrites({ from, id: wamid })
    await setHold(inbox, records, { kind: 'CONVERSATION', id }, contested)
    const before = await town.count('live_event where conversation_id = $1', [id])
    const revoke = { from, id: `wamid.${randomUUID()}`, timestamp: '1794830400', type: 'revoke' }
    await desk.test.deliver(
      desk.channelId,
      webhook({
        contacts: [{ wa_id: from, profile: { name: 'E' } }],
        messages: [{ ...revoke, revoke: { original_message_id: wamid } }],
      }),
    )
    expect(await town.count('message where conversation_id = $1 and revoked_at is not null', [id])).toBe(1)
    expect(await town.count('live_event where conversation_id = $1', [id])).toBe(before)
  })

  test('takes along what is found out later to be the same person’s', async () => {
    const { desk, inbox } = town
    const [from, userId] = ['491713930035', 'DE.1234567890123']
    const one = await desk.citizenWrites({ from })
    const other = await desk.citizenWrites({ from: undefined, userId })
    const contact = await town.inbox.pool.query<{ id: string }>(
      'select contact_id as id from conversation where id = $1',
      [one],
    )
    desk.test.setNow(minutesAfter(noon, 2))
    await setHold(inbox, records, { kind: 'CONTACT', id: contact.rows[0]?.id ?? '' }, contested)
    await desk.citizenWrites({ from, userId, text: 'Ich bin beides', at: minutesAfter(noon, 5) })
    expect(await town.count('contact')).toBe(1)
    await watchHolds(inbox)
    for (const id of [one, other]) expect(await stateOf(id)).toMatchObject({ restricted: true })
  })
})

describe('what expires by itself', () => {
  test('stays where it is held: raw events and uploads that nobody sent', async () => {
    const { desk, inbox } = town
    const id = await desk.citizenWrites({ from: '491713930020' })
    await uploadedFile(desk, id, 'image')
    desk.test.setNow(minutesAfter(noon, 3 * 24 * 60))
    await setHold(inbox, records, { kind: 'EVERYTHING' }, lawsuit)
    expect(await dropUnusedUploads(inbox)).toBe(0)
    await expireIntake(inbox)
    expect(await town.count('webhook_event')).toBeGreaterThan(0)
    await town.inbox.pool.query(
      'update legal_hold set ended_at = $1, release_proposed_by = $2, released_by = $3',
      [noon, records.accountId, desk.brandt.accountId],
    )
    expect(await dropUnusedUploads(inbox)).toBe(1)
    await expireIntake(inbox)
    expect(await town.count('webhook_event')).toBe(0)
  })
})

describe('the database itself', () => {
  test('lets a contact become part of another while both are held, and what names it moves along', async () => {
    const { pool } = town.inbox
    const [from, into] = [await dueMatter('491713930021'), await dueMatter('491713930022')]
    const contactOf = 'select contact_id from conversation where id = $1'
    const [part, whole] = [await one<string>(contactOf, [from]), await one<string>(contactOf, [into])]
    await setHold(town.inbox, records, { kind: 'EVERYTHING' }, lawsuit)
    await setHold(town.inbox, records, { kind: 'CONTACT', id: part }, lawsuit)
    await pool.query('update conversation set contact_id = $2 where contact_id = $1', [part, whole])
    await expect(pool.query('delete from contact where id = $1', [part])).rejects.toThrow('is held')
    // Nobody moves a hold away from somebody who is still there.
    await expect(pool.query('select holds_follow_merged($1, $2)', [part, whole])).rejects.toThrow(
      'part of another',
    )
    await transaction(pool, async ({ client }) => {
      await client.query('update contact_identity set contact_id = $2 where contact_id = $1', [part, whole])
      await client.query('select holds_follow_merged($1, $2)', [part, whole])
      await client.query('delete from contact where id = $1', [part])
    })
    expect(await town.count('legal_hold where object_id = $1', [whole])).toBe(1)
    expect(await town.count('contact where id = $1', [part])).toBe(0)
    await expect(pool.query('update legal_hold set object_id = $1', [from])).rejects.toThrow()
  })

  test('refuses to delete exactly what is held, object by object', async () => {
    const { pool } = town.inbox
    const [mine, other] = [await dueMatter('491713930023'), await dueMatter('491713930024')]
    const file = await uploadedFile(town.desk, mine, 'image')
    await uploadedFile(town.desk, other, 'image')
    const contact = await one<string>('select contact_id from conversation where id = $1', [mine])
    const message = await one<string>('select id from message where conversation_id = $1', [mine])
    /** What a row of each table is, what it belongs to, and its kind of data. */
    const objects = {
      message:
        'select t.id, c.id as matter, c.contact_id as person, c.cluster from message t join conversation c on c.id = t.conversation_id',
      attachment:
        'select t.id, c.id as matter, c.contact_id as person, t.cluster from attachment t join conversation c on c.id = t.conversation_id',
    }
    class Undone extends Error {}
    /** By the guard: each is deleted, and is there again. By `is_held`: each is asked about. */
    async function heldBy(how: 'guard' | 'is_held'): Promise<string[]> {
      const held: string[] = []
      for (const [table, of] of Object.entries(objects)) {
        const { rows } = await pool.query<{ id: string; held: boolean }>(
          `select id, is_held(id, matter, person, cluster) as held from (${of}) as o order by id`,
        )
        for (const { id, held: isHeld } of rows) {
          if (how === 'is_held') {
            if (isHeld) held.push(id)
            continue
          }
          const why: unknown = await transaction(pool, async ({ client }) => {
            await client.query(`delete from ${table} where id = $1`, [id])
            throw new Undone()
          }).catch((error: unknown) => error)
          if (why instanceof Undone) continue
          expect(String(why)).toContain('is held')
          held.push(id)
        }
      }
      return held
    }
    const scopes = [
      [`'EVERYTHING', null, null`, 4],
      [`'CLUSTER', null, 'DA01'`, 2],
      [`'CLUSTER', null, 'DA04'`, 2],
      [`'CLUSTER', null, 'DA13'`, 0],
      [`'CONTACT', '${contact}', null`, 2],
      [`'CONVERSATION', '${mine}', null`, 2],
      [`'OBJECT', '${mine}', null`, 2],
      [`'OBJECT', '${message}', null`, 1],
      [`'OBJECT', '${file}', null`, 1],
      [`'OBJECT', '${contact}', null`, 0],
    ] as const
    const ends = ["now() + interval '30 days'", "now() - interval '1 day'"]
    for (const [scope, many] of scopes)
      for (const [at, end] of ends.entries()) {
        await pool.query(
          `insert into legal_hold (id, kind, scope, object_id, cluster, reason, basis, reference, set_by, set_role, set_at, review_at, expires_at)
           select gen_random_uuid(), 'hold', ${scope}, 'LITIGATION', 'ART17_3E', '3 K 1234/26', $1, 'records', now() - interval '60 days', now() - interval '2 days', ${end}`,
          [records.accountId],
        )
        const held = await heldBy('guard')
        expect({ scope, end, held }).toEqual({ scope, end, held: await heldBy('is_held') })
        expect({ scope, end, many: held.length }).toEqual({ scope, end, many: at === 0 ? many : 0 })
        await pool.query(
          'update legal_hold set ended_at = now(), release_proposed_by = $1, released_by = $2 where ended_at is null',
          [records.accountId, town.desk.brandt.accountId],
        )
      }
  })

  test('lets nobody rewrite a hold, end it alone, or take it away', async () => {
    const id = await setHold(town.inbox, records, { kind: 'EVERYTHING' }, lawsuit)
    const { pool } = town.inbox
    await expect(pool.query('delete from legal_hold')).rejects.toThrow('stays as it was set')
    await expect(pool.query('update legal_hold set expires_at = now()')).rejects.toThrow()
    await expect(pool.query('update legal_hold set ended_at = $1', [noon])).rejects.toThrow('two persons')
    await expect(pool.query('update legal_hold set ended_at = expires_at')).rejects.toThrow('two persons')
    const ending = 'update legal_hold set ended_at = $1, release_proposed_by = $2, released_by = $3'
    const own = records.accountId
    await expect(pool.query(ending, [noon, own, own])).rejects.toThrow('two persons')
    await pool.query(
      'update account set person_id = (select person_id from account where id = $1) where id = $2',
      [own, town.desk.brandt.accountId],
    )
    await expect(pool.query(ending, [noon, own, town.desk.brandt.accountId])).rejects.toThrow('two persons')
    await pool.query(ending, [noon, own, town.desk.yilmaz.accountId])
    await expect(pool.query('update legal_hold set ended_at = null')).rejects.toThrow('stays as it was set')
    await expect(reviewHold(town.inbox, records, id, '2027-02-01')).rejects.toThrow(new Refusal('hold-ended'))
  })

  test('lets nobody lift a restriction alone', async () => {
    const id = await town.desk.citizenWrites({ from: '491713930036' })
    await setHold(town.inbox, records, { kind: 'CONVERSATION', id }, contested)
    await expect(
      town.inbox.pool.query('update legal_hold set ended_at = $1, informed_at = $1', [noon]),
    ).rejects.toThrow('two persons')
  })

  test('takes one that the law does not let be set from nobody', async () => {
    const everything = { kind: 'EVERYTHING' } as const
    for (const days of [{ expiresOn: '2027-11-20' }, { expiresOn: '2026-11-01' }, { reviewOn: '2027-07-02' }])
      await expect(setHold(town.inbox, records, everything, { ...lawsuit, ...days })).rejects.toMatchObject({
        code: 'invalid-input',
      })
    await expect(setHold(town.inbox, records, everything, contested)).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(setHold(town.inbox, town.desk.yilmaz, everything, lawsuit)).rejects.toThrow(
      new Refusal('not-allowed'),
    )
  })
})
