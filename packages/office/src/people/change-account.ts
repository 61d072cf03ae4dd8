import { Refusal, type Role } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import { storedRole } from '../access/stored-role.ts'
import { recordAct, recordActOn } from '../audit/record-act.ts'
import { prismaTransaction, transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { dropTotp } from '../sign-in/second-factor.ts'
import { requireAnotherAdministrator } from './last-administrator.ts'

type Asking = Pick<OfficeContext, 'prisma' | 'now'>

/**
 * Changes an account, ends its sessions and records it with the same commit. @throws Refusal `not-found`, `last-administrator` for what would
 * leave nobody who administers
 */
async function changeAndSignOut(
  { prisma, now }: Asking,
  email: string,
  data: Prisma.AccountUpdateInput,
  what: { change: 'disabled' | 'enabled' | 'role' | 'password' | 'sessions-ended'; role?: Role },
): Promise<void> {
  await prismaTransaction(prisma, async (tx) => {
    const account = await tx.account.findUnique({ where: { email: email.trim().toLowerCase() } })
    if (account === null) throw new Refusal('not-found')
    const goes = what.change === 'disabled' || (what.role !== undefined && what.role !== 'admin')
    if (goes) await requireAnotherAdministrator(tx, account.id)
    await tx.account.update({
      where: { id: account.id },
      data: { ...data, revision: { increment: 1 } },
    })
    // Who has a password has set up the account.
    if (what.change === 'password') await tx.invitation.deleteMany({ where: { accountId: account.id } })
    await tx.session.deleteMany({ where: { accountId: account.id } })
    await recordAct(tx, now(), null, {
      act: 'account-changed',
      object: { kind: 'account', id: account.id },
      facts: what,
    })
  })
}

/** Nobody signs in with it any more, and its sessions are over for good. @throws Refusal `not-found`, `last-administrator` */
export function disableAccount(office: Asking, email: string): Promise<void> {
  return changeAndSignOut(office, email, { disabledAt: office.now() }, { change: 'disabled' })
}

/** It can sign in again, anew: a session from before does not come back. @throws Refusal `not-found` */
export function enableAccount(office: Asking, email: string): Promise<void> {
  return changeAndSignOut(office, email, { disabledAt: null }, { change: 'enabled' })
}

/** Also for whoever is signed in, who has to sign in again. @throws Refusal `not-found`, `last-administrator` */
export function changeRole(office: Asking, email: string, role: Role): Promise<void> {
  return changeAndSignOut(office, email, { role: storedRole(role) }, { change: 'role', role })
}

/** Whoever knows the old one is out. @throws Refusal `not-found` */
export function changePassword(office: Asking, email: string, passwordHash: string): Promise<void> {
  return changeAndSignOut(office, email, { passwordHash }, { change: 'password' })
}

/** Every browser has to sign in again. @throws Refusal `not-found` */
export function endSessions(office: Asking, email: string): Promise<void> {
  return changeAndSignOut(office, email, {}, { change: 'sessions-ended' })
}

/**
 * For whoever has lost everything: all second factors of an account go, with its sessions and the key of its secret. The operator's way,
 * from the command line. @throws Refusal `not-found`
 */
export async function resetSecondFactors({ pool, now }: Resetting, email: string): Promise<void> {
  await transaction(pool, async ({ client }) => {
    const { rows } = await client.query<{ id: string }>(
      'select id from account where email = $1 for update',
      [email.trim().toLowerCase()],
    )
    const id = rows[0]?.id
    if (id === undefined) throw new Refusal('not-found')
    await dropTotp(client, nothingCached, id)
    await client.query('delete from passkey where account_id = $1', [id])
    await client.query('delete from recovery_code where account_id = $1', [id])
    await client.query('delete from session where account_id = $1', [id])
    await recordActOn(client, now(), null, {
      act: 'account-changed',
      object: { kind: 'account', id },
      facts: { change: 'second-factors-reset' },
    })
  })
}

type Resetting = Pick<OfficeContext, 'pool' | 'now'>

/** The command line opens no keys. */
const nothingCached = { forget: () => undefined }
