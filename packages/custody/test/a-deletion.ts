import type { Deletion } from '../src/index.ts'

/** A deletion that two persons have agreed to, as the ledger takes it; of what, says the test. */
export const aDeletion: Omit<Deletion, 'ids' | 'objects'> = {
  cluster: 'DA01',
  rule: 'LR-DA01@1',
  class: 'CASE_CLOSED/30d',
  ground: 'ART5_1E',
  archive: { decision: 'NOT_REQUIRED' },
  approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
  targets: {
    pg: 'requested',
    keys: 'requested',
    blob: 'requested',
    search: 'requested',
    redis: 'notApplicable',
    bsp: 'notApplicable',
    metaContactBook: 'notApplicable',
  },
  residueUntil: '2027-01-02',
}
