import * as contract from '@buergerdraht/contract'
import {
  acknowledgeIdentity,
  assignConversation,
  closeConversation,
  countConversations,
  decideFiling,
  listConversations,
  listDrafts,
  listLostAnswers,
  listPresences,
  listTemplates,
  markRead,
  markUnread,
  readConversation,
  readDraft,
  readNumber,
  reopenConversation,
  saveDraft,
  searchConversations,
  showPresence,
  showTyping,
} from '@buergerdraht/inbox'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function conversationRoutes(app: FastifyInstance): void {
  route(app, contract.listConversations, ({ office, viewer, query }) =>
    listConversations(office, viewer, query),
  )
  route(app, contract.searchConversations, ({ office, viewer, body }) =>
    searchConversations(office, viewer, body),
  )
  route(app, contract.readConversation, ({ office, viewer, params }) =>
    readConversation(office, viewer, params.id),
  )
  route(app, contract.readCounts, ({ office, viewer }) => countConversations(office, viewer))
  route(app, contract.assignConversation, ({ office, viewer, params, body }) =>
    assignConversation(office, viewer, params.id, body),
  )
  route(app, contract.closeConversation, ({ office, viewer, params, body }) =>
    closeConversation(office, viewer, params.id, body),
  )
  route(app, contract.decideFiling, ({ office, viewer, params, body }) =>
    decideFiling(office, viewer, params.id, body),
  )
  route(app, contract.reopenConversation, ({ office, viewer, params, body }) =>
    reopenConversation(office, viewer, params.id, body),
  )
  route(app, contract.markUnread, async ({ office, viewer, params }) => {
    await markUnread(office, viewer, params.id)
    return undefined
  })
  route(app, contract.listDrafts, ({ office, viewer }) => listDrafts(office, viewer))
  route(app, contract.readDraft, ({ office, viewer, params }) => readDraft(office, viewer, params.id))
  route(app, contract.saveDraft, async ({ office, viewer, params, body }) => {
    await saveDraft(office, viewer, params.id, body)
    return undefined
  })
  route(app, contract.markRead, async ({ office, viewer, params, body }) => {
    await markRead(office, viewer, params.id, body.upTo)
    return undefined
  })
  route(app, contract.showTyping, async ({ office, viewer, params }) => {
    await showTyping(office, viewer, params.id)
    return undefined
  })
  route(app, contract.readNumber, ({ office, viewer, params }) => readNumber(office, viewer, params.id))
  route(app, contract.listLostAnswers, ({ office, viewer }) => listLostAnswers(office, viewer))
  route(app, contract.listPresences, ({ office, viewer }) => listPresences(office, viewer))
  route(app, contract.showPresence, async ({ office, viewer, params, body }) => {
    await showPresence(office, viewer, { ...params, ...body })
    return undefined
  })
  route(app, contract.acknowledgeIdentity, ({ office, viewer, params }) =>
    acknowledgeIdentity(office, viewer, params.id),
  )
  route(app, contract.listTemplates, ({ office, viewer, params }) => listTemplates(office, viewer, params.id))
}
