import type { Inbox } from '@buergerdraht/inbox'
import type { PoolClient } from 'pg'
import type { Ledger } from '../ledger/ledger.ts'

/** Where a run can be cut off. Tests do so at each; nobody else listens. */
export type Step =
  | 'condemned'
  | 'entered'
  | 'destroyed'
  | 'files-removed'
  | 'reported'
  | 'act-entered'
  | 'set-aside'
  | 'key-changed'

/** What destroying needs of an office: the open ledger, and the connection that holds the lock of its one writer. */
export type Custody = {
  readonly inbox: Inbox
  readonly ledger: Ledger
  readonly client: PoolClient
  readonly reached?: (step: Step) => void | Promise<void>
}
