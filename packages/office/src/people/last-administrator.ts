import { Refusal } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import { lockUntilPrismaCommits } from '../database/locks.ts'

/**
 * Whether somebody else could administer if this account could not: has the role, is not disabled, and has set up how to sign in. Holds until
 * the transaction ends, so that two do not count on each other. With the program's own rights.
 */
export async function otherAdministratorThan(
  tx: Prisma.TransactionClient,
  accountId: string,
): Promise<boolean> {
  await lockUntilPrismaCommits(tx, 'administrators', 'office')
  const others = await tx.account.findFirst({
    where: {
      id: { not: accountId },
      role: 'admin',
      disabledAt: null,
      invitation: null,
      OR: [{ passwordHash: { not: null } }, { linkedIdentities: { some: {} } }],
    },
    select: { id: true },
  })
  return others !== null
}

/** Before an account loses the role of administrator, or can sign in no more. @throws Refusal `last-administrator` */
export async function requireAnotherAdministrator(
  tx: Prisma.TransactionClient,
  accountId: string,
): Promise<void> {
  const administers = await tx.account.count({ where: { id: accountId, role: 'admin', disabledAt: null } })
  if (administers > 0 && !(await otherAdministratorThan(tx, accountId)))
    throw new Refusal('last-administrator')
}
