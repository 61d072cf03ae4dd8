import * as contract from '@buergerdraht/contract'
import {
  accountChangeOf,
  changeChannel,
  changeOfficeSettings,
  createChannel,
  dismissNotice,
  listChannels,
  listChannelTemplates,
  listDeadLetters,
  listTeams,
  proposeAccountChange,
  readIntake,
  readOfficeSettings,
  refreshTemplates,
  replayDeadLetter,
  submitTemplate,
} from '@buergerdraht/inbox'
import { requireStepUp } from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import type { ChannelDirectory } from '../http/channel-directory.ts'
import { route } from '../http/route.ts'

export function channelRoutes(app: FastifyInstance, directory: ChannelDirectory): void {
  route(app, contract.listChannels, ({ office, viewer }) => listChannels(office, viewer))
  route(app, contract.listTeams, ({ office, viewer }) => listTeams(office, viewer))
  route(app, contract.createChannel, ({ office, viewer, body }) => createChannel(office, viewer, body))
  route(app, contract.changeChannel, async ({ office, viewer, liveSession, params, body }) => {
    const account = await accountChangeOf(office, viewer, params.id, body)
    if (account !== null) {
      requireStepUp(office, liveSession)
      await proposeAccountChange(office, app.proposalKinds, viewer, account, body.credentials)
    }
    const changed = await changeChannel(office, viewer, params.id, body)
    directory.forget(params.id)
    return changed
  })
  route(app, contract.dismissNotice, async ({ office, viewer, params }) => {
    await dismissNotice(office, viewer, params.id, params.noticeId)
    return undefined
  })
  route(app, contract.listChannelTemplates, ({ office, viewer, params }) =>
    listChannelTemplates(office, viewer, params.id),
  )
  route(app, contract.refreshTemplates, ({ office, viewer, params }) =>
    refreshTemplates(office, viewer, params.id),
  )
  route(app, contract.submitTemplate, ({ office, viewer, params, body }) =>
    submitTemplate(office, viewer, params.id, body),
  )
  route(app, contract.readOfficeSettings, ({ office, viewer }) => readOfficeSettings(office, viewer))
  route(app, contract.changeOfficeSettings, ({ office, viewer, body }) =>
    changeOfficeSettings(office, viewer, body),
  )
  route(app, contract.readIntake, ({ office, viewer }) => readIntake(office, viewer))
  route(app, contract.replayDeadLetter, ({ office, viewer, params }) =>
    replayDeadLetter(office, viewer, params.id),
  )
  route(app, contract.listDeadLetters, ({ office, viewer, query }) => listDeadLetters(office, viewer, query))
}
