import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { roles } from './policy.ts'

export const Team = z.object({ id: z.uuid(), name: z.string() })
export type Team = z.infer<typeof Team>

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
  /** The office's, by its IANA name: days and times are shown in it, wherever the reader is. */
  timeZone: z.string(),
})
export type Session = z.infer<typeof Session>

/** `code` is the second factor, where one is set up. */
export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  summary: 'Sign in; sets the session cookie.',
  access: 'public',
  body: z.object({
    email: z.string().trim().min(1).max(254),
    password: z.string().min(1).max(1024),
    code: z.string().max(16).optional(),
  }),
  status: 201,
  reply: Session,
  refusals: ['wrong-credentials'],
})

export const readSession = endpoint({
  method: 'GET',
  path: '/session',
  summary: 'Who is signed in.',
  access: 'signed-in',
  status: 200,
  reply: Session,
  refusals: [],
})

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  summary: 'Sign out; the session is void at once.',
  access: 'signed-in',
  status: 204,
  reply: null,
  refusals: [],
})

export const listTeams = endpoint({
  method: 'GET',
  path: '/teams',
  summary: 'The teams a channel can be given to.',
  access: 'administer-channels',
  status: 200,
  reply: z.object({ items: z.array(Team) }),
  refusals: [],
})
