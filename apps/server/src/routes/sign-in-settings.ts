import { changeSignInSettings, readSignInSettings } from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function signInSettingRoutes(app: FastifyInstance, provider: office.IdentityProvider | null): void {
  const { signInPlace } = app
  const settings = provider?.settings
  const shown =
    settings === undefined
      ? null
      : { name: settings.name, issuer: settings.issuer, redirectUri: settings.redirectUri }

  route(app, readSignInSettings, ({ office: db }) => office.readSignInSettings(db, signInPlace, shown))
  route(app, changeSignInSettings, async ({ office: db, viewer, body }) => {
    await office.changeSignInSettings(db, viewer, body)
    return office.readSignInSettings(db, signInPlace, shown)
  })
}
