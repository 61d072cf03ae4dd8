import type { PackageRead } from '@buergerdraht/contract'
import {
  bytesInFile,
  checkTimes,
  evidenceName,
  fixedNames,
  openPackage,
  parseCheckpoint,
  parseNoteKey,
  parseProofFile,
  proofName,
  type Trust,
  timeStampName,
  verifyInclusion,
  verifyNote,
} from '@buergerdraht/records'
import { inclusionSteps } from '@buergerdraht/records/merkle-steps'
import { isThere, packagePath } from './package-folder.ts'

type Shown = Pick<PackageRead, 'proof' | 'timeStamp' | 'evidence' | 'times'>

/** On which side of the way from a leaf to the root each hash is joined (RFC 9162 §2.1.3.2); whether it leads there is not asked. */
export function sidesOf(index: number, size: number, path: readonly Uint8Array[]): ('left' | 'right')[] {
  const any = new Uint8Array(0)
  const steps = inclusionSteps(any, index, size, path, any)
  const sides: ('left' | 'right')[] = []
  for (let step = steps.next(); step.done !== true; step = steps.next(any)) sides.push(step.value.given)
  return sides
}

function base64(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes).toString('base64')
}

/**
 * The proof as it lies in the package, and whether it and what stands in it about time hold, reckoned now. Nulls where there is no file, or none that can be read: the check of the
 * archive says why.
 */
export async function readProof(
  archiveDir: string,
  id: string,
  leaf: Buffer,
  verifierKey: string,
  trust: Trust,
): Promise<Shown> {
  const none: Shown = { proof: null, timeStamp: null, evidence: null, times: [] }
  const path = packagePath(archiveDir, id)
  if (!(await isThere(path))) return none
  const source = await bytesInFile(path)
  try {
    const { read } = await openPackage(source)
    const bytes = await read(proofName)
    if (bytes === undefined) return none
    const { index, proof, checkpoint: note } = parseProofFile(bytes)
    const { checkpoint, note: signed } = parseCheckpoint(note)
    const small = new Map<string, Uint8Array>()
    for (const name of fixedNames) {
      const found = await read(name)
      if (found !== undefined) small.set(name, found)
    }
    const sides = sidesOf(index, checkpoint.size, proof)
    return {
      proof: {
        leaf: leaf.toString('base64'),
        index,
        path: proof.map((hash, n) => ({
          hash: Buffer.from(hash).toString('base64'),
          side: sides[n] ?? 'left',
        })),
        root: Buffer.from(checkpoint.root).toString('base64'),
        size: checkpoint.size,
        note: Buffer.from(note).toString('utf8'),
        signed: verifyNote(signed, [parseNoteKey(verifierKey)]).ok,
        holds: verifyInclusion(leaf, index, checkpoint.size, proof, checkpoint.root),
        cosignedBy: signed.signatures.flatMap(({ name }) => (name === checkpoint.origin ? [] : [name])),
      },
      timeStamp: base64(small.get(timeStampName)),
      evidence: base64(small.get(evidenceName)),
      times: checkTimes(small, trust).findings.map(({ code, severity, location, detail }) => ({
        code,
        severity,
        location,
        detail,
      })),
    }
  } catch {
    return none
  } finally {
    await source.close()
  }
}
