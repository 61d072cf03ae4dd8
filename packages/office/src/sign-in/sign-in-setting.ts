import {
  type ChangedSignInSettings,
  type FieldRefusal,
  isGivenByTwo,
  type ProviderRule,
  Refusal,
  type Role,
  type SignInSettings,
} from '@buergerdraht/contract'
import type { Viewer } from '../access/viewer.ts'
import type { ProposalKinds } from '../approvals/proposal-kind.ts'
import { propose } from '../approvals/propose.ts'
import { recordAct } from '../audit/record-act.ts'
import { change } from '../database/publish.ts'
import { prismaTransaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { type AskedFrom, parseNetwork, refusalOfPlace } from './place-rule.ts'
import type { ProviderMapping } from './provider-mapping.ts'
import { faultsOfTeams, storedRules, wordForRules } from './provider-rules.ts'
import type { SignInPlace } from './sign-in-place.ts'

/** What this installation is set to, and where it is asked from. */
export type SettingsAsked = {
  readonly place: SignInPlace
  readonly provider: SignInSettings['provider']
  /** Whether a proxy hands on certificates of devices. */
  readonly certificates: boolean
  readonly from: AskedFrom
}

type NetworkRules = SignInSettings['networkRules']

type Asking = Pick<OfficeContext, 'prisma' | 'now'>

export async function providerMapping({ prisma }: Pick<OfficeContext, 'prisma'>): Promise<ProviderMapping> {
  const row = await prisma.signInSetting.findUniqueOrThrow({ where: { one: true } })
  return { claim: row.providerClaim, rules: row.providerRules as ProviderRule[] }
}

/** How one signs in here, as the office has decided and the installation is set. */
export async function readSignInSettings(
  { prisma, now }: Asking,
  { place: { rpId, localAccounts }, provider, certificates, from }: SettingsAsked,
): Promise<SignInSettings> {
  const [row, teams, lostPasskeys, waiting] = await Promise.all([
    prisma.signInSetting.findUniqueOrThrow({ where: { one: true } }),
    prisma.team.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } }),
    prisma.passkey.count({ where: rpId === null ? {} : { rpId: { not: rpId } } }),
    prisma.proposal.count({
      where: { kind: 'change-provider-rules', state: 'open', expiresAt: { gt: now() } },
    }),
  ])
  return {
    secondFactorRoles: row.secondFactorRoles as Role[],
    providerClaim: row.providerClaim,
    providerRules: row.providerRules as ProviderRule[],
    local: localAccounts === 'all',
    provider,
    networkRules: row.networkRules as NetworkRules,
    certificateRoles: row.certificateRoles as Role[],
    asker: { address: from.address, certificate: from.certificate !== null },
    certificates,
    rulesWait: waiting > 0,
    lostPasskeys,
    teams,
  }
}

/** Entries that are no networks, by their fields; what is good stands as it will be stored. */
function faultsOfNetworks(rules: NetworkRules): FieldRefusal[] {
  return Object.entries(rules).flatMap(([role, networks]) =>
    networks.flatMap((text, n) => {
      const network = parseNetwork(text)
      return typeof network === 'object' ? [] : [{ path: `networkRules.${role}.${n}`, fault: network }]
    }),
  )
}

/**
 * Holds from the next request on, also for whoever is signed in. Rules by which the provider gives a role that two persons give wait for a
 * second person: otherwise they would be the way around them.
 * @throws Refusal `invalid-input` for a team that does not exist, a network that is none, and certificates where none are handed on;
 *   `rule-shuts-you-out` for a rule under which the one who saves it would not be answered any more; `proposal-open`
 */
export async function changeSignInSettings(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  decided: ChangedSignInSettings,
  { certificates, from }: SettingsAsked,
): Promise<void> {
  const { networkRules = {}, certificateRoles, secondFactorRoles, ...mapping } = decided
  await change(office, async (changing) => {
    const { tx } = changing
    const faults = [
      ...faultsOfNetworks(networkRules),
      ...(await faultsOfTeams(tx, decided.providerRules ?? [])),
    ]
    if (!certificates && certificateRoles !== undefined && certificateRoles.length > 0)
      faults.push({ path: 'certificateRoles', fault: 'no-certificates-handed-on' })
    if (faults.length > 0) throw new Refusal('invalid-input', faults)
    await tx.$queryRaw`select 1 as locked from sign_in_setting for update`
    const stored = await tx.signInSetting.findUniqueOrThrow({ where: { one: true } })
    const networksAfter = { ...(stored.networkRules as NetworkRules), ...networkRules }
    const certificatesAfter = certificateRoles ?? stored.certificateRoles
    const ownRule = {
      networks: networksAfter[viewer.role] ?? [],
      needsCertificate: certificatesAfter.includes(viewer.role),
    }
    if (refusalOfPlace(ownRule, from) !== null) throw new Refusal('rule-shuts-you-out')
    const rules = await storedRules(changing)
    const nextRules = {
      providerClaim: mapping.providerClaim ?? rules.providerClaim,
      providerRules: mapping.providerRules ?? rules.providerRules,
    }
    const rulesChange = wordForRules(nextRules) !== wordForRules(rules)
    const rulesWait = rulesChange && nextRules.providerRules.some(({ role }) => isGivenByTwo(role))
    if (rulesWait) await propose(office, kinds, changing, viewer, 'change-provider-rules', nextRules)
    await recordAct(tx, office.now(), viewer, {
      act: 'settings-changed',
      facts: {
        mapping: rulesChange && !rulesWait,
        secondFactor: secondFactorRoles !== undefined,
        networks: decided.networkRules !== undefined,
        certificates: certificateRoles !== undefined,
      },
    })
    await tx.signInSetting.update({
      where: { one: true },
      data: {
        ...(rulesWait ? {} : nextRules),
        ...(secondFactorRoles === undefined ? {} : { secondFactorRoles }),
        networkRules: networksAfter,
        certificateRoles: [...certificatesAfter],
      },
    })
  })
}

/**
 * Everybody is answered from everywhere again, and without a certificate: the way back at the command line.
 * @returns roles that had a rule
 */
export async function liftPlaceRules({ prisma, now }: Asking): Promise<string[]> {
  return prismaTransaction(prisma, async (tx) => {
    const { networkRules, certificateRoles } = await tx.signInSetting.findUniqueOrThrow({
      where: { one: true },
    })
    const networks = Object.entries(networkRules as NetworkRules).filter(([, some]) => some.length > 0)
    await recordAct(tx, now(), null, {
      act: 'settings-changed',
      facts: { networks: true, certificates: true },
    })
    await tx.signInSetting.update({ where: { one: true }, data: { networkRules: {}, certificateRoles: [] } })
    return [...new Set([...networks.map(([role]) => role), ...certificateRoles])]
  })
}
