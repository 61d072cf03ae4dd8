import type { DeletionClass } from './deletion-class.ts'
import type { Sentence } from './person.ts'

/** The clusters of PII (Datenarten) of the product, DIN EN ISO/IEC 27555: one purpose, one deletion rule, wherever stored. */
export const clusterCodes = [
  'DA01',
  'DA02',
  'DA03',
  'DA04',
  'DA05',
  'DA06',
  'DA07',
  'DA08',
  'DA09',
  'DA10',
  'DA11',
  'DA12',
  'DA13',
  'DA14',
  'DA15',
  'DA16',
  'DA17',
  'DA18',
  'DA19',
  'DA20',
] as const
export type ClusterCode = (typeof clusterCodes)[number]

/** Where a cluster has more than one period, which of them an object has: by filing plan, by kind of copy, by job result. */
export const variants = [
  'FILE_PLAN_1Y',
  'FILE_PLAN_2Y',
  'FILE_PLAN_5Y',
  'FILE_PLAN_10Y',
  'FILE_PLAN_30Y',
  'RAW_EVENT',
  'DEAD_LETTER',
  'JOB_DONE',
  'JOB_FAILED',
  'DATA_BACKUP',
  'KEY_BACKUP',
] as const
export type Variant = (typeof variants)[number]

/** How long personal data stay. There is no "for ever" among these. */
export type PersonalDataRetention =
  | { readonly kind: 'CLASS'; readonly class: DeletionClass; readonly minKeep: DeletionClass | null }
  | {
      readonly kind: 'BY_VARIANT'
      readonly classes: Readonly<Partial<Record<Variant, DeletionClass>>>
      readonly minKeep: DeletionClass | null
    }
  /** Goes with the object it belongs to; `unlessFiled` is an upper bound for parents that did not enter a file. */
  | { readonly kind: 'WITH_PARENT'; readonly unlessFiled: DeletionClass | null }

/** Only what holds no personal data may stay for ever. */
export type Retention = PersonalDataRetention | { readonly kind: 'PERMANENT' }

/**
 * Whether objects of a cluster must be offered to the public archive before they are deleted (Anbietungspflicht of the
 * Land's archive law): records must, technical data are none, and where the record lives in the DMS, the DMS offers it.
 */
export type OfferingDuty = 'OFFER' | 'NOT_A_RECORD' | 'OFFERED_BY_DMS'

type ClusterWords = {
  readonly code: ClusterCode
  readonly title: Sentence
  readonly purpose: Sentence
  readonly dataSubjects: Sentence
  readonly legalBasis: string
  /** What concretely fires the abstract start event. */
  readonly startsWhen: Sentence
  readonly remark: Sentence
  readonly offering: OfferingDuty
}

/** A cluster with the retention proposed for it. Data about persons can never be given PERMANENT. */
export type DataCluster =
  | (ClusterWords & { readonly personalData: true; readonly proposal: PersonalDataRetention })
  | (ClusterWords & { readonly personalData: false; readonly proposal: Retention })
