import { Refusal, type Team, type TeamClosure } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  change,
  recordAct,
  requireMay,
  storedRules,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { Prisma } from '@buergerdraht/prisma'
import type { Inbox } from '../inbox.ts'

/** @throws Refusal `invalid-input` where another team is called so */
async function namedOnce<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new Refusal('invalid-input', [{ path: 'name', fault: 'taken' }])
    throw error
  })
}

const select = { id: true, name: true } as const

/** @throws Refusal `not-allowed`, `invalid-input` */
export function createTeam(inbox: Inbox, viewer: Viewer, name: string): Promise<Team> {
  requireMay(viewer, 'change-people')
  return namedOnce(
    asViewer(inbox, viewer, async ({ tx }) => {
      const team = await tx.team.create({ data: { name }, select })
      await recordAct(tx, inbox.now(), viewer, {
        act: 'team-created',
        object: { kind: 'team', id: team.id },
      })
      return team
    }),
  )
}

/** @throws Refusal `not-allowed`, `not-found`, `invalid-input` */
export function renameTeam(inbox: Inbox, viewer: Viewer, id: string, name: string): Promise<Team> {
  requireMay(viewer, 'change-people')
  return namedOnce(
    asViewer(inbox, viewer, async ({ tx }) => {
      const { count } = await tx.team.updateMany({ where: { id }, data: { name } })
      if (count === 0) throw new Refusal('not-found')
      await recordAct(tx, inbox.now(), viewer, { act: 'team-renamed', object: { kind: 'team', id } })
      return { id, name }
    }),
  )
}

/** What a team has, for whoever closes it. @throws Refusal `not-allowed`, `not-found` */
export function readTeam(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
): Promise<Team & { people: number; peopleOfThisAlone: number; channels: number; conversations: number }> {
  requireMay(viewer, 'see-people')
  return asViewer(inbox, viewer, async (changing) => {
    const { tx } = changing
    const team = await tx.team.findUnique({ where: { id }, select })
    if (team === null) throw new Refusal('not-found')
    const people = await tx.teamMember.count({ where: { teamId: id } })
    const elsewhere = { account: { teams: { some: { teamId: { not: id } } } } }
    const peopleOfThisAlone = await tx.teamMember.count({ where: { teamId: id, NOT: elsewhere } })
    const channels = await tx.channel.count({ where: { teamId: id } })
    // How many there are is no content; the administrators' role sees no conversation at all.
    const conversations = await withOwnRights(changing, () =>
      tx.conversation.count({ where: { teamId: id }, select: { id: true } }),
    )
    return { ...team, people, peopleOfThisAlone, channels, conversations: conversations.id }
  })
}

/** Rules of the identity provider that name the team name the other one from now on. */
async function handOverRules(changing: Change, from: string, to: string): Promise<void> {
  const { providerRules } = await storedRules(changing)
  const rules = providerRules.map((rule) => ({
    ...rule,
    teamIds: [...new Set(rule.teamIds.map((id) => (id === from ? to : id)))],
  }))
  await changing.tx.signInSetting.update({ where: { one: true }, data: { providerRules: rules } })
}

/** Puts whoever is in a team into another one beside it. */
async function bringPeople(
  inbox: Inbox,
  { tx }: Change,
  viewer: Viewer,
  from: string,
  to: string,
): Promise<void> {
  const joined = await tx.$queryRaw<{ account_id: string }[]>`insert into team_member (account_id, team_id)
      select account_id, ${to}::uuid from team_member where team_id = ${from}::uuid on conflict do nothing returning account_id`
  for (const { account_id: id } of joined)
    await recordAct(tx, inbox.now(), viewer, {
      act: 'account-changed',
      object: { kind: 'account', id },
      facts: { change: 'team-joined', team: to },
    })
}

/**
 * Closes a team for good. Its numbers and all of its conversations go to another one, with `withPeople` whoever is in it too; whoever held a
 * conversation and is not of that team gives it back.
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input`: no such other team
 */
export async function closeTeam(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  { handOverTo: to, withPeople }: TeamClosure,
): Promise<void> {
  requireMay(viewer, 'change-people')
  // With the program's own rights: the administrators' role sees no conversation, and may tell of none.
  await change(inbox, async (changing) => {
    const { tx, publish } = changing
    const locked = await tx.$queryRaw<{ id: string }[]>`select id from team
        where id = any(${[id, to]}::uuid[]) order by id for update`
    if (!locked.some((team) => team.id === id)) throw new Refusal('not-found')
    if (to === id || locked.length < 2)
      throw new Refusal('invalid-input', [{ path: 'handOverTo', fault: 'no-such-team' }])
    await tx.$executeRaw`update channel set team_id = ${to}::uuid, revision = revision + 1 where team_id = ${id}::uuid`
    const moved = await tx.$queryRaw<{ id: string; open: boolean }[]>`update conversation
        set team_id = ${to}::uuid where team_id = ${id}::uuid returning id, state = 'open' as open`
    await tx.$executeRaw`update search_entry set team_id = ${to}::uuid where team_id = ${id}::uuid`
    await handOverRules(changing, id, to)
    if (withPeople) await bringPeople(inbox, changing, viewer, id, to)
    await tx.$executeRaw`delete from team_member where team_id = ${id}::uuid`
    await tx.$executeRaw`delete from team where id = ${id}::uuid`
    await recordAct(tx, inbox.now(), viewer, {
      act: 'team-closed',
      object: { kind: 'team', id },
      facts: { to, conversations: Math.min(moved.length, 999_999) },
    })
    for (const { id: conversationId } of moved.filter(({ open }) => open))
      publish({ type: 'conversation.changed', teamId: to, conversationId, messageId: null })
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
}
