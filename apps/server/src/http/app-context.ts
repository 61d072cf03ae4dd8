import type { HandOverPlace, Installation } from '@buergerdraht/custody'
import type { Inbox } from '@buergerdraht/inbox'
import type {
  InspectedLogs,
  LiveSession,
  ProposalKinds,
  SessionRules,
  SignInPlace,
} from '@buergerdraht/office'

import type { RequestAllowance } from './request-allowance.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly office: Inbox
    readonly sessionRules: SessionRules
    readonly signInPlace: SignInPlace
    readonly proposalKinds: ProposalKinds
    /** Folder of the deletion ledger, which the worker writes. */
    readonly ledgerFolder: string
    /** Folder of the sealed packages. */
    readonly archiveDir: string
    /** Whether the installation says whose records are sealed. */
    readonly authorityNamed: boolean
    /** Of all three logs. */
    readonly inspectedLogs: InspectedLogs
    /** What the installation is set to, as the office's documents tell it. */
    readonly installation: Installation
    /** Where and how sealed packages are handed over. */
    readonly handOverPlace: HandOverPlace
    /** Origins whose pages may change something, e.g. `https://chat.musterstadt.de`. */
    readonly ownOrigins: ReadonlySet<string>
    /** Header in which the proxy hands on the certificate of a device, in lower case; null: it does not. */
    readonly certificateHeader: string | null
    /** What each account may still ask for. */
    readonly allowance: RequestAllowance
  }
  interface FastifyRequest {
    /** Set by the route binder; null on public endpoints. */
    liveSession: LiveSession | null
  }
}
