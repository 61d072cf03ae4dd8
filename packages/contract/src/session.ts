import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PasskeyAnswer, PasskeyQuestion } from './passkey.ts'
import { roles } from './policy.ts'
import { Team } from './team.ts'

export const Session = z.object({
  account: z.object({
    id: z.uuid(),
    displayName: z.string(),
    email: z.string(),
    role: z.enum(roles),
    teams: z.array(Team),
  }),
  /** Ends at the latest then, whatever happens; idle time ends it earlier. */
  expiresAt: z.iso.datetime(),
  idleMinutes: z.int(),
  /**
   * `shown`: in this session; `not-needed`: the role needs none, and there is none; `wanted`: the account has one, which is to be shown
   * first; `to-set-up`: the role needs one, and there is none yet. With the last two nothing else is answered.
   */
  secondFactor: z.enum(['shown', 'not-needed', 'wanted', 'to-set-up']),
  /**
   * An emergency access that was taken up in this session: role and teams of the account are a clerk's of that team while it holds. Null: their own.
   */
  emergencyAccess: z.object({ id: z.uuid(), team: Team, until: z.iso.datetime() }).nullable(),
  /** Whether files may be saved, and not only looked at. */
  mayDownload: z.boolean(),
  /** The office's, by its IANA name: days and times are shown in it, wherever the reader is. */
  timeZone: z.string(),
  /** Nobody has signed the rules by which this office deletes (Testbetrieb): for trying out, not for citizens. */
  onTrial: z.boolean(),
  /** Its database was restored from a backup: nothing else is answered until two persons let people in. */
  inQuarantine: z.boolean(),
})
export type Session = z.infer<typeof Session>
/** What of it is the same for everybody who asks this server. */
export type SessionPlace = Pick<Session, 'timeZone' | 'inQuarantine'>

export const secondFactorKinds = ['totp', 'passkey'] as const
export type SecondFactorKind = (typeof secondFactorKinds)[number]

/** The password was right; the same again, with one of these. */
export const SecondFactorWanted = z.object({
  secondFactor: z.array(z.enum(secondFactorKinds)),
  /** For `navigator.credentials.get`; null: the account has no passkey for this address. */
  passkey: PasskeyQuestion.nullable(),
})
export type SecondFactorWanted = z.infer<typeof SecondFactorWanted>

/** `code` is that of an app, or a recovery code. */
export const SecondFactorAnswer = z.object({
  code: z.string().max(16).optional(),
  passkey: PasskeyAnswer.optional(),
})
export type SecondFactorAnswer = z.infer<typeof SecondFactorAnswer>

/** 200 with the session, or with the second factors of which one is wanted. */
export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  summary: 'Sign in; sets the session cookie, or says which second factor is wanted.',
  access: 'public',
  body: z.object({
    email: z.string().trim().min(1).max(254),
    password: z.string().min(1).max(1024),
    ...SecondFactorAnswer.shape,
  }),
  status: 200,
  reply: z.union([Session, SecondFactorWanted]),
  refusals: ['wrong-credentials', 'wrong-second-factor', 'local-sign-in-off'],
})

export const readSession = endpoint({
  method: 'GET',
  path: '/session',
  summary: 'Who is signed in.',
  access: 'signed-in',
  beforeSecondFactor: 'always',
  status: 200,
  reply: Session,
  refusals: [],
})

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  summary: 'Sign out; the session is void at once.',
  access: 'signed-in',
  beforeSecondFactor: 'always',
  status: 204,
  reply: null,
  refusals: [],
})

/** What shows again who sits there. */
export const StepUp = z.object({
  /** Acts that want a step-up are answered until then; null: it is to be shown. */
  freshUntil: z.iso.datetime().nullable(),
  /** One of these will do. */
  ways: z.array(z.enum(['password', ...secondFactorKinds, 'provider'])),
  passkey: PasskeyQuestion.nullable(),
})
export type StepUp = z.infer<typeof StepUp>

