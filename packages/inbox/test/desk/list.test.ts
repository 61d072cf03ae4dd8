import { randomUUID } from 'node:crypto'
import * as contract from '@buergerdraht/contract'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  assignConversation,
  closeConversation,
  countConversations,
  type ListQuery,
  listConversations,
  listMessages,
  readConversation,
  searchConversations,
  sendQueuedReplies,
  sendReply,
} from '../../src/index.ts'
import { type Desk, minutesAfter, noFile, noon, openDesk, refusalOf } from './desk.ts'

let desk: Desk
/** Conversations by the minute at which their citizen wrote. */
const written = new Map<number, string>()
function idsOf(...minutes: number[]) {
  return minutes.map((minute) => written.get(minute) ?? '')
}

beforeAll(async () => {
  desk = await openDesk()
  const {
    office,
    yilmaz,
    test: { setNow },
  } = desk
  for (const minute of [1, 2, 3, 4, 5, 6, 7]) {
    setNow(minutesAfter(noon, minute))
    const id = await desk.citizenWrites({
      from: `49171392001${minute}`,
      at: minutesAfter(noon, minute),
      name: `Person ${minute}`,
      text: minute === 3 ? 'Die „Hecke am Rathaus“ ist zu hoch.' : `Anliegen ${minute}: Rathaus und Hecke.`,
    })
    written.set(minute, id)
  }
  setNow(minutesAfter(noon, 10))
  await sendReply(office, yilmaz, idsOf(2)[0] ?? '', { clientId: randomUUID(), text: 'Gern.' })
  setNow(minutesAfter(noon, 11))
  await sendReply(office, yilmaz, idsOf(5)[0] ?? '', { clientId: randomUUID(), text: 'Gern.' })
  for (const id of idsOf(2, 5)) await sendQueuedReplies(office, id)
  await closeConversation(office, yilmaz, idsOf(7)[0] ?? '', noFile)
  await assignConversation(office, yilmaz, idsOf(4)[0] ?? '', { assignee: 'me', expected: null })
})
/** What a test has written besides is gone for the next one. */
afterEach(async () => {
  const { office, test } = desk
  await office.prisma.conversation.deleteMany({ where: { id: { notIn: [...written.values()] } } })
  await office.pool.query('delete from search_entry where conversation_id <> all($1)', [
    [...written.values()],
  ])
  test.setNow(minutesAfter(noon, 11))
})
afterAll(() => desk.close())

type Asked = Parameters<typeof searchConversations>[2]
const list = { status: 'open', order: 'waiting', limit: 30 } as const
type Page = { readonly items: readonly { readonly id: string }[]; readonly nextCursor: string | null }
async function pagesOf(read: (cursor: string | undefined) => Promise<Page>): Promise<string[][]> {
  const found: string[][] = []
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    found.push(page.items.map((one) => one.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && found.length < 20)
  return found
}
function pages(query: ListQuery): Promise<string[][]> {
  return pagesOf((cursor) => listConversations(desk.office, desk.yilmaz, { ...query, cursor }))
}

describe('the list', () => {
  test.each([
    ['waits longest first, then who does not wait, newest first', list, [1, 3, 4, 6, 5, 2]],
    ['newest message first', { ...list, order: 'latest' }, [5, 2, 6, 4, 3, 1]],
    ['closed ones', { ...list, status: 'closed' }, [7]],
    ['all', { ...list, status: 'all' }, [1, 3, 4, 6, 5, 2, 7]],
    ['all by newest message', { ...list, status: 'all', order: 'latest' }, [5, 2, 7, 6, 4, 3, 1]],
    ['mine, also by answering', { ...list, assignee: 'me' }, [4, 5, 2]],
    ['nobody’s', { ...list, assignee: 'none' }, [1, 3, 6]],
    ['unread', { ...list, unread: true }, [1, 3, 4, 6]],
    ['read', { ...list, unread: false }, [5, 2]],
  ] as const)('%s, the same on pages of any size', async (_, query, minutes) => {
    for (const limit of [1, 2, 3, 30]) {
      const found = await pages({ ...query, limit })
      expect(found.flat()).toEqual(idsOf(...minutes))
      expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true)
    }
  })

  test('counts what is open, mine, waiting, unread', async () => {
    expect(await countConversations(desk.office, desk.yilmaz)).toEqual({
      open: 6,
      mine: 3,
      waiting: 4,
      unread: 4,
    })
  })

  test('shows a row completely', async () => {
    const shown = await readConversation(desk.office, desk.yilmaz, idsOf(4)[0] ?? '')
    expect(shown).toMatchObject({
      contact: { displayName: 'Person 4', maskedPhone: '+49 171 ···· 014', username: null },
      channel: { name: 'Bürgertelefon', canSend: true },
      team: { name: 'Bürgeramt' },
      assignee: { displayName: 'Frau Yılmaz' },
      waitingSince: minutesAfter(noon, 4).toISOString(),
      windowClosesAt: minutesAfter(noon, 4 + 24 * 60 - 5).toISOString(),
      lastMessage: {
        direction: 'inbound',
        kind: 'text',
        event: null,
        text: 'Anliegen 4: Rathaus und Hecke.',
        status: 'received',
      },
      hit: null,
    })
  })

  test('refuses a cursor that is not its own', async () => {
    const query = { ...list, cursor: 'w.1.2' }
    expect(await refusalOf(listConversations(desk.office, desk.yilmaz, query))).toBe('invalid-input')
  })
})

