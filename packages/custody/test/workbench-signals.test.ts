import { randomUUID } from 'node:crypto'
import { closeConversation, sendReply } from '@buergerdraht/inbox'
import { atFullSpeed } from '@buergerdraht/office'
import { beforeEach, describe, expect, test } from 'vitest'
import { minutesAfter, noFile, noon } from '../../inbox/test/desk/desk.ts'
import { listCandidates, sweepSignals } from '../src/index.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
beforeEach(async () => {
  town = await openTown()
  return () => town.close()
})

type Kept = { open_detail: string | null; signals: { code: string; detail: string; weight: number }[] }

async function kept(id: string): Promise<Kept | undefined> {
  const { rows } = await town.inbox.pool.query<Kept>(
    'select open_detail, signals from conversation_signal where conversation_id = $1',
    [id],
  )
  return rows[0]
}
async function look(signal = new AbortController().signal): Promise<number> {
  return sweepSignals(town.inbox, atFullSpeed, signal)
}
/** Every second line is the office's; each is said a minute after the one before. */
async function chat(from: string, ...lines: readonly string[]): Promise<string> {
  const { desk, inbox } = town
  let id = ''
  for (const [at, text] of lines.entries()) {
    const moment = minutesAfter(noon, at)
    desk.test.setNow(minutesAfter(moment, 0.5))
    if (at % 2 === 0) id = await desk.citizenWrites({ from, text, at: moment })
    else {
      await sendReply(inbox, desk.yilmaz, id, { clientId: randomUUID(), text })
      await inbox.pool.query(`update message set send_state = 'accepted' where send_state = 'queued'`)
    }
  }
  return id
}
function daysLater(days: number): void {
  town.desk.test.setNow(minutesAfter(noon, days * 24 * 60))
}

const thanks = ['Wann hat das Bürgeramt offen?', 'Montag bis Freitag von 8 bis 12 Uhr.', 'Danke!'] as const
const [erika, max] = ['491713920011', '491713920012']

describe('the list of what could go', () => {
  test('is read page by page, each matter once, and not from a place that is not there', async () => {
    const { inbox, desk } = town
    const all: string[] = []
    for (let place = 0; place < 53; place += 1) {
      desk.test.setNow(minutesAfter(noon, place % 7))
      const text = place % 3 === 0 ? 'Danke!' : 'Kredit ohne Schufa, jetzt klicken und gewinnen!'
      all.push(await desk.citizenWrites({ from: `49171392${1000 + place}`, text, at: inbox.now() }))
    }
    await inbox.pool.query('update deletion_rule set proposed_by = $1, approved_by = $2, approved_at = $3', [
      desk.yilmaz.accountId,
      desk.brandt.accountId,
      noon,
    ])
    daysLater(100)
    await look()
    const first = await listCandidates(inbox, desk.yilmaz)
    expect(first.items).toHaveLength(50)
    const second = await listCandidates(inbox, desk.yilmaz, { cursor: first.nextCursor ?? '' })
    expect(second.nextCursor).toBeNull()
    const shown = [...first.items, ...second.items]
    expect(shown.map(({ id }) => id).toSorted()).toEqual(all.toSorted())
    const weights = shown.map(({ weight }) => weight)
    expect(new Set(weights).size).toBeGreaterThan(1)
    expect(weights).toEqual(weights.toSorted((one, other) => other - one))
    await expect(listCandidates(inbox, desk.yilmaz, { cursor: randomUUID() })).rejects.toMatchObject({
      fields: [{ path: 'cursor', fault: 'cursor-unknown' }],
    })
  })
})

