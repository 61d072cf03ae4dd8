import { isGivenByTwo, type Person, type PersonChange, Refusal, type Role } from '@buergerdraht/contract'
import { requireMay } from '../access/access.ts'
import { asViewer, withOwnRights } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ProposalKind, ProposalKinds } from '../approvals/proposal-kind.ts'
import { propose } from '../approvals/propose.ts'
import { recordActOn } from '../audit/record-act.ts'
import type { Change } from '../database/publish.ts'
import type { OfficeContext } from '../office-context.ts'
import { requireAnotherAdministrator } from './last-administrator.ts'
import { personIn, requireTeams } from './list-people.ts'
import { setTeams } from './teams-of-account.ts'

type Recording = {
  readonly changing: Change
  readonly office: Pick<OfficeContext, 'keys' | 'now'>
  readonly kinds: ProposalKinds
  readonly viewer: Viewer
  readonly person: Person
}

function record({ changing, office, viewer, person }: Recording, facts: Record<string, string>) {
  const object = { kind: 'account', id: person.id } as const
  return recordActOn(changing.client, office.now(), viewer, { act: 'account-changed', object, facts })
}

/** A role that one person gives holds at once; one that two give is proposed. */
async function giveRole(recording: Recording, role: Role): Promise<void> {
  const { changing, office, kinds, viewer, person } = recording
  if (role === person.role) return
  if (isGivenByTwo(role)) {
    await propose(office, kinds, changing, viewer, 'grant-role', { accountId: person.id, role })
    return
  }
  await withOwnRights(changing, () => requireAnotherAdministrator(changing.tx, person.id))
  await changing.client.query('update account set role = $2::role where id = $1', [person.id, role])
  await record(recording, { change: 'role', role })
}

async function giveTeams(recording: Recording, teamIds: readonly string[]): Promise<void> {
  const { client } = recording.changing
  const { id, teams } = recording.person
  await requireTeams(client, 'teamIds', teamIds)
  await setTeams(client, id, teamIds)
  for (const team of teams.filter((one) => !teamIds.includes(one.id)))
    await record(recording, { change: 'team-left', team: team.id })
  for (const team of teamIds.filter((one) => !teams.some((had) => had.id === one)))
    await record(recording, { change: 'team-joined', team })
}

async function giveDeputy(recording: Recording, deputyId: string | null): Promise<void> {
  const { client } = recording.changing
  const { id } = recording.person
  if (deputyId !== null) {
    const { rowCount } = await client.query('select 1 from account where id = $1 and id <> $2', [
      deputyId,
      id,
    ])
    if (rowCount === 0) throw new Refusal('invalid-input', [{ path: 'deputyId', fault: 'no-such-person' }])
  }
  await client.query('update account set deputy_id = $2 where id = $1', [id, deputyId])
  await record(recording, { change: 'deputy', ...(deputyId === null ? {} : { deputy: deputyId }) })
}

async function setDisabled(recording: Recording, disabled: boolean): Promise<void> {
  const { changing, office, person } = recording
  if (disabled === (person.state === 'disabled')) return
  if (disabled) {
    await withOwnRights(changing, async () => {
      await requireAnotherAdministrator(changing.tx, person.id)
      await changing.client.query('delete from session where account_id = $1', [person.id])
    })
  }
  await changing.client.query('update account set disabled_at = $2 where id = $1', [
    person.id,
    disabled ? office.now() : null,
  ])
  await record(recording, { change: disabled ? 'disabled' : 'enabled' })
}

/**
 * Changes somebody's account; it holds from their next request on, and their streams end or follow within seconds. Of two who change the same
 * account the second is refused. What the person held and may not hold any more is given back by the inbox.
 * @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile`, `last-administrator`, `proposal-open`, `invalid-input`
 */
export async function changePerson(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
  { revision, displayName, role, teamIds, deputyId, disabled }: PersonChange,
): Promise<Person> {
  requireMay(viewer, 'change-people')
  return asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const { rowCount } = await client.query(
      'update account set revision = revision + 1 where id = $1 and revision = $2',
      [id, revision],
    )
    const person = await personIn(changing, id, office.now())
    if (rowCount === 0) throw new Refusal('changed-meanwhile')
    const recording = { changing, office, kinds, viewer, person }
    if (displayName !== undefined && displayName !== person.displayName) {
      await client.query('update account set display_name = $2 where id = $1', [id, displayName])
      await record(recording, { change: 'name' })
    }
    if (teamIds !== undefined) await giveTeams(recording, teamIds)
    if (deputyId !== undefined && deputyId !== (person.deputy?.id ?? null))
      await giveDeputy(recording, deputyId)
    if (disabled !== undefined) await setDisabled(recording, disabled)
    // Last: a proposal is made for the account as it is after the rest.
    if (role !== undefined) await giveRole(recording, role)
    return personIn(changing, id, office.now())
  })
}

/** A role that two persons give. Decided for the account as it was proposed: any change to it meanwhile, and it has to be proposed anew. */
export function grantingOfRoles(): ProposalKind<{ accountId: string; role: Role }> {
  return {
    object: ({ accountId }) => ({ kind: 'account', id: accountId }),
    concerns: ({ accountId }) => accountId,
    facts: ({ role }) => ({ role }),
    async basis({ client }, { accountId }) {
      const { rows } = await client.query<{ role: string; disabled_at: Date | null; person_id: string }>(
        'select role::text as role, disabled_at, person_id from account where id = $1 for update',
        [accountId],
      )
      const [account] = rows
      if (account === undefined) throw new Refusal('not-found')
      return `${account.role} ${account.disabled_at === null ? 'enabled' : 'disabled'} ${account.person_id}`
    },
    async apply({ client, tx }, { payload: { accountId, role } }) {
      const { rowCount } = await client.query('select 1 from invitation where account_id = $1', [accountId])
      // Whoever invites has the link, and could set up the account in another person's place.
      if (rowCount !== 0) throw new Refusal('invitation-open')
      await requireAnotherAdministrator(tx, accountId)
      await client.query('update account set role = $2::role, revision = revision + 1 where id = $1', [
        accountId,
        role,
      ])
    },
  }
}
