import { createHash } from 'node:crypto'
import type { ZipEntry } from '../archive/canonical-zip.ts'
import { ItemOpener, sealingOverhead } from '../archive/item.ts'
import type { ManifestItem } from '../archive/manifest.ts'
import { parseMetadata } from '../archive/metadata.ts'
import { base64 } from '../log/base64.ts'
import type { ByteSource } from './byte-source.ts'
import { type Finding, finding } from './finding.ts'
import { readFile } from './read-zip.ts'

/** Metadata are read as a whole; whatever is longer is none. */
const maxMetadata = 16 << 20

/**
 * Checks an item's ciphertext against both hashes in the manifest, and its content too when its key is at hand. The content
 * passes through memory chunk by chunk and goes nowhere; only metadata are kept until they have been read.
 */
export async function checkItem(
  source: ByteSource,
  entry: ZipEntry,
  item: ManifestItem,
  packageId: string,
  key: Uint8Array | undefined,
  progress: (bytes: number) => void,
): Promise<Finding[]> {
  const hashes = [createHash('sha256'), createHash('sha3-512')] as const
  const opener = key && new ItemOpener({ package: packageId, item: item.id }, key)
  const isRead = item.kind === 'METADATA' && item.size <= maxMetadata
  const content: Uint8Array[] = []
  const findings = await readFile(source, entry, (chunk) => {
    for (const hash of hashes) hash.update(chunk)
    opener?.update(chunk, isRead ? (piece) => content.push(piece) : undefined)
    progress(chunk.length)
  })
  const [first, second] = hashes.map((hash) => base64(hash.digest()))
  const isSame = first === item.cipherHash && second === item.secondCipherHash
  if (entry.size !== item.size + sealingOverhead || !isSame)
    findings.push(finding('ITEM_CHANGED', entry.name))
  if (opener === undefined) return findings
  const commitment = opener.final()
  if (commitment === undefined) findings.push(finding('ITEM_KEY_WRONG', entry.name))
  else if (base64(commitment) !== item.commit) findings.push(finding('ITEM_COMMITMENT_WRONG', entry.name))
  else {
    findings.push(finding('ITEM_CONTENT_CHECKED', entry.name))
    const isMalformed =
      item.kind === 'METADATA' && (!isRead || parseMetadata(Buffer.concat(content)) === undefined)
    if (isMalformed) findings.push(finding('ITEM_METADATA_MALFORMED', entry.name))
  }
  return findings
}
