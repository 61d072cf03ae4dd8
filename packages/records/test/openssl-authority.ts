import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkTimeStamp } from '../src/time/check-time-stamp.ts'
import { encodeTimeStampRequest } from '../src/time/time-stamp-request.ts'
import { plainResponse, tokenInResponse } from '../src/time/time-stamp-response.ts'

export type KeyKind = 'rsa' | 'ec' | 'ed25519'

export type AuthorityOptions = {
  key?: KeyKind
  /** Hash of the reference to the certificate: sha1 makes an ESSCertID (v1), sha256 an ESSCertIDv2. */
  reference?: 'sha1' | 'sha256' | 'sha512'
  /** Lines of the certificate's extendedKeyUsage; the right one when left out. */
  extendedKeyUsage?: string
  days?: number
  intermediate?: boolean
  /** Hash under which certificates are signed. */
  certificateHash?: 'sha1' | 'sha256'
  /** Where what is revoked is published; the certificates name it (`openssl-revocation.ts`). */
  revocationAt?: string
}

/**
 * A certificate authority and a time-stamping authority made of Debian's openssl, which is not our code: it answers
 * requests (`openssl ts -reply`) and checks answers (`openssl ts -verify`).
 */
export class OpensslAuthority {
  readonly folder = mkdtempSync(join(tmpdir(), 'tsa-'))
  readonly #reference: string
  readonly #certificateHash: string
  #configs = 0

  constructor(options: AuthorityOptions = {}) {
    this.#reference = options.reference ?? 'sha256'
    this.#certificateHash = options.certificateHash ?? 'sha256'
    const key = options.key ?? 'ec'
    const days = String(options.days ?? 3650)
    const usage = options.extendedKeyUsage ?? 'critical,timeStamping'
    this.#authority('root', key, days)
    if (options.intermediate) {
      this.#issue(
        'middle',
        'root',
        key,
        days,
        'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n',
      )
    }
    const issuer = options.intermediate ? 'middle' : 'root'
    const published = options.revocationAt
      ? `authorityInfoAccess=OCSP;URI:${options.revocationAt}/ocsp\ncrlDistributionPoints=URI:${options.revocationAt}/list.crl\n`
      : ''
    const purpose = usage === '' ? '' : `extendedKeyUsage=${usage}\n`
    if (options.revocationAt) {
      this.#issue('responder', issuer, key, days, 'basicConstraints=CA:FALSE\nextendedKeyUsage=OCSPSigning\n')
    }
    this.#issue(
      'tsa',
      issuer,
      key,
      days,
      `basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\n${purpose}${published}`,
    )
    const chain = options.intermediate ? this.read('middle.pem') : Buffer.alloc(0)
    writeFileSync(this.path('chain.pem'), chain)
    writeFileSync(this.path('serial'), '01\n')
  }

  get rootPem(): string {
    return this.read('root.pem').toString()
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  read(name: string): Buffer {
    return readFileSync(this.path(name))
  }

  /** The TSA: a TimeStampReq in, a TimeStampResp out. */
  answer(request: Uint8Array, policy = '1.2.3.4.1'): Buffer {
    writeFileSync(this.path('request.tsq'), request)
    const config = this.path(`ts-${this.#configs++}.cnf`)
    writeFileSync(config, this.#config(policy))
    this.openssl(
      'ts',
      '-reply',
      '-config',
      config,
      '-queryfile',
      this.path('request.tsq'),
      '-out',
      this.path('r.tsr'),
    )
    return this.read('r.tsr')
  }

  /** An answer over a hash, in the form in which the product stores it. */
  stored(algorithm: 'sha256' | 'sha512', digest: Uint8Array): Buffer {
    const response = this.answer(encodeTimeStampRequest({ algorithm, digest, nonce: randomBytes(8) }))
    const roots = parseCertificatesPem(this.rootPem)
    const verdict = checkTimeStamp(tokenInResponse(response), { roots, digestOf: () => digest })
    if (!verdict.ok) throw new Error(verdict.detail)
    return Buffer.from(plainResponse(verdict.storedWith([])))
  }

  /**
   * A time-stamp token that `openssl ts` would not make: any content, signed with the TSA's key as CMS with an
   * ESSCertIDv2 (`openssl cms -sign -cades`).
   */
  signsToken(content: Uint8Array, ...options: string[]): Buffer {
    writeFileSync(this.path('content'), content)
    const [signer, key] = [this.path('tsa.pem'), this.path('tsa.key')]
    const type = [
      '-econtent_type',
      '1.2.840.113549.1.9.16.1.4',
      '-nodetach',
      '-binary',
      '-cades',
      '-nosmimecap',
    ]
    const files = ['-in', this.path('content'), '-signer', signer, '-inkey', key, '-out', this.path('token')]
    this.openssl('cms', '-sign', '-outform', 'DER', '-md', 'sha256', ...type, ...files, ...options)
    return this.read('token')
  }

  /** openssl's own opinion of an answer over some data. */
  verifies(data: Uint8Array, response: Uint8Array): boolean {
    writeFileSync(this.path('data'), data)
    writeFileSync(this.path('v.tsr'), response)
    try {
      this.openssl(
        'ts',
        '-verify',
        '-data',
        this.path('data'),
        '-in',
        this.path('v.tsr'),
        '-CAfile',
        this.path('root.pem'),
      )
      return true
    } catch {
      return false
    }
  }

  openssl(...args: string[]): Buffer {
    return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }

  #key(name: string, kind: KeyKind): void {
    const algorithm = {
      rsa: ['RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
      ec: ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      ed25519: ['ED25519'],
    }[kind]
    this.openssl('genpkey', '-algorithm', ...algorithm, '-out', this.path(`${name}.key`))
  }

  #authority(name: string, kind: KeyKind, days: string): void {
    this.#key(name, kind)
    const extensions = [
      '-addext',
      'basicConstraints=critical,CA:TRUE',
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
    ]
    const subject = `/CN=${name} ${kind}`
    this.openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      this.path(`${name}.key`),
      '-subj',
      subject,
      '-days',
      days,
      ...extensions,
      '-out',
      this.path(`${name}.pem`),
    )
  }

  #issue(name: string, issuer: string, kind: KeyKind, days: string, extensions: string): void {
    this.#key(name, kind)
    writeFileSync(this.path(`${name}.ext`), extensions)
    this.openssl(
      'req',
      '-new',
      '-key',
      this.path(`${name}.key`),
      '-subj',
      `/CN=${name} ${kind}`,
      '-out',
      this.path(`${name}.csr`),
    )
    this.openssl(
      'x509',
      '-req',
      '-in',
      this.path(`${name}.csr`),
      '-CA',
      this.path(`${issuer}.pem`),
      '-CAkey',
      this.path(`${issuer}.key`),
      '-CAcreateserial',
      `-${this.#certificateHash}`,
      '-days',
      days,
      '-extfile',
      this.path(`${name}.ext`),
      '-out',
      this.path(`${name}.pem`),
    )
  }

  #config(policy: string): string {
    return `[tsa]
default_tsa = one
[one]
serial = ${this.path('serial')}
signer_cert = ${this.path('tsa.pem')}
signer_key = ${this.path('tsa.key')}
certs = ${this.path('chain.pem')}
signer_digest = sha256
default_policy = ${policy}
other_policies = 1.2.3.4.5
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = ${this.#reference}
`
  }
}
