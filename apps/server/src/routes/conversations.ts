import {
  listConversations as listConversationsEndpoint,
  listTemplates as listTemplatesEndpoint,
  readConversation as readConversationEndpoint,
  readCounts,
} from '@buergerdraht/contract'
import { countConversations, listConversations, listTemplates, readConversation } from '@buergerdraht/inbox'
import type { FastifyInstance } from 'fastify'
import { route } from '../route.ts'

export const conversationRoutes = (app: FastifyInstance): void => {
  route(app, listConversationsEndpoint, ({ office, viewer, query }) =>
    listConversations(office, viewer, query),
  )
  route(app, readConversationEndpoint, ({ office, viewer, params }) =>
    readConversation(office, viewer, params.id),
  )
  route(app, readCounts, ({ office, viewer }) => countConversations(office, viewer))
  route(app, listTemplatesEndpoint, ({ office, viewer, params }) => listTemplates(office, viewer, params.id))
}
