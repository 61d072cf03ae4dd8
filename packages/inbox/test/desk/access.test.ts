import { randomUUID } from 'node:crypto'
import { type Role, roles } from '@buergerdraht/contract'
import { attachmentFor, type Viewer } from '@buergerdraht/office'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  acknowledgeIdentity,
  answerElsewhere,
  assignConversation,
  changeChannel,
  closeConversation,
  countConversations,
  createChannel,
  decideFiling,
  decideMessage,
  dismissNotice,
  type Inbox,
  listChannels,
  listConversations,
  listDeadLetters,
  listLostAnswers,
  listMessages,
  listPresences,
  listTemplates,
  markRead,
  markUnread,
  react,
  readConversation,
  readDraft,
  readIntake,
  readMessage,
  readNumber,
  reopenConversation,
  saveDraft,
  searchConversations,
  sendReply,
  showPresence,
  showTyping,
} from '../../src/index.ts'
import { type Desk, noFile, openDesk, refusalOf } from './desk.ts'

let desk: Desk
let id: string
let messageId: string
let otherId: string
let attachmentId: string
beforeAll(async () => {
  desk = await openDesk()
  id = await desk.citizenWrites({ text: 'Die Hecke am Rathaus.' })
  otherId = await desk.citizenWrites({ from: '491713920022' })
  const [message] = (await listMessages(desk.office, desk.yilmaz, id, { limit: 1 })).items
  messageId = message?.id ?? ''
  attachmentId = randomUUID()
  await desk.office.prisma.attachment.create({
    data: {
      id: attachmentId,
      conversationId: id,
      messageId,
      kind: 'image',
      mediaType: 'image/jpeg',
      createdAt: desk.office.now(),
    },
  })
})
afterAll(() => desk.close())

function clientId() {
  return randomUUID()
}
const everything: Record<string, (office: Inbox, viewer: Viewer) => Promise<unknown>> = {
  readConversation: (office, viewer) => readConversation(office, viewer, id),
  listMessages: (office, viewer) => listMessages(office, viewer, id, { limit: 10 }),
  readNumber: (office, viewer) => readNumber(office, viewer, id),
  showPresence: (office, viewer) =>
    showPresence(office, viewer, { tabId: clientId(), conversationId: id, writing: true }),
  readMessage: (office, viewer) => readMessage(office, viewer, id, messageId),
  listTemplates: (office, viewer) => listTemplates(office, viewer, id),
  attachmentFor: (office, viewer) => attachmentFor(office.prisma, viewer, attachmentId),
  markRead: (office, viewer) => markRead(office, viewer, id, messageId),
  showTyping: (office, viewer) => showTyping(office, viewer, id),
  acknowledgeIdentity: (office, viewer) => acknowledgeIdentity(office, viewer, id),
  sendReply: (office, viewer) => sendReply(office, viewer, id, { clientId: clientId(), text: 'Hallo' }),
  answerElsewhere: (office, viewer) =>
    answerElsewhere(office, viewer, id, { clientId: clientId(), way: 'phone' }),
  decideMessage: (office, viewer) =>
    decideMessage(office, viewer, id, messageId, { decision: 'leave', clientId: clientId() }),
  react: (office, viewer) => react(office, viewer, id, messageId, '👍'),
  assignConversation: (office, viewer) =>
    assignConversation(office, viewer, id, { assignee: 'me', expected: null }),
  closeConversation: (office, viewer) => closeConversation(office, viewer, id, noFile),
  decideFiling: (office, viewer) => decideFiling(office, viewer, id, noFile.filing),
  reopenConversation: (office, viewer) => reopenConversation(office, viewer, id),
  markUnread: (office, viewer) => markUnread(office, viewer, id),
  readDraft: (office, viewer) => readDraft(office, viewer, id),
  saveDraft: (office, viewer) =>
    saveDraft(office, viewer, id, { text: 'Hallo', replyTo: null, attachments: [], unsent: [] }),
}
const list = { status: 'all', order: 'latest', limit: 30 } as const

describe.each(roles)('%s', (role) => {
  const seesContent = role === 'clerk' || role === 'team-lead'
  function inTeam(own: boolean) {
    return desk.viewer(role as Role, [own && seesContent ? desk.otherTeamId : desk.test.teamId])
  }

  test.each(Object.keys(everything))(
    seesContent
      ? 'of another team does not know the conversation: %s'
      : 'has no content, even in the team: %s',
    async (name) => {
      const viewer = await inTeam(true)
      expect(await refusalOf(everything[name]?.(desk.office, viewer) ?? Promise.resolve())).toBe('not-found')
    },
  )

  test('finds and counts nothing of others', async () => {
    const viewer = await inTeam(true)
    expect((await listConversations(desk.office, viewer, list)).items).toEqual([])
    for (const q of ['hecke', '491713920011', '011', 'Erika', 'erika hecke']) {
      const found = await searchConversations(desk.office, viewer, { q, status: 'all', limit: 30 })
      expect(found.items).toEqual([])
    }
    expect((await listLostAnswers(desk.office, viewer)).items).toEqual([])
    expect((await listPresences(desk.office, viewer)).items).toEqual([])
    expect(await countConversations(desk.office, viewer)).toEqual({ open: 0, mine: 0, waiting: 0, unread: 0 })
    const foreign = listConversations(desk.office, viewer, { ...list, team: desk.test.teamId })
    expect(await refusalOf(foreign)).toBe('not-found')
    const asked = { q: 'hecke', status: 'all', limit: 30, team: desk.test.teamId } as const
    expect(await refusalOf(searchConversations(desk.office, viewer, asked))).toBe('not-found')
  })

  if (role === 'admin') return
  test('does not touch channels and intake', async () => {
    const viewer = await inTeam(false)
    const { office, channelId } = desk
    const refusals = await Promise.all(
      [
        listChannels(office, viewer),
        changeChannel(office, viewer, channelId, { name: 'Anders' }),
        createChannel(office, viewer, {
          name: 'Neu',
          vendor: 'meta',
          team: desk.test.teamId,
          phoneNumberId: '1',
          wabaId: null,
          displayPhoneNumber: '12345',
          baseUrl: 'https://example.org',
          credentials: { apiKey: 'k', verifyToken: 'verify-me' },
        }),
        dismissNotice(office, viewer, channelId, randomUUID()),
        readIntake(office, viewer),
        listDeadLetters(office, viewer, { limit: 10 }),
      ].map(refusalOf),
    )
    expect(new Set(refusals)).toEqual(new Set(['not-allowed']))
  })
})

test('who is in the team does', async () => {
  const { office } = desk
  for (const role of ['clerk', 'team-lead'] as const) {
    const viewer = await desk.viewer(role, [desk.test.teamId, desk.otherTeamId])
    for (const name of ['readConversation', 'listMessages', 'readMessage', 'attachmentFor'] as const) {
      expect(await refusalOf(everything[name]?.(office, viewer) ?? Promise.resolve())).toBe('no refusal')
    }
    const { items } = await listConversations(office, viewer, list)
    expect(new Set(items.map((one) => one.id))).toEqual(new Set([id, otherId]))
  }
})

test('a message is only found through its own conversation', async () => {
  const { office, yilmaz } = desk
  expect(await refusalOf(readMessage(office, yilmaz, otherId, messageId))).toBe('not-found')
  expect(await refusalOf(markRead(office, yilmaz, otherId, messageId))).toBe('not-found')
})
