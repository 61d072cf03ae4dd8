import {
  type ChangedSignInSettings,
  type ProviderRule,
  Refusal,
  type Role,
  type SignInSettings,
} from '@buergerdraht/contract'
import type { Viewer } from '../access/viewer.ts'
import { recordAct } from '../audit/record-act.ts'
import { prismaTransaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import type { ProviderMapping } from './provider-mapping.ts'
import type { SignInPlace } from './sign-in-place.ts'

type Asking = Pick<OfficeContext, 'prisma' | 'now'>

export async function providerMapping({ prisma }: Pick<OfficeContext, 'prisma'>): Promise<ProviderMapping> {
  const row = await prisma.signInSetting.findUniqueOrThrow({ where: { one: true } })
  return { claim: row.providerClaim, rules: row.providerRules as ProviderRule[] }
}

/** How one signs in here, as the office has decided and the installation is set. */
export async function readSignInSettings(
  { prisma }: Pick<OfficeContext, 'prisma'>,
  { rpId, localAccounts }: SignInPlace,
  provider: SignInSettings['provider'],
): Promise<SignInSettings> {
  const [row, teams, lostPasskeys] = await Promise.all([
    prisma.signInSetting.findUniqueOrThrow({ where: { one: true } }),
    prisma.team.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } }),
    prisma.passkey.count({ where: rpId === null ? {} : { rpId: { not: rpId } } }),
  ])
  return {
    secondFactorRoles: row.secondFactorRoles as Role[],
    providerClaim: row.providerClaim,
    providerRules: row.providerRules as ProviderRule[],
    local: localAccounts === 'all',
    provider,
    lostPasskeys,
    teams,
  }
}

/** Holds from the next request on, also for whoever is signed in. @throws Refusal `invalid-input` for a team that does not exist */
export async function changeSignInSettings(
  { prisma, now }: Asking,
  viewer: Viewer,
  decided: ChangedSignInSettings,
): Promise<void> {
  await prismaTransaction(prisma, async (tx) => {
    const rules = decided.providerRules ?? []
    const teamIds = new Set(rules.flatMap((rule) => rule.teamIds))
    const known = new Set(
      (await tx.team.findMany({ where: { id: { in: [...teamIds] } }, select: { id: true } })).map(
        ({ id }) => id,
      ),
    )
    const wrong = rules.findIndex((rule) => rule.teamIds.some((id) => !known.has(id)))
    if (wrong !== -1) {
      throw new Refusal('invalid-input', [{ path: `providerRules.${wrong}.teamIds`, fault: 'no-such-team' }])
    }
    await recordAct(tx, now(), viewer, {
      act: 'settings-changed',
      facts: {
        mapping: decided.providerRules !== undefined,
        secondFactor: decided.secondFactorRoles !== undefined,
      },
    })
    await tx.signInSetting.update({
      where: { one: true },
      data: Object.fromEntries(Object.entries(decided).filter(([, value]) => value !== undefined)),
    })
  })
}
