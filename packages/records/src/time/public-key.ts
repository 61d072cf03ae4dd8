import type { DigestAlgorithm } from './digest-algorithm.ts'

/**
 * A public key that can be computed with. Everything that judges asks for no more than this and `digest`; Node answers by its own
 * cryptography (`cryptography-of-node.ts`), a page in a browser by JavaScript (`cryptography-of-page.ts`). Which of the two `#cryptography`
 * means, the package's `imports` say.
 */
export type PublicKey = {
  /** `other`: of a kind by which nothing here is signed. */
  kind: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'other'
  /** Bits of the modulus of an RSA key. */
  modulusLength: number | undefined
  /** Of an elliptic curve, in OpenSSL's words: prime256v1, brainpoolP384r1. */
  namedCurve: string | undefined
  /** What a key of the type RSASSA-PSS allows alone (RFC 4055 section 1.2); undefined leaves it open. `saltLength` is the least. */
  fixed: { digest: string | undefined; mask: string | undefined; saltLength: number | undefined }
  /**
   * Whether a signature holds: RSASSA-PKCS1-v1_5, ECDSA in DER, or Ed25519, which has its own hash.
   * @throws NotHere in a page, for a curve that it has no arithmetic of
   */
  verify: (algorithm: DigestAlgorithm, data: Uint8Array, signature: Uint8Array) => boolean
  /** RSA alone: a number below the modulus to the public exponent (RFC 8017 section 5.2.2), as long as the modulus; else undefined. */
  raised: (number: Uint8Array) => Uint8Array | undefined
}

/** That something cannot be judged here and can by Node: neither good nor bad. Only a page in a browser says so. */
export class NotHere extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'NotHere'
  }
}
