import { randomBytes } from 'node:crypto'
import { type Invitation, isGivenByTwo, type NewPerson, type Person, Refusal } from '@buergerdraht/contract'
import { requireMay } from '../access/access.ts'
import { asViewer, withOwnRights } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ProposalKinds } from '../approvals/proposal-kind.ts'
import { propose } from '../approvals/propose.ts'
import { recordActOn, recordAttemptOn } from '../audit/record-act.ts'
import type { Change } from '../database/publish.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { type LiveSession, type SessionRules, tokenHashOf } from '../sign-in/live-session.ts'
import { networkOf } from '../sign-in/network-of.ts'
import { type AskingBrowser, beginSession } from '../sign-in/session.ts'
import type { SignInPlace } from '../sign-in/sign-in-place.ts'
import { hashChosenPassword } from './chosen-password.ts'
import { personIn, requireTeams } from './list-people.ts'
import { setTeams } from './teams-of-account.ts'

const invitationDays = 3
const dayMs = 24 * 60 * 60 * 1000

/** Whoever signs in elsewhere needs no invitation, and could not use one. @throws Refusal `local-sign-in-off` */
function requireLocalSignIn({ localAccounts }: SignInPlace): void {
  if (localAccounts !== 'all') throw new Refusal('local-sign-in-off')
}

