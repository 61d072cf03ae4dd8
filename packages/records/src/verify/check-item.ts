import { createHash } from 'node:crypto'
import type { ZipEntry } from '../archive/canonical-zip.ts'
import { ItemOpener, sealingOverhead } from '../archive/item.ts'
import type { ManifestItem } from '../archive/manifest.ts'
import { base64 } from '../log/base64.ts'
import type { ByteSource } from './byte-source.ts'
import { type Finding, finding } from './finding.ts'
import { readFile } from './read-zip.ts'

/**
 * Checks an item's ciphertext against the manifest, and its content too when its key is at hand. The content passes
 * through memory chunk by chunk and goes nowhere.
 */
export async function checkItem(
  source: ByteSource,
  entry: ZipEntry,
  item: ManifestItem,
  packageId: string,
  key: Uint8Array | undefined,
  progress: (bytes: number) => void,
): Promise<Finding[]> {
  const cipherHash = createHash('sha256')
  const opener = key && new ItemOpener({ package: packageId, item: item.id }, key)
  const findings = await readFile(source, entry, (chunk) => {
    cipherHash.update(chunk)
    opener?.update(chunk)
    progress(chunk.length)
  })
  if (entry.size !== item.size + sealingOverhead || base64(cipherHash.digest()) !== item.cipherHash) {
    findings.push(finding('ITEM_CHANGED', entry.name))
  }
  if (opener === undefined) return findings
  const commitment = opener.final()
  if (commitment === undefined) findings.push(finding('ITEM_KEY_WRONG', entry.name))
  else if (base64(commitment) !== item.commit) findings.push(finding('ITEM_COMMITMENT_WRONG', entry.name))
  else findings.push(finding('ITEM_CONTENT_CHECKED', entry.name))
  return findings
}
