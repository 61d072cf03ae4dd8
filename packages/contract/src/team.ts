import { z } from 'zod'
import { endpoint } from './endpoint.ts'

export const Team = z.object({ id: z.uuid(), name: z.string() })
export type Team = z.infer<typeof Team>

const params = z.object({ id: z.uuid() })
const body = z.object({ name: z.string().trim().min(1).max(100) })

export const listTeams = endpoint({
  method: 'GET',
  path: '/teams',
  summary: 'The teams of the office.',
  access: 'administer-channels',
  status: 200,
  reply: z.object({ items: z.array(Team) }),
  refusals: [],
})

export const readTeam = endpoint({
  method: 'GET',
  path: '/teams/:id',
  summary: 'What a team has: people, numbers, conversations.',
  access: 'see-people',
  params,
  status: 200,
  reply: z.object({
    ...Team.shape,
    people: z.int(),
    /** Of these, who are in no other team. */
    peopleOfThisAlone: z.int(),
    channels: z.int(),
    conversations: z.int(),
  }),
  refusals: [],
})

export const createTeam = endpoint({
  method: 'POST',
  path: '/teams',
  summary: 'Make a team.',
  access: 'change-people',
  body,
  status: 201,
  reply: Team,
  refusals: ['step-up-required'],
})

export const renameTeam = endpoint({
  method: 'PATCH',
  path: '/teams/:id',
  summary: 'Give a team another name.',
  access: 'change-people',
  params,
  body,
  status: 200,
  reply: Team,
  refusals: ['step-up-required'],
})

export const closeTeam = endpoint({
  method: 'POST',
  path: '/teams/:id/closure',
  summary: 'Close a team; its numbers and conversations go to another one.',
  access: 'change-people',
  params,
  body: z.object({
    handOverTo: z.uuid(),
    /** Its people go to that team as well; otherwise they keep the other teams that they are in. */
    withPeople: z.boolean().default(false),
  }),
  status: 204,
  reply: null,
  refusals: ['step-up-required'],
})
export type TeamClosure = z.output<typeof closeTeam.body>
