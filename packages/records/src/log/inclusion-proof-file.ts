import { base64, bytesFromBase64 } from './base64.ts'
import { Malformed } from './malformed.ts'
import { hashLength } from './merkle-tree.ts'
import { firstLine, proofHead } from './proof-head.ts'

/**
 * A proof to carry away: that a leaf stands in a log at the time of a checkpoint, with everything a verifier needs
 * except the leaf and the keys it trusts (c2sp.org/tlog-proof).
 */
export type InclusionProofFile = {
  index: number
  proof: Uint8Array[]
  checkpoint: Uint8Array
  extra?: Uint8Array
}

// A tree of 2^53 leaves needs 53 hashes; more cannot belong to a safe index.
const maxProofLength = 64

export function formatProofFile({ index, proof, checkpoint, extra }: InclusionProofFile): Uint8Array {
  const head = proofHead(index, proof.map(base64), extra && base64(extra))
  return Buffer.concat([Buffer.from(head), checkpoint])
}

/** The checkpoint is answered verbatim and unparsed. @throws Malformed PROOF_MALFORMED */
export function parseProofFile(bytes: Uint8Array): InclusionProofFile {
  const split = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\n\n')
  if (split < 0 || split > 100_000) throw malformed('The proof has no checkpoint')
  const lines = Buffer.from(bytes.subarray(0, split)).toString('latin1').split('\n')
  if (lines.shift() !== firstLine) throw malformed('The proof is of an unknown kind or version')
  const extra = extraOf(lines)
  const index = indexOf(lines.shift())
  if (lines.length > maxProofLength) throw malformed('The proof has too many hashes')
  const proof = lines.map((line) => {
    const hash = bytesFromBase64(line)
    if (hash?.length !== hashLength) throw malformed('A line of the proof is not a base64 SHA-256 hash')
    return hash
  })
  return { index, proof, checkpoint: bytes.slice(split + 2), ...(extra && { extra }) }
}

function extraOf(lines: string[]): Uint8Array | undefined {
  if (!lines[0]?.startsWith('extra ')) return undefined
  const extra = bytesFromBase64(lines.shift()?.slice('extra '.length) ?? '')
  if (extra === undefined) throw malformed('The extra data is not base64')
  return extra
}

function indexOf(line: string | undefined): number {
  const digits = /^index (0|[1-9]\d{0,15})$/.exec(line ?? '')?.[1]
  const index = Number(digits)
  if (digits === undefined || !Number.isSafeInteger(index))
    throw malformed('The index is not a decimal number')
  return index
}

function malformed(detail: string): Malformed {
  return new Malformed('PROOF_MALFORMED', detail)
}