/** A new link; the one from before is void. */
async function giveInvitation(changing: Change, accountId: string, at: Date): Promise<Invitation> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(at.getTime() + invitationDays * dayMs)
  await withOwnRights(changing, () =>
    changing.client.query(
      `insert into invitation (account_id, token_hash, expires_at) values ($1, $2, $3)
       on conflict (account_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
      [accountId, tokenHashOf(token), expiresAt],
    ),
  )
  return { token, expiresAt: expiresAt.toISOString() }
}

async function personIdOf({ client }: Change, accountId: string): Promise<string> {
  const { rows } = await client.query<{ person_id: string }>('select person_id from account where id = $1', [
    accountId,
  ])
  const [row] = rows
  if (row === undefined) {
    throw new Refusal('invalid-input', [{ path: 'samePersonAs', fault: 'no-such-person' }])
  }
  return row.person_id
}

/**
 * Makes an account that nobody can sign in to yet, and the link with which its owner sets it up within three days. A role that two persons
 * give is proposed with it; until then it is a clerk's without a team.
 * @returns the token, which nobody can read again
 * @throws Refusal `not-allowed`, `local-sign-in-off`, `invalid-input`: no such team, the address is taken
 */
export async function invitePerson(
  office: OfficeContext,
  kinds: ProposalKinds,
  place: SignInPlace,
  viewer: Viewer,
  { email, displayName, role, teamIds, samePersonAs }: NewPerson,
): Promise<{ person: Person; invitation: Invitation }> {
  requireMay(viewer, 'change-people')
  requireLocalSignIn(place)
  return asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const at = office.now()
    await requireTeams(client, 'teamIds', teamIds)
    const waits = isGivenByTwo(role)
    const { rows } = await client.query<{ id: string }>(
      `insert into account (email, display_name, role, created_at, person_id)
       values ($1, $2, $3::role, $4, coalesce($5::uuid, gen_random_uuid())) on conflict (email) do nothing returning id`,
      [
        email.toLowerCase(),
        displayName,
        waits ? 'clerk' : role,
        at,
        samePersonAs === undefined ? null : await personIdOf(changing, samePersonAs),
      ],
    )
    const id = rows[0]?.id
    if (id === undefined) throw new Refusal('invalid-input', [{ path: 'email', fault: 'taken' }])
    if (!waits) await setTeams(client, id, teamIds)
    const invitation = await giveInvitation(changing, id, at)
    const object = { kind: 'account', id } as const
    await recordActOn(client, at, viewer, {
      act: 'account-created',
      object,
      facts: { role: waits ? 'clerk' : role },
    })
    await recordActOn(client, at, viewer, { act: 'account-invited', object })
    if (waits) await propose(office, kinds, changing, viewer, 'grant-role', { accountId: id, role })
    return { person: await personIn(changing, id, at), invitation }
  })
}

/**
 * A new link for somebody who has not set up the account; for any other account it would be a way to take it over.
 * @throws Refusal `not-allowed`, `not-found`, `account-set-up`, `local-sign-in-off`
 */
export async function renewInvitation(
  office: OfficeContext,
  place: SignInPlace,
  viewer: Viewer,
  id: string,
): Promise<Invitation> {
  requireMay(viewer, 'change-people')
  requireLocalSignIn(place)
  return asViewer(office, viewer, async (changing) => {
    const { client } = changing
    if ((await personIn(changing, id, office.now())).state !== 'invited') throw new Refusal('account-set-up')
    const invitation = await giveInvitation(changing, id, office.now())
    const object = { kind: 'account', id } as const
    await recordActOn(client, office.now(), viewer, { act: 'account-invited', object })
    return invitation
  })
}

/** The link is void when this resolves. The account stays, invited: a new link can be given. @throws Refusal `not-allowed`, `not-found` */
export async function revokeInvitation(office: OfficeContext, viewer: Viewer, id: string): Promise<void> {
  requireMay(viewer, 'change-people')
  await asViewer(office, viewer, async (changing) => {
    const { client } = changing
    if ((await personIn(changing, id, office.now())).state !== 'invited') throw new Refusal('not-found')
    // What nobody can open stands for it, so that the account is still one that was invited.
    const { token: _ } = await giveInvitation(changing, id, new Date(0))
    const object = { kind: 'account', id } as const
    await recordActOn(client, office.now(), viewer, { act: 'invitation-revoked', object })
  })
}

type Invited = {
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly expires_at: Date
}

async function invitedBy(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  token: string,
): Promise<Invited> {
  const { rows } = await pool.query<Invited>(
    `select a.id, a.email, a.display_name, i.expires_at from invitation i join account a on a.id = i.account_id
     where i.token_hash = $1 and i.expires_at > $2 and a.disabled_at is null`,
    [tokenHashOf(token), now()],
  )
  const [row] = rows
  if (row === undefined) throw new Refusal('invitation-void')
  return row
}

async function recordFailure(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  { address }: Pick<AskingBrowser, 'address'>,
  error: unknown,
): Promise<never> {
  if (error instanceof Refusal)
    await recordAttemptOn(pool, now(), {
      act: 'sign-in-failed',
      facts: { reason: error.code },
      network: networkOf(address),
    })
  throw error
}

/**
 * A link opened at somebody else's desk is not redeemed there. That one was tried that is void, or there, is recorded.
 * @throws Refusal `invitation-void`, `invitation-for-other`
 */
export async function openInvitation(
  office: Pick<OfficeContext, 'pool' | 'now'>,
  token: string,
  browser: Pick<AskingBrowser, 'address'>,
  liveSession: LiveSession | null,
): Promise<{ displayName: string; email: string; expiresAt: string }> {
  async function opened(): Promise<Invited> {
    const invited = await invitedBy(office, token)
    if (liveSession !== null) throw new Refusal('invitation-for-other')
    return invited
  }
  const { display_name, email, expires_at } = await opened().catch((error: unknown) =>
    recordFailure(office, browser, error),
  )
  return { displayName: display_name, email, expiresAt: expires_at.toISOString() }
}

/**
 * The invited person chooses a password and is signed in; the link is used up. Of two who bring it at once one gets in.
 * @throws Refusal `invitation-void`, `invitation-for-other`, `local-sign-in-off`, `invalid-input` for the password
 */
export async function acceptInvitation(
  office: OfficeContext,
  rules: SessionRules,
  place: SignInPlace,
  { token, password }: { readonly token: string; readonly password: string },
  browser: AskingBrowser,
  liveSession: LiveSession | null,
): Promise<{ token: string; liveSession: LiveSession }> {
  requireLocalSignIn(place)
  const { displayName, email } = await openInvitation(office, token, browser, liveSession)
  const passwordHash = await hashChosenPassword(password, { email, displayName })
  const accountId = await transaction(office.pool, async ({ client }) => {
    const { rows } = await client.query<{ account_id: string }>(
      'delete from invitation where token_hash = $1 and expires_at > $2 returning account_id',
      [tokenHashOf(token), office.now()],
    )
    const id = rows[0]?.account_id
    if (id === undefined) throw new Refusal('invitation-void')
    await client.query('update account set password_hash = $2, revision = revision + 1 where id = $1', [
      id,
      passwordHash,
    ])
    await recordActOn(client, office.now(), null, {
      act: 'account-changed',
      object: { kind: 'account', id },
      facts: { change: 'set-up' },
    })
    return id
  })
  return beginSession(office, rules, accountId, browser, { secondFactor: false })
}