/** Without anything it only asks for the ways. */
export const stepUp = endpoint({
  method: 'POST',
  path: '/session/step-up',
  summary: 'Show again who sits there, for acts that want it to be recent.',
  access: 'signed-in',
  beforeSecondFactor: 'always',
  body: z.object({ password: z.string().min(1).max(1024).optional(), ...SecondFactorAnswer.shape }),
  status: 200,
  reply: StepUp,
  refusals: ['wrong-credentials', 'wrong-second-factor'],
})

const OwnSession = z.object({
  id: z.uuid(),
  /** The one that asks. */
  current: z.boolean(),
  /** Browser and system; null: not known. */
  device: z.string().nullable(),
  /** IPv4 address, or the first half of an IPv6 address; null: not known. */
  network: z.string().nullable(),
  since: z.iso.datetime(),
  usedAt: z.iso.datetime(),
})
export type OwnSession = z.infer<typeof OwnSession>

export const listOwnSessions = endpoint({
  method: 'GET',
  path: '/session/others',
  summary: 'Where one is signed in, this session first.',
  access: 'signed-in',
  status: 200,
  reply: z.object({ items: z.array(OwnSession) }),
  refusals: [],
})

export const endOtherSessions = endpoint({
  method: 'DELETE',
  path: '/session/others',
  summary: 'Sign out everywhere but here.',
  access: 'signed-in',
  status: 204,
  reply: null,
  refusals: [],
})

export const endOwnSession = endpoint({
  method: 'DELETE',
  path: '/session/others/:id',
  summary: 'Sign out at another place.',
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
  status: 204,
  reply: null,
  refusals: [],
})

export const changeOwnPassword = endpoint({
  method: 'PUT',
  path: '/own-password',
  summary: 'Change one’s own password; one’s other sessions end.',
  access: 'change-own-sign-in',
  body: z.object({ current: z.string().min(1).max(1024), password: z.string().min(1).max(1024) }),
  status: 204,
  reply: null,
  refusals: ['step-up-required', 'no-password', 'local-sign-in-off', 'changed-meanwhile'],
})

export const readSignInWays = endpoint({
  method: 'GET',
  path: '/sign-in-ways',
  summary: 'How one can sign in here.',
  access: 'public',
  status: 200,
  reply: z.object({
    /** False: with a password only the emergency account signs in. */
    local: z.boolean(),
    /** What the identity provider is called; null: there is none. */
    provider: z.string().nullable(),
  }),
  refusals: [],
})

const AtProvider = z.object({ url: z.string() })

export const beginProviderSignIn = endpoint({
  method: 'POST',
  path: '/sign-in-ways/provider',
  summary: 'Where the browser goes to sign in with the identity provider.',
  access: 'public',
  status: 200,
  reply: AtProvider,
  refusals: ['provider-unavailable', 'provider-refused-sign-in'],
})

export const beginProviderStepUp = endpoint({
  method: 'POST',
  path: '/session/step-up/provider',
  summary: 'Where the browser goes to show again there who sits here.',
  access: 'signed-in',
  beforeSecondFactor: 'always',
  status: 200,
  reply: AtProvider,
  refusals: ['provider-unavailable', 'provider-refused-sign-in'],
})

export const beginProviderLink = endpoint({
  method: 'POST',
  path: '/linked-identity',
  summary: 'Where the browser goes so that one can sign in with the identity provider from then on.',
  access: 'change-own-sign-in',
  status: 200,
  reply: AtProvider,
  refusals: ['provider-unavailable', 'provider-refused-sign-in', 'step-up-required'],
})

/** For what was begun with one of the three above, in the same browser, once. */
export const finishAtProvider = endpoint({
  method: 'POST',
  path: '/session/provider',
  summary: 'Hand in what the identity provider has sent the browser back with.',
  access: 'public',
  /** The address’s query. */
  body: z.object({ parameters: z.string().max(8192) }),
  status: 200,
  reply: z.object({ ...Session.shape, errand: z.enum(['sign-in', 'step-up', 'link']) }),
  refusals: [
    'provider-unavailable',
    'provider-refused-sign-in',
    'provider-assurance-missing',
    'provider-gives-no-role',
    'account-not-linked',
    'identity-linked-already',
  ],
})
