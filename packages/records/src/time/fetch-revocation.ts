import type { Certificate } from './certificate.ts'
import { NotDer, readDer, tags, writeDer, writeObjectIdentifier } from './der.ts'
import { encodeOcspRequest, responderAddresses } from './ocsp-response.ts'
import { readRevocationInfo } from './revocation.ts'
import { listAddresses } from './revocation-list.ts'

/**
 * Brings what stands at an address: with a body as a POST of `application/ocsp-request` (RFC 6960 appendix A), without one
 * as a GET of a revocation list. Rejects when there is no answer.
 */
export type RevocationTransport = (address: string, request?: Uint8Array) => Promise<Uint8Array>

const ocspResponse = '1.3.6.1.5.5.7.16.2'

/**
 * Revocation data for every certificate of a path below its root, as SignedData keeps them (RFC 5652 section 10.2, RFC 5940):
 * an OCSP answer, else a list. One that cannot be had is left out; asking again is safe. What is said in them is judged by
 * `statusOfPath`, not here.
 */
export async function fetchRevocation(
  path: readonly Certificate[],
  transport: RevocationTransport,
): Promise<Uint8Array[]> {
  const kept: Uint8Array[] = []
  for (const [at, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[at + 1]
    if (issuer === undefined) continue
    const request = encodeOcspRequest(certificate, issuer)
    const asked = responderAddresses(certificate).map((address) => async () => {
      const format = writeObjectIdentifier(ocspResponse)
      return writeDer(tags.context(1), format, await transport(address, request))
    })
    const listed = listAddresses(certificate).map((address) => () => transport(address))
    const found = await firstReadable([...asked, ...listed])
    if (found !== undefined) kept.push(found)
  }
  return kept
}

async function firstReadable(ways: readonly (() => Promise<Uint8Array>)[]): Promise<Uint8Array | undefined> {
  for (const way of ways) {
    const bytes = await way().catch(() => undefined)
    if (bytes !== undefined && isReadable(bytes)) return bytes
  }
  return undefined
}

function isReadable(bytes: Uint8Array): boolean {
  try {
    return readRevocationInfo(readDer(bytes)).kind !== 'UNREAD'
  } catch (error) {
    if (error instanceof NotDer) return false
    throw error
  }
}
