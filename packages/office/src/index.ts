export * from './access/access.ts'
export * from './access/as-viewer.ts'
export * from './access/stored-role.ts'
export type * from './access/viewer.ts'
export * from './approvals/decide-proposal.ts'
export * from './approvals/expire-proposals.ts'
export * from './approvals/list-proposals.ts'
export type * from './approvals/proposal-kind.ts'
export { propose } from './approvals/propose.ts'
export { type AuditLogChecked, checkAuditLog } from './audit/check-audit-log.ts'
export * from './audit/lifted-names.ts'
export { auditState, expireAudit, exportAudit, listAudit } from './audit/read-audit.ts'
export * from './audit/record-act.ts'
export * from './audit/seal-audit.ts'
export { type AuditReceiver, shipAuditLog } from './audit/ship-audit.ts'
export * from './database/insert-rows.ts'
export { alone, lockUntilCommit, releaseLock, shareLock, tryLock, waitForLock } from './database/locks.ts'
export * from './database/new-id.ts'
export * from './database/page-position.ts'
export * from './database/prepared.ts'
export * from './database/publish.ts'
export * from './database/time-limit.ts'
export * from './database/transaction.ts'
export * from './dpo-notices/dpo-notices.ts'
export * from './emergency-access/grant.ts'
export * from './emergency-access/hold.ts'
export { listEmergencyAccess } from './emergency-access/list.ts'
export type * from './office-context.ts'
export * from './people/account.ts'
export * from './people/change-account.ts'
export { changePerson, grantingOfRoles } from './people/change-person.ts'
export * from './people/chosen-password.ts'
export * from './people/invitation.ts'
export { listPeople, readPerson } from './people/list-people.ts'
export * from './people/password.ts'
export { listRoleHolders } from './people/role-holders.ts'
export {
  calendarInForce,
  changingOfAlgorithmCalendar,
  proposeAlgorithmCalendar,
  readAlgorithmCalendar,
} from './proofs/algorithm-calendar.ts'
export type { Witness } from './proofs/ask-witness.ts'
export { answerAsWitness } from './proofs/be-witness.ts'
export type { Bucket } from './proofs/kept-in-bucket.ts'
export type { Mailbox } from './proofs/mail-checkpoint.ts'
export { proofStanding } from './proofs/proof-standing.ts'
export { type ProvenLog, type Provers, proveCheckpoints } from './proofs/prove-checkpoints.ts'
export {
  growthOf,
  type InspectedLogs,
  listCheckpoints,
  newestStamp,
  timeStampRoots,
} from './proofs/show-checkpoints.ts'
export {
  readRoots,
  renewByAuthorities,
  stampHash,
  stampLeadDays,
  type TimeAuthorities,
} from './proofs/time-authorities.ts'
export { readVerifierKey, type VerifierKey } from './proofs/verifier-key.ts'
export * from './retention/classify.ts'
export * from './retention/rules.ts'
export * from './sealing/destroy-keys.ts'
export { expireDestroyedKeys } from './sealing/expire-destroyed-keys.ts'
export { keepSignedCheckpoint } from './sealing/keep-signed-checkpoint.ts'
export * from './sealing/key-file.ts'
export * from './sealing/keys.ts'
export { type LogKey, logKeyOf, witnessKeyOf } from './sealing/log-key.ts'
export * from './sealing/rotate-keys.ts'
export * from './sealing/sealing.ts'
export { expireCeremonies } from './sign-in/ceremony.ts'
export { IdentityProvider, type ProviderSettings } from './sign-in/identity-provider.ts'
export * from './sign-in/live-session.ts'
export { changeOwnPassword } from './sign-in/own-password.ts'
export * from './sign-in/own-sessions.ts'
export { addPasskey, askForNewPasskey } from './sign-in/passkeys.ts'
export type { AskedFrom } from './sign-in/place-rule.ts'
export { changingOfProviderRules, storedRules } from './sign-in/provider-rules.ts'
export * from './sign-in/provider-sign-in.ts'
export * from './sign-in/second-factor.ts'
export { type AskingBrowser, expireSessions, signOut } from './sign-in/session.ts'
export * from './sign-in/sign-in.ts'
export { expireSignInFailures } from './sign-in/sign-in-limit.ts'
export type * from './sign-in/sign-in-place.ts'
export * from './sign-in/sign-in-setting.ts'
export * from './sign-in/step-up.ts'
