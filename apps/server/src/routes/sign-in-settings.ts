import { changeSignInSettings, readSignInSettings } from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { askedFrom } from '../http/asked-from.ts'
import { route } from '../http/route.ts'

export function signInSettingRoutes(app: FastifyInstance, provider: office.IdentityProvider | null): void {
  const { signInPlace, certificateHeader } = app
  const settings = provider?.settings
  const shown =
    settings === undefined
      ? null
      : { name: settings.name, issuer: settings.issuer, redirectUri: settings.redirectUri }

  function asked(request: FastifyRequest): office.SettingsAsked {
    return {
      place: signInPlace,
      provider: shown,
      certificates: certificateHeader !== null,
      from: askedFrom(app, request),
    }
  }

  route(app, readSignInSettings, ({ office: db, request }) => office.readSignInSettings(db, asked(request)))
  route(app, changeSignInSettings, async ({ office: db, viewer, body, request }) => {
    await office.changeSignInSettings(db, app.proposalKinds, viewer, body, asked(request))
    return office.readSignInSettings(db, asked(request))
  })
}
