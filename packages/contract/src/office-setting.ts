import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { type Role, rolesFor } from './policy.ts'

export const OfficeSettings = z.object({
  /** Whoever answers a conversation that nobody has taken takes it. */
  answeringTakes: z.boolean(),
  /** Roles that may save files, and do not only look at them; none at first. */
  downloadRoles: z.array(z.enum(rolesFor('download-files') as [Role, ...Role[]])).max(8),
  /** What a person is answered at once whose message is recognised as a request (Art. 15, 17 GDPR); null: nothing. */
  requestAcknowledgement: z.string().trim().min(1).max(1000).nullable(),
  /** Nothing is sent through WhatsApp, by nobody and nothing: citizens write there, and are answered in other ways. */
  receivesOnly: z.boolean(),
})
export type OfficeSettings = z.infer<typeof OfficeSettings>

export const readOfficeSettings = endpoint({
  method: 'GET',
  path: '/office-settings',
  summary: 'What the office has decided about how it works.',
  access: 'change-office-settings',
  status: 200,
  reply: OfficeSettings,
  refusals: [],
})

export const changeOfficeSettings = endpoint({
  method: 'PATCH',
  path: '/office-settings',
  summary: 'Change how the office works.',
  access: 'change-office-settings',
  body: OfficeSettings.partial(),
  status: 200,
  reply: OfficeSettings,
  refusals: [],
})
