import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keys } from '../sealing/keys.ts'
import { macOf } from '../sealing/sealing.ts'

/**
 * What a browser keeps of having signed in: `<device>.<proof>.<proof>…`, a random number of its own and, for each of the last
 * accounts that signed in with it, a keyed hash of both. It opens nothing; it only tells a colleague's browser from a guesser's.
 */
const form = /^[\w-]{22}(?:\.[\w-]{22}){1,8}$/
const maxAccounts = 8

type LookupOwner = Pick<Keys, 'lookup'>

function proofOf(keys: LookupOwner, device: string, email: string): string {
  return macOf(keys.lookup.signIn, 'device', device, email).subarray(0, 16).toString('base64url')
}

function partsOf(kept: string | null): readonly string[] {
  return kept !== null && form.test(kept) ? kept.split('.') : []
}

/** The device's random number, when this account has signed in with it before; null otherwise. */
export function knownDeviceOf(keys: LookupOwner, kept: string | null, email: string): string | null {
  const [device, ...proofs] = partsOf(kept)
  if (device === undefined) return null
  const wanted = Buffer.from(proofOf(keys, device, email))
  // All are as long, by their form.
  return proofs.some((proof) => timingSafeEqual(Buffer.from(proof), wanted)) ? device : null
}

/** What the browser is to keep after this account has signed in with it. */
export function rememberDevice(keys: LookupOwner, kept: string | null, email: string): string {
  const [device = randomBytes(16).toString('base64url'), ...proofs] = partsOf(kept)
  const proof = proofOf(keys, device, email)
  const others = proofs.filter((other) => other !== proof)
  return [device, proof, ...others].slice(0, 1 + maxAccounts).join('.')
}
