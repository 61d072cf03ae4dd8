import {
  listMessages as listMessagesEndpoint,
  readMessage as readMessageEndpoint,
} from '@buergerdraht/contract'
import { listMessages, readMessage } from '@buergerdraht/inbox'
import type { FastifyInstance } from 'fastify'
import { route } from '../route.ts'

export const messageRoutes = (app: FastifyInstance): void => {
  route(app, listMessagesEndpoint, ({ office, viewer, params, query }) =>
    listMessages(office, viewer, params.id, query),
  )
  route(app, readMessageEndpoint, ({ office, viewer, params }) =>
    readMessage(office, viewer, params.id, params.messageId),
  )
}
