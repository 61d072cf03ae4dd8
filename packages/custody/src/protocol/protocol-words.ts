import { type ClusterCode, catalogue, type LedgerEntry } from '@buergerdraht/records'
import { archiveWords, groundWords, objectWords, roleWords } from '../ledger/entry-words.ts'

export type DeleteEntry = Extract<LedgerEntry, { type: 'DELETE' }>

/** Of an entry, what a person reads. It has no names, because the ledger has none. */
export type ProtocolRow = {
  readonly seq: number
  /** `2026-11-23 02:00 UTC` */
  readonly at: string
  readonly cluster: string
  readonly rule: string
  readonly class: string
  readonly ground: string
  readonly objects: string
  readonly archive: string
  readonly approvals: string
  readonly residueUntil: string
}

export function countsOf(entry: DeleteEntry): readonly (readonly [string, number])[] {
  return (Object.entries(entry.objects) as [keyof DeleteEntry['objects'], number][]).map(([kind, n]) => [
    objectWords[kind].de,
    n,
  ])
}

export function titleOf(cluster: ClusterCode): string {
  return `${cluster} ${catalogue[cluster].title.de}`
}

export function rowOf(entry: DeleteEntry): ProtocolRow {
  const { archive } = entry
  return {
    seq: entry.seq,
    at: `${entry.at.slice(0, 10)} ${entry.at.slice(11, 16)} UTC`,
    cluster: titleOf(entry.cluster),
    rule: entry.rule,
    class: entry.class,
    ground: groundWords[entry.ground].de,
    objects: countsOf(entry)
      .map(([kind, n]) => `${kind}: ${n}`)
      .join(', '),
    archive: archiveWords(archive).de,
    approvals: entry.approvals.map((role) => roleWords[role].de).join(', '),
    residueUntil: entry.residueUntil,
  }
}
