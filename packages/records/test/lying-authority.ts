import { randomBytes } from 'node:crypto'
import { digest } from '#cryptography'
import { children, readDer, tags, writeDer, writeSetOf } from '../src/time/der.ts'
import type { DigestAlgorithm } from '../src/time/digest-algorithm.ts'
import { plainResponse } from '../src/time/time-stamp-response.ts'
import {
  type CertificateOptions,
  certify,
  digestIdentifier,
  type Issued,
  int,
  type KeyKind,
  keyIdentifier,
  makeKey,
  named,
  octets,
  oid,
  pem,
  seq,
  signed,
  tagged,
  time,
  timeStampingUsage,
} from './lying-certificates.ts'

/** What a token of this authority says, and how; each part is right when it is left out. */
export type Lie = {
  at?: Date
  algorithm?: DigestAlgorithm
  /** Of the signature. */
  digest?: DigestAlgorithm
  version?: number
  genTime?: Uint8Array
  serialNumber?: Uint8Array
  /** Fields of TSTInfo behind genTime. */
  beyond?: Uint8Array[]
  /** Signs instead of the usual key of the authority. */
  signer?: Issued
  certificates?: Uint8Array[]
  revocation?: Uint8Array[]
  unsigned?: Uint8Array
  byKeyId?: boolean
  withNull?: boolean
  /** TSTInfo with an indefinite length. */
  contentInBer?: boolean
  announced?: Uint8Array[]
  /** The SET of signed attributes, in any order. */
  attributes?: (parts: Uint8Array[]) => Uint8Array
}

/** A time-stamping authority in this process, of any key and time, that lies when it is asked to. */
export class LyingAuthority {
  readonly root: Issued
  readonly middle: Issued | undefined
  readonly signer: Issued

  constructor(kind: KeyKind = 'p256', options: { intermediate?: boolean; signer?: CertificateOptions } = {}) {
    this.root = certify(makeKey(kind), undefined)
    const name = { name: named('Zwischenstelle') }
    this.middle = options.intermediate
      ? certify(makeKey(kind), this.root, { ...name, authority: true, pathLength: 0 })
      : undefined
    this.signer = this.certifies(kind, options.signer)
  }

  get rootPem(): string {
    return pem(this.root)
  }

  /** A further certificate for time stamping. */
  certifies(kind: KeyKind, options: CertificateOptions = {}): Issued {
    const extensions = [timeStampingUsage, ...(options.extensions ?? [])]
    return certify(makeKey(kind), this.middle ?? this.root, { ...options, extensions })
  }

  /** The authority's answer over some data. */
  answer(data: Uint8Array, lie: Lie = {}): Uint8Array {
    return plainResponse(this.token(digest(lie.algorithm ?? 'sha256', data), lie))
  }

  token(imprint: Uint8Array, lie: Lie = {}): Buffer {
    const {
      at = new Date('2026-11-23T03:00:00Z'),
      algorithm = 'sha256',
      signer = this.signer,
      withNull = true,
    } = lie
    const hash = lie.digest ?? (signer.key.kind === 'ed25519' ? 'sha512' : 'sha256')
    const info = seq(
      int(lie.version ?? 1),
      oid('1.2.3.4.1'),
      seq(digestIdentifier(algorithm, withNull), octets(imprint)),
      int(lie.serialNumber ?? Buffer.concat([Uint8Array.of(0x11), randomBytes(7)])),
      lie.genTime ?? time(at),
      ...(lie.beyond ?? []),
    )
    const content = lie.contentInBer ? indefinite(info) : info
    const reference = seq(seq(seq(octets(digest('sha256', signer.der)))))
    const attributes = [
      attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.9.16.1.4')),
      attribute('1.2.840.113549.1.9.4', octets(digest(hash, content))),
      attribute('1.2.840.113549.1.9.16.2.47', reference),
    ]
    const set = lie.attributes?.(attributes) ?? writeSetOf(tags.set, attributes)
    const { algorithm: how, signature } = signed(signer.key, hash, set)
    const issuer = this.middle ?? this.root
    const name = lie.byKeyId
      ? writeDer(tags.contextPrimitive(0), keyIdentifier(signer.key))
      : seq(issuer.name, int(signer.serial))
    const identifier = digestIdentifier(hash, withNull)
    const signerInfo = seq(
      int(lie.byKeyId ? 3 : 1),
      name,
      identifier,
      Buffer.concat([Uint8Array.of(tags.context(0)), set.subarray(1)]),
      how,
      octets(signature),
      ...(lie.unsigned === undefined ? [] : [tagged(1, lie.unsigned)]),
    )
    const certificates = lie.certificates ?? [signer.der, ...(this.middle ? [this.middle.der] : [])]
    const revocation = lie.revocation ?? []
    const version = revocation.some(([tag]) => tag !== tags.sequence) ? 5 : 3
    return seq(
      oid('1.2.840.113549.1.7.2'),
      tagged(
        0,
        seq(
          int(version),
          writeSetOf(tags.set, lie.announced ?? [identifier]),
          seq(oid('1.2.840.113549.1.9.16.1.4'), tagged(0, octets(content))),
          ...(certificates.length === 0 ? [] : [writeSetOf(tags.context(0), certificates)]),
          ...(revocation.length === 0 ? [] : [writeSetOf(tags.context(1), revocation)]),
          writeSetOf(tags.set, [signerInfo]),
        ),
      ),
    )
  }
}

function attribute(type: string, value: Uint8Array): Buffer {
  return seq(oid(type), writeDer(tags.set, value))
}

/** A constructed value with an indefinite length. */
function indefinite(value: Uint8Array): Buffer {
  const { tag, content } = readDer(value)
  return Buffer.concat([Uint8Array.of(tag, 0x80), content, Uint8Array.of(0, 0)])
}

/** A token as many libraries stream it: its frames of indefinite length, its content in pieces of eight bytes. */
export function inBer(token: Uint8Array): Buffer {
  const [type, wrapped] = children(readDer(token))
  const [signedData] = wrapped ? children(wrapped) : []
  const [version, announced, encapsulated, ...rest] = signedData ? children(signedData) : []
  const [contentType, explicit] = encapsulated ? children(encapsulated) : []
  const [content] = explicit ? children(explicit) : []
  if (!type || !version || !announced || !contentType || !content) throw new Error('Not a token')
  const pieces = Array.from({ length: Math.ceil(content.content.length / 8) }, (_, at) =>
    octets(content.content.subarray(at * 8, at * 8 + 8)),
  )
  const inPieces = indefinite(writeDer(tags.octetString | 0x20, ...pieces))
  const inner = indefinite(seq(contentType.raw, indefinite(tagged(0, inPieces))))
  const outer = indefinite(seq(version.raw, announced.raw, inner, ...rest.map(({ raw }) => raw)))
  return indefinite(seq(type.raw, indefinite(tagged(0, outer))))
}
