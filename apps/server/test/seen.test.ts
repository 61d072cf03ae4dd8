import { randomUUID } from 'node:crypto'
import type { Conversation, Message } from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let clerk: Visitor
beforeAll(async () => {
  office = await startOffice()
  clerk = await office.signIn('clerk')
})
afterAll(() => office.close())

const rounds = Array.from({ length: 25 }, (_, n) => n)
function citizen(n: number): string {
  return `4917139${30000 + n}`
}

async function conversations(): Promise<Conversation[]> {
  const { body } = await clerk.get<{ items: Conversation[] }>(
    '/conversations?status=all&order=latest&limit=100',
  )
  return body.items
}
async function messages(id: string): Promise<Message[]> {
  return (await clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)).body.items
}
async function read(id: string): Promise<Conversation> {
  return (await clerk.get<Conversation>(`/conversations/${id}`)).body
}

/** Citizens from `first` on write, a clerk sees and reads it, and they write again at the same moment as `act` happens. */
async function whileTheyWrite<T>(
  first: number,
  act: (conversation: Conversation, seenUpTo: string) => Promise<T>,
): Promise<{ id: string; seen: Message; answer: T }[]> {
  for (const n of rounds) await office.citizenWrites(citizen(first + n), `Frage ${first + n}`)
  await office.settled()
  const asked = (await conversations()).filter(({ lastMessage }) =>
    rounds.some((n) => lastMessage?.text === `Frage ${first + n}`),
  )
  expect(asked).toHaveLength(rounds.length)
  return Promise.all(
    asked.map(async (conversation) => {
      const { id, lastMessage } = conversation
      const [seen] = await messages(id)
      if (seen === undefined) throw new Error('There is no message.')
      expect(await clerk.post(`/conversations/${id}/read`, { upTo: seen.statementId })).toMatchObject({
        status: 204,
      })
      const number = Number(lastMessage?.text?.split(' ')[1])
      // Every second one has certainly written before the clerk acts, the others at the same moment.
      const writes = office.citizenWrites(citizen(number), 'Noch etwas.')
      if (number % 2 === 0) {
        await writes
        await expect.poll(async () => (await read(id)).lastMessage?.text).toBe('Noch etwas.')
      }
      const answer = await act(conversation, seen.statementId)
      await writes
      return { id, seen, answer }
    }),
  )
}

test('what comes between reading and answering stays unread and waits since its own time, 25 of 25', async () => {
  const answered = await whileTheyWrite(0, ({ id }, seenUpTo) =>
    clerk.post<Message>(`/conversations/${id}/messages`, { clientId: randomUUID(), text: 'Gern.', seenUpTo }),
  )
  await office.settled()
  for (const { id, answer } of answered) {
    expect(answer.status).toBe(201)
    const later = (await messages(id)).find(({ text }) => text === 'Noch etwas.')
    expect(await read(id)).toMatchObject({ unreadCount: 1, waitingSince: later?.sentAt })
  }
  const { id } = answered[0] ?? { id: '' }
  const [newest] = (await messages(id)).filter(
    ({ direction, kind }) => direction === 'inbound' && kind !== 'system',
  )
  const seenUpTo = newest?.statementId
  await clerk.post(`/conversations/${id}/messages`, { clientId: randomUUID(), text: 'Auch das.', seenUpTo })
  await office.settled()
  expect(await read(id)).toMatchObject({ unreadCount: 0, waitingSince: null })
})

test('what comes between the question and the click is not closed unseen, 25 of 25', async () => {
  const closed = await whileTheyWrite(100, ({ id }, seenUpTo) =>
    clerk.post<{ code?: string }>(`/conversations/${id}/close`, { seenUpTo, filing: { relevance: 'none' } }),
  )
  await office.settled()
  for (const { id, answer } of closed) {
    const { contact, status, unreadCount } = await read(id)
    const ofPerson = (await conversations()).filter((one) => one.contact.id === contact.id)
    // Either it was closed before that was written, and then that is a matter of its own; or it was not closed.
    if (answer.status === 200) expect(ofPerson).toHaveLength(2)
    else {
      expect(answer).toMatchObject({ status: 409, body: { code: 'unseen-message' } })
      expect({ status, unreadCount, matters: ofPerson.length }).toEqual({
        status: 'open',
        unreadCount: 1,
        matters: 1,
      })
    }
    expect(ofPerson.filter((one) => one.waitingSince !== null && one.unreadCount === 1)).toHaveLength(1)
  }
  const refused = closed.filter(({ answer }) => answer.status === 409)
  expect(refused.length).toBeGreaterThanOrEqual(12)
  const { id } = refused[0] ?? { id: '' }
  const [newest] = await messages(id)
  expect(
    await clerk.post(`/conversations/${id}/close`, {
      seenUpTo: newest?.statementId,
      filing: { relevance: 'none' },
    }),
  ).toMatchObject({
    status: 200,
  })
})

test('who names nothing has seen everything that is here', async () => {
  await office.citizenWrites(citizen(200), 'Frage 200')
  await office.settled()
  const id = (await conversations()).find(({ lastMessage }) => lastMessage?.text === 'Frage 200')?.id ?? ''
  await clerk.post(`/conversations/${id}/messages`, { clientId: randomUUID(), text: 'Gern.' })
  await office.settled()
  expect(await read(id)).toMatchObject({ unreadCount: 0, waitingSince: null })
  expect((await clerk.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })).status).toBe(200)
})
