import { join } from 'node:path'
import { chatDocument, type SealingArchive } from '@buergerdraht/custody'
import type { Inbox } from '@buergerdraht/inbox'
import type { InspectedLogs } from '@buergerdraht/office'
import type { Config } from '../config.ts'
import { deletionLedgerOf } from './wait-for-ledger.ts'

/** The folder of the archive log, beside those of the audit log and of the deletion ledger. */
export function archiveLogOf({ ledgerDir }: Pick<Config, 'ledgerDir'>): string {
  return join(ledgerDir, 'archive')
}

/** The folder of the audit log. */
export function auditLogOf({ ledgerDir }: Pick<Config, 'ledgerDir'>): string {
  return join(ledgerDir, 'audit')
}

/** What whoever inspects the logs is shown, by the settings. */
export function inspectedLogsOf(config: Config): InspectedLogs {
  return {
    folders: {
      'archive-log': archiveLogOf(config),
      'deletion-ledger': deletionLedgerOf(config),
      'audit-log': auditLogOf(config),
    },
    rootsFile: config.timeAuthorities?.rootsFile ?? null,
    witnesses: config.witnesses.map(({ key }) => key),
  }
}

/** What seals for this office, by its settings. */
export function archiveOf(config: Config, inbox: Inbox): SealingArchive {
  const { archiveDir, authority, timeAuthorities } = config
  const ledgerFolder = deletionLedgerOf(config)
  return {
    inbox,
    folder: archiveLogOf(config),
    ledgerFolder,
    archiveDir,
    timeAuthorities,
    authority,
    render: chatDocument,
  }
}
