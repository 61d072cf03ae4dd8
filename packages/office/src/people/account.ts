import { randomBytes } from 'node:crypto'
import { Refusal, type Role } from '@buergerdraht/contract'
import { storedRole } from '../access/stored-role.ts'
import { recordAct } from '../audit/record-act.ts'
import { prismaTransaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { tokenHashOf } from '../sign-in/live-session.ts'

export type NewAccount = {
  readonly email: string
  readonly displayName: string
  readonly role: Role
  /** Of {@link hashChosenPassword}, or of {@link hashPassword} where a program has chosen it. */
  readonly passwordHash: string
  readonly teamIds: readonly string[]
}

type Asking = Pick<OfficeContext, 'prisma' | 'now'>

const invitationLifeMs = 24 * 60 * 60 * 1000

/**
 * Makes an account; an address that exists is left as it is.
 * @returns the new account's id, or null when there was one
 */
export async function createAccount(office: Asking, account: NewAccount): Promise<string | null> {
  const email = account.email.trim().toLowerCase()
  if ((await office.prisma.account.findUnique({ where: { email } })) !== null) return null
  const { role, passwordHash, teamIds } = account
  return prismaTransaction(office.prisma, async (tx) => {
    const { id } = await tx.account.create({
      data: {
        email,
        displayName: account.displayName.trim(),
        role: storedRole(role),
        passwordHash,
        createdAt: office.now(),
        teams: { create: teamIds.map((teamId) => ({ teamId })) },
      },
    })
    const event = { act: 'account-created', object: { kind: 'account', id }, facts: { role } } as const
    await recordAct(tx, office.now(), null, event)
    return id
  })
}

/**
 * Where there is no administrator yet: a one-time token with which the first one is made within a day. Earlier tokens are
 * void. Null: there is one already.
 */
export async function inviteFirstAdmin(office: Asking): Promise<string | null> {
  if ((await office.prisma.account.count({ where: { role: 'admin', disabledAt: null } })) > 0) return null
  // It is typed behind an option: it must not begin with a dash.
  const token = randomBytes(24).toString('hex')
  const expiresAt = new Date(office.now().getTime() + invitationLifeMs)
  await prismaTransaction(office.prisma, async (tx) => {
    await tx.adminInvitation.deleteMany()
    await tx.adminInvitation.create({
      data: { tokenHash: new Uint8Array(tokenHashOf(token)), expiresAt },
    })
    const facts = { role: 'admin', commandLine: true }
    await recordAct(tx, office.now(), null, { act: 'account-invited', facts })
  })
  return token
}

/**
 * Makes an administrator with the one-time token, which is used up.
 * @throws Refusal `wrong-credentials` when the token is wrong, used or expired; `invalid-input`
 */
export async function createFirstAdmin(
  office: Asking,
  token: string,
  account: Omit<NewAccount, 'role' | 'teamIds'>,
): Promise<string> {
  const invitation = { tokenHash: new Uint8Array(tokenHashOf(token)), expiresAt: { gt: office.now() } }
  if ((await office.prisma.adminInvitation.count({ where: invitation })) === 0) {
    throw new Refusal('wrong-credentials')
  }
  const id = await createAccount(office, { ...account, role: 'admin', teamIds: [] })
  if (id === null) throw new Refusal('invalid-input', [{ path: 'email', fault: 'taken' }])
  await office.prisma.adminInvitation.deleteMany()
  return id
}
