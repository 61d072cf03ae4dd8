import type { ClusterCode, StartEvent, Variant } from '@buergerdraht/records'

/** When the rows of a table have to be gone. */
type Fate =
  /** Each says so in columns of its own: `cluster`, `rule_version`, and `due_at` or `waits_for`. */
  | { readonly kind: 'OWN' }
  /**
   * With the row that a column names. Kept by a foreign key; or counted, because nothing keeps it; or swept by whoever deletes what it goes with,
   * where counting would cost more than a pass.
   */
  | {
      readonly kind: 'WITH'
      readonly cluster: ClusterCode
      readonly of: string
      readonly by: string
      readonly keptBy: 'KEY' | 'COUNTED' | 'SWEPT'
    }
  /** A period after the moment in a column; null there: it has not begun. */
  | {
      readonly kind: 'SINCE'
      readonly cluster: ClusterCode
      readonly event: StartEvent
      readonly column: string
      readonly variant?: Variant
      /** Of those rows only, where a table holds more than one cluster: `cluster` says which. */
      readonly byCluster?: true
    }
  /** Holds nothing about a person. */
  | { readonly kind: 'NONE' }

/** A table, what becomes of its rows, and which of its columns say something about a person: by themselves, or by whom they name. */
export type Mark = {
  readonly fates: readonly Fate[]
  readonly personal: string
  readonly other: string
}

export const own: Fate = { kind: 'OWN' }

export function goesWith(cluster: ClusterCode, of: string, by = `${of}_id`): Fate {
  return { kind: 'WITH', cluster, of, by, keptBy: 'KEY' }
}

export function since(
  column: string,
  cluster: ClusterCode,
  more: { readonly event?: StartEvent; readonly variant?: Variant; readonly byCluster?: true } = {},
): Fate {
  return { kind: 'SINCE', cluster, event: 'COLLECTED', column, ...more }
}

/** A table without personal data, with its columns. */
export function nobody(other: string): Mark {
  return { fates: [{ kind: 'NONE' }], personal: '', other }
}
