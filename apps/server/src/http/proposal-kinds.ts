import { changingOfProviderRules, grantingOfRoles, type ProposalKinds } from '@buergerdraht/office'

/** Everything that takes two persons. */
export function proposalKinds(): ProposalKinds {
  return {
    'grant-role': grantingOfRoles(),
    'change-provider-rules': changingOfProviderRules(),
  }
}