describe('a search', () => {
  function asked(q: string, more: Partial<Asked> = {}): Asked {
    return { status: 'open', limit: 30, q, ...more }
  }
  async function search(q: string, more: Partial<Asked> = {}): Promise<string[][]> {
    return pagesOf((cursor) => searchConversations(desk.office, desk.yilmaz, asked(q, { ...more, cursor })))
  }

  test.each([
    ['hecke', [6, 5, 4, 3, 2, 1]],
    ['HECKEN', [6, 5, 4, 3, 2, 1]],
    ['rathaus hecke', [6, 5, 4, 3, 2, 1]],
    ['"hecke am rathaus"', [3]],
    ['"am hecke"', []],
    ['anlie', [6, 5, 4, 2, 1]],
    ['rathaus gibtesnicht ', []],
    ['person 4', [4]],
    ['"Person 4"', [4]],
    ['+49 171 392 0012', [2]],
    ['0171 3920012', [2]],
    ['…', []],
  ])('for %j finds %j', async (q, minutes) => {
    for (const limit of [1, 2, 30]) {
      expect((await search(q, { limit })).flat()).toEqual(idsOf(...minutes))
    }
  })

  test.each([
    ['person hecke', [6, 5, 4, 3, 2, 1]],
    ['hecke person', [6, 5, 4, 3, 2, 1]],
    ['person 3 rathaus', [3]],
    ['person "hecke am rathaus"', [3]],
    ['person "am hecke"', []],
    ['person wochenmarkt ', []],
    ['013', [3]],
    ['20013', [3]],
    ['9 20013', [3]],
    ['1', [1]],
    ['13', []],
    ['013 hecke', [3]],
    ['hecke 014', [4]],
    ['999', []],
  ])('for name, number and words together, %j, finds %j', async (q, minutes) => {
    for (const limit of [1, 2, 30]) expect((await search(q, { limit })).flat()).toEqual(idsOf(...minutes))
  })

  test('shows contacts before messages that hold the same word, each once, on pages of any size', async () => {
    const named = await desk.citizenWrites({ from: '491713920061', name: 'Olga Anger', text: 'Guten Tag.' })
    desk.test.setNow(minutesAfter(noon, 12))
    const both = await desk.citizenWrites({
      from: '491713920062',
      name: 'Ivo Anger',
      text: 'Am Anger parkt wer.',
    })
    desk.test.setNow(minutesAfter(noon, 13))
    const texts: string[] = []
    for (const n of [3, 4, 5]) {
      texts.unshift(
        await desk.citizenWrites({ from: `49171392006${n}`, at: minutesAfter(noon, n), text: 'Zum Anger!' }),
      )
    }
    for (const limit of [1, 2, 3, 4, 30]) {
      const found = await search('anger', { limit })
      expect(found.flat()).toEqual([both, named, ...texts])
      expect(found.slice(0, -1).filter((page) => page.length > limit)).toEqual([])
    }
    const { items } = await searchConversations(desk.office, desk.yilmaz, asked('anger parkt '))
    const [said] = (await listMessages(desk.office, desk.yilmaz, both, { limit: 1 })).items
    expect(items.map(({ id, hit }) => [id, hit?.text, hit?.messageId])).toEqual([
      [both, 'Am Anger parkt wer.', said?.id],
    ])
  })

  test('without a state everything is searched', async () => {
    const everywhere = { q: 'rathaus', limit: 30 } as Asked
    expect(contract.searchConversations.body.parse(everywhere).status).toBe('all')
  })

  test('finds nothing of another team', async () => {
    for (const q of ['hecke', 'person', '013', '+491713920013', 'person hecke']) {
      const page = await searchConversations(desk.office, desk.okafor, asked(q))
      expect(page.items).toEqual([])
    }
  })

  test('a name or a number that is no longer the contact’s leads nowhere', async () => {
    const from = '491713920070'
    const id = await desk.citizenWrites({ from, name: 'Ida Vorher', text: 'Guten Tag.' })
    expect((await search('vorher')).flat()).toEqual([id])
    await desk.citizenWrites({ from, name: 'Ida Nachher', text: 'Ich heiße jetzt anders.' })
    expect((await search('vorher')).flat()).toEqual([])
    expect((await search('nachher 070')).flat()).toEqual([id])
  })

  test('keeps to the filters', async () => {
    expect((await search('hecke', { status: 'all' })).flat()).toEqual(idsOf(7, 6, 5, 4, 3, 2, 1))
    expect((await search('hecke', { status: 'closed' })).flat()).toEqual(idsOf(7))
    expect((await search('hecke', { assignee: 'me' })).flat()).toEqual(idsOf(5, 4, 2))
    expect((await search('+491713920014', { assignee: 'none' })).flat()).toEqual([])
  })

  test('marks what it found', async () => {
    const { items } = await searchConversations(desk.office, desk.yilmaz, asked('"am rathaus" heck'))
    const hit = items[0]?.hit
    expect(hit?.matches.map(([start, end]) => hit.text.slice(start, end))).toEqual(['Hecke', 'Rathaus'])
  })

  test.each([
    ['Łukasz Wójcik', 'lukasz', 'Łukasz'],
    ['Søren Ærø', 'soren', 'Søren'],
    ['Yıldız Şahin', 'yildiz', 'Yıldız'],
    ['Жанна Щербак', 'shcherbak', 'Щербак'],
    ['Oﬁr Straßer', 'ofir', 'Oﬁr'],
  ])('finds %s by %j, as a name and in a text, and marks it as it is written', async (name, typed, found) => {
    const from = `4917139201${typed.length}${name.length}`
    const named = await desk.citizenWrites({ from, name, text: 'Ein Anliegen.' })
    const said = await desk.citizenWrites({ from: `${from}9`, text: `Frau ${name} hat mich geschickt.` })
    const { items } = await searchConversations(desk.office, desk.yilmaz, asked(typed))
    expect(new Set(items.map((one) => one.id))).toEqual(new Set([named, said]))
    for (const { hit } of items) {
      expect(hit?.matches.map(([start, end]) => hit.text.slice(start, end))).toEqual([found])
    }
  })

  test('finds a phrase in an older message of the conversation too', async () => {
    const id = await desk.citizenWrites({
      from: '491713920031',
      text: 'Der Wochenmarkt am Dienstag fällt aus.',
    })
    for (const text of ['Dienstag ist Wochenmarkt', 'Am Wochenmarkt, Dienstag']) {
      await desk.citizenWrites({ from: '491713920031', text })
    }
    expect((await search('"wochenmarkt am dienstag"')).flat()).toEqual([id])
  })
})

describe('a thread', () => {
  test('comes in pages, newest first by the senders’ clocks, without gap or repetition', async () => {
    const from = '491713920040'
    function at(n: number) {
      return minutesAfter(noon, -n)
    }
    let id = ''
    // Three share a second; arrival is not the order of sending.
    for (const n of [5, 1, 4, 2, 2, 2, 3])
      id = await desk.citizenWrites({ from, at: at(n), text: `vor ${n}` })
    for (const limit of [1, 2, 3, 50]) {
      const seen: string[] = []
      const texts: (string | null)[] = []
      let before: string | undefined
      do {
        const page = await listMessages(desk.office, desk.yilmaz, id, { limit, before })
        seen.push(...page.items.map((one) => one.id))
        texts.push(...page.items.map((one) => one.text))
        before = page.nextCursor ?? undefined
      } while (before !== undefined)
      expect(texts).toEqual(['vor 1', 'vor 2', 'vor 2', 'vor 2', 'vor 3', 'vor 4', 'vor 5'])
      expect(new Set(seen).size).toBe(7)
    }
  })
})
