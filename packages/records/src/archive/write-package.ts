import type { Readable } from 'node:stream'
import { canonicalJson } from '../canonical-json.ts'
import type { LedgerEntry } from '../ledger/entry.ts'
import { base64 } from '../log/base64.ts'
import { parseProofFile } from '../log/inclusion-proof-file.ts'
import {
  type ErasureStatement,
  encodeErasure,
  encodeManifest,
  type Manifest,
  type ManifestItem,
} from './manifest.ts'
import {
  checkpointName,
  type ErasureFile,
  erasureName,
  evidenceName,
  itemName,
  manifestName,
  proofName,
  timeStampName,
} from './package-layout.ts'
import { type ZipFile, zipStream } from './zip-stream.ts'

/** What shows that items are gone lawfully: a statement in the archive log and an entry in the deletion ledger. */
export type ErasureEvidence = {
  statement: ErasureStatement
  statementProof: Uint8Array
  entry: LedgerEntry
  salt: Uint8Array
  entryProof: Uint8Array
  /** An evidence record (RFC 4998) over the four files of the erasure as one group; left out while there is none. */
  evidence?: Uint8Array
}

export type PackageParts = {
  manifest: Manifest
  /** A tlog-proof file: that the manifest is a leaf of the archive log. */
  proof: Uint8Array
  /** A TSA's answer (RFC 3161 TimeStampResp) over the checkpoint in the proof; left out while there is none. */
  timeStamp?: Uint8Array
  /** An evidence record (RFC 4998) over manifest, proof and, where there is one, time stamp as one group. */
  evidence?: Uint8Array
  erasures?: readonly ErasureEvidence[]
  /** The sealed bytes of an item, asked for when its turn comes; undefined when it has been erased. */
  ciphertext: (item: ManifestItem) => AsyncIterable<Uint8Array> | Iterable<Uint8Array> | undefined
}

/**
 * The package as a stream of bytes: the same parts give the same bytes, on any machine and in any year. Memory stays
 * below a few chunks; an error of a part destroys the stream. Nothing is checked beyond the schemas: verify what was
 * written before anybody relies on it.
 */
export function writePackage(parts: PackageParts): Readable {
  return zipStream(filesOf(parts))
}

function* filesOf(parts: PackageParts): Generator<ZipFile> {
  yield { name: manifestName, content: [encodeManifest(parts.manifest)] }
  yield { name: checkpointName, content: [parseProofFile(parts.proof).checkpoint] }
  yield { name: proofName, content: [parts.proof] }
  if (parts.timeStamp !== undefined) yield { name: timeStampName, content: [parts.timeStamp] }
  if (parts.evidence !== undefined) yield { name: evidenceName, content: [parts.evidence] }
  for (const [at, erasure] of (parts.erasures ?? []).entries()) {
    for (const [file, bytes] of erasureContents(erasure))
      yield { name: erasureName(at + 1, file), content: [bytes] }
  }
  for (const item of parts.manifest.items) {
    const content = parts.ciphertext(item)
    if (content !== undefined) yield { name: itemName(item.id), content }
  }
}

/** The files of an erasure, in their order: the first four are what its evidence record is about. */
export function erasureContents(erasure: ErasureEvidence): [ErasureFile, Uint8Array][] {
  const opening = { entry: erasure.entry, salt: base64(erasure.salt) }
  const evidence: [ErasureFile, Uint8Array][] =
    erasure.evidence === undefined ? [] : [[evidenceName, erasure.evidence]]
  return [
    ['statement.json', encodeErasure(erasure.statement)],
    ['statement.tlog-proof', erasure.statementProof],
    ['entry.json', Buffer.from(canonicalJson(opening))],
    ['entry.tlog-proof', erasure.entryProof],
    ...evidence,
  ]
}
