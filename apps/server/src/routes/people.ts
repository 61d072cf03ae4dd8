import * as contract from '@buergerdraht/contract'
import { closeTeam, createTeam, readTeam, renameTeam } from '@buergerdraht/inbox'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { sessionAt } from '../http/authentication.ts'
import { route } from '../http/route.ts'
import { sessionCookie } from '../http/session-cookie.ts'
import { browserOf } from './session.ts'

export function peopleRoutes(app: FastifyInstance, place: contract.SessionPlace): void {
  const { proposalKinds: kinds, sessionRules, signInPlace } = app

  route(app, contract.listPeople, ({ office: db, viewer, query }) => office.listPeople(db, viewer, query))
  route(app, contract.searchPeople, ({ office: db, viewer, body }) => office.listPeople(db, viewer, body))
  route(app, contract.readPerson, ({ office: db, viewer, params }) =>
    office.readPerson(db, viewer, params.id),
  )
  route(app, contract.invitePerson, ({ office: db, viewer, body }) =>
    office.invitePerson(db, kinds, signInPlace, viewer, body),
  )
  route(app, contract.changePerson, ({ office: db, viewer, params, body }) =>
    office.changePerson(db, kinds, viewer, params.id, body),
  )
  route(app, contract.renewInvitation, ({ office: db, viewer, params }) =>
    office.renewInvitation(db, signInPlace, viewer, params.id),
  )
  route(app, contract.revokeInvitation, async ({ office: db, viewer, params }) => {
    await office.revokeInvitation(db, viewer, params.id)
    return undefined
  })
  route(app, contract.openInvitation, async ({ office: db, body, request }) =>
    office.openInvitation(db, body.token, browserOf(app, request), await sessionAt(app, request)),
  )
  route(app, contract.acceptInvitation, async ({ office: db, body, request, reply }) => {
    const liveSession = await sessionAt(app, request)
    const browser = browserOf(app, request)
    const begun = await office.acceptInvitation(db, sessionRules, signInPlace, body, browser, liveSession)
    reply.header('set-cookie', sessionCookie(begun.token))
    return { ...begun.liveSession.session, ...place }
  })

  route(app, contract.listRoleHolders, ({ office: db, viewer, query }) =>
    office.listRoleHolders(db, viewer, query),
  )

  route(app, contract.readTeam, ({ office: db, viewer, params }) => readTeam(db, viewer, params.id))
  route(app, contract.createTeam, ({ office: db, viewer, body }) => createTeam(db, viewer, body.name))
  route(app, contract.renameTeam, ({ office: db, viewer, params, body }) =>
    renameTeam(db, viewer, params.id, body.name),
  )
  route(app, contract.closeTeam, async ({ office: db, viewer, params, body }) => {
    await closeTeam(db, viewer, params.id, body)
    return undefined
  })
}
