import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { roles } from './policy.ts'

/** What the identity provider says of somebody → what somebody is here. */
export const ProviderRule = z.object({
  value: z.string().trim().min(1).max(200),
  role: z.enum(roles),
  teamIds: z.array(z.uuid()).max(100),
})
export type ProviderRule = z.infer<typeof ProviderRule>

const decided = {
  /** Roles that do nothing without a second factor. */
  secondFactorRoles: z.array(z.enum(roles)).max(roles.length),
  /** A claim, or a path of names with dots: `roles`, `groups`, `realm_access.roles`. */
  providerClaim: z.string().trim().min(1).max(200),
  /** Somebody gets the role of the first rule that fits, and the teams of all that fit. None: nobody's role comes from there. */
  providerRules: z.array(ProviderRule).max(200),
  /**
   * From where a role is answered: addresses, or networks in CIDR notation. A role without networks is answered from everywhere. A change
   * leaves the roles alone that it does not name.
   */
  networkRules: z.partialRecord(z.enum(roles), z.array(z.string().trim().max(43)).max(100)),
  /** Roles that are answered only on a device with a certificate, as the proxy in front says. */
  certificateRoles: z.array(z.enum(roles)).max(roles.length),
}

export const SignInSettings = z.object({
  ...decided,
  /** Whether one can sign in with a password; false: only the emergency account. */
  local: z.boolean(),
  /** The identity provider that the installation names; null: none. */
  provider: z.object({ name: z.string(), issuer: z.string(), redirectUri: z.string() }).nullable(),
  /** Changed rules wait for a second person. */
  rulesWait: z.boolean(),
  /** Passkeys made for another address than this one: they work no more. */
  lostPasskeys: z.int(),
  /** Where this question came from. */
  asker: z.object({ address: z.string(), certificate: z.boolean() }),
  /** Whether a proxy hands on certificates of devices (setting `CLIENT_CERTIFICATE_HEADER`). */
  certificates: z.boolean(),
  teams: z.array(z.object({ id: z.uuid(), name: z.string() })),
})
export type SignInSettings = z.infer<typeof SignInSettings>

const ChangedSignInSettings = z.object(decided).partial()
export type ChangedSignInSettings = z.infer<typeof ChangedSignInSettings>

export const readSignInSettings = endpoint({
  method: 'GET',
  path: '/sign-in-settings',
  summary: 'How one signs in here.',
  access: 'read-sign-in-settings',
  status: 200,
  reply: SignInSettings,
  refusals: [],
})

export const changeSignInSettings = endpoint({
  method: 'PATCH',
  path: '/sign-in-settings',
  summary:
    'Change how one signs in here; it holds from the next request on, rules that give a role of two persons once a second one has approved.',
  access: 'change-sign-in-settings',
  body: ChangedSignInSettings,
  status: 200,
  reply: SignInSettings,
  refusals: ['step-up-required', 'rule-shuts-you-out', 'proposal-open'],
})
