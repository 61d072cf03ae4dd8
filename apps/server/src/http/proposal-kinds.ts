import {
  agreeingWithArchive,
  approvingOfRuns,
  changingOfFilingPlan,
  changingOfRules,
  givingOfStandingApprovals,
  givingUpOfLedgers,
  liftingOfHolds,
  releasingOfRestores,
  signingOfCatalogue,
  withdrawingOfOffers,
} from '@buergerdraht/custody'
import { changingOfChannelAccount, changingOfPrivacyNotice, type Inbox } from '@buergerdraht/inbox'
import {
  changingOfAlgorithmCalendar,
  changingOfProviderRules,
  grantingOfEmergencyAccess,
  grantingOfRoles,
  liftingOfPseudonyms,
  type ProposalKinds,
} from '@buergerdraht/office'

/** Everything that takes two persons. */
export function proposalKinds(office: Inbox): ProposalKinds {
  return {
    'grant-role': grantingOfRoles(),
    'change-provider-rules': changingOfProviderRules(),
    'sign-catalogue': signingOfCatalogue(),
    'change-filing-plan': changingOfFilingPlan(),
    'change-privacy-notice': changingOfPrivacyNotice(),
    'agree-with-archive': agreeingWithArchive(),
    'withdraw-offer': withdrawingOfOffers(),
    'change-algorithm-calendar': changingOfAlgorithmCalendar(),
    'change-rule': changingOfRules(office),
    'deletion-run': approvingOfRuns(office),
    'standing-approval': givingOfStandingApprovals(office),
    'release-restore': releasingOfRestores(),
    'give-up-ledger': givingUpOfLedgers(),
    'lift-hold': liftingOfHolds(office),
    'change-channel-account': changingOfChannelAccount(office),
    'lift-pseudonym': liftingOfPseudonyms(),
    'emergency-access': grantingOfEmergencyAccess(office.now),
  }
}
