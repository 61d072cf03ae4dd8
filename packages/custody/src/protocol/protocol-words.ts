import { nameOfPlace } from '@buergerdraht/contract'
import { type ClusterCode, catalogue, type LedgerEntry } from '@buergerdraht/records'
import { deletionClassInWords } from '../documents/document-words.ts'
import { archiveWords, groundWords, objectWords, roleWords } from '../ledger/entry-words.ts'

/** A deletion, and its place in the ledgers of this office. */
export type PlacedDeletion = { readonly place: number; readonly entry: DeleteEntry }
export type DeleteEntry = Extract<LedgerEntry, { type: 'DELETE' }>

/** Of an entry, what a person reads. It has no names, because the ledger has none. */
export type ProtocolRow = {
  /** Its place: `17`, or `2/17` in the second ledger. */
  readonly seq: string
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

export function rowOf({ place, entry }: PlacedDeletion): ProtocolRow {
  const { archive } = entry
  return {
    seq: nameOfPlace(place),
    at: `${entry.at.slice(0, 10)} ${entry.at.slice(11, 16)} UTC`,
    cluster: titleOf(entry.cluster),
    rule: entry.rule,
    class: deletionClassInWords(entry.class),
    ground: groundWords[entry.ground].de,
    objects: countsOf(entry)
      .map(([kind, n]) => `${kind}: ${n}`)
      .join(', '),
    archive: archiveWords(archive).de,
    approvals: entry.approvals.map((role) => roleWords[role].de).join(', '),
    residueUntil: entry.residueUntil,
  }
}

/** Of an entry that stood in a ledger which was given up, and cannot be read any more. */
export function lostRowOf(place: number): ProtocolRow {
  return {
    seq: nameOfPlace(place),
    at: '',
    cluster: 'verloren mit einem aufgegebenen Löschregister',
    rule: '',
    class: '',
    ground: '',
    objects: '',
    archive: '',
    approvals: '',
    residueUntil: '',
  }
}
