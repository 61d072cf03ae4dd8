import type { AlgorithmCalendar, Finding, Trust } from '@buergerdraht/records/time-proofs'
import type { Package } from './archive-query.ts'
import { bytesOf, hexOf } from './merkle-path.ts'
import { shownManifest } from './shown-manifest.ts'

/** Files of a package by their names, or of a checkpoint as a package has it. */
export type Files = ReadonlyMap<string, Uint8Array>

/** By what time stamps are judged. */
export type BelievedRoots = {
  /** Certificates, PEM; empty: none. */
  readonly pem: string
  /** Until when algorithms are relied on; null: as the verifier brings it along. */
  readonly calendar: AlgorithmCalendar | null
  /** Somebody has brought them: what the server says was said by others. */
  readonly own: boolean
}

/** Of a time stamp that holds. */
type GoodStamp = {
  readonly location: string
  readonly at: string
  readonly authority: string
  readonly validUntil: string
  readonly root: string
  /** SHA-256 of the root's certificate as the browser has computed it, in hex. */
  readonly fingerprint: string
}

export type Judgement = { readonly findings: readonly Finding[]; readonly stamps: readonly GoodStamp[] }

/** The verifier's own code, by arithmetic for a browser (ADR 74): a script of its own, loaded by whoever looks at a proof. */
export function timeProofs() {
  return import('@buergerdraht/records/time-proofs')
}

/** The files of a package about its proof, byte by byte, written of what a page shows: an evidence record over anything else does not hold. */
export async function shownFiles(shown: Package): Promise<Files> {
  const { proof, timeStamp, evidence } = shown
  const manifest = shownManifest(shown)
  if (proof === null || manifest === null) return new Map()
  const proofs = await timeProofs()
  const head = proofs.proofHead(
    proof.index,
    proof.path.map(({ hash }) => hash),
  )
  const text = new TextEncoder()
  return new Map([
    [proofs.manifestName, text.encode(manifest)],
    [proofs.proofName, text.encode(`${head}${proof.note}`)],
    [proofs.checkpointName, text.encode(proof.note)],
    ...(timeStamp === null ? [] : ([[proofs.timeStampName, bytesOf(timeStamp)]] as const)),
    ...(evidence === null ? [] : ([[proofs.evidenceName, bytesOf(evidence)]] as const)),
  ])
}

/** A checkpoint and the time stamp over it, named as in a package. */
export async function checkpointFiles(note: string, response: string): Promise<Files> {
  const { checkpointName, timeStampName } = await timeProofs()
  return new Map([
    [checkpointName, new TextEncoder().encode(note)],
    [timeStampName, bytesOf(response)],
  ])
}

/** Judges what files prove about time, here: time stamp and evidence record of a package, and the records of its erasures. */
export async function judgeTimes(files: Files, { pem, calendar }: BelievedRoots): Promise<Judgement> {
  const proofs = await timeProofs()
  const trust: Trust = {
    keys: [],
    roots: pem === '' ? [] : proofs.parseCertificatesPem(pem),
    on: new Date(),
    ...(calendar !== null && { calendar }),
  }
  const { findings, proven } = proofs.checkTimes(files, trust)
  for (let number = 1; files.has(proofs.erasureName(number, 'statement.json')); number++) {
    const name = proofs.erasureName(number, proofs.evidenceName)
    const evidence = files.get(name)
    if (evidence === undefined) continue
    const documents = proofs.erasureGroup.flatMap((file) => {
      const bytes = files.get(proofs.erasureName(number, file))
      return bytes === undefined ? [] : [{ name: proofs.erasureName(number, file), bytes }]
    })
    const answer = proofs.checkEvidence(evidence, documents, trust, name)
    findings.push(...answer.findings)
    if (answer.proven !== undefined) proven.push(answer.proven)
  }
  const stamps = proven.flatMap(({ location, stamps: all }) =>
    all.flatMap(({ at, path }) => {
      const [authority, root] = [path[0], path.at(-1)]
      if (authority === undefined || root === undefined) return []
      return {
        location,
        at: at.toISOString(),
        authority: proofs.nameForPeople(authority.subject),
        validUntil: authority.notAfter.toISOString(),
        root: proofs.nameForPeople(root.subject),
        fingerprint: hexOf(proofs.digest('sha256', root.raw)),
      }
    }),
  )
  return { findings, stamps }
}