describe('what is kept of an old matter', () => {
  test('is codes and weights: why it can go, or that it is open', async () => {
    const settled = await chat(erika, ...thanks)
    const open = await chat(max, 'Hiermit lege ich Widerspruch ein, Krause.', 'Das haben wir.', 'Danke')
    expect(await look()).toBe(0)
    expect(await kept(settled)).toBeUndefined()
    daysLater(91)
    expect(await look()).toBe(1)
    const found = await kept(settled)
    expect(found?.open_detail).toBeNull()
    expect(found?.signals).toEqual([
      { code: 'S2', detail: 'LAST_MESSAGE_IS_THANKS', weight: 40 },
      { code: 'S5', detail: 'NEITHER_FILE_NOR_NOTE', weight: 25 },
    ])
    expect(await kept(open)).toEqual({ open_detail: 'FORMAL_REQUEST', signals: [] })
    const { rows } = await town.inbox.pool.query<{ all: string }>(
      'select string_agg(s::text, chr(10)) as all from conversation_signal s',
    )
    expect(rows[0]?.all).not.toMatch(/Bürgeramt|Krause|Widerspruch|Danke|4917139/)
    // Nothing has changed: nothing is done again.
    expect(await look()).toBe(0)
  })

  test('is computed when a matter is closed, and anew when it changes or the finder does', async () => {
    const { desk, inbox } = town
    const id = await chat(erika, ...thanks)
    await closeConversation(inbox, desk.yilmaz, id, noFile)
    expect(await look()).toBe(1)
    expect((await kept(id))?.open_detail).toBeNull()
    const changes = [
      `update conversation set filing = 'UNDECIDED' where id = $1`,
      `update conversation_signal set finder_version = 0 where conversation_id = $1`,
      `update message set edited_at = (select computed_at + interval '1 second' from conversation_signal) where conversation_id = $1`,
      `update conversation set last_message_id = null where id = $1`,
    ]
    for (const change of changes) {
      await inbox.pool.query(change, [id])
      desk.test.setNow(minutesAfter(inbox.now(), 1))
      expect(await look(), change).toBe(1)
      expect(await look(), change).toBe(0)
    }
  })

  test('says of an answer that was never sent that nobody has answered', async () => {
    const id = await chat(erika, ...thanks.slice(0, 2))
    await town.inbox.pool.query(`update message set send_state = 'failed' where direction = 'outbound'`)
    daysLater(91)
    await look()
    expect((await kept(id))?.open_detail).toBe('UNANSWERED')
  })

  test('finds what the same person has said already in another matter', async () => {
    const { desk, inbox } = town
    const report = 'Die Laterne vor dem Rathaus flackert jede Nacht.'
    const first = await chat(erika, report)
    await closeConversation(inbox, desk.yilmaz, first, noFile)
    const second = await desk.citizenWrites({ from: erika, text: report, at: minutesAfter(noon, 5) })
    expect(second).not.toBe(first)
    await closeConversation(inbox, desk.yilmaz, second, noFile)
    await look()
    expect((await kept(second))?.signals.map(({ detail }) => detail)).toContain('DUPLICATE')
  })

  test('tells another municipality by its code once the office has named its own, and looks at all anew', async () => {
    const elsewhere = await chat(
      erika,
      'Guten Tag, ich wohne in 62418 Oberbrück, wann kommt bei uns die Tonne',
    )
    const here = await chat(max, 'Guten Tag, ich wohne in 62345 Ahrenfeld, wann kommt bei uns die Tonne')
    daysLater(91)
    const { inbox, desk } = town
    await inbox.pool.query(`update deletion_rule set proposed_by = $1, approved_by = $2, approved_at = $3`, [
      desk.yilmaz.accountId,
      desk.brandt.accountId,
      noon,
    ])
    const named = { ...inbox, ownPostalCodes: new Set(['62345', '62344']) }
    async function proposed(office: typeof inbox): Promise<string[]> {
      const { items } = await listCandidates(office, desk.yilmaz)
      return items.map(({ id }) => id)
    }
    await look()
    expect((await kept(elsewhere))?.signals.map(({ detail }) => detail)).not.toContain('OTHER_MUNICIPALITY')
    expect(await proposed(inbox)).toEqual([])
    const signal = new AbortController().signal
    expect(await sweepSignals(named, atFullSpeed, signal)).toBe(1)
    expect((await kept(elsewhere))?.signals.map(({ detail }) => detail)).toContain('OTHER_MUNICIPALITY')
    expect((await kept(here))?.open_detail).toBe('UNANSWERED')
    expect(await proposed(named)).toEqual([elsewhere])
    // In another order they are the same; with one more, nothing found before is proposed.
    expect(
      await sweepSignals({ ...inbox, ownPostalCodes: new Set(['62344', '62345']) }, atFullSpeed, signal),
    ).toBe(0)
    const grown = { ...inbox, ownPostalCodes: new Set(['62344', '62345', '62418']) }
    expect(await proposed(grown)).toEqual([])
    expect(await sweepSignals(grown, atFullSpeed, signal)).toBe(1)
    expect((await kept(elsewhere))?.open_detail).toBe('UNANSWERED')
    expect(await proposed(grown)).toEqual([])
  })

  test('leaves what cannot be read to people, and goes on with the others', async () => {
    const broken = await chat(erika, ...thanks)
    const other = await chat(max, ...thanks)
    await town.inbox.pool.query(
      `update message set content_sealed = (select content_sealed from message where conversation_id = $2 limit 1)
       where conversation_id = $1`,
      [broken, other],
    )
    daysLater(91)
    expect(await look()).toBe(1)
    expect(await kept(broken)).toEqual({ open_detail: 'UNREADABLE', signals: [] })
    expect((await kept(other))?.open_detail).toBeNull()
  })

  test('goes on with what is left where it was cut off, and goes when its matter goes', async () => {
    const id = await chat(erika, ...thanks)
    await town.inbox.pool.query(
      `insert into conversation select (json_populate_record(c, json_build_object('id', gen_random_uuid(), 'state', 'closed', 'closed_at', c.opened_at))).* from conversation c, generate_series(1, 60) where c.id = $1`,
      [id],
    )
    daysLater(91)
    const cut = new AbortController()
    const { keys } = town.inbox
    // Cut off while the first batch is looked through: that one is still kept.
    const inbox = {
      ...town.inbox,
      keys: Object.create(keys, {
        getMany: {
          value: (ids: string[]) => {
            cut.abort()
            return keys.getMany(ids)
          },
        },
      }) as typeof keys,
    }
    expect(await sweepSignals(inbox, atFullSpeed, cut.signal)).toBe(1)
    expect(await town.count('conversation_signal')).toBe(50)
    expect(await look()).toBe(1)
    expect(await town.count('conversation_signal')).toBe(61)
    await town.inbox.pool.query('delete from conversation where id <> $1', [id])
    expect(await town.count('conversation_signal')).toBe(1)
  })
})
