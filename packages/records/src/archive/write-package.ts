import { Readable } from 'node:stream'
import yazl from 'yazl'
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

// One date for all files, as yazl takes it: in local time, so that every time zone writes 1 January 1980.
const mtime = new Date(1980, 0, 1)
const stored = { mtime, mode: 0o100664, compress: false, forceDosTimestamp: true } as const

/**
 * The package as a stream of bytes: the same parts give the same bytes, on any machine and in any year. Memory stays
 * below a few chunks; an error of a part destroys the stream. Nothing is checked beyond the schemas: verify what was
 * written before anybody relies on it.
 */
export function writePackage(parts: PackageParts): Readable {
  const zip = new yazl.ZipFile()
  const output = zip.outputStream
  if (!(output instanceof Readable)) throw new TypeError('yazl no longer hands out a readable stream')
  const fail = output.destroy.bind(output)
  zip.on('error', (error) => fail(error instanceof Error ? error : new Error('The package was not written')))
  function add(name: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    return zip.addReadStreamLazy(name, stored, (start) => {
      const source = Readable.from(content, { objectMode: false })
      source.on('error', (error) => fail(error))
      start(null, source)
    })
  }
  add(manifestName, [encodeManifest(parts.manifest)])
  add(checkpointName, [parseProofFile(parts.proof).checkpoint])
  add(proofName, [parts.proof])
  if (parts.timeStamp !== undefined) add(timeStampName, [parts.timeStamp])
  if (parts.evidence !== undefined) add(evidenceName, [parts.evidence])
  for (const [at, erasure] of (parts.erasures ?? []).entries()) {
    for (const [file, bytes] of erasureContents(erasure)) add(erasureName(at + 1, file), [bytes])
  }
  for (const item of parts.manifest.items) {
    const content = parts.ciphertext(item)
    if (content !== undefined) add(itemName(item.id), content)
  }
  zip.end()
  return output
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
