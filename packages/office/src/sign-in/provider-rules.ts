import { createHash } from 'node:crypto'
import { type FieldRefusal, type ProposalPayload, type ProviderRule, Refusal } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import type { ProposalKind } from '../approvals/proposal-kind.ts'
import type { Change } from '../database/publish.ts'

type Rules = ProposalPayload<'change-provider-rules'>

/** What holds now, locked until the transaction ends. */
export async function storedRules({ tx }: Pick<Change, 'tx'>): Promise<Rules> {
  await tx.$queryRaw`select 1 as locked from sign_in_setting for update`
  const { providerClaim, providerRules } = await tx.signInSetting.findUniqueOrThrow({ where: { one: true } })
  return { providerClaim, providerRules: providerRules as ProviderRule[] }
}

/** The same for the same rules. PostgreSQL's `jsonb` keeps no order of names: what is compared is put into ours. */
export function wordForRules({ providerClaim, providerRules }: Rules): string {
  const said = [providerClaim, providerRules.map(({ value, role, teamIds }) => [value, role, teamIds])]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

/** Rules that name a team which is not there. */
export async function faultsOfTeams(
  tx: Prisma.TransactionClient,
  rules: readonly ProviderRule[],
): Promise<FieldRefusal[]> {
  const teamIds = [...new Set(rules.flatMap((rule) => rule.teamIds))]
  const teams = await tx.team.findMany({ where: { id: { in: teamIds } }, select: { id: true } })
  const known = new Set(teams.map(({ id }) => id))
  return rules.flatMap((rule, n) =>
    rule.teamIds.every((id) => known.has(id))
      ? []
      : [{ path: `providerRules.${n}.teamIds`, fault: 'no-such-team' } as const],
  )
}

/** What the identity provider decides, where that includes a role that two persons give. */
export function changingOfProviderRules(): ProposalKind<Rules> {
  return {
    object: () => null,
    concerns: () => null,
    facts: ({ providerRules }) => ({ rules: providerRules.length }),
    async basis(changing, { providerRules }) {
      const word = wordForRules(await storedRules(changing))
      const faults = await faultsOfTeams(changing.tx, providerRules)
      if (faults.length > 0) throw new Refusal('invalid-input', faults)
      return word
    },
    async apply({ tx }, { payload }) {
      await tx.signInSetting.update({ where: { one: true }, data: payload })
    },
  }
}
