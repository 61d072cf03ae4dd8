import { z } from 'zod'
import {
  emergencyReasons,
  maxEmergencyMinutes,
  minEmergencyMinutes,
  usualEmergencyMinutes,
} from './emergency-limits.ts'
import { endpoint } from './endpoint.ts'
import { Proposal } from './proposal.ts'
import { Team } from './team.ts'

const Somebody = z.object({ id: z.uuid(), displayName: z.string() })

/** For one account and one team, granted by two persons. */
export const EmergencyAccess = z.object({
  id: z.uuid(),
  holder: Somebody,
  /** Null: the team has been closed since. */
  team: Team.nullable(),
  reason: z.enum(emergencyReasons),
  /** The second person; null: it was granted at the command line. */
  grantedBy: Somebody.nullable(),
  /** Who say they have granted it at the command line; empty: nobody. */
  operators: z.array(z.string()),
  grantedAt: z.iso.datetime(),
  until: z.iso.datetime(),
  /** Before its time; null: it runs, or ran, until then. */
  endedAt: z.iso.datetime().nullable(),
  endedBy: Somebody.nullable(),
  holds: z.boolean(),
  /** Whoever asks is the one it was granted to. */
  own: z.boolean(),
})
export type EmergencyAccess = z.infer<typeof EmergencyAccess>

export const listEmergencyAccess = endpoint({
  method: 'GET',
  path: '/emergency-access',
  summary:
    'Emergency access of the last 30 days that one was granted or has granted, for the data-protection officer all of it; and what one has asked for.',
  access: 'see-emergency-access',
  status: 200,
  reply: z.object({ items: z.array(EmergencyAccess), requests: z.array(Proposal), teams: z.array(Team) }),
  refusals: [],
})

export const askForEmergencyAccess = endpoint({
  method: 'POST',
  path: '/emergency-access',
  summary: 'Ask for emergency access to a team’s conversations; a second person decides.',
  access: 'ask-for-emergency-access',
  body: z.object({
    teamId: z.uuid(),
    reason: z.enum(emergencyReasons),
    minutes: z.int().min(minEmergencyMinutes).max(maxEmergencyMinutes).default(usualEmergencyMinutes),
  }),
  status: 201,
  reply: Proposal,
  refusals: ['step-up-required', 'emergency-access-holds'],
})
export type EmergencyRequest = z.output<typeof askForEmergencyAccess.body>

const params = z.object({ id: z.uuid() })

/** Its time runs from the moment it was granted, not from this one. */
export const takeUpEmergencyAccess = endpoint({
  method: 'POST',
  path: '/emergency-access/:id/session',
  summary:
    'Take up what one was granted: this session has the rights of a clerk of that team while it holds.',
  access: 'ask-for-emergency-access',
  params,
  status: 204,
  reply: null,
  refusals: ['step-up-required', 'emergency-access-over'],
})

export const endEmergencyAccess = endpoint({
  method: 'DELETE',
  path: '/emergency-access/:id',
  summary: 'End it, or take back that one has asked for it.',
  access: 'see-emergency-access',
  params,
  status: 204,
  reply: null,
  refusals: ['emergency-access-over', 'proposal-closed'],
})
