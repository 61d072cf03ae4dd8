import type { ProviderRule, Role } from '@buergerdraht/contract'

/** What an identity provider says of somebody, and what that means here. */
export type ProviderMapping = {
  /** A claim by its name, or a path of names with dots, as in Keycloak's `realm_access.roles`. */
  readonly claim: string
  readonly rules: readonly ProviderRule[]
}

/** The claim of that name, dots and all, or what the path leads to. */
function claimAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  let at: unknown = claims
  for (const step of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<string, unknown>)[step]
  }
  return at
}

/**
 * Role and teams of somebody: the role of the first rule that fits, the teams of all with that role. Null: none fits, and nobody comes in. A
 * list of groups that was too long for Entra's token is not in it, and fits nothing.
 */
export function mappedRole(
  { claim, rules }: ProviderMapping,
  claims: Readonly<Record<string, unknown>>,
): { readonly role: Role; readonly teamIds: string[] } | null {
  const said = new Set([claimAt(claims, claim)].flat().filter((one) => typeof one === 'string'))
  const fitting = rules.filter(({ value }) => said.has(value))
  const role = fitting[0]?.role
  if (role === undefined) return null
  const teamIds = new Set(fitting.filter((rule) => rule.role === role).flatMap((rule) => rule.teamIds))
  return { role, teamIds: [...teamIds] }
}
