import type { Offering } from './archive-agreement.ts'
import type { ClusterCode, DataCluster } from './data-cluster.ts'
import type { SubjectEvents } from './due-on.ts'

/** What a hold, a restriction or a request of a data subject concerns. */
export type Scope =
  | { readonly kind: 'OBJECT'; readonly id: string }
  | { readonly kind: 'CONVERSATION'; readonly id: string }
  | { readonly kind: 'CONTACT'; readonly id: string }
  | { readonly kind: 'CLUSTER'; readonly code: ClusterCode }
  | { readonly kind: 'EVERYTHING' }

/** Where the case stands towards the file (eAkte): nobody may delete what nobody has looked at. */
export type Filing = 'NOT_APPLICABLE' | 'UNDECIDED' | 'NOT_FILE_RELEVANT' | 'HANDOVER_OPEN' | 'FILED'

/** An object about which it has to be decided whether it may go. */
export type Subject = {
  readonly id: string
  readonly conversation: string | null
  readonly contact: string | null
  readonly cluster: DataCluster
  /** The version of the rule under which the object was classified (each object has exactly one). */
  readonly ruleVersion: number
  readonly events: SubjectEvents
  readonly filing: Filing
  /** The category under which waivers and valuation catalogues of the archive speak about it. */
  readonly archiveCategory: string | null
  readonly offering: Offering
}

/** Whether a scope covers an object. An object without conversation or contact is covered by no id. */
export function coveredBy(subject: Subject, scope: Scope): boolean {
  switch (scope.kind) {
    case 'OBJECT':
      return subject.id === scope.id
    case 'CONVERSATION':
      return subject.conversation === scope.id
    case 'CONTACT':
      return subject.contact === scope.id
    case 'CLUSTER':
      return subject.cluster.code === scope.code
    case 'EVERYTHING':
      return true
  }
}
