import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { roles } from './policy.ts'
import { Session } from './session.ts'
import { Team } from './team.ts'

export const personStates = ['active', 'invited', 'disabled'] as const

export const Person = z.object({
  id: z.uuid(),
  displayName: z.string(),
  email: z.string(),
  role: z.enum(roles),
  teams: z.array(Team),
  /** Whom colleagues ask while this person is away. */
  deputy: z.object({ id: z.uuid(), displayName: z.string() }).nullable(),
  /** `invited`: has not set up the account yet. */
  state: z.enum(personStates),
  createdAt: z.iso.datetime(),
  invitedUntil: z.iso.datetime().nullable(),
  /** A role that waits for its second person. */
  proposedRole: z.enum(roles).nullable(),
  /** Grows with every change; whoever changes names the one that they have seen. */
  revision: z.int(),
})
export type Person = z.infer<typeof Person>

const filter = {
  role: z.enum(roles).optional(),
  team: z.uuid().optional(),
  state: z.enum(personStates).optional(),
  cursor: z.string().max(400).optional(),
}
const limit = { min: 1, max: 100, usual: 50 }
const page = z.object({ items: z.array(Person), nextCursor: z.string().nullable() })

export const listPeople = endpoint({
  method: 'GET',
  path: '/people',
  summary: 'Who works here, by name.',
  access: 'see-people',
  query: z.object({
    ...filter,
    limit: z.coerce.number().int().min(limit.min).max(limit.max).default(limit.usual),
  }),
  status: 200,
  reply: page,
  refusals: [],
})

export const searchPeople = endpoint({
  method: 'POST',
  path: '/people/search',
  summary: 'The same, searched by part of a name or an e-mail address, which never stands in an address.',
  access: 'see-people',
  body: z.object({
    ...filter,
    q: z.string().trim().max(200).optional(),
    limit: z.int().min(limit.min).max(limit.max).default(limit.usual),
  }),
  status: 200,
  reply: page,
  refusals: [],
})
export type PeopleSearch = z.output<typeof searchPeople.body>

const params = z.object({ id: z.uuid() })

export const readPerson = endpoint({
  method: 'GET',
  path: '/people/:id',
  summary: 'Somebody who works here.',
  access: 'see-people',
  params,
  status: 200,
  reply: Person,
  refusals: [],
})

const Invitation = z.object({
  /** What the link ends with, behind `/einladung#`. Shown once; nobody can read it again. */
  token: z.string(),
  expiresAt: z.iso.datetime(),
})
export type Invitation = z.infer<typeof Invitation>

const displayName = z.string().trim().min(1).max(200)
const teamIds = z.array(z.uuid()).max(100)

/** A role that two persons give is proposed; until it is approved the account is a clerk's without a team. */
export const invitePerson = endpoint({
  method: 'POST',
  path: '/people',
  summary: 'Invite somebody by a link that works once.',
  access: 'change-people',
  body: z.object({
    email: z.email().trim().max(254),
    displayName,
    role: z.enum(roles),
    teamIds: teamIds.default([]),
    /** A second account of somebody who has one already: the two count as one person wherever two are wanted. */
    samePersonAs: z.uuid().optional(),
  }),
  status: 201,
  reply: z.object({ person: Person, invitation: Invitation }),
  refusals: ['step-up-required', 'local-sign-in-off'],
})
export type NewPerson = z.output<typeof invitePerson.body>

/** What is left away stays as it is. A role that two persons give is proposed, the rest holds at once. */
export const changePerson = endpoint({
  method: 'PATCH',
  path: '/people/:id',
  summary: 'Change name, role, teams or deputy of somebody, or whether they can sign in.',
  access: 'change-people',
  params,
  body: z.object({
    revision: z.int(),
    displayName: displayName.optional(),
    role: z.enum(roles).optional(),
    teamIds: teamIds.optional(),
    deputyId: z.uuid().nullable().optional(),
    disabled: z.boolean().optional(),
  }),
  status: 200,
  reply: Person,
  refusals: ['step-up-required', 'changed-meanwhile', 'last-administrator', 'proposal-open'],
})
export type PersonChange = z.output<typeof changePerson.body>

export const renewInvitation = endpoint({
  method: 'POST',
  path: '/people/:id/invitation',
  summary: 'Invite somebody anew who has not set up the account; the link from before is void.',
  access: 'change-people',
  params,
  status: 201,
  reply: Invitation,
  refusals: ['step-up-required', 'account-set-up', 'local-sign-in-off'],
})

export const revokeInvitation = endpoint({
  method: 'DELETE',
  path: '/people/:id/invitation',
  summary: 'Take back an invitation; its link is void.',
  access: 'change-people',
  params,
  status: 204,
  reply: null,
  refusals: ['step-up-required'],
})

const token = z.string().min(1).max(100)

export const openInvitation = endpoint({
  method: 'POST',
  path: '/invitations/opened',
  summary: 'Whom an invitation is for.',
  access: 'public',
  body: z.object({ token }),
  status: 200,
  reply: z.object({ displayName: z.string(), email: z.string(), expiresAt: z.iso.datetime() }),
  refusals: ['invitation-void', 'invitation-for-other'],
})

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/invitations/accepted',
  summary: 'Choose a password for one’s account and sign in; the link is used up.',
  access: 'public',
  body: z.object({ token, password: z.string().min(1).max(1024) }),
  status: 201,
  reply: Session,
  refusals: ['invitation-void', 'invitation-for-other', 'local-sign-in-off'],
})
