import { changeSignInSettings, readSignInSettings } from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function signInSettingRoutes(app: FastifyInstance): void {
  const { signInPlace } = app

  route(app, readSignInSettings, ({ office: db }) => office.readSignInSettings(db, signInPlace, null))
  route(app, changeSignInSettings, async ({ office: db, body }) => {
    await office.changeSignInSettings(db, body)
    return office.readSignInSettings(db, signInPlace, null)
  })
}
