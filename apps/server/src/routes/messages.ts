import * as contract from '@buergerdraht/contract'
import {
  answerElsewhere,
  decideMessage,
  listMessages,
  react,
  readMessage,
  sendReply,
} from '@buergerdraht/inbox'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function messageRoutes(app: FastifyInstance): void {
  route(app, contract.listMessages, ({ office, viewer, params, query }) =>
    listMessages(office, viewer, params.id, query),
  )
  route(app, contract.readMessage, ({ office, viewer, params }) =>
    readMessage(office, viewer, params.id, params.messageId),
  )
  route(app, contract.sendReply, ({ office, viewer, params, body }) =>
    sendReply(office, viewer, params.id, body),
  )
  route(app, contract.answerElsewhere, ({ office, viewer, params, body }) =>
    answerElsewhere(office, viewer, params.id, body),
  )
  route(app, contract.decideMessage, ({ office, viewer, params, body }) =>
    decideMessage(office, viewer, params.id, params.messageId, body),
  )
  route(app, contract.react, ({ office, viewer, params, body }) =>
    react(office, viewer, params.id, params.messageId, body.emoji),
  )
}
